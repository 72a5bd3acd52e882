"""Erasing recordings: what is due, what is held, what is gone from the disk, and what a kill in the middle leaves."""

from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from exam_hall import PASSPHRASES, HandClock, Server
from sitting import Sitting, code_of
from sqlalchemy import insert, select, update

from evidence import age
from evidence.keys import KeysError, open_seat_identity
from evidence.verify import verify
from server import audit
from server.__main__ import main
from server.admin import backup, erasure, sessions
from server.admin.console import Console, opened
from server.admin.errors import CommandFailed
from server.admin.institution_keys import open_review_identity, verifying_key
from server.clock import iso
from server.commands import erase as command_erase
from server.reminder import DAY_SECONDS, Reminder
from server.retention import Hold
from server.schema import answers, exams, flags, segments, verdicts
from server.schema import audit as audit_table
from server.schema import sessions as session_table
from server.settings import DataFolder
from server.store import Store

ROOT = Path(__file__).resolve().parents[2]
KEPT_DAYS = 180


@pytest.fixture
def session(server: Server, sitting: Sitting) -> str:
    """A session handed in, with answers and a moment nobody decided about; its ingest still runs."""
    sitting.ready_for_paper(verifying_key(DataFolder(server.root)))
    paper = sitting.paper()
    question = next(entry for entry in paper["questions"] if entry["kind"] == "essay")
    assert sitting.answer(question["id"], "жауап").status_code == 200
    sitting.end()
    assert sitting.deliver().status_code == 200
    sitting.put_all()
    assert sitting.hand_in({question["id"]: 1}).json()["receipt"]
    moments = [
        {"id": state, "session": sitting.session, "stream": "camera", "from_ms": 1, "to_ms": 2, "state": state,
         "kind": "watching", "values": {"rule": f"rule-{state}"}, "created_at": iso(server.clock.now())}
        for state in ("open", "confirmed")
    ]  # fmt: skip
    server.services.database.write(lambda connection: connection.execute(insert(flags), moments))
    return sitting.session


@pytest.fixture
def console(server: Server, clock: HandClock) -> Iterator[Console]:
    with opened(server.root, clock, "console:tests") as found:
        yield found


def judge(console: Console, session: str, outcome: str) -> None:
    row = {"id": outcome, "session": session, "outcome": outcome, "reason": "r", "by": "inv", "at": console.now()}
    console.database.write(lambda connection: connection.execute(insert(verdicts).values(**row)))


def rows(console: Console, table) -> list[dict]:
    return console.database.read(lambda c: [dict(row) for row in c.execute(select(table)).mappings()])


def deeds(console: Console, *actions: str) -> list[tuple[str, str, dict]]:
    entries = [row for row in rows(console, audit_table) if row["action"] in actions]
    return [(row["who"], row["action"], row["details"]) for row in entries]


def segment_files(root: Path, session: str) -> list[Path]:
    return Store(root / "sessions").segment_files(session)


def test_a_recording_is_due_when_the_promised_days_after_hand_in_are_over(
    console: Console, session: str, clock: HandClock
) -> None:
    judge(console, session, "no_violation")
    clock.move(days=KEPT_DAYS, seconds=-1)
    assert erasure.plan(console) == erasure.Plan([], [], [])
    clock.move(seconds=1)
    (due,) = erasure.plan(console).due
    assert (due.session, due.student, due.exam, due.hold) == (session, "aigerim", "physics", Hold.NONE)
    segments_alone = sum(file.stat().st_size for file in segment_files(console.settings.folder.root, session))
    assert erasure.size_of(console, due) > segments_alone > 0, "its seat's key too"
    held = update(session_table).values(held_until=iso(clock.now()).replace("2026", "2027"))
    console.database.write(lambda connection: connection.execute(held))
    assert erasure.plan(console).due == []


@pytest.mark.parametrize(("outcome", "hold"), [("", Hold.NO_VERDICT), ("second_look", Hold.SECOND_LOOK)])
def test_what_somebody_must_still_decide_is_named_and_kept(
    server: Server, console: Console, session: str, clock: HandClock, outcome: str, hold: Hold
) -> None:
    if outcome:
        judge(console, session, outcome)
    clock.move(days=KEPT_DAYS)
    found = erasure.plan(console)
    assert (found.due, [(entry.session, entry.hold) for entry in found.held]) == ([], [(session, hold)])
    assert erasure.erase(console, found.held[0]) is None
    assert segment_files(server.root, session)
    clock.move(seconds=1)
    judge(console, session, "technical_failure")
    assert [entry.session for entry in erasure.plan(console).due] == [session]


