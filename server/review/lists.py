"""Exams and their sessions, as tables a person can scan. Running sessions are shown as they are now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select
from starlette.requests import Request
from starlette.responses import Response

from server.clock import parse
from server.decisions import Case, Stage, cases
from server.review.access import Denied, needs
from server.review.pages import render
from server.review.roles import May
from server.review.site import Site, site_of
from server.schema import exams, flag_decisions, flags, seats, sessions, students, users

SHOWN_STREAMS = ("screen", "camera", "sound")


@dataclass(frozen=True)
class Lowest:
    """The stream with the least coverage."""

    stream: str
    ratio: float


@dataclass(frozen=True)
class SessionRow:
    id: str
    student: str
    number: str
    state: str
    opened_at: str
    seen_seconds: int | None  # since the last word of a running session
    claimed: Lowest | None
    opened: Lowest | None
    verification: str  # "", checking, verified, problems
    identity: str
    open_flags: int
    verdict: str
    simulated: bool
    erased: bool


@needs(May.LOOK)
async def show_exams(request: Request) -> Response:
    site = site_of(request)
    rows = await site.database.read_async(_exams)
    return render(request, "exams.html", exams=rows)


@needs(May.LOOK)
async def show_sessions(request: Request) -> Response:
    site, exam, login = site_of(request), request.path_params["exam"], request.state.person.login
    title, rows = await site.database.read_async(lambda connection: _sessions_of(site, connection, exam, login))
    return render(
        request, "sessions.html", exam=exam, title=title, rows=rows, live=any(row.state == "running" for row in rows)
    )


@needs(May.LOOK)
async def session_rows(request: Request) -> Response:
    """The table's body alone: the page asks for it every few seconds."""
    site, exam, login = site_of(request), request.path_params["exam"], request.state.person.login
    _, rows = await site.database.read_async(lambda connection: _sessions_of(site, connection, exam, login))
    return render(request, "session_rows.html", rows=rows)


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
            exams.c.title.label("exam_title"), exams.c.rehearsal.label("rehearsal"),
        )
        .join(users, users.c.id == sessions.c.student)
        .join(students, students.c.id == sessions.c.student)
        .join(exams, exams.c.id == sessions.c.exam)
    )  # fmt: skip


def _sessions_of(site: Site, connection: Connection, exam: str, login: str) -> tuple[str, list[SessionRow]]:
    """``login``: who looks; before a second verdict nobody is shown what somebody else decided."""
    title = connection.execute(select(exams.c.title).where(exams.c.id == exam)).scalar()
    if title is None:
        raise Denied(404, "denied.not_found")
    query = session_query().where(sessions.c.exam == exam).order_by(users.c.name, sessions.c.opened_at)
    found = [dict(row) for row in connection.execute(query).mappings()]
    judged = cases(connection, select(sessions.c.id).where(sessions.c.exam == exam))
    looks = open_flags(connection, exam, judged, login)
    nothing = Case((), Stage.FIRST)
    rows = [_row(site, row, looks[row["id"]], judged.get(row["id"], nothing).word_for(login)) for row in found]
    return title, rows


def open_flags(connection: Connection, exam: str, judged: Mapping[str, Case], login: str) -> Counter[str]:
    """Moments per session that ``login`` has still to look at; after the reviewers, those nobody decided about."""
    here = select(sessions.c.id).where(sessions.c.exam == exam)
    own = select(flag_decisions).where(flag_decisions.c.by == login, flag_decisions.c.session.in_(here))
    mine = {row.flag: row.state for row in connection.execute(own.order_by(flag_decisions.c.at))}
    counted: Counter[str] = Counter()
    for row in connection.execute(select(flags.c.id, flags.c.session, flags.c.state).where(flags.c.session.in_(here))):
        case = judged.get(row.session)
        state = mine.get(row.id, "open") if case is None or case.is_blind else row.state
        counted[row.session] += state == "open"
    return counted


def _row(site: Site, row: Mapping[str, Any], open_flags: int, verdict: str) -> SessionRow:
    state = state_of(row)
    claimed = {name: cover.ratio for name, cover in site.recordings.get(row["id"]).claimed.items()}
    opened = {name: cover["ratio"] for name, cover in (row["coverage_opened"] or {}).items()}
    live = state in ("running", "preparing")
    seen = int((site.clock.now() - parse(row["seen_at"])).total_seconds()) if live else None
    return SessionRow(
        row["id"], row["student_name"], row["student_number"], state, row["opened_at"], seen, lowest(claimed),
        lowest(opened), verification_word(site, row["id"], state), row["identity"], open_flags, verdict,
        is_simulated(site, row), row["erased_at"] is not None,
    )  # fmt: skip


def is_simulated(site: Site, row: Mapping[str, Any]) -> bool:
    """Whether a stand-in was used, as the signed ledger says; before it says anything, whether one is allowed."""
    recording = site.recordings.get(row["id"])
    return bool(row["simulated"]) if recording.begin is None else bool(recording.simulated)


def state_of(row: Mapping[str, Any]) -> str:
    """preparing, running, sending, handed_in or closed."""
    if row["state"] == "open":
        return "running" if row["started_at"] else "preparing"
    if row["state"] == "handed_in" and row["receipt"] is None:
        return "sending"
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
