"""The student's own page: what was recorded, who looked at it, until when it is kept, what was decided and why.

A student sees the own sessions alone. Decisions are shown once they are final; what the student writes goes to
whoever judges, and an appeal takes the session to the commission, which holds its erasure back.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, insert, or_, select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server import audit, retention
from server.at_rest import AtRestError
from server.clock import after
from server.decisions import COMMISSION_ROLE, Case, Stage, case, cases
from server.retention import Kept
from server.review import answers, break_words, handed_files
from server.review.access import Denied, needs
from server.review.actions import subject_of, typed
from server.review.coverage_lines import CoverageLine, coverage_lines, gap_key
from server.review.handed_files import Handed
from server.review.lists import session_query, state_of
from server.review.pages import render
from server.review.roles import May
from server.review.session_rows import DECISIONS, WATCH_ACTIONS
from server.review.site import Site, site_of
from server.schema import STATEMENT_KINDS, flags, sessions, statements, users
from server.schema import audit as audit_table

MAX_STATEMENT = 4000
MOST_STATEMENTS = 20  # of one session: enough for a conversation, not for filling a disk
# What each statement is called in the audit chain.
ACTIONS = {"answer": "student-answered", "appeal": "appealed", "copy": "copy-asked"}


@dataclass(frozen=True)
class OwnPage:
    """``confirmed``: moments a person confirmed, with the reason; only once the outcome is final."""

    row: Mapping[str, Any]
    state: str
    coverage: list[CoverageLine]
    kept: Kept
    watched: list[Mapping[str, Any]]
    case: Case
    reasons: list[Mapping[str, Any]]
    confirmed: list[Mapping[str, Any]]
    statements: list[Mapping[str, Any]]
    appeal_until: str  # "" when there is nothing to appeal against, or an appeal is under way
    may_answer: bool
    may_ask_copy: bool
    breaks: list[dict[str, Any]]
    rests: list[tuple[int, int]]
    names: Mapping[str, str]  # login -> name of who allowed or refused a break
    walls: Mapping[int, str]
    files: list[tuple[str, Handed]]  # with the number of the question, "" where the paper cannot be opened


@needs(May.OWN)
async def show_all(request: Request) -> Response:
    """The student's sessions, newest first."""
    site, student = site_of(request), request.state.person.id

    def work(connection: Connection) -> list[dict[str, Any]]:
        query = session_query().where(sessions.c.student == student).order_by(sessions.c.opened_at.desc())
        judged = cases(connection, select(sessions.c.id).where(sessions.c.student == student))
        rows = [dict(row) for row in connection.execute(query).mappings()]
        return [row | {"word": state_of(row), "case": judged.get(row["id"])} for row in rows]

    return render(request, "own.html", rows=await site.database.read_async(work))


@needs(May.OWN)
async def show(request: Request) -> Response:
    site, session, student = site_of(request), request.path_params["session"], request.state.person.id
    page = await run_in_threadpool(gather, site, session, student)
    return render(
        request, "own_session.html", page=page, gap_key=gap_key, break_lines=break_words.sentences,
        done=request.query_params.get("done", ""),
    )  # fmt: skip


@needs(May.OWN)
async def say(request: Request) -> Response:
    """Takes an answer, an appeal or the wish for a copy."""
    site, session, person = site_of(request), request.path_params["session"], request.state.person
    form = await request.form()
    kind, text = str(form.get("kind", "")), typed(form.get("text"), MAX_STATEMENT)
    if kind not in STATEMENT_KINDS or (kind != "copy" and not text):
        raise Denied(400, "denied.statement")

    def work(connection: Connection) -> None:
        now = site.now()
        row = _own(connection, session, person.id)
        if not _may_say(connection, row, kind, now, site.settings.appeal_days):
            raise Denied(409, f"denied.{kind}")
        said = {"session": session, "kind": kind, "text": text, "by": person.login, "at": now}
        connection.execute(insert(statements).values(id=secrets.token_hex(16), **said))
        details = {"kind": kind, "text": text}
        subject = subject_of(session)
        audit.append(connection, at=now, who=person.login, action=ACTIONS[kind], subject=subject, details=details)

    await site.database.write_async(work)
    return RedirectResponse(f"/my/{session}?done={kind}#statements", status_code=303)


