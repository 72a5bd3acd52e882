"""Reports of computers, computer rooms, notices of a version and exam weeks, through the calls and the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from exam_hall import PASSPHRASES, PASSWORD, HandClock, Server
from sitting import Sitting, code_of
from sqlalchemy import select, update

from evidence.packages import read_release, sign_sums, sums_text
from evidence.signing import SigningKey
from server import accounts, audit, rooms, schema
from server.__main__ import main
from server.admin import rooms as room_admin
from server.admin import updates
from server.admin.console import Console
from server.admin.errors import CommandFailed
from server.admin.institution_keys import open_configuration_key
from server.admin.people import add_user
from server.reminder import Reminder
from server.settings import DataFolder

BLACK = {"item": "camera", "state": "failed", "code": "camera_black", "values": {}}
FINE = {"item": "disk", "state": "ok", "code": "disk_ok", "values": {"free_gb": "12.0"}}


def report(**changes: Any) -> dict[str, Any]:
    body = {"how": "rehearsal", "machine": "m1", "version": "0.1.0", "system": "Linux 6.1 x86_64", "items": [FINE]}
    return body | changes


def stored(server: Server) -> list[Any]:
    query = select(schema.readiness).order_by(schema.readiness.c.at, schema.readiness.c.machine)
    return list(server.services.database.read(lambda connection: connection.execute(query).all()))


# ---- a student's report


def test_a_student_s_newest_report_of_a_computer_is_kept(server: Server, sitting: Sitting) -> None:
    first = sitting.call("POST", "/readiness", json=report(items=[FINE, BLACK]))
    assert (first.status_code, first.json()["ready"]) == (200, False)
    server.clock.move(minutes=1)
    assert sitting.call("POST", "/readiness", json=report()).json()["ready"] is True
    (row,) = stored(server)
    assert (row.ready, row.machine, row.room, row.version) == (True, "m1", None, "0.1.0")
    assert row.items == [FINE]
    assert row.at == "2026-01-31T09:01:00.000Z", "the server's time"


def test_nobody_reports_without_a_token_and_staff_never(server: Server, sitting: Sitting) -> None:
    assert code_of(server.client.post("/api/v1/readiness", json=report())) == "signed_out"
    wrong = {"Authorization": "Bearer room-" + "0" * 16 + "-" + "A" * 43}
    assert code_of(server.client.post("/api/v1/readiness", json=report(), headers=wrong)) == "signed_out"
    assert stored(server) == []


def test_reports_cannot_fill_the_disk(server: Server, sitting: Sitting) -> None:
    """Bounded in size, in computers, in rate."""
    large = report(items=[FINE | {"values": {f"v{n}": "x" * 120 for n in range(8)}}] * 24)
    assert code_of(sitting.call("POST", "/readiness", json=large)) == "body_too_large"
    for n in range(5):
        server.clock.move(seconds=1)
        assert sitting.call("POST", "/readiness", json=report(machine=f"m{n}")).status_code == 200
    assert [row.machine for row in stored(server)] == ["m2", "m3", "m4"], "the three newest"
    answers = [sitting.call("POST", "/readiness", json=report()) for _ in range(20)]
    refused = answers[-1]
    assert (code_of(refused), refused.headers["retry-after"]) == ("too_many_tries", "600")
    assert len(stored(server)) == 3


@pytest.mark.parametrize(
    "changes",
    [
        {"how": "exam"}, {"machine": "../x"}, {"machine": ""}, {"version": "x" * 41}, {"system": None}, {"items": []},
        {"items": [FINE] * 25}, {"items": ["x"]}, {"items": [FINE | {"state": "fine"}]},
        {"items": [FINE | {"item": "Camera\n"}]}, {"items": [FINE | {"code": "<b>"}]},
        {"items": [FINE | {"values": {"a": 1}}]}, {"items": [FINE | {"values": {"a": "x" * 121}}]},
        {"items": [FINE | {"values": {f"v{n}": "" for n in range(9)}}]},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_report_is_refused_in_words(server: Server, sitting: Sitting, changes: dict[str, Any]) -> None:
    answer = sitting.call("POST", "/readiness", json=report(**changes))
    assert (answer.status_code, code_of(answer)) == (400, "bad_request")
    assert answer.json()["detail"]
    assert stored(server) == []


def test_hostile_text_is_kept_as_it_looks_and_pictures_not_at_all(server: Server, sitting: Sitting) -> None:
    item = FINE | {"picture": "AAAA", "values": {"names": "a\u202eb\n<script>"}}
    sent = report(system="x\x00\u200by", items=[item], extra="x")
    assert sitting.call("POST", "/readiness", json=sent).status_code == 200
    (row,) = stored(server)
    assert row.system == "x  y"
    assert row.items == [FINE | {"values": {"names": "a b <script>"}}]


def test_reports_are_forgotten_after_their_period(
    server: Server, sitting: Sitting, root: Path, clock: HandClock
) -> None:
    sitting.call("POST", "/readiness", json=report())
    clock.move(days=119)
    Reminder(root, clock).tick(0.0)
    assert len(stored(server)) == 1
    clock.move(days=2)
    Reminder(root, clock).tick(0.0)
    assert stored(server) == []


# ---- rooms


@pytest.fixture
def room(console: Console) -> dict[str, Any]:
    room_admin.set_room(console, "204 сынып", ["K204-{01..03}", "desk"])
    return room_admin.for_clients(console)[0]


def in_room(server: Server, token: str, machine: str, path: str = "readiness") -> Any:
    headers = {"Authorization": f"Bearer {token}"}
    return server.client.post(f"/api/v1/{path}", json=report(how="check", machine=machine), headers=headers)


def test_a_room_s_token_opens_its_own_computers_and_nothing_else(server: Server, room: dict[str, Any]) -> None:
    assert room["machines"] == ["k204-01", "k204-02", "k204-03", "desk"]
    assert in_room(server, room["token"], "k204-02").status_code == 200
    assert code_of(in_room(server, room["token"], "k204-04")) == "not_yours"
    assert in_room(server, room["token"], "x", "uplink-probe").status_code == 200
    for path in ("exams", "sessions/s/status"):
        headers = {"Authorization": f"Bearer {room['token']}"}
        assert code_of(server.client.get(f"/api/v1/{path}", headers=headers)) == "signed_out"
    assert code_of(in_room(server, room["token"][:-1] + "_", "k204-02")) == "signed_out"
    assert [(row.student, row.machine) for row in stored(server)] == [(None, "k204-02")]


def test_a_removed_room_reports_no_more(server: Server, room: dict[str, Any], console: Console) -> None:
    assert in_room(server, room["token"], "desk").status_code == 200
    room_admin.set_room(console, room["name"], ["k204-01"])
    assert stored(server) == [], "a computer that is not of the room any more"
    assert room_admin.for_clients(console)[0]["token"] == room["token"]
    room_admin.remove(console, room["name"])
    assert code_of(in_room(server, room["token"], "k204-01")) == "signed_out"
    with pytest.raises(CommandFailed, match="no room"):
        room_admin.remove(console, room["name"])


@pytest.mark.parametrize("machines", [[], ["a b"], ["*"], ["k-{9..1}"], ["k-{1..900}"], ["../x"], ["Ә"]], ids=str)
def test_names_of_computers_that_are_none(console: Console, machines: list[str]) -> None:
    with pytest.raises(CommandFailed):
        room_admin.set_room(console, "204", machines)
    assert rooms.expand(["A-{08..10}", "a-09"]) == ["a-08", "a-09", "a-10"]


def test_a_computer_stands_in_one_room(console: Console) -> None:
    """It reports as that room's, and packages refuse it twice."""
    room_admin.set_room(console, "204", ["k204-{01..03}"])
    with pytest.raises(CommandFailed, match=r"k204-02 is in room 204 already"):
        room_admin.set_room(console, "305", ["k305-01", "K204-02"])
    room_admin.set_room(console, "204", ["k204-01", "k204-03"])
    assert room_admin.set_room(console, "305", ["k305-01", "k204-02"]).machines == ("k305-01", "k204-02")
    assert len(room_admin.for_clients(console)) == 2
    earlier = update(schema.rooms).where(schema.rooms.c.name == "204").values(machines=["k204-01", "k204-02"])
    console.database.write(lambda connection: connection.execute(earlier))
    with pytest.raises(CommandFailed, match="k204-02 is in room 204 already"):
        room_admin.for_clients(console)  # an earlier version took it; no client would start with it


