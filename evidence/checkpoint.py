"""Checkpoints: what the server held on a day, signed and published, so that nothing older can be changed in silence.

A checkpoint is one signed line. The file of them only grows, each line naming the one before; a line lists the
sessions that are new or have grown since they were last listed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from evidence.keys import read_server_key
from evidence.line_types import is_hash, is_identifier, is_whole, wall_time
from evidence.receipt import Head
from evidence.signing import (
    MalformedLine,
    SigningKey,
    VerifyingKey,
    digest,
    line_digest,
    payload_of,
    read_line,
    sign_line,
)

KIND = "checkpoint"
FIRST_PREV = "0" * 64
MAX_SESSIONS = 500  # a line stays below half of what a reader takes


@dataclass(frozen=True)
class SessionMark:
    """What was held of one session: the ledger up to ``head``, the first ``receipts`` receipts with their digest."""

    session: str
    head: Head
    receipts: int
    digest: str

    def to_json(self) -> dict[str, Any]:
        receipts = {"n": self.receipts, "digest": self.digest}
        return {"session": self.session, "head": self.head.to_json(), "receipts": receipts}


@dataclass(frozen=True)
class Checkpoint:
    """One line, read. ``stated``: its time as written; ``audit``: the newest entry of the server's audit chain;
    ``own``: the digest the next line names."""

    n: int
    prev: str
    at: datetime
    stated: str
    server: VerifyingKey
    audit: Head | None
    marks: list[SessionMark]
    own: str


def receipts_digest(lines: Sequence[str]) -> str:
    """Over the lines of ``receipts.txt``, each with its line feed."""
    return digest("receipts", "".join(line + "\n" for line in lines).encode("latin-1"))


def make_checkpoint(
    n: int,
    prev: str,
    at: str,
    server_line: str,
    audit: Head | None,
    marks: Sequence[SessionMark],
    key: SigningKey,
) -> str:
    """Line ``n`` of the file. ``prev``: digest of the line before (``FIRST_PREV`` for the first); ``at``: server time,
    ISO 8601 UTC; ``server_line``: the signed line of ``server-key.txt`` that names ``key``; at most 500 ``marks``."""
    if len(marks) > MAX_SESSIONS:
        raise ValueError(f"a checkpoint lists at most {MAX_SESSIONS} sessions")
    payload = {
        "n": n,
        "prev": prev,
        "at": at,
        "server": server_line,
        "audit": audit.to_json() if audit else None,
        "sessions": [mark.to_json() for mark in marks],
    }
    return sign_line(KIND, payload, key)


def read_checkpoint(line: str, institution: VerifyingKey | None) -> Checkpoint:
    """Raises ``MalformedLine``, ``BadSignature``, ``UnsignedServerKey``. Without ``institution`` the line's own word is
    taken for which server signed it."""
    payload = payload_of(line)
    server_line = payload.get("server")
    if not isinstance(server_line, str):
        raise MalformedLine("field 'server' is missing or not a text")
    server = read_server_key(server_line, institution) if institution else _named_key(server_line)
    read_line(KIND, line, server)
    if not is_whole(payload.get("n")) or not is_hash(payload.get("prev")):
        raise MalformedLine("field 'n' or 'prev' is missing or does not fit")
    sessions = payload.get("sessions")
    if not isinstance(sessions, list):
        raise MalformedLine("field 'sessions' is missing or no list")
    audit = payload.get("audit")
    return Checkpoint(
        payload["n"],
        payload["prev"],
        wall_time(payload.get("at")),
        payload["at"],
        server,
        None if audit is None else _head(audit),
        [_mark(entry) for entry in sessions],
        line_digest(KIND, line),
    )


def _named_key(server_line: str) -> VerifyingKey:
    key = payload_of(server_line).get("key")
    if not isinstance(key, str):
        raise MalformedLine("the server's key is missing")
    return VerifyingKey.from_text(key)


def _mark(entry: Any) -> SessionMark:
    receipts = entry.get("receipts") if isinstance(entry, dict) else None
    if not isinstance(receipts, dict) or not is_identifier(entry.get("session")):
        raise MalformedLine("an entry of 'sessions' does not fit")
    held = _head(receipts)
    return SessionMark(entry["session"], _head(entry.get("head")), held.n, held.digest)


def _head(value: Any) -> Head:
    if not isinstance(value, Mapping) or not is_whole(value.get("n")) or not is_hash(value.get("digest")):
        raise MalformedLine("a number with its digest does not fit")
    return Head(value["n"], value["digest"])
