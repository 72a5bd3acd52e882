"""The status block that rides on every answer to a session request."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, and_, or_, select

from server.ingest.access import Access
from server.ingest.outcomes import Refusal, Refused
from server.ingest.services import Services
from server.ingest.times import added_minutes, ends_at
from server.schema import notice_reads, notices, sessions


def status_block(services: Services, access: Access) -> dict[str, Any]:
    """Also notes that the session's client was heard."""
    now = services.now()
    if access.in_charge:
        services.presence.heard(access.id, now)
    given = services.given_back_minutes(access.id)
    return services.database.read(lambda connection: _status(services, connection, access, now, given))


def _status(services: Services, connection: Connection, access: Access, now: str, given: float) -> dict[str, Any]:
    session = connection.execute(select(sessions.c.started_at).where(sessions.c.id == access.id)).one()
    added = added_minutes(connection, access.session["exam"], access.id) + given
    return {
        "server_time": now,
        "load": services.load.level(),
        "ends": ends_at(access.seat, session.started_at, added),
        "notices": _unread(connection, access),
    }


def _unread(connection: Connection, access: Access) -> list[dict[str, Any]]:
    read_here = and_(notice_reads.c.notice == notices.c.id, notice_reads.c.session == access.id)
    query = (
        select(notices)
        .outerjoin(notice_reads, read_here)
        .where(notice_reads.c.notice.is_(None), notices.c.exam == access.session["exam"])
        .where(or_(notices.c.session.is_(None), notices.c.session == access.id))
        .order_by(notices.c.sent_at, notices.c.id)
    )
    return [
        {"id": row.id, "kind": row.kind, "text": row.text, "sent": row.sent_at, "minutes": row.minutes}
        for row in connection.execute(query)
    ]


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
