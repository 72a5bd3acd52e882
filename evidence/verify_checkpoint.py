"""Compares sessions with a published file of checkpoints."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from evidence.bundle import LEDGER, MAX_TEXT_BYTES, RECEIPTS, SERVER_KEY, BundleError, FolderSource
from evidence.checkpoint import FIRST_PREV, Checkpoint, SessionMark, read_checkpoint, receipts_digest
from evidence.errors import EvidenceError
from evidence.keys import parse_server_key
from evidence.report import Findings, Problem
from evidence.signing import MalformedLine, VerifyingKey, line_digest, payload_of
from evidence.verify_outside import Held
from evidence.verify_parts import CLOCK_STEP


@dataclass
class CheckpointFile:
    """``read`` takes a file of checkpoints in; ``lines`` are those whose signature fits, with their place in it."""

    lines: list[tuple[int, Checkpoint]] = field(default_factory=list)
    _before: Checkpoint | None = None
    _gap: bool = False  # the line before was refused

    def read(self, content: bytes, institution: VerifyingKey | None, findings: Findings) -> None:
        *whole, rest = content.split(b"\n")
        if rest:
            findings.problem("checkpoint-torn", "checkpoints", f"the last line ({len(rest)} bytes) is not finished")
        elif not whole:
            findings.problem("checkpoint-malformed", "checkpoints", "the file is empty")
        for place, raw in enumerate(whole):
            self._gap = not self._take(place, raw.decode("latin-1"), institution, findings)

    def _take(self, place: int, line: str, institution: VerifyingKey | None, findings: Findings) -> bool:
        try:
            found = read_checkpoint(line, institution)
        except MalformedLine as error:
            findings.numbered("checkpoint-malformed", "checkpoint", place, f"is no checkpoint: {error}")
            return False
        except EvidenceError as error:
            findings.numbered("checkpoint-changed", "checkpoint", place, f"is not signed like this: {error}")
            return False
        if not self._follows(found):
            findings.numbered("checkpoint-unlinked", "checkpoint", place, "does not follow from the one before it")
        self._before = found
        self.lines.append((place, found))
        return True

    def _follows(self, found: Checkpoint) -> bool:
        """A file may begin later than the first checkpoint; behind a refused line only the order can be told."""
        before = self._before
        if before is None:
            return found.n > 0 or found.prev == FIRST_PREV
        linked = found.n > before.n if self._gap else (found.n, found.prev) == (before.n + 1, before.own)
        return linked and found.at >= before.at - CLOCK_STEP

    def marks(self, session: str) -> list[tuple[int, Checkpoint, SessionMark]]:
        """Where the session is listed, with the line's place in the file."""
        return [(place, line, mark) for place, line in self.lines for mark in line.marks if mark.session == session]

    def sessions(self) -> list[str]:
        """Every session listed, once, in order."""
        return list(dict.fromkeys(mark.session for _, line in self.lines for mark in line.marks))


def compare_checkpoints(
    file: CheckpointFile, held: Held, institution: VerifyingKey | None, findings: Findings
) -> str | None:
    """Compares all the file says of the session; returns the time of the newest checkpoint that agrees with it."""
    agrees = None
    marks = file.marks(held.session)
    if not marks:
        findings.notice("checkpoint-absent", "checkpoints", "this session is not listed there")
    for number, line, mark in marks:
        where = f"checkpoint {number}"
        if institution is None and line.server != held.server:
            findings.problem("checkpoint-changed", where, "is signed by another server than this session's")
            continue
        fits = held.compare_head("checkpoint-head", where, mark.head.n, mark.head.digest, findings)
        if receipts_digest(held.receipts[: mark.receipts]) != mark.digest:
            text = f"the first {mark.receipts} receipts here are not those the server held then"
            findings.problem("checkpoint-receipts", where, text)
        elif fits:
            agrees = line.stated
    return agrees


