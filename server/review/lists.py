"""The list of exams, and what the pages about sessions have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select
from starlette.requests import Request
from starlette.responses import Response

from server.decisions import Stage, cases
from server.review.access import needs
from server.review.pages import render
from server.review.roles import May
from server.review.site import Site, site_of
from server.schema import exams, flags, seats, sessions, students, users

SHOWN_STREAMS = ("screen", "camera", "sound")


@dataclass(frozen=True)
class Lowest:
    """The stream with the least coverage."""

    stream: str
    ratio: float


@needs(May.LOOK)
async def show_exams(request: Request) -> Response:
    site = site_of(request)
    rows = await site.database.read_async(_exams)
    return render(request, "exams.html", exams=rows)


def _exams(connection: Connection) -> list[Mapping[str, Any]]:
    sat = select(func.count()).where(sessions.c.exam == exams.c.id).scalar_subquery()
    running = select(func.count()).where(sessions.c.exam == exams.c.id, sessions.c.state == "open").scalar_subquery()
    planned = select(func.count()).where(seats.c.exam == exams.c.id).scalar_subquery()
    ended = select(sessions.c.exam, sessions.c.id).where(sessions.c.state != "open")
    judged = cases(connection)
    final = {session for session, found in judged.items() if found.stage is Stage.FINAL}
    unjudged = Counter(row.exam for row in connection.execute(ended) if row.id not in final)
    looks = (
        select(func.count())
        .select_from(flags.join(sessions, sessions.c.id == flags.c.session))
        .where(sessions.c.exam == exams.c.id, flags.c.state == "open")
        .scalar_subquery()
    )
    first = select(func.min(seats.c.opens_at)).where(seats.c.exam == exams.c.id).scalar_subquery()
    last = select(func.max(seats.c.closes_at)).where(seats.c.exam == exams.c.id).scalar_subquery()
    query = select(
        exams.c.id, exams.c.title, exams.c.rehearsal, first.label("opens"), last.label("closes"),
        planned.label("planned"), sat.label("sat"), running.label("running"), looks.label("flags"),
    ).order_by(exams.c.rehearsal, first.desc(), exams.c.title)  # fmt: skip
    return [dict(row, unjudged=unjudged[row["id"]]) for row in connection.execute(query).mappings()]


def session_query() -> Select[Any]:
    """Sessions with their student and exam."""
    return (
        select(
            sessions, users.c.name.label("student_name"), students.c.number.label("student_number"),
            users.c.language.label("student_language"),
            exams.c.title.label("exam_title"), exams.c.rehearsal.label("rehearsal"), exams.c.break_rule,
        )
        .join(users, users.c.id == sessions.c.student)
        .join(students, students.c.id == sessions.c.student)
        .join(exams, exams.c.id == sessions.c.exam)
    )  # fmt: skip


def is_simulated(site: Site, row: Mapping[str, Any]) -> bool:
    """Whether a stand-in was used, as the signed ledger says; before it says anything, whether one is allowed."""
    recording = site.recordings.get(row["id"])
    return bool(row["simulated"]) if recording.begin is None else bool(recording.simulated)


def state_of(row: Mapping[str, Any]) -> str:
    """preparing, running, sending (the student is done, the rest is on its way), handed_in or closed."""
    if row["state"] == "open":
        if row["end_reason"]:
            return "sending"
        return "running" if row["started_at"] else "preparing"
    return str(row["state"])


def verification_word(site: Site, session: str, state: str) -> str:
    if state in ("running", "preparing", "sending"):
        return ""
    known = site.verifications.get(session)
    if known is None:
        site.verifications.want(session)
        return "checking"
    return "verified" if known.report.ok else "problems"


def lowest(ratios: Mapping[str, float]) -> Lowest | None:
    """Among the recorded streams of screen, camera and sound."""
    shown = [(ratio, name) for name, ratio in ratios.items() if name.split("-")[0] in SHOWN_STREAMS]
    if not shown:
        return None
    ratio, name = min(shown)
    return Lowest(name, ratio)
