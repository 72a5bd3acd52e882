"""Erasing recordings: the database says so first, then key and segments go, then the server signs that they are gone.

What goes: the seat's private half, every sealed segment (picture, sound, track, thumbnails, findings, identity
pictures), the identity outcome and moments nobody decided about. What stays: answers, verdicts and decided moments,
ledger, receipts, messages, audit chain.
"""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, delete, make_url, select, update

from evidence.receipt import Head, make_erasure_receipt
from evidence.signing import BadKey, MalformedLine, SigningKey, payload_of
from server import retention
from server.admin.console import Console
from server.admin.errors import CommandFailed
from server.retention import Hold, Kept
from server.schema import flags, segments, sessions
from server.store import sync_folder

MAX_REASON = 500


@dataclass(frozen=True)
class Plan:
    """What a run would do. ``unfinished``: marked as erased by a run that was ended before it was done."""

    due: list[Kept]
    held: list[Kept]
    unfinished: list[Kept]


def plan(console: Console) -> Plan:
    """For the whole institution, as of now."""
    now = console.now()
    entries = console.database.read(lambda connection: retention.kept(connection, now))
    due, held = retention.over(entries, now)
    return Plan(due, held, [entry for entry in entries if entry.erased and _is_left(console, entry)])


def find(console: Console, session: str) -> Kept:
    """One session. Raises ``CommandFailed`` if there is none, if its exam is still open, or if a person holds it."""
    now = console.now()
    found = console.database.read(lambda connection: retention.kept(connection, now, session))
    if not found:
        raise CommandFailed(f"there is no session {session!r}")
    if found[0].hold is Hold.RUNNING:
        raise CommandFailed(f"{session}: {Hold.RUNNING}; the recording can be erased when it is over")
    if found[0].hold is Hold.HELD and not found[0].erased:
        raise CommandFailed(f"{session}: {found[0].note}; see `release`")
    return found[0]


def size_of(console: Console, entry: Kept) -> int:
    """Bytes on the disk that an erasure would free."""
    return sum(file.lstat().st_size for file in _files(console, entry))


def erase(console: Console, entry: Kept, reason: str = "") -> int | None:
    """Returns the bytes removed. ``reason`` "": because its retention is over; None then if, meanwhile, somebody's
    decision is awaited. Raises ``CommandFailed`` if the server's key, which signs the erasure, cannot be read."""
    if len(reason) > MAX_REASON:
        raise CommandFailed(f"a reason has at most {MAX_REASON} characters")
    key = _server_key(console)
    if not console.database.write(lambda connection: _mark(console, connection, entry, reason)):
        return None
    return _remove(console, entry, key)


def finish(console: Console, entry: Kept) -> int:
    """Does the rest of an erasure that was ended in the middle. Returns the bytes removed."""
    return _remove(console, entry, _server_key(console))


def empty_log(console: Console) -> None:
    """What the changed rows held before lies on in SQLite's write-ahead log until that is emptied."""
    file = make_url(console.settings.database_url).database
    if console.settings.database_url.startswith("sqlite") and file:
        with contextlib.closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _mark(console: Console, connection: Connection, entry: Kept, reason: str) -> bool:
    """From here on nothing opens or takes in this recording. False: it is not to be erased, or was already."""
    now = console.now()
    found = retention.kept(connection, now, entry.session)[0]
    if found.erased:
        return True
    if found.hold in (Hold.RUNNING, Hold.HELD) or (not reason and (found.hold or not found.is_over(now))):
        return False
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")  # overwrites what is deleted here
    here = sessions.c.id == entry.session
    gone = {"erased_at": now, "erased_by": console.who, "erase_reason": reason, "identity": ""}
    connection.execute(update(sessions).where(here).values(**gone))
    connection.execute(update(sessions).where(here, sessions.c.state == "open").values(state="closed"))
    connection.execute(update(segments).where(segments.c.session == entry.session).values(held_at=None))
    connection.execute(delete(flags).where(flags.c.session == entry.session, flags.c.state == "open"))
    details = {"reason": reason or "retention", "due": found.due, "hold": str(found.hold)}
    console.audit(connection, "erase", f"session/{entry.session}", details)
    return True


def _remove(console: Console, entry: Kept, key: SigningKey) -> int:
    """The key first: without it the rest is noise already."""
    identity = console.settings.folder.seat_identity(entry.seat)
    size = identity.stat().st_size if identity.exists() else 0
    identity.unlink(missing_ok=True)
    if identity.parent.exists():
        sync_folder(identity.parent)
    size += console.store.erase_segments(entry.session)
    _sign(console, entry, key)
    details = {"bytes": size}
    console.database.write(lambda connection: console.audit(connection, "erased", f"session/{entry.session}", details))
    return size


def _sign(console: Console, entry: Kept, key: SigningKey) -> None:
    """Adds the record of the erasure to the session's receipts, so that a check of its folder is not told of damage."""
    if not entry.begun or _is_signed(console, entry):
        return
    query = select(sessions.c.ledger_n, sessions.c.ledger_digest, sessions.c.erase_reason).where(
        sessions.c.id == entry.session
    )
    row = console.database.read(lambda connection: connection.execute(query).one())
    cause = "decision" if row.erase_reason else "retention"
    head = Head(row.ledger_n, row.ledger_digest)
    console.store.append_receipt(entry.session, make_erasure_receipt(entry.session, head, console.now(), cause, key))


def _is_signed(console: Console, entry: Kept) -> bool:
    for line in console.store.receipts(entry.session):
        with contextlib.suppress(MalformedLine):  # damage is for the verification to name
            if payload_of(line).get("type") == "erasure":
                return True
    return False


def _is_left(console: Console, entry: Kept) -> bool:
    """Whether an erasure that was begun is not done yet."""
    return bool(_files(console, entry)) or (entry.begun and not _is_signed(console, entry))


def _files(console: Console, entry: Kept) -> list[Path]:
    identity = console.settings.folder.seat_identity(entry.seat)
    return [*([identity] if identity.exists() else []), *console.store.segment_files(entry.session)]


def _server_key(console: Console) -> SigningKey:
    try:
        return SigningKey.from_text(console.settings.folder.server_key.read_text().strip())
    except (OSError, BadKey) as error:
        raise CommandFailed(f"the server's key, which signs the erasure, cannot be read: {error}") from error
