"""Writes accepted ledger lines into the tables that list, search and show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from evidence.signing import line_digest
from server.clock import iso, parse
from server.prepared import Change
from server.schema import ledger_lines, refused_lines, segments, sessions

MOST_REFUSED = 500  # per session; enough to show a fork, too few to fill a disk
MOST_REFUSED_CHARACTERS = 4000
ABSURD_MS = 100 * 86_400_000  # no session lasts a hundred days, whatever its client writes

_NEW_LINE = Change(insert(ledger_lines), ("session", "n", "type", "at_ms", "name", "offset", "length", "arrived_at"))
_NEW_SEGMENT = Change(
    insert(segments),
    ("session", "stream", "index", "part", "start_ms", "end_ms", "size", "sha256", "changed", "listed_at"),
)
_HERE = sessions.c.id == bindparam("here")
_HEAD_KEYS = ("session_key", "ledger_n", "ledger_digest")
_HEAD = Change(update(sessions).where(_HERE).values({key: bindparam(key) for key in _HEAD_KEYS}))
_REST = update(sessions).where(_HERE)  # sets what its parameters name


@dataclass(frozen=True)
class Entry:
    """An accepted line and where it lies in the session's ledger file (bytes)."""

    payload: dict[str, Any]
    line: str
    offset: int
    length: int


def add(
    connection: Connection,
    session: str,
    entries: list[Entry],
    head: Mapping[str, Any],
    rest: Mapping[str, Any],
    now: str,
) -> None:
    """One transaction: the lines, the segments they name, and what the session's row learns from them. ``head``:
    ``session_key``, ``ledger_n``, ``ledger_digest``; ``rest``: other columns by name."""
    values = dict(rest)
    for entry in entries:
        values |= _session_values(entry)
    _NEW_LINE.make(connection, *(_line_row(session, entry, now) for entry in entries))
    rows = [_segment_row(session, entry.payload, now) for entry in entries if entry.payload["type"] == "segment"]
    if rows:
        _NEW_SEGMENT.make(connection, *rows)
    _HEAD.make(connection, {"here": session, **head})
    if values:
        connection.execute(_REST, {"here": session, **values})


def refuse(
    connection: Connection, session: str, *, code: str, expected: int, line: str, machine: str, now: str
) -> None:
    """Keeps a line that was not accepted, up to a limit."""
    here = refused_lines.c.session == session
    text = line[:MOST_REFUSED_CHARACTERS]
    count = connection.execute(select(func.count()).select_from(refused_lines).where(here)).scalar_one()
    known = connection.execute(select(refused_lines.c.id).where(here, refused_lines.c.line == text)).first()
    if count < MOST_REFUSED and known is None:
        row = {"session": session, "code": code, "expected_n": expected, "line": text, "machine": machine}
        connection.execute(insert(refused_lines).values(**row, arrived_at=now))


def origin(connection: Connection, session: str) -> str | None:
    """The server's time at the session's time 0, by the line that arrived with the least delay; None without lines."""
    latest = func.max(ledger_lines.c.at_ms)
    query = (
        select(ledger_lines.c.arrived_at, latest)
        .where(ledger_lines.c.session == session, ledger_lines.c.at_ms < ABSURD_MS)
        .group_by(ledger_lines.c.arrived_at)
    )
    origins = [parse(arrived) - timedelta(milliseconds=at_ms) for arrived, at_ms in connection.execute(query)]
    return iso(min(origins)) if origins else None


def _session_values(entry: Entry) -> dict[str, Any]:
    payload = entry.payload
    match payload["type"]:
        case "begin":
            shown = ("client", "system", "streams", "devices", "simulated", "policy")
            return {
                "begin": {name: payload[name] for name in shown},
                "begin_digest": line_digest("ledger", entry.line),
                "simulated": bool(payload["simulated"]),
            }
        case "finding" if payload["about"] == "identity":
            return {"identity": "noted"}
        case "resume":
            return {"pending_grant": None, "pending_elsewhere": False}
        case "end":
            return {"end_reason": payload["reason"][:40], "end_ms": payload["until"]}
        case _:
            return {}


def _line_row(session: str, entry: Entry, now: str) -> dict[str, Any]:
    payload = entry.payload
    name = payload.get({"event": "name", "finding": "about", "gap": "cause"}.get(payload["type"], ""), "")
    return {
        "session": session,
        "n": payload["n"],
        "type": payload["type"],
        "at_ms": payload["at"],
        "name": name[:60],
        "offset": entry.offset,
        "length": entry.length,
        "arrived_at": now,
    }


def _segment_row(session: str, payload: Mapping[str, Any], now: str) -> dict[str, Any]:
    return {
        "session": session,
        "stream": payload["stream"],
        "index": payload["index"],
        "part": payload["part"],
        "start_ms": payload["start"],
        "end_ms": payload["end"],
        "size": payload["size"],
        "sha256": payload["sha256"],
        "changed": payload["changed"],
        "listed_at": now,
    }