@dataclass
class CheckpointReport:
    """``checkpoints`` lines between the times ``since`` and ``until`` list ``listed`` sessions; ``compared`` of them
    lay in the folder and were compared."""

    checkpoints: int = 0
    since: str | None = None
    until: str | None = None
    listed: int = 0
    compared: int = 0
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    left_off: int = 0

    @property
    def ok(self) -> bool:
        return not self.problems

    @property
    def exit_code(self) -> int:
        """0 good, 1 broken."""
        return 0 if self.ok else 1

    def to_json(self) -> dict[str, Any]:
        return {"ok": self.ok, **asdict(self)}

    def to_text(self) -> str:
        """A page for a person."""
        rows = [
            f"{'GOOD' if self.ok else 'BROKEN'}: {self.checkpoints} checkpoints, {self.since} to {self.until}",
            f"  {self.listed} sessions listed, {self.compared} compared",
        ]
        rows += [f"  PROBLEM {p.code} at {p.where}: {p.text}" for p in self.problems]
        rows += [f"  note {n.code} at {n.where}: {n.text}" for n in self.notices]
        return "\n".join(row.replace("\n", " ") for row in rows)


def verify_checkpoints(
    content: bytes, institution: VerifyingKey | None, sessions: Path | None = None
) -> CheckpointReport:
    """The report on a file of checkpoints and, with ``sessions``, on a folder of session folders against it: each
    listed session must be there with the listed lines and receipts. Segments are a matter of ``verify``."""
    file, findings = CheckpointFile(), Findings()
    file.read(content, institution, findings)
    report = CheckpointReport(checkpoints=len(file.lines), listed=len(file.sessions()))
    if file.lines:
        report.since, report.until = file.lines[0][1].stated, file.lines[-1][1].stated
    if institution is None:
        findings.notice("institution-not-checked", "checkpoints", "no key of the institution was given")
    if sessions is not None:
        _compare_folder(file, sessions, institution, report, findings)
    report.problems, report.notices, report.left_off = findings.problems, findings.notices, findings.left_off
    return report


def _compare_folder(
    file: CheckpointFile, sessions: Path, institution: VerifyingKey | None, report: CheckpointReport, findings: Findings
) -> None:
    present = {entry.name: entry for entry in sessions.iterdir() if entry.is_dir()} if sessions.is_dir() else {}
    listed = file.sessions()
    for session in listed:
        if session not in present:
            findings.problem("session-missing", f"session {session}", "is listed, but not here")
            continue
        own = Findings()
        try:
            compare_checkpoints(file, _held(session, present[session]), institution, own)
        except BundleError as error:
            own.problem("session-missing", LEDGER, str(error))
        for found in own.problems:
            findings.problem(found.code, f"session {session}, {found.where}", found.text)
        report.compared += 1
    for session in sorted(set(present) - set(listed)):
        findings.notice("checkpoint-absent", f"session {session}", "is here, but not listed (yet)")


def _held(session: str, folder: Path) -> Held:
    """By the places of the lines; whether they are good lines is for ``verify``. Raises ``BundleError``."""
    source = FolderSource(folder)
    digests: dict[int, str] = {}
    for place, line in enumerate(_whole_lines(source, LEDGER)):
        try:
            digests[place] = line_digest("ledger", line)
        except MalformedLine:
            continue
    receipts = _whole_lines(source, RECEIPTS) if RECEIPTS in source.names() else []
    server = None
    if SERVER_KEY in source.names():
        try:
            server = parse_server_key(payload_of(source.read(SERVER_KEY, MAX_TEXT_BYTES).decode("latin-1").strip()))
        except EvidenceError:
            server = None  # no key fits then, and the checkpoint's will be found another
    return Held(session, digests, receipts, server)


def _whole_lines(source: FolderSource, name: str) -> list[str]:
    return source.read(name, MAX_TEXT_BYTES).decode("latin-1").split("\n")[:-1]
