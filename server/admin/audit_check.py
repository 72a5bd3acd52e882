"""Checks what the institution's own people and programs could have changed: the audit chain, decisions against it,
the database against the session folders, everything against published checkpoints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, select

from evidence.report import Findings
from evidence.signing import MalformedLine, line_digest, payload_of
from evidence.verify_checkpoint import CheckpointFile, CheckpointReport, verify_checkpoints
from server import audit
from server.admin.console import Console
from server.admin.institution_keys import verifying_key
from server.schema import answers, flag_decisions, flags, notices, sessions, statements, verdicts
from server.store import LEDGER

Row = Mapping[str, Any]
STATEMENTS = ("student-answered", "appealed", "copy-asked")  # entries about what a student wrote


def check_all(console: Console, checkpoints: bytes | None) -> Findings:
    """Everything that can be checked without a key that opens a recording. ``checkpoints``: a published file."""
    findings = console.database.read(check_database)
    for row in console.database.read(lambda connection: _rows(connection, sessions)):
        _check_session(console, row, findings)
    if checkpoints is not None:
        _check_checkpoints(console, checkpoints, findings)
    return findings


def check_database(connection: Connection) -> Findings:
    """The chain in itself, and what people decided against it."""
    findings = Findings()
    for broken in audit.broken(connection):
        what = "is missing" if broken.why == "missing" else "was changed after it was written"
        findings.problem(f"audit-{broken.why}", f"audit entry {broken.n}", what)
    deeds: dict[str, list[Row]] = {}
    for entry in audit.entries(connection):
        deeds.setdefault(entry["action"], []).append(entry)
    _check_verdicts(_rows(connection, verdicts), deeds.get("verdict", []), findings)
    erased = {row["id"] for row in _rows(connection, sessions) if row["erased_at"] is not None}
    _check_flags(_rows(connection, flags), deeds.get("flag-decided", []), erased, findings)
    _check_flag_decisions(_rows(connection, flag_decisions), deeds.get("flag-decided", []), findings)
    written = [deed for action in STATEMENTS for deed in deeds.get(action, [])]
    _check_statements(_rows(connection, statements), written, findings)
    noted = {_session(deed) for deed in deeds.get("erase-answers", [])}
    for row in _rows(connection, sessions):
        if row["answers_erased_at"] is not None and row["id"] not in noted:
            findings.problem(
                "answers-missing", f"session {row['id']}", "erased, and no entry of the audit chain says so"
            )
    _check_messages(_rows(connection, notices), deeds.get("message", []), findings)
    return findings


def _rows(connection: Connection, table: Table) -> list[Row]:
    return [dict(row) for row in connection.execute(select(table)).mappings()]


# ---- decisions ------------------------------------------------------------------------------


def _compare(
    stored: Counter[tuple[Any, ...]],
    noted: Counter[tuple[Any, ...]],
    kind: str,
    named: Callable[..., str],
    findings: Findings,
) -> None:
    """What is stored against what the audit chain notes, both ways. Entries begin with their session; ``named`` says
    in words what the rest of one is."""
    for session, *rest in stored - noted:
        text = f"{named(*rest)} stands in no entry of the audit chain"
        findings.problem(f"{kind}-changed", f"session {session}", text)
    for session, *rest in noted - stored:
        findings.problem(f"{kind}-missing", f"session {session}", f"{named(*rest)} is noted, but not there")


def _check_verdicts(rows: Sequence[Row], deeds: Sequence[Row], findings: Findings) -> None:
    stored = Counter((row["session"], row["at"], row["by"], row["outcome"], row["reason"]) for row in rows)
    noted = Counter(
        (_session(deed), deed["at"], deed["who"], deed["details"].get("outcome"), deed["details"].get("reason"))
        for deed in deeds
    )
    _compare(stored, noted, "verdict", lambda at, by, outcome, _: f"{by}'s verdict {outcome} of {at}", findings)


def _check_flags(rows: Sequence[Row], deeds: Sequence[Row], erased: set[str], findings: Findings) -> None:
    newest = {str(deed["details"].get("flag")): deed for deed in deeds}
    there = {row["id"]: row for row in rows}
    for row in rows:
        deed = newest.get(row["id"])
        stored = (row["state"], row["reason"], row["decided_by"], row["decided_at"])
        if deed is None:
            fits = stored == ("open", "", None, None)
        else:
            fits = stored == (deed["details"].get("state"), deed["details"].get("reason"), deed["who"], deed["at"])
        if not fits:
            text = f"the moment {row['id']} ({row['state']}) is not as the audit chain has it"
            findings.problem("decision-changed", f"session {row['session']}", text)
    for flag, deed in newest.items():
        with_recording = _session(deed) in erased and deed["details"].get("state") == "open"
        if flag not in there and not with_recording:
            text = f"{deed['who']}'s decision of {deed['at']} on the moment {flag} is noted, but not there"
            findings.problem("decision-missing", f"session {_session(deed)}", text)


def _check_flag_decisions(rows: Sequence[Row], deeds: Sequence[Row], findings: Findings) -> None:
    """What each reviewer decided about a moment, not only the newest."""
    stored = Counter((row["session"], row["flag"], row["at"], row["by"], row["state"], row["reason"]) for row in rows)
    noted = Counter(
        (_session(deed), deed["details"].get("flag"), deed["at"], deed["who"], deed["details"].get("state"),
         deed["details"].get("reason"))
        for deed in deeds
    )  # fmt: skip

    def named(flag: str, at: str, by: str, state: str, _reason: str) -> str:
        return f"{by}'s decision {state} of {at} on the moment {flag}"

    _compare(stored, noted, "decision", named, findings)


def _check_statements(rows: Sequence[Row], deeds: Sequence[Row], findings: Findings) -> None:
    """What students wrote to those who judge."""
    stored = Counter((row["session"], row["at"], row["by"], row["kind"], row["text"]) for row in rows)
    noted = Counter(
        (_session(deed), deed["at"], deed["who"], deed["details"].get("kind"), deed["details"].get("text"))
        for deed in deeds
    )
    _compare(stored, noted, "statement", lambda at, by, kind, _: f"{by}'s {kind} of {at}", findings)


def _check_messages(rows: Sequence[Row], deeds: Sequence[Row], findings: Findings) -> None:
    """Minutes added change an exam's end, so a message is a decision too."""
    stored = Counter((row["sent_at"], row["sent_by"], row["kind"], row["minutes"]) for row in rows)
    noted = Counter((d["at"], d["who"], d["details"].get("kind"), d["details"].get("minutes")) for d in deeds)
    for at, who, kind, minutes in stored - noted:
        text = f"{who}'s message of {at} ({kind}, {minutes} min) stands in no entry of the audit chain"
        findings.problem("message-changed", "messages", text)
    for at, who, kind, minutes in noted - stored:
        text = f"{who}'s message of {at} ({kind}, {minutes} min) is noted, but not there"
        findings.problem("message-missing", "messages", text)