def test_staff_do_not_report(server: Server) -> None:
    with server.console() as console:
        add_user(console, "keeper", "K", "administrator", PASSWORD)
    user = server.services.database.read(lambda connection: accounts.find_user(connection, "keeper"))
    token = server.services.database.write(
        lambda connection: accounts.issue_token(
            connection, user=user["id"], kind=accounts.CLIENT, now=server.services.now(), hours=1
        )
    )
    assert code_of(in_room(server, token, "m1")) == "not_yours"


# ---- notices of a version


@pytest.fixture
def key(root: Path) -> SigningKey:
    return open_configuration_key(DataFolder(root), PASSPHRASES.configuration)


@pytest.fixture
def folder(tmp_path: Path, key: SigningKey) -> Callable[..., Path]:
    def make(version: str, signer: SigningKey | None = None) -> Path:
        place = tmp_path / f"packages-{version}"
        place.mkdir()
        text = sums_text({f"senim-x_{version}_amd64.deb": "0" * 64, f"senim-x-{version}.msi": "1" * 64})
        (place / "SHA256SUMS").write_text(text)
        (place / "SHA256SUMS.sig").write_text(sign_sums(text, signer or key) + "\n")
        return place

    return make


def told(server: Server) -> str | None:
    line: str | None = server.client.get("/api/v1/release").json()["release"]
    return line


