"""Breaks: a state, no offence. The institution's rule grants some, a person allows others; the student begins and ends
each. Recording goes on meanwhile.

States: asked -> allowed | refused; allowed -> running -> over; asked and allowed -> withdrawn by the student.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, Select, bindparam, insert, select, update

from server.clock import after, parse
from server.prepared import Question
from server.schema import breaks, exams

OPEN = ("asked", "allowed", "running")
WISHES = ("ask", "begin", "end", "withdraw")
MOST_MINUTES = 120


@dataclass(frozen=True)
class BreakRule:
    """The institution's, or an exam's own. ``granted``: breaks that need nobody's leave, each of ``minutes``;
    ``on_request``: whether more may be asked for; ``stops_clock``: whether the exam's clock stands still, for
    ``minutes`` at most."""

    granted: int
    minutes: int
    on_request: bool
    stops_clock: bool

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def rule_from(stored: Mapping[str, Any] | None, institutions: BreakRule) -> BreakRule:
    """``stored``: what stands at the exam; None where it follows the institution's rule."""
    return institutions if stored is None else BreakRule(**stored)


def rule_of(connection: Connection, exam: str, institutions: BreakRule) -> BreakRule:
    """The rule in force for this exam."""
    return rule_from(connection.execute(select(exams.c.break_rule).where(exams.c.id == exam)).scalar(), institutions)


class Break(NamedTuple):
    """A row, as far as clock and client need it."""

    id: str
    state: str
    minutes: int
    stops_clock: bool
    decided_by: str | None
    began_at: str | None
    ended_at: str | None


_COLUMNS = [breaks.c[name] for name in Break._fields]
OF_SESSION = Question(
    select(*_COLUMNS).where(breaks.c.session == bindparam("session")).order_by(breaks.c.asked_at, breaks.c.id)
)
"""Rows for ``Break``, of one session, oldest first."""


def wish(connection: Connection, rule: BreakRule, session: str, word: str, now: str) -> bool:
    """What the student wants, one of ``WISHES``. Repeating is harmless. False: nothing allows it."""
    held = current(connection, session)
    state = held["state"] if held is not None else ""
    match word:
        case "ask" if held is None:
            if not rule.on_request:
                return False
            _insert(connection, rule, session, now, state="asked", by=None)
        case "begin" if held is None:
            if left(connection, rule, session) < 1:
                return False
            _insert(connection, rule, session, now, state="running", by="", began_at=now, decided_at=now)
        case "begin" if held is not None and state == "allowed":
            _change(connection, held, state="running", began_at=now)
        case "begin":
            return state == "running"
        case "end" if held is not None and state == "running":
            _change(connection, held, state="over", ended_at=now)
        case "withdraw" if held is not None and state in ("asked", "allowed"):
            _change(connection, held, state="withdrawn", ended_at=now)
        case _:
            pass
    return True


def allow(connection: Connection, rule: BreakRule, session: str, minutes: int, *, who: str, now: str) -> bool:
    """A person allows what was asked for, or offers a break nobody asked for. False: one was allowed already."""
    held = current(connection, session)
    if held is not None and held["state"] != "asked":
        return False
    values = {"state": "allowed", "minutes": minutes, "decided_at": now}
    if held is None:
        _insert(connection, rule, session, now, by=who, **values)
    else:
        _change(connection, held, decided_by=who, **values)
    return True


def refuse(connection: Connection, session: str, *, who: str, now: str) -> bool:
    """Not now. False: nobody asks."""
    held = current(connection, session)
    if held is None or held["state"] != "asked":
        return False
    _change(connection, held, state="refused", decided_by=who, decided_at=now)
    return True


def current(connection: Connection, session: str) -> RowMapping | None:
    """The one that is asked for, allowed or running."""
    query = select(breaks).where(breaks.c.session == session, breaks.c.state.in_(OPEN))
    return connection.execute(query.order_by(breaks.c.asked_at.desc()).limit(1)).mappings().first()


def currents(connection: Connection, sessions: Select[Any]) -> dict[str, str]:
    """State by session of those that are asked for, allowed or running. ``sessions``: a query of ids."""
    query = select(breaks.c.session, breaks.c.state).where(breaks.c.session.in_(sessions), breaks.c.state.in_(OPEN))
    return {row.session: row.state for row in connection.execute(query)}


def left(connection: Connection, rule: BreakRule, session: str) -> int:
    """How many the rule still grants."""
    return _left(rule, of_session(connection, session))


def view(rule: BreakRule, rows: Sequence[Break]) -> dict[str, Any]:
    """What the client is told with every answer."""
    held = next((row for row in reversed(rows) if row.state in OPEN), None)
    return {
        "left": _left(rule, rows),
        "on_request": rule.on_request,
        "minutes": rule.minutes,
        "stops_clock": rule.stops_clock,
        "current": None if held is None else {
            "id": held.id, "state": held.state, "minutes": held.minutes, "stops_clock": held.stops_clock,
            "until": after(held.began_at, minutes=held.minutes) if held.began_at else None,
        },
    }  # fmt: skip


def given(rows: Sequence[Break]) -> float:
    """Minutes added to the exam for breaks in which its clock stood still: of one that runs all it may take (else the
    time could be over in it), of one that is over what was used, never more than was allowed."""
    return sum(_used(row) for row in rows if row.stops_clock and row.began_at is not None)


def given_minutes(connection: Connection, session: str | None) -> float:
    """The same, looked up."""
    return given(of_session(connection, session)) if session is not None else 0.0


def shared_minutes(rows: Sequence[Break], since: str, until: str) -> float:
    """Minutes of a pause from ``since`` to ``until`` that ``given`` holds already: they are given back once."""
    shared = 0.0
    for row in rows:
        if row.stops_clock and row.began_at is not None:
            end = min(until, row.ended_at or until, after(row.began_at, minutes=row.minutes))
            shared += max(0.0, _minutes(max(since, row.began_at), end))
    return shared


def _left(rule: BreakRule, rows: Sequence[Break]) -> int:
    return max(0, rule.granted - sum(row.decided_by == "" for row in rows))


def of_session(connection: Connection, session: str) -> list[Break]:
    """Oldest first."""
    query = select(*_COLUMNS).where(breaks.c.session == session).order_by(breaks.c.asked_at, breaks.c.id)
    return [Break(*row) for row in connection.execute(query)]


def _used(row: Break) -> float:
    assert row.began_at is not None
    if row.ended_at is None:
        return float(row.minutes)
    return min(float(row.minutes), _minutes(row.began_at, row.ended_at))


def _minutes(start: str, end: str) -> float:
    return (parse(end) - parse(start)).total_seconds() / 60


def _insert(connection: Connection, rule: BreakRule, session: str, now: str, *, by: str | None, **values: Any) -> None:
    row = {"minutes": rule.minutes, "stops_clock": rule.stops_clock, "asked_at": now, **values}
    connection.execute(insert(breaks).values(id=secrets.token_hex(8), session=session, decided_by=by, **row))


def _change(connection: Connection, held: RowMapping, **values: Any) -> None:
    connection.execute(update(breaks).where(breaks.c.id == held["id"]).values(**values))