def _session(deed: Row) -> str:
    return str(deed["object"]).removeprefix("session/")


# ---- the database against the session folders -----------------------------------------------


def _check_session(console: Console, row: Row, findings: Findings) -> None:
    session, where = row["id"], f"session {row['id']}"
    if row["ledger_n"] < 0:
        return
    if session not in console.store.sessions():
        findings.problem("session-missing", where, "the database knows it, but its folder is not there")
        return
    lines = _whole_lines(console.store.path(session) / LEDGER)
    n = row["ledger_n"]
    if n >= len(lines) or _digest(lines[n]) != row["ledger_digest"]:
        findings.problem("row-ledger", where, f"the database holds another line {n} than the ledger")
    if row["receipt"] is not None and row["receipt"] not in console.store.receipts(session):
        findings.problem("row-receipt", where, "the database's closing receipt is not among the folder's receipts")
    if row["answers_erased_at"] is not None:
        return
    query = select(answers).where(answers.c.session == session)
    rows = console.database.read(lambda connection: [dict(r) for r in connection.execute(query).mappings()])
    _check_answers(rows, lines, where, row["state"] == "handed_in", findings)


def _whole_lines(ledger: Path) -> list[str]:
    """Nothing is mended here: ingest may be writing the next line at this moment."""
    try:
        return ledger.read_bytes().decode("latin-1").split("\n")[:-1]
    except FileNotFoundError:
        return []


def _digest(line: str) -> str:
    try:
        return line_digest("ledger", line)
    except MalformedLine:
        return ""


def _check_answers(rows: Iterable[Row], lines: Iterable[str], where: str, is_closed: bool, findings: Findings) -> None:
    noted = {(p["id"], p["revision"]): p["commitment"] for p in _answer_lines(lines)}
    held = set()
    for row in rows:
        key = (row["question"], row["revision"])
        held.add(key)
        if key in noted and noted[key] != row["commitment"]:
            text = f"revision {key[1]} of question {key[0]} is not the one the student's ledger commits to"
            findings.problem("answer-changed", where, text)
        elif key not in noted and is_closed:
            text = f"the ledger has no line for revision {key[1]} of question {key[0]}"
            findings.notice("answer-not-noted", where, text)
    newest = {question: max(r for q, r in noted if q == question) for question, _ in noted}
    for question, revision in newest.items():
        if is_closed and (question, revision) not in held:
            findings.notice("answer-missing", where, f"revision {revision} of question {question} is not held")


def _answer_lines(lines: Iterable[str]) -> Iterable[Row]:
    for line in lines:
        if '"type":"answer"' in line:
            try:
                yield payload_of(line)
            except MalformedLine:
                continue


# ---- published checkpoints ------------------------------------------------------------------


def _audit_digest(console: Console, n: int) -> str | None:
    return console.database.read(lambda connection: audit.digest_at(connection, n))


def _check_checkpoints(console: Console, content: bytes, findings: Findings) -> None:
    folder = console.settings.folder
    report: CheckpointReport = verify_checkpoints(content, verifying_key(folder), folder.sessions)
    findings.problems += report.problems
    findings.notices += report.notices
    file = CheckpointFile()
    file.read(content, verifying_key(folder), Findings())
    for place, line in file.lines:
        if line.audit is None:
            continue
        n, expected, where = line.audit.n, line.audit.digest, f"checkpoint {place}"
        found = _audit_digest(console, n)
        if found is None:
            findings.problem("audit-cut", where, f"audit entry {n}, published on {line.stated}, is not there")
        elif found != expected:
            findings.problem("audit-rewritten", where, f"audit entry {n} is another than the one of {line.stated}")
