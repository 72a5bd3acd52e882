"""A room's package against the institution it was made for: it reports the computer, and hears of a new version."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from clean_debian import STUDENT, installed
from client_hall import PASSPHRASES, Institution
from sqlalchemy import select

from installer import places
from installer.linux.clean_root import CleanRoot
from installer.package import KeyAtHand, package, today
from installer.provenance import sums
from server import schema
from server.admin import institution_keys, updates
from server.admin import rooms as room_admin
from server.admin.console import Console, opened
from server.clock import SystemClock
from server.settings import DataFolder

TOML = """\
id = "room-204"
maintainer = "Sample University IT <it@example.edu>"
name = "Sample"
server = "{server}"
verifying_key = "{key}"

{rooms}
"""


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Institution]:
    """Its room 204 has one computer: this one."""
    running = Institution(tmp_path_factory.mktemp("institution"), students=1)
    with console(running) as at:
        room_admin.set_room(at, "204", [platform.node().lower()])
    running.start()
    yield running
    running.stop()


def console(hall: Institution) -> Any:
    return opened(hall.folder, SystemClock(), "tests")


def configuration_key(at: Console) -> Any:
    return institution_keys.open_configuration_key(at.settings.folder, PASSPHRASES.configuration)


@pytest.fixture(scope="module")
def room_deb(hall: Institution, frozen: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made as docs/packaging.md says, with what `rooms show` prints and the institution's own sealed key."""
    folder = tmp_path_factory.mktemp("room")
    with console(hall) as at:
        rooms = room_admin.as_toml(room_admin.for_clients(at))
    text = TOML.format(server=hall.address, key=hall.verifying_key, rooms=rooms)
    (folder / "institution.toml").write_text(text, encoding="utf-8")
    (folder / "passphrase").write_text(PASSPHRASES.configuration, encoding="utf-8")
    key = KeyAtHand(DataFolder(hall.folder).configuration_key, folder / "passphrase")
    target = places.WORK / "test-packages"
    result = package(folder / "institution.toml", frozen, target, today(), key=key, trial=True)
    return Path(result["packages"]["deb"])


@pytest.fixture
def checked(root: CleanRoot, room_deb: Path) -> Iterator[Any]:
    """``checked()``: what the installed program's check says."""
    done = installed(root, room_deb)
    assert done.returncode == 0, done.stdout + done.stderr

    def check() -> dict[str, Any]:
        said = root.run(*STUDENT, "senim", "--check", "--json")
        assert said.returncode == 1, said.stderr  # a computer without camera and screen
        result: dict[str, Any] = json.loads(said.stdout)
        return result

    yield check
    root.must("apt-get", "purge", "-y", "-qq", "senim")


def test_report_and_notice(hall: Institution, checked: Any, newer: Path, tmp_path: Path) -> None:
    result = checked()
    assert (result["sent_to"], result["not_sent"], result["update"]) == ("204", "", None)
    with console(hall) as at:
        (row,) = at.database.read(lambda connection: connection.execute(select(schema.readiness)).all())
    assert (row.machine, row.how, row.ready, row.version) == (platform.node().lower(), "check", False, "0.1.0")
    (tmp_path / newer.name).hardlink_to(newer)
    with console(hall) as at:
        key = configuration_key(at)
        sums.write(tmp_path, key)
        updates.publish(at, key, updates.Wanted(tmp_path, "0.1.1", "/senim/"))
    update = checked()["update"]
    assert (update["version"], update["back"]) == ("0.1.1", False)
    assert [one["sha256"] for one in update["packages"]] == [sums._digest(newer)]
    today_there = datetime.now(UTC) + timedelta(hours=5)
    with console(hall) as at:
        days = [(today_there + timedelta(days=n)).date().isoformat() for n in (-1, 1)]
        updates.mark_week(at, *days, "Session")
    assert checked()["update"] is None, "nobody is told in an exam week"
