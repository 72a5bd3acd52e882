"""Which version students' computers should have, and the days on which nobody is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta, timezone

from sqlalchemy import Connection, RowMapping, select

from server.clock import parse
from server.schema import exam_weeks, releases

# Kazakhstan has one time zone since March 2024: the days of an institution's calendar.
_CALENDAR = timezone(timedelta(hours=5))


@dataclass(frozen=True)
class Pinned:
    """``line``: the signed notice (evidence.packages)."""

    id: str
    version: str
    line: str
    published_at: str


def day_of(now: str) -> str:
    """The ISO day at the institution."""
    return parse(now).astimezone(_CALENDAR).date().isoformat()


def pinned(connection: Connection) -> Pinned | None:
    """The newest notice that was not withdrawn."""
    query = select(releases).where(releases.c.withdrawn_at.is_(None))
    newest = query.order_by(releases.c.published_at.desc(), releases.c.id.desc()).limit(1)
    row = connection.execute(newest).mappings().first()
    return Pinned(row["id"], row["version"], row["line"], row["published_at"]) if row is not None else None


def exam_week(connection: Connection, now: str) -> RowMapping | None:
    """The marked days that ``now`` falls into: of several the one that lasts longest."""
    day = day_of(now)
    query = select(exam_weeks).where(exam_weeks.c.first_day <= day, exam_weeks.c.last_day >= day)
    return connection.execute(query.order_by(exam_weeks.c.last_day.desc()).limit(1)).mappings().first()


def told_now(connection: Connection, now: str) -> str | None:
    """The notice that clients are given at ``now``; none in an exam week."""
    if exam_week(connection, now) is not None:
        return None
    found = pinned(connection)
    return found.line if found is not None else None
