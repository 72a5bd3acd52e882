"""Answers, reference pictures and face templates have periods of their own; and the periods of one exam can be set.

What is erased leaves an entry in the audit chain, whose head the published checkpoints name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from server import retention
from server.admin.console import Console
from server.admin.errors import CommandFailed
from server.admin.exams import find_exam
from server.clock import after
from server.retention import Kept
from server.schema import answers, exams, references, seats, sessions, users


@dataclass(frozen=True)
class Reference:
    """A student's enrolled picture and face template. ``note``: what keeps them although their period is over."""

    student: str
    login: str
    due: str
    note: str


@dataclass(frozen=True)
class Plan:
    """What is past its own period: answers by session, references by student; ``held``: named, and kept."""

    answers: list[Kept]
    references: list[Reference]
    held_answers: list[Kept]
    held_references: list[Reference]


def plan(console: Console) -> Plan:
    """For the whole institution, as of now. Without a period nothing is ever due."""
    now, days = console.now(), console.settings.answers_days
    entries = console.database.read(lambda connection: retention.kept(connection, now, answers_days=days))
    due, held = retention.answers_over(entries, now)
    pictures = [one for one in _references(console, entries) if one.due <= now]
    return Plan(due, [one for one in pictures if not one.note], held, [one for one in pictures if one.note])


def _references(console: Console, entries: list[Kept]) -> list[Reference]:
    """They are needed as long as somebody may still compare a recording with them."""
    if not console.settings.pictures_days:
        return []
    waiting = {entry.student: entry.note for entry in entries if entry.hold and not entry.erased}
    newest = func.max(seats.c.closes_at)
    query = (
        select(references.c.student, references.c.enrolled_at, users.c.login, newest.label("closes"))
        .join(users, users.c.id == references.c.student)
        .outerjoin(seats, seats.c.student == references.c.student)
        .group_by(references.c.student, references.c.enrolled_at, users.c.login)
        .order_by(users.c.login)
    )
    days = console.settings.pictures_days
    return [
        Reference(
            row.student, row.login, after(max(row.enrolled_at, row.closes or ""), days=days), waiting.get(row.login, "")
        )
        for row in console.database.read(lambda connection: connection.execute(query).all())
    ]


def erase_answers(console: Console, entry: Kept) -> int | None:
    """Returns how many versions of answers went; None if meanwhile somebody holds or decides."""
    now, days = console.now(), console.settings.answers_days

    def work(connection: Connection) -> int | None:
        (found,) = retention.kept(connection, now, entry.session, days)
        if not retention.answers_over([found], now)[0]:
            return None
        _overwrite(connection)
        count = connection.execute(delete(answers).where(answers.c.session == entry.session)).rowcount
        here = sessions.c.id == entry.session
        connection.execute(update(sessions).where(here).values(answers_erased_at=now))
        details = {"versions": count, "due": found.answers_due}
        console.audit(connection, "erase-answers", f"session/{entry.session}", details)
        return count

    return console.database.write(work)


def erase_reference(console: Console, reference: Reference) -> None:
    """The picture's file and the row with the template. Repeating it is harmless."""

    def work(connection: Connection) -> None:
        _overwrite(connection)
        console.settings.folder.picture(reference.student).unlink(missing_ok=True)
        connection.execute(delete(references).where(references.c.student == reference.student))
        console.audit(connection, "erase-reference", f"student/{reference.student}", {"due": reference.due})

    console.database.write(work)


def _overwrite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")  # deleted rows are overwritten


# ---- the periods of one exam


def shown(console: Console, exam: str) -> dict[str, Any]:
    """How long recordings and answers of an exam are kept, in days. Raises ``CommandFailed``."""
    find_exam(console, exam)
    days = select(seats.c.kept_days).where(seats.c.exam == exam).distinct().order_by(seats.c.kept_days)
    own = select(exams.c.answers_kept_days).where(exams.c.id == exam)
    found = console.database.read(lambda c: (c.execute(days).scalars().all(), c.execute(own).scalar()))
    answers_days = console.settings.answers_days if found[1] is None else found[1]
    return {
        "exam": exam,
        "recording_days": " ".join(str(day) for day in found[0]) or "no seats yet",
        "answers_days": answers_days or "no period",
    }


def set_recording(console: Console, exam: str, days: int) -> int:
    """For every seat of the exam; returns how many. Raises ``CommandFailed`` if a student agreed to fewer days: a case
    is kept longer by a hold, with its reason."""
    find_exam(console, exam)
    if days < 1:
        raise CommandFailed("a recording is kept for at least one day")
    agreed = (
        select(func.count())
        .select_from(sessions)
        .join(seats, seats.c.id == sessions.c.seat)
        .where(seats.c.exam == exam, seats.c.kept_days < days)
    )

    def work(connection: Connection) -> int:
        fewer = connection.execute(agreed).scalar_one()
        if fewer:
            raise CommandFailed(f"{fewer} students agreed to fewer than {days} days; hold single sessions instead")
        count = connection.execute(update(seats).where(seats.c.exam == exam).values(kept_days=days)).rowcount
        console.audit(connection, "retention", exam, {"recording_days": days, "seats": count})
        return count

    return console.database.write(work)


def set_answers(console: Console, exam: str, days: int) -> None:
    """Days after the hand-in; 0: no period for this exam, whatever the settings say."""
    find_exam(console, exam)
    if days < 0:
        raise CommandFailed("days are 0 or more")

    def work(connection: Connection) -> None:
        connection.execute(update(exams).where(exams.c.id == exam).values(answers_kept_days=days))
        console.audit(connection, "retention", exam, {"answers_days": days})

    console.database.write(work)
