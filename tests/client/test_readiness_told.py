"""What the institution hears of a computer before an exam, and what the computer hears of another version."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from client_hall import PASSPHRASES, PASSWORD, ROOT, Institution
from fake_window import Window, fake_workshop
from sqlalchemy import select

from client import messages as m
from client.check import readiness, sending
from client.check.sending import Student
from client.rooms import Room
from client.settings import InstitutionConfig
from evidence.packages import sign_sums, sums_text
from evidence.signing import SigningKey
from server import schema
from server.admin import exams, institution_keys, updates
from server.admin import rooms as room_admin
from server.admin.console import opened
from server.clock import SystemClock

Open = Callable[..., Window]


def reports(institution: Institution, login: str) -> list[Any]:
    query = (
        select(schema.readiness)
        .join(schema.users, schema.users.c.id == schema.readiness.c.student)
        .where(schema.users.c.login == login)
    )
    with opened(institution.folder, SystemClock(), "tests") as console:
        return list(console.database.read(lambda connection: connection.execute(query).all()))


def rehearsal(institution: Institution, login: str) -> str:
    name = f"try-{login}"
    with opened(institution.folder, SystemClock(), "tests") as console:
        wanted = exams.ExamWanted(name, name, "en", shuffle_questions=False, rehearsal=True)
        exams.import_exam(console, ROOT / "server" / "samples" / "rehearsal.xml", wanted)
    institution.plan(3600, logins=[login], exam=name)
    return name


def test_a_rehearsal_tells_the_institution_what_the_check_found(window: Window, institution: Institution) -> None:
    login = institution.student()
    title = rehearsal(institution, login)
    window.sign_in(login)
    window.open(title)
    window.check()
    window.identify()
    window.paper()  # calls are made one after the other: the one that told it is done
    (row,) = reports(institution, login)
    assert (row.how, row.ready, row.room) == ("rehearsal", True, None)
    states = {item["item"]: item["state"] for item in row.items}
    assert {"server", "clock", "disk", "uplink", "camera", "microphone", "screen-1", "programs"} <= set(states)
    assert "failed" not in states.values()
    assert not any("picture" in item for item in row.items)


def test_an_exam_tells_nothing_of_its_check(window: Window, institution: Institution) -> None:
    login = institution.student()
    window.sign_in(login)
    window.open()
    window.check()
    window.identify()
    window.paper()
    assert reports(institution, login) == []


# ---- senim --check


def config(institution: Institution, *rooms: Room) -> InstitutionConfig:
    return InstitutionConfig({"en": "Test"}, institution.address, institution.verifying_key, rooms=rooms)


@pytest.fixture
def workshop(institution: Institution, tmp_path: Path) -> Any:
    return fake_workshop(tmp_path / "data", institution.address, institution.verifying_key, [], version="0.1.0")


def test_a_check_with_a_login_is_the_student_s(institution: Institution, workshop: Any) -> None:
    login = institution.student()
    result, told = readiness.check_and_tell(workshop, config(institution), Student(login, PASSWORD))
    assert (told.sent_to, told.not_sent, result.ready) == (login, "", True)
    (row,) = reports(institution, login)
    assert (row.how, row.version) == ("check", "0.1.0")
    assert {item["item"]: item["code"] for item in row.items}["uplink"] != "uplink_unmeasured", "it was signed in"
    assert "Sent to the institution as" in told.lines()[0]


def test_a_wrong_password_is_told_and_the_check_is_made_all_the_same(institution: Institution, workshop: Any) -> None:
    login = institution.student()
    result, told = readiness.check_and_tell(workshop, config(institution), Student(login, "wrong"))
    assert (told.sent_to, told.not_sent) == ("", "wrong_password")
    assert result.ready and reports(institution, login) == []
    assert json.loads(result.as_json(told.as_json()))["not_sent"] == "wrong_password"


def test_without_room_and_login_nothing_is_sent(institution: Institution, workshop: Any) -> None:
    _, told = readiness.check_and_tell(workshop, config(institution), None)
    assert (told.sent_to, told.not_sent) == ("", "")
    assert not workshop.data_dir.exists(), "nothing is made by looking"


def test_a_computer_of_a_room_reports_itself(
    institution: Institution, workshop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(institution.folder, SystemClock(), "tests") as console:
        room_admin.set_room(console, "204", ["k204-01"])
        entry = room_admin.for_clients(console)[0]
    room = Room(entry["name"], entry["token"], tuple(entry["machines"]))
    monkeypatch.setattr(sending.platform, "node", lambda: "K204-01.example.edu")
    _, told = readiness.check_and_tell(workshop, config(institution, room), None)
    assert (told.sent_to, told.not_sent) == ("204", "")
    with opened(institution.folder, SystemClock(), "tests") as console:
        room_admin.set_room(console, "204", ["k204-02"])
    _, told = readiness.check_and_tell(workshop, config(institution, room), None)
    assert (told.sent_to, told.not_sent) == ("", "not_yours"), "the server's room has no such computer"


# ---- another version


@pytest.fixture
def pinned(institution: Institution, tmp_path: Path) -> Any:
    """Version 0.2.0, until the test ends."""
    text = sums_text({f"senim-x_0.2.0.{ending}": "0" * 64 for ending in ("deb", "msi", "pkg")})
    with opened(institution.folder, SystemClock(), "tests") as console:
        key = institution_keys.open_configuration_key(console.settings.folder, PASSPHRASES.configuration)
        (tmp_path / "SHA256SUMS").write_text(text)
        (tmp_path / "SHA256SUMS.sig").write_text(sign_sums(text, key))
        updates.publish(console, key, updates.Wanted(tmp_path, "0.2.0", "https://exam.example.edu/senim"))
    yield key
    with opened(institution.folder, SystemClock(), "tests") as console:
        updates.withdraw(console)


def test_the_window_hears_of_a_newer_version_before_anybody_signs_in(
    open_window: Open, institution: Institution, pinned: SigningKey
) -> None:
    told = open_window("student", version="0.1.0").saw(m.UpdateView)
    assert told == m.UpdateView("0.2.0", "https://exam.example.edu/senim", False)
    assert open_window("room", version="0.1.0", managed=True).saw(m.UpdateView).where == "", "IT installs it there"
    for version, told_of in (("0.2.0", False), ("0.3.0", False)):
        window = open_window(version, version=version)
        window.sign_in(institution.student())
        assert any(isinstance(message, m.UpdateView) for message in window.all) is told_of
        window.say(m.SignOut())


def test_a_check_names_the_package_and_its_hash(institution: Institution, workshop: Any, pinned: SigningKey) -> None:
    update, problem = sending.look_for_update(workshop.transport(), config(institution), "0.1.0")
    assert update is not None and problem == ""
    assert [package.sha256 for package in update.packages] == ["0" * 64]
    assert "senim-x_0.2.0" in "\n".join(readiness.Told(update=update).lines())
    assert sending.look_for_update(workshop.transport(), config(institution), "0.3.0") == (None, "release_older")
    stranger = InstitutionConfig({"en": "T"}, institution.address, SigningKey.generate().verifying.text)
    assert sending.look_for_update(workshop.transport(), stranger, "0.1.0") == (None, "release_foreign")