def test_a_pinned_version_is_told_to_everybody(
    server: Server, console: Console, key: SigningKey, folder: Callable[..., Path]
) -> None:
    assert told(server) is None
    updates.publish(console, key, updates.Wanted(folder("0.2.0"), "0.2.0", "/senim/"))
    release = read_release(told(server) or "", key.verifying)
    assert (release.version, release.where, release.made) == ("0.2.0", "/senim/", "2026-01-31")
    assert [one.system for one in release.packages] == ["windows", "linux"]
    server.clock.move(seconds=1)
    updates.publish(console, key, updates.Wanted(folder("0.3.0"), "0.3.0", ""))
    assert read_release(told(server) or "", key.verifying).version == "0.3.0"
    assert updates.withdraw(console).version == "0.3.0"
    assert read_release(told(server) or "", key.verifying).version == "0.2.0"
    assert server.services.database.read(audit.check) is None


def test_nobody_is_told_in_an_exam_week(
    server: Server, console: Console, key: SigningKey, folder: Callable[..., Path]
) -> None:
    updates.publish(console, key, updates.Wanted(folder("0.2.0"), "0.2.0", ""))
    updates.mark_week(console, "2026-02-02", "2026-02-07", "Қысқы сессия")
    assert told(server) is not None
    server.clock.move(days=1, hours=10)  # 19:00 UTC on the 1st is the 2nd at the institution
    assert told(server) is None
    server.clock.move(days=6)  # the 8th
    assert told(server) is not None
    with pytest.raises(CommandFailed):
        updates.unmark_week(console, "2026-02-03")
    updates.unmark_week(console, "2026-02-02")
    assert updates.weeks(console) == []


@pytest.mark.parametrize(
    ("first", "last"), [("2026-02-07", "2026-02-02"), ("soon", "later"), ("2026-01-01", "2027-01-01")]
)
def test_days_that_are_no_exam_week(console: Console, first: str, last: str) -> None:
    with pytest.raises(CommandFailed):
        updates.mark_week(console, first, last, "")