def test_a_rehearsal_and_a_sitting_without_a_recording_need_no_verdict(
    server: Server, console: Console, session: str, clock: HandClock, tmp_path: Path
) -> None:
    console.database.write(lambda connection: connection.execute(update(exams).values(rehearsal=True)))
    other = Sitting.sign_in(server.client, "ivan", "password-1", tmp_path / "ivan")
    other.open()
    with pytest.raises(CommandFailed, match="still open"):
        erasure.find(console, other.session)
    clock.move(days=KEPT_DAYS + 1)
    assert {entry.session for entry in erasure.plan(console).due} == {session, other.session}
    console.database.write(lambda connection: connection.execute(update(exams).values(rehearsal=False)))
    found = erasure.plan(console)
    assert [entry.session for entry in found.due] == [other.session]
    erasure.erase(console, found.due[0])
    assert erasure.plan(console).unfinished == []
    assert seat_keys_left(console, other.session) is False


def test_erased_bytes_are_gone_and_what_must_stay_stays(
    server: Server, console: Console, session: str, clock: HandClock
) -> None:
    folder, verifying = console.settings.folder, verifying_key(console.settings.folder)
    review = open_review_identity(folder, PASSPHRASES.review)
    judge(console, session, "no_violation")
    clock.move(days=KEPT_DAYS)
    (due,) = erasure.plan(console).due
    sealed = {file.read_bytes()[:64] for file in segment_files(server.root, session)}
    key = folder.seat_identity(due.seat).read_bytes()
    assert open_seat_identity(key, [review])
    receipts, ledger = console.store.receipts(session), console.store.ledger_lines(session)

    size = erasure.erase(console, due)
    erasure.empty_log(console)

    assert size is not None and size > 0
    assert not folder.seat_identity(due.seat).exists() and not segment_files(server.root, session)
    for file in folder.root.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert not any(part in content for part in sealed) and key not in content, file
            assert b"rule-open" not in content, file
    assert console.store.ledger_lines(session) == ledger
    assert console.store.receipts(session)[:-1] == receipts
    report = verify(console.store.path(session), verifying)
    assert (report.ok, report.erased) == (True, iso(clock.now()))
    (row,) = rows(console, session_table)
    assert (row["erased_by"], row["erase_reason"], row["identity"]) == ("console:tests", "", "")
    assert (row["state"], bool(row["receipt"]), bool(row["coverage_claimed"])) == ("handed_in", True, True)
    assert [entry["held_at"] for entry in rows(console, segments)] == [None] * len(sealed)
    assert len(rows(console, answers)) == 1 and len(rows(console, verdicts)) == 1
    assert [entry["id"] for entry in rows(console, flags)] == ["confirmed"]
    assert deeds(console, "erase", "erased") == [
        ("console:tests", "erase", {"reason": "retention", "due": due.due, "hold": ""}),
        ("console:tests", "erased", {"bytes": size}),
    ]
    assert console.database.read(audit.check) is None
    assert erasure.plan(console) == erasure.Plan([], [], [])


def test_before_its_time_with_a_reason(server: Server, console: Console, session: str) -> None:
    entry = erasure.find(console, session)
    assert erasure.erase(console, entry) is None, "without a reason only what is due"
    assert segment_files(server.root, session)
    with pytest.raises(CommandFailed, match="at most"):
        erasure.erase(console, entry, "x" * 501)
    assert erasure.erase(console, entry, "court order 7")
    (row,) = rows(console, session_table)
    assert row["erase_reason"] == "court order 7"
    assert deeds(console, "erase")[0][2]["reason"] == "court order 7"
    assert '"cause":"decision"' in console.store.receipts(session)[-1]
    with pytest.raises(CommandFailed, match="no session"):
        erasure.find(console, "nothing")


def test_nothing_is_marked_without_the_key_that_signs_the_erasure(console: Console, session: str) -> None:
    console.settings.folder.server_key.unlink()
    with pytest.raises(CommandFailed, match="server's key"):
        erasure.erase(console, erasure.find(console, session), "court order 7")
    assert rows(console, session_table)[0]["erased_at"] is None


