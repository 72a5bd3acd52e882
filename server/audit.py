"""The audit chain: who watched, decided, exported, changed. Each entry carries the digest of the one before.

Whoever has the database can write the whole chain anew. Published checkpoints (``server.admin.checkpoints``) name its
newest entry, so that this shows as well.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from evidence.receipt import Head
from server.schema import audit

FIRST_PREV = "0" * 64
_FIELDS = ("n", "at", "who", "action", "object", "details", "prev")


@dataclass(frozen=True)
class BrokenAudit:
    """An entry that does not follow from the one before it."""

    n: int
    why: str


def append(
    connection: Connection, *, at: str, who: str, action: str, subject: str, details: Mapping[str, Any] | None = None
) -> int:
    """Adds one entry and returns its number.

    Call it inside the transaction of the deed itself (``Database.write``): the writer's lock makes the
    number and ``prev`` unique even while the other process writes.
    """
    last = newest(connection)
    n, prev = (last.n + 1, last.digest) if last else (0, FIRST_PREV)
    entry = {
        "n": n,
        "at": at,
        "who": who,
        "action": action,
        "object": subject,
        "details": dict(details or {}),
        "prev": prev,
    }
    connection.execute(insert(audit).values(**entry, digest=_digest(entry)))
    return n


def newest(connection: Connection) -> Head | None:
    """Number and digest of the last entry."""
    last = connection.execute(select(audit.c.n, audit.c.digest).order_by(audit.c.n.desc()).limit(1)).first()
    return Head(last.n, last.digest) if last else None


def digest_at(connection: Connection, n: int) -> str | None:
    """The digest of entry ``n``, or None if it is not there."""
    found: str | None = connection.execute(select(audit.c.digest).where(audit.c.n == n)).scalar()
    return found


def entries(connection: Connection) -> Iterator[dict[str, Any]]:
    """Every entry in order, with its digest."""
    for row in connection.execute(select(audit).order_by(audit.c.n)).mappings():
        yield dict(row)


def broken(connection: Connection) -> Iterator[BrokenAudit]:
    """Walks the whole chain. After a damaged entry the next one is compared with what is there, so that each damage is
    told once."""
    expected, prev = 0, FIRST_PREV
    for entry in entries(connection):
        n = entry["n"]
        if n != expected:
            yield BrokenAudit(expected, "missing")
        elif entry["prev"] != prev or entry["digest"] != _digest({name: entry[name] for name in _FIELDS}):
            yield BrokenAudit(n, "changed")
        expected, prev = n + 1, entry["digest"]


def check(connection: Connection) -> BrokenAudit | None:
    """None if every entry follows from the one before, else the first that does not."""
    return next(broken(connection), None)


def _digest(entry: Mapping[str, Any]) -> str:
    text = json.dumps(entry, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(b"senim/audit/v1\n" + text.encode()).hexdigest()
