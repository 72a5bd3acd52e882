"""Looking at sessions, writing to their students, taking a bundle out."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, insert, select

from evidence.bundle import BundleError, SessionFolder, pack
from server.admin.console import Console
from server.admin.errors import CommandFailed
from server.schema import NOTICE_KINDS, answers, exams, notices, sessions, users

MAX_TEXT = 2000


def listed(console: Console, exam: str | None = None) -> list[dict[str, Any]]:
    answered = (
        select(func.count(answers.c.question.distinct()))
        .where(answers.c.session == sessions.c.id)
        .scalar_subquery()
        .label("answers")
    )
    query = (
        select(sessions, users.c.login, users.c.name, answered)
        .join(users, users.c.id == sessions.c.student)
        .order_by(sessions.c.opened_at)
    )
    if exam is not None:
        query = query.where(sessions.c.exam == exam)
    rows = console.database.read(lambda connection: connection.execute(query).mappings().all())
    shown = (
        "id", "exam", "seat", "login", "name", "state", "opened_at", "started_at", "handed_in_at", "seen_at",
        "ledger_n", "answers", "coverage_claimed", "coverage_opened", "receipt_code", "simulated", "erased_at",
    )  # fmt: skip
    return [{name: row[name] for name in shown} for row in rows]


@dataclass(frozen=True)
class Message:
    """To one session, or with ``session`` None to the whole exam. ``minutes`` only with kind time_added."""

    exam: str | None
    session: str | None
    kind: str
    text: str
    minutes: int


def send(console: Console, message: Message) -> str:
    if message.kind not in NOTICE_KINDS:
        raise CommandFailed(f"there is no kind {message.kind!r}; there are {', '.join(NOTICE_KINDS)}")
    if not 0 < len(message.text) <= MAX_TEXT:
        raise CommandFailed(f"a message has between 1 and {MAX_TEXT} characters")
    if (message.minutes != 0) != (message.kind == "time_added") or not 0 <= message.minutes <= 600:
        raise CommandFailed("give minutes (1 to 600) with kind time_added, and only with it")
    notice, now = secrets.token_hex(8), console.now()

    def work(connection: Connection) -> None:
        exam = _exam_of(connection, message)
        connection.execute(
            insert(notices).values(
                id=notice,
                exam=exam,
                session=message.session,
                kind=message.kind,
                text=message.text,
                minutes=message.minutes,
                sent_by=console.who,
                sent_at=now,
            )
        )
        details = {"kind": message.kind, "text": message.text, "minutes": message.minutes}
        console.audit(connection, "message", message.session or exam, details, now)

    console.database.write(work)
    return notice


def _exam_of(connection: Connection, message: Message) -> str:
    if message.session is not None:
        exam = connection.execute(select(sessions.c.exam).where(sessions.c.id == message.session)).scalar()
        if exam is None:
            raise CommandFailed(f"there is no session {message.session!r}")
        return str(exam)
    if message.exam is None or connection.execute(select(exams.c.id).where(exams.c.id == message.exam)).first() is None:
        raise CommandFailed(f"there is no exam {message.exam!r}")
    return message.exam


def export(console: Console, session: str, target: Path) -> None:
    """The session's sealed recording as one file, for a hand-over or an appeal."""
    query = select(sessions.c.id).where(sessions.c.id == session)
    if console.database.read(lambda connection: connection.execute(query).first()) is None:
        raise CommandFailed(f"there is no session {session!r}")
    if target.exists():
        raise CommandFailed(f"{target} is there already")
    try:
        pack(SessionFolder(console.store.path(session)), target)
    except (BundleError, OSError) as error:
        raise CommandFailed(f"the session cannot be exported: {error}") from error
    subject, details = f"session/{session}", {"file": target.name}  # as the review site names them: it shows who did
    console.database.write(lambda connection: console.audit(connection, "exported", subject, details))
