"""Holds, periods of their own for answers and pictures, and keys whose destruction reaches every copy."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from exam_hall import PASSPHRASES, HandClock, Server
from sitting import Sitting
from sqlalchemy import insert, select, update

from evidence import age
from evidence.__main__ import main as evidence_main
from evidence.bundle import unpack
from evidence.seal import unseal
from evidence.verify import verify
from server import audit
from server.__main__ import main
from server.admin import audit_check, erasure, escrow, holds, key_copy, periods, resealing
from server.admin.console import Console, opened
from server.admin.errors import CommandFailed
from server.admin.institution_keys import open_review_identity, verifying_key
from server.schema import answers, references
from server.schema import exams as exam_table
from server.schema import sessions as session_table
from server.settings import DataFolder
from server.store import Store

Run = Callable[..., int]


@pytest.fixture
def session(server: Server, sitting: Sitting) -> str:
    """Handed in, with an answer; a rehearsal, so that no verdict is awaited."""
    sitting.ready_for_paper(verifying_key(DataFolder(server.root)))
    question = next(entry for entry in sitting.paper()["questions"] if entry["kind"] == "essay")
    assert sitting.answer(question["id"], "жауап").status_code == 200
    sitting.end()
    assert sitting.deliver().status_code == 200
    sitting.put_all()
    assert sitting.hand_in({question["id"]: 1}).json()["receipt"]
    rehearsal = update(exam_table).values(rehearsal=True)
    server.services.database.write(lambda connection: connection.execute(rehearsal))
    return sitting.session


@pytest.fixture
def run(server: Server, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("SENIM_REVIEW_PASSPHRASE", PASSPHRASES.review)
    return lambda *words: main(["--data", str(server.root), *map(str, words)])


@pytest.fixture
def console(server: Server, clock: HandClock):
    with opened(server.root, clock, "console:tests") as found:
        yield found


def settings_with(root: Path, **values: object) -> None:
    file = root / "settings.toml"
    lines = file.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line.split(" ")[0] not in values]
    place = kept.index("[keeping]") + 1
    kept[place:place] = [f"{name} = {json.dumps(value)}" for name, value in values.items()]
    file.write_text("\n".join(kept) + "\n", encoding="utf-8")


def long_ago(server: Server) -> None:
    """The command line goes by the real clock."""
    row = update(session_table).values(handed_in_at="2020-01-01T00:00:00.000Z", seen_at="2020-01-01T00:00:00.000Z")
    server.services.database.write(lambda connection: connection.execute(row))


# ---- holds


def test_what_a_person_holds_is_not_erased_until_it_is_lifted(
    server: Server, console: Console, session: str, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    long_ago(server)
    assert run("hold", session, "--reason", " appeal 12 ") == 0
    assert run("erase", "--yes") == 0
    told = capsys.readouterr()
    assert "kept: held by a person: appeal 12" in told.out and session in told.err
    assert run("erase", "--session", session, "--reason", "court order 7", "--yes") == 1
    assert "held by a person: appeal 12" in capsys.readouterr().err
    assert Store(server.root / "sessions").segment_files(session)
    assert run("holds", "--json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["session"], row["student"], row["reason"]) == (session, "aigerim", "appeal 12")
    assert run("release", session, "--reason", "decided") == 0
    assert run("release", session, "--reason", "again") == 1
    assert run("hold", "nothing", "--reason", "r") == 1
    assert run("hold", session, "--reason", " ") == 1
    told = capsys.readouterr().err
    assert "nobody holds" in told and "no session" in told and "characters" in told
    assert holds.listed(console) == [] and holds.listed(console, lifted=True)[0]["lift_reason"] == "decided"
    assert run("erase", "--yes") == 0
    assert not Store(server.root / "sessions").segment_files(session)
    assert run("hold", session, "--reason", "too late") == 1
    assert "was erased at" in capsys.readouterr().err
    done = [entry["action"] for entry in console.database.read(lambda c: list(audit.entries(c)))]
    assert [action for action in done if "hold" in action or action.startswith("erase")] == [
        "hold", "hold-lifted", "erase", "erased",
    ]  # fmt: skip


def test_a_hold_that_comes_between_listing_and_erasing_counts(console: Console, session: str, clock: HandClock) -> None:
    clock.move(days=200)
    (due,) = erasure.plan(console).due
    holds.hold(console, session, "appeal 12")
    assert erasure.erase(console, due) is None
    assert erasure.erase(console, due, "court order 7") is None
    assert console.store.segment_files(session)


# ---- answers, pictures


def enrol(console: Console, login: str) -> str:
    student = console.database.read(
        lambda c: c.execute(select(session_table.c.student).where(session_table.c.id == login)).scalar()
    )
    row = {
        "student": student,
        "sealed_template": b"t",
        "model": "m",
        "picture_sha256": "0",
        "enrolled_at": console.now(),
    }
    console.database.write(lambda connection: connection.execute(insert(references).values(**row)))
    console.settings.folder.picture(student).write_bytes(b"sealed")
    return str(student)


def with_periods(console: Console, **values: object) -> Console:
    from dataclasses import replace

    return replace(console, settings=replace(console.settings, **values))


def test_answers_go_after_their_own_period(console: Console, session: str, clock: HandClock) -> None:
    assert periods.plan(console) == periods.Plan([], [], [], []), "without a period nothing is ever due"
    own = with_periods(console, answers_days=30)
    clock.move(days=30)
    holds.hold(own, session, "appeal 12")
    assert [entry.note for entry in periods.plan(own).held_answers] == ["held by a person: appeal 12"]
    holds.release(own, session, "decided")
    (due,) = periods.plan(own).answers
    holds.hold(own, session, "another")
    assert periods.erase_answers(own, due) is None
    holds.release(own, session, "decided")
    assert periods.erase_answers(own, due) == 1
    assert own.database.read(lambda c: c.execute(select(answers)).all()) == []
    assert periods.plan(own) == periods.Plan([], [], [], [])
    assert own.store.segment_files(session), "the recording has its own period"
    assert audit_check.check_all(own, None).problems == []
    own.database.write(lambda c: c.execute(update(session_table).values(answers_erased_at="2020-01-01T00:00:00.000Z")))
    assert audit_check.check_all(own, None).problems == []


def test_answers_that_somebody_made_disappear_are_told(console: Console, session: str) -> None:
    def work(connection: object) -> None:
        connection.execute(answers.delete())
        connection.execute(update(session_table).values(answers_erased_at="2026-02-01T00:00:00.000Z"))

    console.database.write(work)
    assert [problem.code for problem in audit_check.check_all(console, None).problems] == ["answers-missing"]


def test_a_picture_goes_after_the_students_last_exam(console: Console, session: str, clock: HandClock) -> None:
    student = enrol(console, session)
    own = with_periods(console, pictures_days=10)
    clock.move(days=5)
    assert periods.plan(own).references == []
    clock.move(days=7)  # the student's other exam closed on 1 February
    holds.hold(own, session, "appeal 12")
    (held,) = periods.plan(own).held_references
    assert held.note == "held by a person: appeal 12"
    holds.release(own, session, "decided")
    (due,) = periods.plan(own).references
    assert (due.login, due.note) == ("aigerim", "")
    periods.erase_reference(own, due)
    assert not own.settings.folder.picture(student).exists()
    assert own.database.read(lambda c: c.execute(select(references)).all()) == []
    assert periods.plan(own).references == []


def test_the_command_names_and_erases_all_three(
    server: Server, console: Console, session: str, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    long_ago(server)
    student = enrol(console, session)
    settings_with(server.root, answers_days=30, pictures_days=30)
    old = update(references).values(enrolled_at="2020-01-01T00:00:00.000Z")
    console.database.write(lambda connection: connection.execute(old))
    assert run("erase", "--dry-run", "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["what"] for row in rows] == ["recording", "answers", "reference picture and template"]
    assert console.settings.folder.picture(student).exists()
    assert run("erase", "--yes") == 0
    assert not console.settings.folder.picture(student).exists()
    assert console.database.read(lambda c: c.execute(select(answers)).all()) == []
    assert b"\xd0\xb6\xd0\xb0\xd1\x83\xd0\xb0\xd0\xbf" not in (server.root / "senim.db").read_bytes()
    capsys.readouterr()
    assert run("erase", "--yes") == 0
    assert "nothing is to be erased" in capsys.readouterr().err


def test_periods_of_one_exam(
    server: Server, console: Console, session: str, run: Run, clock: HandClock, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("retention", "physics", "--recording-days", "90", "--answers-days", "400", "--json") == 0
    (shown,) = json.loads(capsys.readouterr().out)
    assert shown == {"exam": "physics", "recording_days": "90", "answers_days": 400}
    assert run("retention", "physics", "--recording-days", "91") == 1
    assert run("retention", "none") == 1
    assert run("retention", "physics", "--recording-days", "0") == 1
    told = capsys.readouterr().err
    assert "1 students agreed to fewer than 91 days" in told and "no exam" in told and "at least one day" in told
    assert run("retention", "statistika", "--recording-days", "300") == 0, "nobody sat it yet"
    clock.move(days=90)
    assert [entry.session for entry in erasure.plan(console).due] == [session]
    clock.move(days=310)
    assert [entry.session for entry in periods.plan(console).answers] == [session]


# ---- every copy


def test_destroying_a_seats_key_makes_every_copy_unreadable(
    server: Server, console: Console, session: str, run: Run, clock: HandClock, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """A backup and an export made before, a copy of the whole session, and the seat keys' own copy."""
    long_ago(server)
    copies = tmp_path / "stick"
    assert run("backup", tmp_path / "refused.tar") == 1
    assert "holds no seat keys" in capsys.readouterr().err
    assert run("backup", tmp_path / "refused.tar", "--seat-keys", copies) == 1
    assert "is its disk there" in capsys.readouterr().err
    copies.mkdir()
    settings_with(server.root, seat_key_copy=str(copies))
    assert run("backup", tmp_path / "before.tar") == 0
    assert run("export", session, tmp_path / "before.zip") == 0
    assert len(list(copies.iterdir())) == 4
    review = open_review_identity(console.settings.folder, PASSPHRASES.review)
    whole = escrow.from_file(console, server.root / "escrow.identity.age", PASSPHRASES.configuration)
    everyone = [review, whole]

    readable = tmp_path / "readable"
    assert main(["--data", str(readable), "restore", str(tmp_path / "before.tar"), "--seat-keys", str(copies)]) == 0
    assert opened_segments(readable, session, everyone) == 3, "with the copy of the keys all is there again"

    assert run("erase", "--yes") == 0
    assert len(list(copies.iterdir())) == 3, "destroyed there too"
    restored = tmp_path / "restored"
    capsys.readouterr()
    assert main(["--data", str(restored), "restore", str(tmp_path / "before.tar"), "--seat-keys", str(copies)]) == 0
    told = capsys.readouterr()
    assert "3 seat keys put back" in told.out and "1 seat keys are not here" in told.err
    assert Store(restored / "sessions").segment_files(session), "the sealed bytes are in the backup"
    assert opened_segments(restored, session, everyone) == 0
    unpack(tmp_path / "before.zip", tmp_path / "export")
    for file in (tmp_path / "export").rglob("*.age"):
        for identity in [*everyone, *kept_identities(restored, everyone)]:
            with pytest.raises(age.NoMatchingIdentity):
                age.decrypt(file.read_bytes(), [identity])
    assert verify(tmp_path / "before.zip", verifying_key(DataFolder(restored))).ok, "it still proves what it proved"


