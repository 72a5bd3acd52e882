"""The status block that rides on every answer to a session request."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, bindparam, or_, select

from server import breaks
from server.clock import after
from server.ingest.access import Access, given_minutes
from server.ingest.outcomes import Refusal, Refused
from server.ingest.services import Services
from server.ingest.threads import run_sync
from server.ingest.times import ends_at
from server.prepared import Question
from server.schema import exams, notice_reads, notices, sessions, users

WATCHED_SECONDS = 30  # after a board last asked for the newest pictures; it says so every 10

_FOR_IT = and_(notices.c.exam == sessions.c.exam, or_(notices.c.session.is_(None), notices.c.session == sessions.c.id))
_READ_HERE = and_(notice_reads.c.notice == notices.c.id, notice_reads.c.session == sessions.c.id)
# One row for each notice to the session, at least one in any case.
_STANDING = Question(
    select(
        sessions.c.started_at, notices.c.id, notices.c.kind, notices.c.text, notices.c.sent_at, notices.c.minutes,
        notice_reads.c.read_at, exams.c.break_rule, notices.c.texts, users.c.language,
    )
    .select_from(sessions)
    .join(exams, exams.c.id == sessions.c.exam)
    .join(users, users.c.id == sessions.c.student)
    .outerjoin(notices, _FOR_IT)
    .outerjoin(notice_reads, _READ_HERE)
    .where(sessions.c.id == bindparam("session"))
    .order_by(notices.c.sent_at, notices.c.id)
)  # fmt: skip


async def status_now(services: Services, access: Access) -> dict[str, Any]:
    """``status_block`` for the event loop, by way of a thread if a ledger has to be read first."""
    if services.ledgers.lost_known(access.id):
        return status_block(services, access)
    return await run_sync(status_block, services, access)


def status_block(services: Services, access: Access) -> dict[str, Any]:
    """Also notes that the session's client was heard."""
    now = services.now()
    if access.in_charge:
        services.presence.heard(access.id, now)
    given = given_minutes(services, access)
    rows = [_Standing(*row) for row in services.database.ask(_STANDING, session=access.id)]
    taken = [breaks.Break(*row) for row in services.database.ask(breaks.OF_SESSION, session=access.id)]
    added = sum(row.minutes for row in rows if row.kind == "time_added") + given + breaks.given(taken)
    return {
        "server_time": now,
        "load": services.load.level(),
        "ends": ends_at(access.seat, rows[0].started_at, added),
        "paused": access.session["paused_at"] is not None,
        "watched": _is_watched(access, now),
        "notices": [row.notice() for row in rows if row.id is not None and row.read_at is None],
        "breaks": breaks.view(breaks.rule_from(rows[0].break_rule, services.settings.break_rule), taken),
    }


def _is_watched(access: Access, now: str) -> bool:
    looked = access.session["looked_at"]
    return bool(looked and now < after(looked, seconds=WATCHED_SECONDS))


class _Standing(NamedTuple):
    started_at: str | None
    id: str | None
    kind: str
    text: str
    sent_at: str
    minutes: int
    read_at: str | None
    break_rule: dict[str, Any] | None
    texts: dict[str, str] | None
    language: str

    def notice(self) -> dict[str, Any]:
        """``text`` in the student's language where there is one, else the first that was written; ``language`` says
        which it is ("": not known). ``texts``: all of them, for a window that is switched to another language."""
        texts = self.texts or {}
        language = self.language if self.language in texts else next(iter(texts), "")
        return {
            "id": self.id, "kind": self.kind, "text": texts.get(language, self.text), "language": language,
            "texts": texts, "sent": self.sent_at, "minutes": self.minutes,
        }  # fmt: skip


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
