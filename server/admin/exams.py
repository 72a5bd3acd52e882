"""Importing exams, scheduling seats, handing out one-time codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select

from evidence.names import BadName, check_stream_name
from evidence.signing import SigningKey
from server import accounts, moodle_xml
from server.admin import seat_keys
from server.admin.console import Console
from server.admin.errors import CommandFailed
from server.at_rest import paper_purpose
from server.clock import after, iso, parse
from server.moodle_xml import Remark
from server.schema import codes, exams, seats, users

_EXAM_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_FROM_NOW = re.compile(r"now(?:([+-]\d+)([mhd]))?")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def moment(console: Console, text: str) -> str:
    """A stored time from ISO 8601 or ``now``, ``now+90m``, ``now-1h``, ``now+2d``."""
    relative = _FROM_NOW.fullmatch(text)
    if relative:
        step = timedelta(**{_UNITS[relative[2]]: int(relative[1])}) if relative[1] else timedelta()
        return iso(console.clock.now() + step)
    try:
        return iso(parse(text))
    except ValueError:
        raise CommandFailed(f"{text!r} is not a time: write 2026-01-31T09:00+05:00, or now+30m") from None


@dataclass(frozen=True)
class ExamWanted:
    id: str
    title: str
    language: str
    shuffle_questions: bool
    rehearsal: bool


def import_exam(console: Console, file: Path, wanted: ExamWanted) -> tuple[int, list[Remark]]:
    """Returns the number of questions, and what the teacher must know."""
    if not _EXAM_ID.fullmatch(wanted.id):
        raise CommandFailed(f"exam id {wanted.id!r}: small letters, digits and - only")
    try:
        content = file.read_bytes()
    except OSError as error:
        raise CommandFailed(f"{file} cannot be read: {error.strerror}") from error
    try:
        imported = moodle_xml.read(
            content, title=wanted.title, language=wanted.language, shuffle_questions=wanted.shuffle_questions
        )
    except moodle_xml.ImportRefused as error:
        raise CommandFailed(f"{file.name}: {error}") from error
    row = {
        "id": wanted.id,
        "title": wanted.title,
        "sealed_paper": console.at_rest.seal(paper_purpose(wanted.id), imported.paper.to_json()),
        "question_count": len(imported.paper.questions),
        "rehearsal": wanted.rehearsal,
        "import_report": [asdict(remark) for remark in imported.remarks],
        "created_at": console.now(),
    }

    def work(connection: Connection) -> None:
        if connection.execute(select(exams.c.id).where(exams.c.id == wanted.id)).first():
            raise CommandFailed(f"there is an exam {wanted.id!r} already; an exam never changes, import it anew")
        connection.execute(insert(exams).values(**row))
        console.audit(connection, "exam-import", wanted.id, {"questions": row["question_count"]})

    console.database.write(work)
    return len(imported.paper.questions), imported.remarks


@dataclass(frozen=True)
class Schedule:
    """``extra``: login -> minutes on top for that student."""

    exam: str
    opens: str
    closes: str
    minutes: int
    extra: Mapping[str, int]
    streams: list[str]
    kept_days: int
    simulated_camera: str | None
    simulated_microphone: bool


def schedule(
    console: Console, plan: Schedule, logins: list[str] | None, configuration: SigningKey | None, spares: int = 0
) -> list[str]:
    """A seat for each student (``logins`` None: all). Uses spare seat keys; makes more with ``configuration``, so that
    ``spares`` are left for late students."""
    _check_plan(console, plan)
    planned = _students(console, logins)
    unknown = set(plan.extra) - {row["login"] for row in planned}
    if unknown:
        raise CommandFailed(f"extra time for students without a seat here: {', '.join(sorted(unknown))}")
    held = select(seats.c.student).where(seats.c.exam == plan.exam)
    have = console.database.read(lambda connection: set(connection.execute(held).scalars()))
    planned = [row for row in planned if row["id"] not in have]
    if not planned:
        raise CommandFailed("each of these students has a seat in this exam already")
    free = seat_keys.spare(console)
    lacking = len(planned) + spares - len(free)
    if lacking > 0:
        if configuration is None:
            raise CommandFailed(
                f"{lacking} seat keys are missing: run `keys make --count {lacking}`, "
                "or give the configuration passphrase"
            )
        free += seat_keys.make(console, configuration, lacking)

    def work(connection: Connection) -> None:
        for student, seat in zip(planned, free, strict=False):
            connection.execute(insert(seats).values(**_seat_row(console, plan, student, seat)))
        console.audit(connection, "schedule", plan.exam, {"seats": len(planned), "opens": plan.opens})

    console.database.write(work)
    return [str(row["login"]) for row in planned]


def _seat_row(console: Console, plan: Schedule, student: RowMapping, seat: str) -> dict[str, Any]:
    return {
        "id": seat,
        "exam": plan.exam,
        "student": student["id"],
        "opens_at": plan.opens,
        "closes_at": plan.closes,
        "minutes": plan.minutes,
        "extra_minutes": plan.extra.get(student["login"], 0),
        "streams": plan.streams,
        "kept_days": plan.kept_days,
        "simulated_camera": plan.simulated_camera,
        "simulated_microphone": plan.simulated_microphone,
        "created_at": console.now(),
    }


def _check_plan(console: Console, plan: Schedule) -> None:
    find_exam(console, plan.exam)
    if plan.closes <= plan.opens:
        raise CommandFailed("the exam would close before it opens")
    if plan.minutes < 1 or plan.kept_days < 1 or any(minutes < 0 for minutes in plan.extra.values()):
        raise CommandFailed("minutes, extra minutes and days must be positive")
    if not plan.streams:
        raise CommandFailed("at least one stream must be recorded")
    try:
        for stream in plan.streams:
            check_stream_name(stream)
    except BadName as error:
        raise CommandFailed(str(error)) from error


def find_exam(console: Console, exam: str) -> None:
    query = select(exams.c.id).where(exams.c.id == exam)
    if console.database.read(lambda connection: connection.execute(query).first()) is None:
        raise CommandFailed(f"there is no exam {exam!r}")


def list_exams(console: Console) -> list[dict[str, Any]]:
    query = select(exams.c.id, exams.c.title, exams.c.question_count, exams.c.rehearsal).order_by(exams.c.id)
    return [dict(row) for row in console.database.read(lambda connection: connection.execute(query).mappings().all())]


def _students(console: Console, logins: list[str] | None) -> list[RowMapping]:
    query = select(users).where(users.c.role == "student", users.c.disabled_at.is_(None)).order_by(users.c.login)
    rows = console.database.read(lambda connection: connection.execute(query).mappings().all())
    if logins is None:
        if not rows:
            raise CommandFailed("there are no students yet")
        return list(rows)
    by_login = {row["login"]: row for row in rows}
    wanted = [login.lower() for login in logins]
    unknown = sorted(set(wanted) - set(by_login))
    if unknown:
        raise CommandFailed(f"there is no student {', '.join(unknown)}")
    return [by_login[login] for login in dict.fromkeys(wanted)]


def make_codes(console: Console, exam: str, logins: list[str] | None, valid_hours: int) -> list[dict[str, str]]:
    """One sign-in code for each student with a seat in the exam. The codes themselves are not kept."""
    find_exam(console, exam)
    query = (
        select(users.c.id, users.c.login, users.c.name, seats.c.id.label("seat"))
        .join(seats, seats.c.student == users.c.id)
        .where(seats.c.exam == exam)
        .order_by(users.c.login)
    )
    rows = console.database.read(lambda connection: connection.execute(query).all())
    if logins is not None:
        unknown = sorted({login.lower() for login in logins} - {row.login for row in rows})
        if unknown:
            raise CommandFailed(f"no seat in this exam: {', '.join(unknown)}")
        rows = [row for row in rows if row.login in {login.lower() for login in logins}]
    now = console.now()
    made = [{"login": row.login, "name": row.name, "code": accounts.new_code()} for row in rows]

    def work(connection: Connection) -> None:
        for row, entry in zip(rows, made, strict=True):
            connection.execute(
                insert(codes).values(
                    code_hash=accounts.code_digest(entry["code"]),
                    student=row.id,
                    seat=row.seat,
                    created_at=now,
                    expires_at=after(now, minutes=60 * valid_hours),
                )
            )
        console.audit(connection, "codes", exam, {"count": len(made)})

    console.database.write(work)
    return made
