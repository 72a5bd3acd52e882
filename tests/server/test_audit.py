"""The audit chain, decisions and checkpoints: what staff and the server's operator may change, and what shows it."""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from exam_hall import PASSWORD, HandClock, Server
from sitting import Sitting
from sqlalchemy import delete, insert, text, update

from evidence.bundle import SessionFolder
from evidence.signing import SigningKey, payload_of, sign_line
from evidence.verify import Kept, verify
from evidence.verify_checkpoint import verify_checkpoints
from server import audit
from server.__main__ import main
from server.admin import audit_check, checkpoints
from server.admin.console import Console, opened
from server.admin.errors import CommandFailed
from server.admin.institution_keys import verifying_key
from server.admin.sessions import Message, send
from server.schema import answers, flag_decisions, flags, notices, sessions, verdicts
from server.settings import DataFolder


@pytest.fixture(scope="module")
def handed_in(made_institution: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one session, handed in with an answer, judged, and a checkpoint published after it. The
    student's receipts and the published file lie beside it."""
    place = tmp_path_factory.mktemp("handed-in")
    root, clock = place / "data", HandClock()
    shutil.copytree(made_institution, root)
    server = Server(root, clock)
    try:
        sitting = Sitting.sign_in(server.client, "aigerim", PASSWORD, place / "aigerim")
        sitting.ready_for_paper(verifying_key(DataFolder(root)))
        question = next(entry for entry in sitting.paper()["questions"] if entry["kind"] == "essay")
        assert sitting.answer(question["id"], "жауап").status_code == 200
        sitting.record(verifying_key(DataFolder(root)))
        clock.move(seconds=90)
        heads = [sitting.deliver().json()["receipt"]]
        sitting.end()
        clock.move(seconds=5)
        heads.append(sitting.deliver().json()["receipt"])
        sitting.put_all()
        closing = sitting.hand_in({question["id"]: 1}).json()["receipt"]
    finally:
        server.stop()
    (place / "receipts.txt").write_text("".join(line + "\n" for line in [*heads, closing]))
    (place / "session").write_text(sitting.session)
    clock.move(hours=3)
    with opened(root, clock, "console:tests") as console:
        judge(console, sitting.session)
        assert checkpoints.publish(console, place / "published.txt").listed == 1
    return place


@pytest.fixture
def place(handed_in: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(handed_in, tmp_path / "place"))


@pytest.fixture
def hall(place: Path) -> Iterator[Console]:
    clock = HandClock()
    clock.move(days=1)
    with opened(place / "data", clock, "console:tests") as found:
        yield found


@pytest.fixture
def folder(place: Path) -> SessionFolder:
    return SessionFolder(place / "data" / "sessions" / (place / "session").read_text())


def judge(console: Console, session: str) -> None:
    """A verdict, a decided moment and added minutes, each noted as the review site notes it."""
    now, subject = console.now(), f"session/{session}"

    def work(connection: Any) -> None:
        verdict = {"outcome": "violation", "reason": "Telephone"}
        connection.execute(insert(verdicts).values(id="v1", session=session, by="inv", at=now, **verdict))
        audit.append(connection, at=now, who="inv", action="verdict", subject=subject, details=verdict)
        moment = {"session": session, "stream": "camera", "from_ms": 1, "to_ms": 2, "kind": "gap", "values": {}}
        decided = {"state": "confirmed", "reason": "seen", "decided_by": "inv", "decided_at": now}
        for number in ("f1", "f2"):
            connection.execute(insert(flags).values(id=number, created_at=now, **moment))
        connection.execute(update(flags).where(flags.c.id == "f1").values(**decided))
        details = {"flag": "f1", "state": "confirmed", "reason": "seen"}
        each = details | {"session": session, "by": "inv", "at": now}
        connection.execute(insert(flag_decisions).values(id="d1", **each))
        audit.append(connection, at=now, who="inv", action="flag-decided", subject=subject, details=details)
        minutes = {"exam": "physics", "session": session, "kind": "time_added", "text": "t", "minutes": 5}
        connection.execute(insert(notices).values(id="n1", sent_by="inv", sent_at=now, **minutes))
        details = {"kind": "time_added", "minutes": 5}
        audit.append(connection, at=now, who="inv", action="message", subject=subject, details=details)

    console.database.write(work)


def run(hall: Console, statement: Any) -> None:
    hall.database.write(lambda connection: connection.execute(text(statement) if type(statement) is str else statement))


def found(hall: Console, place: Path | None = None) -> dict[str, str]:
    """Code -> place of each problem; with ``place`` the published file is compared too."""
    content = (place / "published.txt").read_bytes() if place else None
    return {problem.code: problem.where for problem in audit_check.check_all(hall, content).problems}


def rewrite_chain(hall: Console, **changes: Any) -> None:
    """Whoever has the database changes what was done first and works out every digest again."""

    def work(connection: Any) -> None:
        rows = list(audit.entries(connection))
        connection.execute(text("DELETE FROM audit"))
        for row in rows:
            said = row | (changes if row["action"] == "verdict" else {})
            audit.append(
                connection, at=said["at"], who=said["who"], action=said["action"], subject=said["object"],
                details=said["details"],
            )  # fmt: skip

    hall.database.write(work)


# ---- nothing changed ------------------------------------------------------------------------


def test_an_honest_institution(hall: Console, place: Path, folder: SessionFolder) -> None:
    everything = audit_check.check_all(hall, (place / "published.txt").read_bytes())
    assert everything.problems == [] and everything.notices == []
    key = verifying_key(hall.settings.folder)
    kept = Kept((place / "receipts.txt").read_text(), (place / "published.txt").read_bytes())
    report = verify(folder.path, key, kept)
    assert report.ok and report.checkpoint == "2026-01-31T12:01:35.000Z" and report.kept_receipt == report.receipt_code
    days = verify_checkpoints((place / "published.txt").read_bytes(), key, hall.settings.folder.sessions)
    assert days.ok and (days.checkpoints, days.listed, days.compared) == (1, 1, 1)


def test_a_checkpoint_lists_only_what_has_grown(hall: Console, place: Path, tmp_path: Path) -> None:
    target = tmp_path / "today.txt"
    assert checkpoints.publish(hall, target) == checkpoints.Published(1, 0, [])
    lines = target.read_text().splitlines()
    assert lines[:1] == (place / "published.txt").read_text().splitlines()
    assert (
        payload_of(lines[1])["sessions"] == []
        and payload_of(lines[1])["audit"]["n"] > payload_of(lines[0])["audit"]["n"]
    )
    assert target.stat().st_mode & 0o777 == 0o644
    assert found(hall) == {} and (place / "data" / "checkpoints.txt").read_text() == target.read_text()


def test_many_sessions_take_several_lines(
    hall: Console, place: Path, folder: SessionFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "data" / "checkpoints.txt").unlink()
    monkeypatch.setattr(checkpoints, "MAX_SESSIONS", 2)
    for number in range(4):
        shutil.copytree(folder.path, folder.path.with_name(f"s{number}"))
    (folder.path.with_name("empty")).mkdir()
    assert checkpoints.publish(hall, None) == checkpoints.Published(2, 5, [])
    content = (place / "data" / "checkpoints.txt").read_bytes()
    report = verify_checkpoints(content, verifying_key(hall.settings.folder), hall.settings.folder.sessions)
    assert report.ok and (report.checkpoints, report.listed, report.compared) == (3, 5, 5)
    assert [notice.where for notice in report.notices] == ["session empty"]


def test_a_torn_line_is_cut_and_a_damaged_file_is_refused(hall: Console, place: Path) -> None:
    file = place / "data" / "checkpoints.txt"
    whole = file.read_bytes()
    file.write_bytes(whole + whole[:100])
    assert checkpoints.publish(hall, None).n == 1
    assert file.read_bytes().startswith(whole) and file.read_bytes().count(b"\n") == 2
    file.write_bytes(file.read_bytes().replace(b'"n":0', b'"n":7', 1))
    with pytest.raises(CommandFailed, match="is damaged: checkpoint 0"):
        checkpoints.publish(hall, None)


# ---- staff and the operator of the database -------------------------------------------------

LAST = "(SELECT MAX(n) FROM audit)"
TAMPERED: dict[str, tuple[Any, dict[str, str]]] = {
    "a log line changed": ("UPDATE audit SET who='nobody' WHERE n=3", {"audit-changed": "audit entry 3"}),
    "a log line deleted": ("DELETE FROM audit WHERE n=3", {"audit-missing": "audit entry 3"}),
    "a log line put in": (
        "INSERT INTO audit SELECT n+1, at, who, action, object, details, prev, digest FROM audit WHERE n=" + LAST,
        {"audit-changed": "audit entry after the last"},
    ),
    "a verdict changed": (
        update(verdicts).values(outcome="no_violation"),
        {"verdict-changed": "session", "verdict-missing": "session"},
    ),
    "a verdict's reason changed": (
        update(verdicts).values(reason="x"), {"verdict-changed": "session", "verdict-missing": "session"},
    ),
    "a verdict deleted": (delete(verdicts), {"verdict-missing": "session"}),
    "a verdict put in": (
        "INSERT INTO verdicts SELECT 'v2', session, 'no_violation', 'x', 'inv', at, 'first' FROM verdicts",
        {"verdict-changed": "session"},
    ),
    "a decision changed": (
        update(flags).where(flags.c.id == "f1").values(state="dismissed"), {"decision-changed": "session"},
    ),
    "a decision made by hand": (
        update(flags).where(flags.c.id == "f2").values(state="dismissed"), {"decision-changed": "session"},
    ),
    "a reviewer's decision changed": (
        update(flag_decisions).values(state="dismissed"),
        {"decision-changed": "session", "decision-missing": "session"},
    ),
    "a reviewer's decision deleted": (delete(flag_decisions), {"decision-missing": "session"}),
    "a decided moment deleted": (delete(flags), {"decision-missing": "session"}),
    "minutes changed": (
        update(notices).values(minutes=50), {"message-changed": "messages", "message-missing": "messages"},
    ),
    "minutes taken back": (delete(notices), {"message-missing": "messages"}),
    "an answer's row exchanged": (update(answers).values(commitment="0" * 64), {"answer-changed": "session"}),
    "the row's receipt exchanged": (update(sessions).values(receipt="x\ty"), {"row-receipt": "session"}),
    "the row's head exchanged": (update(sessions).values(ledger_digest="0" * 64), {"row-ledger": "session"}),
}  # fmt: skip


@pytest.mark.parametrize("deed", TAMPERED)
def test_a_changed_row_is_shown(deed: str, hall: Console, folder: SessionFolder) -> None:
    statement, expected = TAMPERED[deed]
    count = hall.database.read(audit.newest)
    assert count is not None
    run(hall, statement)
    session = f"session {folder.path.name}"
    wanted = {code: session if where == "session" else where for code, where in expected.items()}
    new = f"audit entry {count.n + 1}"
    assert found(hall) == {code: new if where.endswith("after the last") else where for code, where in wanted.items()}


def test_a_message_from_the_command_line_is_no_change_however_long_its_writing_took(hall: Console) -> None:
    class Running(HandClock):
        def now(self) -> datetime:
            self.move(seconds=1)
            return super().now()

    console = dataclasses.replace(hall, clock=Running())
    send(console, Message("physics", None, "time_added", "Ten more minutes", 10))
    assert found(hall) == {}


def test_a_removed_answer_is_told(hall: Console) -> None:
    run(hall, delete(answers))
    assert [notice.code for notice in audit_check.check_all(hall, None).notices] == ["answer-missing"]


def test_a_log_cut_at_its_end_or_written_anew_shows_against_the_published_file(hall: Console, place: Path) -> None:
    run(hall, f"DELETE FROM audit WHERE n={LAST}")  # the checkpoint's own entry
    assert found(hall) == {}, "nothing here says that there was one more"
    assert found(hall, place) == {"audit-cut": "checkpoint 0"}


def test_a_verdict_changed_with_the_whole_log_shows_against_the_published_file(hall: Console, place: Path) -> None:
    run(hall, update(verdicts).values(outcome="no_violation"))
    rewrite_chain(hall, details={"outcome": "no_violation", "reason": "Telephone"})
    assert found(hall) == {}
    assert found(hall, place) == {"audit-rewritten": "checkpoint 0"}


# ---- the operator of ingest, who has the server's key ---------------------------------------


def server_key(hall: Console) -> SigningKey:
    return SigningKey.from_text(hall.settings.folder.server_key.read_text().strip())


def edit_receipts(folder: SessionFolder, change: Callable[[list[str]], list[str]]) -> None:
    folder.receipts.write_text("".join(line + "\n" for line in change(folder.receipts.read_text().splitlines())))


def redate(hall: Console, folder: SessionFolder) -> None:
    def change(lines: list[str]) -> list[str]:
        return [
            *lines[:-1],
            sign_line("receipt", payload_of(lines[-1]) | {"at": "2026-01-31T11:00:00.000Z"}, server_key(hall)),
        ]

    edit_receipts(folder, change)


def drop_closing(_hall: Console, folder: SessionFolder) -> None:
    edit_receipts(folder, lambda lines: lines[:-1])


def cut(_hall: Console, folder: SessionFolder) -> None:
    lines = folder.ledger.read_text().splitlines()[:9]
    folder.ledger.write_text("".join(line + "\n" for line in lines))
    for path in folder.segments.rglob("000001.age"):
        path.unlink()
    edit_receipts(folder, lambda lines: [line for line in lines if payload_of(line)["head"]["n"] < 9])


def swap(_hall: Console, folder: SessionFolder) -> None:
    shutil.copy(folder.segment_path("camera", 1), folder.segment_path("camera", 0))


def drop_blob(_hall: Console, folder: SessionFolder) -> None:
    folder.segment_path("camera", 1).unlink()


def alter_line(_hall: Console, folder: SessionFolder) -> None:
    folder.ledger.write_text(folder.ledger.read_text().replace('"frames":40', '"frames":39', 1))


# deed, problems: of `verify` alone, with the student's receipts, with the published file.
OPERATOR: list[tuple[Callable[[Console, SessionFolder], None], set[str], set[str], set[str]]] = [
    (drop_blob, {"segment-missing"}, set(), set()),
    (swap, {"segment-swapped"}, set(), set()),
    (alter_line, {"line-changed"}, set(), set()),
    (redate, set(), {"kept-receipt-other"}, {"checkpoint-receipts"}),
    (drop_closing, set(), {"kept-receipt-other"}, {"checkpoint-receipts"}),
    (cut, set(), {"kept-receipt-other", "ledger-truncated"}, {"checkpoint-receipts", "ledger-truncated"}),
]


@pytest.mark.parametrize(
    ("deed", "alone", "receipts", "published"), OPERATOR, ids=lambda value: getattr(value, "__name__", "")
)
def test_what_the_operator_does_to_a_session(
    deed: Callable[[Console, SessionFolder], None],
    alone: set[str],
    receipts: set[str],
    published: set[str],
    hall: Console,
    place: Path,
    folder: SessionFolder,
) -> None:
    deed(hall, folder)
    key = verifying_key(hall.settings.folder)
    kept = {
        "alone": Kept(),
        "receipts": Kept(receipts=(place / "receipts.txt").read_text()),
        "published": Kept(checkpoints=(place / "published.txt").read_bytes()),
    }
    shown = {name: {p.code for p in verify(folder.path, key, entry).problems} for name, entry in kept.items()}
    assert shown == {"alone": alone, "receipts": alone | receipts, "published": alone | published}


def test_a_session_taken_away_is_missed(hall: Console, place: Path, folder: SessionFolder) -> None:
    session = folder.path.name
    shutil.rmtree(folder.path)
    assert found(hall) == {"session-missing": f"session {session}"}
    for table in (answers, flag_decisions, flags, verdicts, notices, sessions):
        column = table.c.id if table is sessions else table.c.session
        run(hall, f"DELETE FROM segments WHERE session='{session}'")
        run(hall, f"DELETE FROM ledger_lines WHERE session='{session}'")
        run(hall, delete(table).where(column == session))
    rewrite_chain(hall)
    assert "session-missing" not in found(hall), "the database has forgotten it too"
    assert found(hall, place)["session-missing"] == f"session {session}"
    content, key = (place / "published.txt").read_bytes(), verifying_key(hall.settings.folder)
    report = verify_checkpoints(content, key, hall.settings.folder.sessions)
    assert [(p.code, p.where) for p in report.problems] == [("session-missing", f"session {session}")]


def test_a_session_that_shrank_is_told_by_the_next_checkpoint(hall: Console, folder: SessionFolder) -> None:
    cut(hall, folder)
    done = checkpoints.publish(hall, None)
    assert (done.listed, done.shrunk) == (1, [folder.path.name])


def test_another_server_of_the_institution_cannot_sign_for_this_one(hall: Console, place: Path) -> None:
    stranger = SigningKey.generate()
    line = (place / "published.txt").read_text().strip()
    forged = sign_line("checkpoint", payload_of(line) | {"sessions": []}, stranger)
    report = verify_checkpoints(forged.encode() + b"\n", verifying_key(hall.settings.folder))
    assert [(p.code, p.where) for p in report.problems] == [("checkpoint-changed", "checkpoint 0")]


# ---- the commands ---------------------------------------------------------------------------


def test_the_commands(place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, published = place / "data", place / "published.txt"

    def call(*words: str) -> int:
        return main(["--data", str(data), *words])

    assert call("audit", "--json") == 0
    entries = json.loads(capsys.readouterr().out)
    assert [entry["n"] for entry in entries] == list(range(len(entries)))
    assert {"init", "hand-in", "verdict", "checkpoint"} <= {entry["action"] for entry in entries}
    assert call("audit", "--verify", "--checkpoint", str(published)) == 0
    assert "nothing was changed" in capsys.readouterr().err
    assert call("checkpoint", str(tmp_path / "new.txt")) == 0
    assert capsys.readouterr().out.startswith("checkpoint 1: 0 sessions")
    with opened(data, HandClock(), "tests") as console:
        run(console, "UPDATE audit SET action='x' WHERE n=2")
    assert call("audit", "--verify", "--json") == 1
    told = capsys.readouterr()
    assert [row["code"] for row in json.loads(told.out)] == ["audit-changed"] and "1 problems" in told.err
    for words in (["audit", "--checkpoint", str(published)], ["audit", "--verify", "--checkpoint", str(tmp_path)]):
        assert call(*words) == 1
        assert capsys.readouterr().err.startswith("server: ")
    assert call("checkpoint", str(tmp_path / "no folder" / "new.txt")) == 1
    assert "not copied" in capsys.readouterr().err