KILLED_AFTER = """
import os, signal, sys
from pathlib import Path
from server.__main__ import main
left = int(sys.argv[1])
real = Path.unlink
def unlink(self, missing_ok=False):
    global left
    if self.suffix == ".age":
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
    real(self, missing_ok=missing_ok)
Path.unlink = unlink
main(sys.argv[2:])
"""


@pytest.mark.parametrize("files", [0, 1, 3])
def test_a_kill_in_the_middle_is_finished_by_the_next_run(
    server: Server, session: str, capsys: pytest.CaptureFixture[str], files: int
) -> None:
    words = ["--data", str(server.root), "erase", "--session", session, "--reason", "r", "--yes"]
    done = subprocess.run([sys.executable, "-c", KILLED_AFTER, str(files), *words], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    with server.console() as console:
        assert [entry.session for entry in erasure.plan(console).unfinished] == [session]
        assert seat_keys_left(console, session) == (files == 0)
    assert segment_files(server.root, session)
    assert main(["--data", str(server.root), "erase", "--yes", "--json"]) == 0
    (listed,) = json.loads(capsys.readouterr().out)
    assert (listed["session"], listed["note"]) == (session, "begun, not finished")
    assert not segment_files(server.root, session)
    with server.console() as console:
        assert not seat_keys_left(console, session)
        assert erasure.plan(console).unfinished == []
        assert verify(console.store.path(session), verifying_key(console.settings.folder)).erased
        assert console.database.read(audit.check) is None
    assert main(["--data", str(server.root), "erase", "--yes", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def seat_keys_left(console: Console, session: str) -> bool:
    row = next(row for row in rows(console, session_table) if row["id"] == session)
    return console.settings.folder.seat_identity(row["seat"]).exists()


def test_a_torn_last_receipt_does_not_swallow_the_record(console: Console, session: str) -> None:
    file = console.store.path(session) / "receipts.txt"
    file.write_bytes(file.read_bytes() + b'{"type":"head"')
    erasure.erase(console, erasure.find(console, session), "r")
    assert verify(console.store.path(session), verifying_key(console.settings.folder)).ok


# ---- the student's end


def test_nothing_is_taken_in_for_an_erased_recording(
    server: Server, console: Console, session: str, sitting: Sitting
) -> None:
    erasure.erase(console, erasure.find(console, session), "r")
    assert code_of(sitting.put("camera", 0)) == "exam_closed"
    assert code_of(sitting.on("POST", "/ledger", json={"lines": sitting.ledger.lines})) == "already_handed_in"
    assert sitting.hand_in().json()["receipt"], "the receipt stays the student's"
    assert not segment_files(server.root, session)


def test_a_segment_on_its_way_while_the_recording_is_erased_does_not_stay(
    server: Server, console: Console, session: str, sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = Store.put_segment

    def erased_first(store: Store, *place: object) -> object:
        monkeypatch.undo()
        erasure.erase(console, erasure.find(console, session), "r")
        return put(store, *place)

    monkeypatch.setattr(Store, "put_segment", erased_first)
    assert code_of(sitting.put("camera", 0)) == "exam_closed"
    assert not segment_files(server.root, session)
    assert erasure.plan(console).unfinished == []


def test_a_session_never_handed_in_is_closed_with_its_erasure(
    server: Server, console: Console, sitting: Sitting, clock: HandClock
) -> None:
    sitting.ready_for_paper(verifying_key(console.settings.folder))
    sitting.put_all()
    with pytest.raises(CommandFailed, match="still open"):
        erasure.find(console, sitting.session)
    clock.move(hours=3)
    erasure.erase(console, erasure.find(console, sitting.session), "never handed in")
    with server.console() as other:
        assert rows(other, session_table)[0]["state"] == "closed"
    assert not segment_files(server.root, sitting.session)


# ---- export, backup


def test_an_export_afterwards_holds_what_is_left_and_says_so(console: Console, session: str, tmp_path: Path) -> None:
    erasure.erase(console, erasure.find(console, session), "r")
    sessions.export(console, session, tmp_path / "s.zip")
    assert [entry[0] for entry in deeds(console, "exported")] == ["console:tests"]
    report = verify(tmp_path / "s.zip", verifying_key(console.settings.folder))
    assert report.ok and report.erased and report.receipts
    assert {notice.code for notice in report.notices} == {"segment-erased"}
    assert (tmp_path / "s.zip").stat().st_size < 100_000


def test_an_older_backup_brings_the_recording_back_and_it_is_due_again(
    console: Console, session: str, clock: HandClock, tmp_path: Path
) -> None:
    judge(console, session, "no_violation")
    backup.backup(console, tmp_path / "before.tar")
    clock.move(days=KEPT_DAYS)
    erasure.erase(console, erasure.find(console, session))
    backup.backup(console, tmp_path / "after.tar")
    for name, due in (("before", [session]), ("after", [])):
        backup.restore(tmp_path / f"{name}.tar", tmp_path / name)
        with opened(tmp_path / name, clock, "tests") as restored:
            assert [entry.session for entry in erasure.plan(restored).due] == due
            assert bool(segment_files(tmp_path / name, session)) == bool(due)


def test_without_its_key_a_copy_of_a_segment_is_noise(console: Console, session: str) -> None:
    entry = erasure.find(console, session)
    review = open_review_identity(console.settings.folder, PASSPHRASES.review)
    copied = segment_files(console.settings.folder.root, session)[0].read_bytes()
    erasure.erase(console, entry, "r")
    with pytest.raises(age.AgeError):
        age.decrypt(copied, identities=[review])
    with pytest.raises((OSError, KeysError)):
        open_seat_identity(console.settings.folder.seat_identity(entry.seat).read_bytes(), [review])


# ---- the command line


def run(root: Path, *words: str) -> int:
    return main(["--data", str(root), "erase", *words])


def test_the_command_asks_and_lists(
    server: Server, session: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = server.root
    assert run(root, "--session", session) == 1
    assert run(root, "--reason", "r") == 1
    assert run(root) == 0
    assert "nothing is to be erased" in capsys.readouterr().err
    early = ("--session", session, "--reason", "court order 7")
    assert run(root, *early, "--dry-run") == 0
    listed = capsys.readouterr().out
    assert listed.startswith("session,student,exam,due,bytes,note,what\n") and f"{session},aigerim,physics," in listed
    assert run(root, *early) == 1
    assert "nobody to ask" in capsys.readouterr().err
    monkeypatch.setattr(command_erase.sys.stdin, "isatty", lambda: True, raising=False)
    asked = []
    monkeypatch.setattr("builtins.input", lambda question: asked.append(question) or "no")
    assert run(root, *early) == 1
    assert "no verdict yet" in asked[0] and segment_files(root, session)
    monkeypatch.setattr("builtins.input", lambda _question: "yes")
    assert run(root, *early) == 0
    told = capsys.readouterr()
    assert f"{session}: erased" in told.err and "Backups" in told.err
    assert not segment_files(root, session)
    assert run(root, *early) == 0
    assert "was erased at" in capsys.readouterr().err


def test_due_and_yes_together(
    server: Server, session: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    long_ago = update(session_table).values(handed_in_at="2020-01-01T00:00:00.000Z")
    server.services.database.write(lambda connection: connection.execute(long_ago))
    assert run(server.root, "--due", "--yes") == 0
    told = capsys.readouterr()
    assert "kept: no verdict yet" in told.out and "wait for a verdict" in told.err
    with server.console() as console:
        judge(console, session, "technical_failure")
    assert run(server.root, "--due", "--yes") == 0
    assert not segment_files(server.root, session)


def test_only_the_command_line_erases(server: Server) -> None:
    described = server.client.get("/api/v1/openapi.json").text
    assert "erase" not in described and "delete" not in described.lower()


def test_the_running_server_says_once_a_day_what_is_due(
    server: Server, session: str, clock: HandClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "senim.retention")
    reminder = Reminder(server.root, clock)
    reminder.tick(0.0)
    assert caplog.messages == [], "nothing is due"
    clock.move(days=KEPT_DAYS)
    reminder.tick(DAY_SECONDS - 1)
    assert caplog.messages == []
    reminder.tick(DAY_SECONDS)
    reminder.tick(DAY_SECONDS + 5)
    assert len(caplog.messages) == 1 and "1 waiting for a verdict" in caplog.messages[0]
    assert segment_files(server.root, session), "it erases nothing"
    (server.root / "settings.toml").rename(server.root / "away.toml")
    reminder.tick(2 * DAY_SECONDS)
    assert "could not be found out" in caplog.messages[1]
