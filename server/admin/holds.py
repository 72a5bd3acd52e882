"""Holds: a person keeps a recording and its answers beyond their time, for an appeal or a case, and lifts it again."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import Connection, insert, select, update

from server.admin.console import Console
from server.admin.errors import CommandFailed
from server.schema import holds, seats, sessions, users

MAX_REASON = 500


def hold(console: Console, session: str, reason: str) -> None:
    """Nothing of this session is erased from here on. Raises ``CommandFailed``."""
    _check(reason)
    query = select(sessions.c.erased_at).where(sessions.c.id == session)

    def work(connection: Connection) -> None:
        row = connection.execute(query).first()
        if row is None:
            raise CommandFailed(f"there is no session {session!r}")
        if row.erased_at:
            raise CommandFailed(f"{session}: its recording was erased at {row.erased_at}; there is nothing to hold")
        values = {"session": session, "reason": reason.strip(), "set_by": console.who, "set_at": console.now()}
        connection.execute(insert(holds).values(id=secrets.token_hex(8), **values))
        console.audit(connection, "hold", f"session/{session}", {"reason": reason.strip()})

    console.database.write(work)


def release(console: Console, session: str, reason: str) -> int:
    """Lifts every hold of this session; returns how many there were. Raises ``CommandFailed`` if there was none."""
    _check(reason)
    open_ones = (holds.c.session == session) & holds.c.lifted_at.is_(None)

    def work(connection: Connection) -> int:
        lifted = {"lifted_by": console.who, "lifted_at": console.now(), "lift_reason": reason.strip()}
        count = connection.execute(update(holds).where(open_ones).values(**lifted)).rowcount
        if not count:
            raise CommandFailed(f"nobody holds {session!r}")
        console.audit(connection, "hold-lifted", f"session/{session}", {"reason": reason.strip(), "holds": count})
        return count

    return console.database.write(work)


def listed(console: Console, lifted: bool = False) -> list[dict[str, Any]]:
    """Those in force, or with ``lifted`` all there ever were; oldest first."""
    query = (
        select(
            holds.c.session, sessions.c.exam, users.c.login.label("student"), holds.c.reason, holds.c.set_by,
            holds.c.set_at, holds.c.lifted_by, holds.c.lifted_at, holds.c.lift_reason,
        )
        .join(sessions, sessions.c.id == holds.c.session)
        .join(seats, seats.c.id == sessions.c.seat)
        .join(users, users.c.id == sessions.c.student)
        .order_by(holds.c.set_at)
    )  # fmt: skip
    if not lifted:
        query = query.where(holds.c.lifted_at.is_(None))
    return [dict(row) for row in console.database.read(lambda connection: connection.execute(query).mappings().all())]


def _check(reason: str) -> None:
    if not 0 < len(reason.strip()) <= MAX_REASON:
        raise CommandFailed(f"--reason: between 1 and {MAX_REASON} characters")
