"""The status block that rides on every answer to a session request."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, bindparam, select

from server import breaks
from server.clock import after
from server.ingest.access import Access, given_minutes
from server.ingest.outcomes import Refusal, Refused
from server.ingest.services import Services
from server.ingest.standing import COLUMNS, FOR_IT, ORDER, READ_HERE, Standing
from server.ingest.threads import run_sync
from server.ingest.times import ends_at
from server.prepared import Question
from server.schema import exams, notice_reads, notices, sessions, users

WATCHED_SECONDS = 30  # after a board last asked for the newest pictures; it says so every 10

_STANDING = Question(
    select(sessions.c.started_at, *COLUMNS)
    .select_from(sessions)
    .join(exams, exams.c.id == sessions.c.exam)
    .join(users, users.c.id == sessions.c.student)
    .outerjoin(notices, FOR_IT)
    .outerjoin(notice_reads, READ_HERE)
    .where(sessions.c.id == bindparam("session"))
    .order_by(*ORDER)
)


async def status_now(services: Services, access: Access, *, as_entered: bool = False) -> dict[str, Any]:
    """``status_block`` for the event loop, by way of a thread if a ledger has to be read first."""
    if services.ledgers.lost_known(access.id):
        return status_block(services, access, as_entered)
    return await run_sync(status_block, services, access)


def status_block(services: Services, access: Access, as_entered: bool = False) -> dict[str, Any]:
    """Also notes that the session's client was heard. ``as_entered``: what was found when the request came will do,
    because the request itself changes nothing of it."""
    now = services.now()
    if access.in_charge:
        services.presence.heard(access.id, now)
    given = given_minutes(services, access)
    rows, started = access.standing, access.session["started_at"]
    if rows is None or not as_entered:
        found = services.database.ask(_STANDING, session=access.id)
        rows, started = [Standing(*row[1:]) for row in found], found[0][0]
    taken = []
    if access.has_breaks or not as_entered:
        taken = [breaks.Break(*row) for row in services.database.ask(breaks.OF_SESSION, session=access.id)]
    added = sum(row.minutes for row in rows if row.kind == "time_added") + given + breaks.given(taken)
    return {
        "server_time": now,
        "load": services.load.level(),
        "ends": ends_at(access.seat, started, added),
        "paused": access.session["paused_at"] is not None,
        "watched": _is_watched(access, now),
        "notices": [row.notice() for row in rows if row.id is not None and row.read_at is None],
        "breaks": breaks.view(breaks.rule_from(rows[0].break_rule, services.settings.break_rule), taken),
    }


def _is_watched(access: Access, now: str) -> bool:
    looked = access.session["looked_at"]
    return bool(looked and now < after(looked, seconds=WATCHED_SECONDS))


def notice_read(services: Services, access: Access, notice: str) -> Refused | None:
    """Marks a notice as read; repeating it is harmless."""

    def work(connection: Connection) -> Refused | None:
        row = connection.execute(select(notices).where(notices.c.id == notice)).first()
        if row is None or row.exam != access.session["exam"] or row.session not in (None, access.id):
            return Refused(Refusal.UNKNOWN_NOTICE)
        key = {"notice": notice, "session": access.id}
        held = select(notice_reads).where(notice_reads.c.notice == notice, notice_reads.c.session == access.id)
        if connection.execute(held).first() is None:
            connection.execute(notice_reads.insert().values(**key, read_at=services.now()))
        return None

    return services.database.write(work)