def gather(site: Site, session: str, student: str) -> OwnPage:
    """Raises ``Denied`` (404): also for a session of somebody else."""
    now, days = site.now(), site.settings.appeal_days

    def work(connection: Connection) -> tuple[Mapping[str, Any], dict[str, Any]]:
        row = _own(connection, session, student)
        return row, _facts(connection, row, now, days)

    row, facts = site.database.read(work)
    recording = site.recordings.get(session)
    coverage = coverage_lines(recording, row)
    moments = {flag["from_ms"] for flag in facts["confirmed"]}
    moments |= {gap.from_ms for line in coverage for gap in line.claimed.gaps}
    walls = {moment: recording.wall(moment) for moment in moments}
    return OwnPage(
        row=row, state=state_of(row), coverage=coverage, walls=walls, rests=recording.breaks,
        files=_files(site, row), **facts,
    )  # fmt: skip


def _files(site: Site, row: Mapping[str, Any]) -> list[tuple[str, Handed]]:
    """What the newest answers name, in the order of the paper."""

    def read(connection: Connection) -> tuple[dict[str, object], dict[str, int]]:
        values = handed_files.values_of(connection, site.at_rest, row["id"])
        try:
            return values, answers.places(connection, site.at_rest, row) if values else {}
        except AtRestError:
            return values, {}

    values, places = site.database.read(read)
    found = handed_files.of_session(site, row["id"], values)
    ordered = sorted(found.items(), key=lambda entry: places.get(entry[0], 0))
    return [(str(places.get(question, "")), file) for question, files in ordered for file in files]


def _own(connection: Connection, session: str, student: str) -> Mapping[str, Any]:
    query = session_query().where(sessions.c.id == session, sessions.c.student == student)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise Denied(404, "denied.not_found")
    return dict(row)


def _facts(connection: Connection, row: Mapping[str, Any], now: str, days: int) -> dict[str, Any]:
    session = row["id"]
    judged = case(connection, session)
    final = judged.stage is Stage.FINAL
    written = select(statements).where(statements.c.session == session).order_by(statements.c.at)
    said = _listed(connection, written)
    reasons = [entry for entry in judged.rows if entry["outcome"] == judged.outcome] if final else []
    if reasons and judged.rows[-1]["stage"] == COMMISSION_ROLE:
        reasons = [judged.rows[-1]]
    until = after(judged.since, days=days) if final else ""
    breaks = break_words.rows_of(connection, session)
    people = select(users.c.login, users.c.name).where(users.c.login.in_([row["decided_by"] or "" for row in breaks]))
    return {
        "breaks": breaks,
        "names": {row.login: row.name for row in connection.execute(people)},
        "kept": retention.kept(connection, now, session)[0],
        "watched": _watched(connection, row, final),
        "case": judged,
        "reasons": reasons,
        "confirmed": _confirmed(connection, session) if final else [],
        "statements": said,
        "appeal_until": until if _may_say(connection, row, "appeal", now, days) else "",
        "may_answer": _may_say(connection, row, "answer", now, days),
        "may_ask_copy": _may_say(connection, row, "copy", now, days),
    }


def _may_say(connection: Connection, row: Mapping[str, Any], kind: str, now: str, days: int) -> bool:
    """Answers once the exam is over; one appeal against each outcome, in time; one wish for a copy while it is held."""
    said = connection.execute(select(statements.c.kind).where(statements.c.session == row["id"])).scalars().all()
    if row["state"] == "open" or len(said) >= MOST_STATEMENTS:
        return False
    if kind == "appeal":
        judged = case(connection, row["id"])
        ruled_again = judged.appealed_at and any(entry["at"] > judged.appealed_at for entry in judged.rows)
        return judged.stage is Stage.FINAL and not ruled_again and now <= after(judged.since, days=days)
    if kind == "copy":
        return row["erased_at"] is None and "copy" not in said
    return True


def _watched(connection: Connection, row: Mapping[str, Any], final: bool) -> list[dict[str, Any]]:
    """Who looked, with the names behind the logins; who decided, once it is final."""
    session = row["id"]
    about = (audit_table.c.object == subject_of(session)) & audit_table.c.action.in_(WATCH_ACTIONS)
    # A search of the exam's board looks into every session of it, this one too.
    searched = (audit_table.c.object == f"exam/{row['exam']}") & (audit_table.c.action == "searched")
    searched &= audit_table.c.at >= row["opened_at"]
    query = (
        select(audit_table.c.at, audit_table.c.action, audit_table.c.who, users.c.name)
        .outerjoin(users, users.c.login == audit_table.c.who)
        .where(or_(about, searched))
        .order_by(audit_table.c.n.desc())
    )
    if not final:
        query = query.where(audit_table.c.action.not_in(DECISIONS))
    return _listed(connection, query)


def _confirmed(connection: Connection, session: str) -> list[dict[str, Any]]:
    here = (flags.c.session == session) & (flags.c.state == "confirmed")
    return _listed(connection, select(flags).where(here).order_by(flags.c.from_ms))


def _listed(connection: Connection, query: Select[Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(query).mappings()]