def test_what_is_not_to_be_published_is_not(
    server: Server, console: Console, key: SigningKey, folder: Callable[..., Path], tmp_path: Path
) -> None:
    stranger = SigningKey.generate()
    good = folder("0.3.0")
    wrong = [
        (stranger, updates.Wanted(good, "0.3.0", ""), "not the institution's"),
        (key, updates.Wanted(folder("0.4.0", stranger), "0.4.0", ""), "not made by this key"),
        (key, updates.Wanted(tmp_path, "0.3.0", ""), "installer sums"),
        (key, updates.Wanted(good, "0.2.0", ""), "not a package of version"),
        (key, updates.Wanted(good, "0.3.0", "http://exam.example.edu"), "neither an https"),
        (key, updates.Wanted(good, "0.3.0", "", ("0.1.0",)), "not newer"),
    ]
    for signer, wanted, why in wrong:
        with pytest.raises(CommandFailed, match=why):
            updates.publish(console, signer, wanted)
    assert told(server) is None and updates.listed(console) == []
    updates.publish(console, key, updates.Wanted(good, "0.3.0", ""))
    server.clock.move(seconds=1)
    older = folder("0.2.0")
    with pytest.raises(CommandFailed, match="downgrade-from"):
        updates.publish(console, key, updates.Wanted(older, "0.2.0", ""))
    updates.publish(console, key, updates.Wanted(older, "0.2.0", "", ("0.3.0",)))
    assert read_release(told(server) or "", key.verifying).replaces == ("0.3.0",)


def test_a_package_that_is_not_the_listed_one_is_not_published(
    console: Console, key: SigningKey, folder: Callable[..., Path]
) -> None:
    """Else students would be told a hash that no file has."""
    place = folder("0.3.0")
    (place / "senim-x_0.3.0_amd64.deb").write_bytes(b"built again")
    with pytest.raises(CommandFailed, match="changed after the list was made"):
        updates.publish(console, key, updates.Wanted(place, "0.3.0", ""))
    (place / "senim-x_0.3.0_amd64.deb").unlink()
    (place / "senim-x_0.3.0_amd64.deb").mkdir()  # the same for root, whom no permission stops
    with pytest.raises(CommandFailed, match=r"amd64\.deb cannot be compared with the list"):
        updates.publish(console, key, updates.Wanted(place, "0.3.0", ""))


def test_the_command_line(
    root: Path, folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SENIM_CONFIGURATION_PASSPHRASE", PASSPHRASES.configuration)

    def run(*arguments: str) -> str:
        assert main(["--data", str(root), *arguments]) == 0, capsys.readouterr().err
        return capsys.readouterr().out

    run("rooms", "set", "204", "k204-{01..02}")
    assert json.loads(run("rooms", "list", "--json"))[0]["computers"] == 2
    assert run("rooms", "show").startswith('[[rooms]]\nname = "204"\ntoken = "room-')
    run("keys", "sign-configuration")
    assert "rooms" not in json.loads((root / "institution.json").read_text()), "only where it is asked for"
    run("keys", "sign-configuration", "--rooms")
    assert json.loads((root / "institution.json").read_text())["rooms"][0]["machines"] == ["k204-01", "k204-02"]
    run("rooms", "remove", "204")
    assert "0.2.0 is pinned" in run("updates", "publish", str(folder("0.2.0")), "--version", "0.2.0")
    assert json.loads(run("updates", "list", "--json"))[0]["pinned"] == "yes"
    run("updates", "withdraw")
    assert main(["--data", str(root), "updates", "withdraw"]) == 1
    run("exam-weeks", "mark", "2027-01-11", "2027-01-23", "--note", "Қысқы сессия")
    assert json.loads(run("exam-weeks", "list", "--json"))[0]["note"] == "Қысқы сессия"
    run("exam-weeks", "remove", "2027-01-11")
    assert json.loads(run("exam-weeks", "list", "--json")) == []