def kept_identities(root: Path, openers: list[age.Identity]) -> list[age.Identity]:
    """Every private half that lies in a data folder."""
    files = root.glob("seats/*/identity.age")
    return [age.parse_identity(age.decrypt(file.read_bytes(), openers).decode().strip()) for file in files]


def opened_segments(root: Path, session: str, openers: list[age.Identity]) -> int:
    """How many of the session's segments open with anything that lies in ``root``."""
    identities = [*openers, *kept_identities(root, openers)]
    count = 0
    for file in Store(root / "sessions").segment_files(session):
        try:
            age.decrypt(file.read_bytes(), identities)
            count += 1
        except age.NoMatchingIdentity:
            pass
    return count


def test_a_copy_that_is_away_while_a_key_is_destroyed_is_told(
    server: Server, session: str, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    long_ago(server)
    copies, away = tmp_path / "stick", tmp_path / "away"
    copies.mkdir()
    settings_with(server.root, seat_key_copy=str(copies))
    assert run("keys", "copy") == 0
    copies.rename(away)
    assert run("erase", "--yes") == 1
    assert "not up to date; mend this and run `keys copy`" in capsys.readouterr().err
    assert not Store(server.root / "sessions").segment_files(session), "here it is done all the same"
    away.rename(copies)
    assert run("keys", "copy") == 0
    assert "3 seat keys; 0 written, 1 destroyed" in capsys.readouterr().out


def test_the_copy_follows_and_is_never_emptied_by_damage(console: Console, tmp_path: Path) -> None:
    copies = tmp_path / "stick"
    with pytest.raises(CommandFailed, match="is its disk there"):
        key_copy.update(console, copies)
    with pytest.raises(CommandFailed, match="another disk"):
        key_copy.update(console, console.settings.folder.seats)
    assert key_copy.update(console) is None, "no folder is set"
    copies.mkdir()
    done = key_copy.update(console, copies)
    assert done is not None and (done.held, done.written, done.destroyed) == (4, 4, 0)
    again = key_copy.update(console, copies)
    assert again is not None and again.written == 0
    seats = sorted(console.settings.folder.seats.iterdir())
    (seats[0] / "identity.age").unlink()
    assert key_copy.missing(console) == [seats[0].name]
    lost = key_copy.update(console, copies)
    assert lost is not None and lost.held == 4
    assert key_copy.put_back(console, copies) == 1 and key_copy.missing(console) == []
    review = open_review_identity(console.settings.folder, PASSPHRASES.review)
    own = with_periods(console, seat_key_copy=str(copies))
    before = (copies / f"{seats[0].name}.age").read_bytes()
    resealing.reseal(own, [review])
    assert (copies / f"{seats[0].name}.age").read_bytes() != before, "sealed anew there too"


# ---- the student's own copy


@pytest.mark.parametrize("kind", ["passphrase", "recipient"])
def test_a_students_copy_verifies_and_opens_for_the_student_alone(
    server: Server, console: Console, session: str, run: Run, tmp_path: Path, kind: str
) -> None:
    own = age.generate_identity("x25519")
    (tmp_path / "phrase").write_text("a phrase of the student's own")
    how = ("--passphrase-file", tmp_path / "phrase") if kind == "passphrase" else ("--recipient", own.recipient.text)
    copy, key = tmp_path / "copy.zip", tmp_path / "copy.zip.key.age"
    assert run("export", session, copy, "--for-student", *how) == 0
    report = verify(copy, verifying_key(console.settings.folder))
    assert (report.ok, report.state) == (True, "complete")
    if kind == "passphrase":
        text = age.decrypt(key.read_bytes(), passphrases=["a phrase of the student's own"])
    else:
        text = age.decrypt(key.read_bytes(), [own])
    review = open_review_identity(console.settings.folder, PASSPHRASES.review)
    with pytest.raises(age.AgeError):
        age.decrypt(key.read_bytes(), [review])
    erasure.erase(console, erasure.find(console, session), "its time is over")
    unpack(copy, tmp_path / "folder")
    files = list((tmp_path / "folder").rglob("*.age"))
    identity = age.parse_identity(text.decode().strip())
    assert [unseal(file.read_bytes(), identity)[1] for file in files] == [b"media"] * 3
    exported = [
        e for e in console.database.read(lambda c: list(audit.entries(c))) if e["action"].startswith("exported-f")
    ]
    assert [(e["object"], e["details"]["sealed_to"]) for e in exported] == [(f"session/{session}", kind)]


def test_a_student_opens_the_copy_without_the_institution(
    session: str, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    phrase, wrong, copy = tmp_path / "phrase", tmp_path / "wrong", tmp_path / "copy.zip"
    phrase.write_text("a phrase of the student's own\n")
    wrong.write_text("another phrase")
    assert run("export", session, copy, "--for-student", "--passphrase-file", phrase) == 0
    words = ["open", str(copy), str(tmp_path / "out"), "--key-file", f"{copy}.key.age", "--passphrase-file"]
    assert evidence_main([*words, str(wrong)]) == 2
    assert "no identity or passphrase" in capsys.readouterr().err
    assert evidence_main([*words, str(phrase), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["problems"] == []
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        "camera-part-0.bin", "screen-1-part-0.bin", "sound-part-0.bin",
    ]  # fmt: skip
    assert (tmp_path / "out" / "camera-part-0.bin").read_bytes() == b"media"
    assert evidence_main([*words, str(phrase)]) == 2, "the folder is there already"


def test_a_students_copy_that_cannot_be_made(
    console: Console, session: str, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "short").write_text("short")
    (tmp_path / "phrase").write_text("a phrase of the student's own")
    copy = tmp_path / "copy.zip"
    good = ("--for-student", "--passphrase-file", tmp_path / "phrase")
    assert run("export", session, copy, "--passphrase-file", tmp_path / "phrase") == 1
    assert run("export", session, copy, "--for-student") == 1
    assert run("export", session, copy, "--for-student", "--passphrase-file", tmp_path / "short") == 1
    assert run("export", session, copy, "--for-student", "--recipient", "age1nothing") == 1
    assert run("export", "nothing", copy, *good) == 1
    erasure.erase(console, erasure.find(console, session), "r")
    assert run("export", session, copy, *good) == 1
    told = capsys.readouterr().err.splitlines()
    words = [
        "go with --for-student",
        "give either",
        "at least 12",
        "not an age recipient",
        "no session",
        "was erased at",
    ]
    assert len(told) == len(words) and all(word in line for word, line in zip(words, told, strict=True))
    assert not copy.exists() and not copy.with_name("copy.zip.key.age").exists()
