"""Checkpoints: signed lines that say what the server holds, for the institution to publish each day.

The file in the data folder only grows. What is published is a copy of it: from then on nobody, the server's own key
included, can change a listed session, its receipts or the audit chain without the copy showing it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from evidence.checkpoint import FIRST_PREV, MAX_SESSIONS, Checkpoint, SessionMark, make_checkpoint, receipts_digest
from evidence.receipt import Head
from evidence.report import Findings
from evidence.signing import BadKey, MalformedLine, SigningKey, line_digest, payload_of
from evidence.verify_checkpoint import CheckpointFile
from server import audit
from server.admin.console import Console
from server.admin.errors import CommandFailed
from server.admin.institution_keys import verifying_key
from server.store import LEDGER, sync_folder

FILE = "checkpoints.txt"
_TAIL_BYTES = 300_000  # longer than any line


@dataclass(frozen=True)
class Published:
    """``n`` of the newest line, how many sessions were new or had grown, and those that hold less than was said."""

    n: int
    listed: int
    shrunk: list[str]


def publish(console: Console, target: Path | None) -> Published:
    """Adds what is new to the file of checkpoints; ``target`` becomes a copy of the whole file.
    Raises ``CommandFailed`` if the file is damaged or a key cannot be read."""
    path = console.settings.folder.root / FILE
    key, server_line = _server_key(console)
    before = _read(console, path)
    known = {mark.session: mark for line in before for mark in line.marks}
    marks = [mark for mark in _marks(console) if mark != known.get(mark.session)]
    lines: list[str] = []
    at, head = _note(console, len(before))
    n, prev = (before[-1].n + 1, before[-1].own) if before else (0, FIRST_PREV)
    for start in range(0, max(len(marks), 1), MAX_SESSIONS):
        part = marks[start : start + MAX_SESSIONS]
        lines.append(make_checkpoint(n, prev, at, server_line, head, part, key))
        n, prev = n + 1, line_digest("checkpoint", lines[-1])
    _append(path, lines)
    if target is not None:
        copy_to(path, target)
    shrunk = [mark.session for mark in marks if _holds_less(mark, known.get(mark.session))]
    return Published(n - 1, len(marks), shrunk)


def _holds_less(mark: SessionMark, before: SessionMark | None) -> bool:
    return before is not None and (mark.head.n < before.head.n or mark.receipts < before.receipts)


def _server_key(console: Console) -> tuple[SigningKey, str]:
    folder = console.settings.folder
    try:
        key = SigningKey.from_text(folder.server_key.read_text().strip())
        return key, folder.server_key_line.read_text(encoding="ascii").strip()
    except (OSError, BadKey) as error:
        raise CommandFailed(f"the server's key, which signs checkpoints, cannot be read: {error}") from error


def _read(console: Console, path: Path) -> list[Checkpoint]:
    """The lines written so far. One that a crash tore was never published: it is cut off."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return []
    whole = content.rfind(b"\n") + 1
    if whole != len(content):
        os.truncate(path, whole)
    if not whole:
        return []
    file, findings = CheckpointFile(), Findings()
    file.read(content[:whole], verifying_key(console.settings.folder), findings)
    if findings.problems:
        first = findings.problems[0]
        raise CommandFailed(f"{path} is damaged: {first.where}: {first.text}; put the published copy in its place")
    return [line for _, line in file.lines]


def _note(console: Console, count: int) -> tuple[str, Head | None]:
    """An entry in the audit chain, and the chain's head with it."""
    now = console.now()

    def work(connection: Connection) -> Head | None:
        console.audit(connection, "checkpoint", FILE, {"before": count})
        return audit.newest(connection)

    return now, console.database.write(work)


def _marks(console: Console) -> Iterator[SessionMark]:
    """What is held of each session that has a line; the folder counts, not the database."""
    for session in console.store.sessions():
        head = _last_line(console.store.path(session) / LEDGER)
        if head is not None:
            receipts = console.store.receipts(session)
            yield SessionMark(session, head, len(receipts), receipts_digest(receipts))


def _last_line(ledger: Path) -> Head | None:
    """The newest whole line of a ledger that may be growing."""
    try:
        with ledger.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL_BYTES))
            tail = file.read()
    except FileNotFoundError:
        return None
    *whole, _ = tail.split(b"\n")
    if not whole:
        return None
    line = whole[-1].decode("latin-1")
    try:
        return Head(int(payload_of(line)["n"]), line_digest("ledger", line))
    except (MalformedLine, KeyError, TypeError, ValueError) as error:
        raise CommandFailed(f"{ledger} ends with a line that is none: {error}") from error


def _append(path: Path, lines: list[str]) -> None:
    with path.open("ab") as file:
        file.write("".join(line + "\n" for line in lines).encode("ascii"))
        file.flush()
        os.fsync(file.fileno())
    sync_folder(path.parent)


def copy_to(path: Path, target: Path) -> None:
    """Readers of ``target`` see the old file or the new one, never a half."""
    try:
        descriptor, part = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(descriptor, "wb") as file:
            file.write(path.read_bytes())
        Path(part).chmod(0o644)
        Path(part).replace(target)
    except OSError as error:
        raise CommandFailed(f"the checkpoint is made, but not copied to {target}: {error}") from error
