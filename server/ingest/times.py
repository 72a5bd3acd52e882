"""When an exam is open, and when it is over for one student."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, func, or_, select

from server import breaks
from server.clock import after
from server.schema import notices


def added_minutes(connection: Connection, exam: str, session: str | None) -> float:
    """Minutes given by ``time_added`` notices to this session or to the whole exam, and for its breaks."""
    whole_exam = notices.c.session.is_(None)
    mine = whole_exam if session is None else or_(whole_exam, notices.c.session == session)
    query = select(func.coalesce(func.sum(notices.c.minutes), 0)).where(
        notices.c.exam == exam, mine, notices.c.kind == "time_added"
    )
    return int(connection.execute(query).scalar_one()) + breaks.given_minutes(connection, session)


def window_end(seat: Mapping[Any, Any], added: float) -> str:
    """The window's last moment: extra and added minutes move it too, or they would be worth nothing at the edge.

    An exam that a person ended for this student is over from then on."""
    end = after(seat["closes_at"], minutes=seat["extra_minutes"] + added)
    return min(end, seat["stopped_at"]) if seat["stopped_at"] else end


def ends_at(seat: Mapping[Any, Any], started_at: str | None, added: float) -> str | None:
    """None before the paper was released."""
    if started_at is None:
        return None
    limit = after(started_at, minutes=seat["minutes"] + seat["extra_minutes"] + added)
    return min(limit, window_end(seat, added))


def exam_state(seat: Mapping[Any, Any], session_state: str | None, added: float, now: str) -> str:
    """The word shown in the student's list. A session that was begun stays "running" until it is handed in."""
    if session_state is not None:
        return {"open": "running", "handed_in": "handed_in"}.get(session_state, "closed")
    if now < seat["opens_at"]:
        return "upcoming"
    return "open" if now < window_end(seat, added) else "closed"
