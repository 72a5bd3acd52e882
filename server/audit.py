"""The audit chain: who watched, decided, exported, changed. Each entry carries the digest of the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from server.schema import audit

FIRST_PREV = "0" * 64


@dataclass(frozen=True)
class BrokenAudit:
    """The first entry that does not follow from the one before it."""

    n: int
    why: str


def append(
    connection: Connection, *, at: str, who: str, action: str, subject: str, details: Mapping[str, Any] | None = None
) -> int:
    """Adds one entry and returns its number.

    Call it inside the transaction of the deed itself (``Database.write``): the writer's lock makes the
    number and ``prev`` unique even while the other process writes.
    """
    last = connection.execute(select(audit.c.n, audit.c.digest).order_by(audit.c.n.desc()).limit(1)).first()
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


def check(connection: Connection) -> BrokenAudit | None:
    """Walks the whole chain; None if every entry follows from the one before."""
    prev = FIRST_PREV
    for expected, row in enumerate(connection.execute(select(audit).order_by(audit.c.n)).mappings()):
        entry = {key: row[key] for key in ("n", "at", "who", "action", "object", "details", "prev")}
        if row["n"] != expected:
            return BrokenAudit(expected, "missing")
        if row["prev"] != prev or row["digest"] != _digest(entry):
            return BrokenAudit(expected, "changed")
        prev = row["digest"]
    return None


def _digest(entry: Mapping[str, Any]) -> str:
    text = json.dumps(entry, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(b"senim/audit/v1\n" + text.encode()).hexdigest()
