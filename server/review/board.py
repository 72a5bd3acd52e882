"""The board of one exam: a row for every session, kept fresh by server-sent events, and the same as a CSV table.

Rows come from the database alone: no ledger is read and nothing is opened, so that 500 sessions cost little.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from server import audit, breaks
from server.clock import parse
from server.decisions import OPEN_EDX, Case, Stage, cases
from server.review import csv_tables
from server.review.access import Denied, Person, needs, person_of
from server.review.lists import Lowest, lowest, state_of, verification_word
from server.review.pages import Pages, render, texts_of
from server.review.phrases import PHRASES, REASONS
from server.review.roles import May
from server.review.site import Site, site_of
from server.schema import exams, flag_decisions, flags, sessions, students, users

EVERY_SECONDS = 2.0
STREAM_SECONDS = 60.0  # then the browser asks again: no connection outlives a stopped server or a taken-away role
SILENT_SECONDS = 30  # a computer not heard for longer is said to be silent
SILENT_STEP = 10  # told in steps, or every row would change at every look
COLUMNS = (
    sessions.c.id, sessions.c.state, sessions.c.started_at, sessions.c.end_reason, sessions.c.opened_at,
    sessions.c.seen_at, sessions.c.coverage_claimed, sessions.c.coverage_opened, sessions.c.identity,
    sessions.c.simulated, sessions.c.erased_at, sessions.c.paused_at, users.c.name, students.c.number,
)  # fmt: skip


@dataclass(frozen=True)
class SessionRow:
    """``kinds``: moments still to look at, by kind; ``verdict``: as far as the reader may know it."""

    id: str
    student: str
    number: str
    state: str
    opened_at: str
    seen_seconds: int | None  # since the last word of a running session, if it is silent
    claimed: Lowest | None
    opened: Lowest | None
    verification: str  # "", checking, verified, problems
    identity: str
    kinds: tuple[tuple[str, int], ...]
    verdict: str
    reviewers: tuple[str, ...]
    simulated: bool
    erased: bool
    paused: bool
    break_: str  # "", asked, allowed, running

    @property
    def open_flags(self) -> int:
        return sum(count for _, count in self.kinds)


@needs(May.LOOK)
async def show(request: Request) -> Response:
    site, exam, person = site_of(request), request.path_params["exam"], request.state.person
    title, rows = await site.database.read_async(lambda connection: rows_of(site, connection, exam, person))
    return await run_in_threadpool(
        render, request, "sessions.html", exam=exam, title=title, rows=rows,
        live=any(row.state in ("running", "preparing", "sending") for row in rows),
        paused=sum(row.paused for row in rows),
        phrases=PHRASES, reasons=REASONS, all_texts=site.texts,
        view=site.views.open(person.id, exam) if person.may(May.WATCH) else "", pictures=site.settings.live_pictures,
    )  # fmt: skip


@needs(May.LOOK)
async def rows(request: Request) -> Response:
    """The table's body alone."""
    site, exam, person = site_of(request), request.path_params["exam"], request.state.person
    _, found = await site.database.read_async(lambda connection: rows_of(site, connection, exam, person))
    return await run_in_threadpool(render, request, "session_rows.html", rows=found)


@needs(May.LOOK)
async def events(request: Request) -> Response:
    """``rows`` events: [{"id", "html"}] of what changed since the event before; the first one names nothing."""
    site, exam, person = site_of(request), request.path_params["exam"], request.state.person
    await site.database.read_async(lambda connection: title_of(connection, exam))
    return StreamingResponse(_stream(request, site, exam, person), media_type="text/event-stream")


async def _stream(request: Request, site: Site, exam: str, person: Person) -> AsyncIterator[str]:
    known: dict[str, SessionRow] | None = None
    pages, values = request.app.state.pages, {"t": texts_of(request), "person": person, "May": May}
    for _ in range(int(STREAM_SECONDS / EVERY_SECONDS)):
        if await request.is_disconnected() or await person_of(request) != person:
            return
        _, found = await site.database.read_async(lambda connection: rows_of(site, connection, exam, person))
        if known is None:
            yield f"retry: 1000\nevent: begin\ndata: {len(found)}\n\n"
        else:
            changed = [row for row in found if known.get(row.id) != _as_shown(row)]
            yield await run_in_threadpool(_event, pages, values, changed) if changed else ": nothing new\n\n"
        known = {row.id: _as_shown(row) for row in found}
        await asyncio.sleep(EVERY_SECONDS)


def _as_shown(row: SessionRow) -> SessionRow:
    """With coverage as the page writes it: a running recording's grows a little with each segment, and a row that would
    read the same is not sent again."""
    return replace(row, claimed=_cut(row.claimed), opened=_cut(row.opened))


def _cut(share: Lowest | None) -> Lowest | None:
    """To the digits of ``Texts.percent``."""
    if share is None:
        return None
    step = 10_000 if share.ratio >= 0.999 else 1000
    return Lowest(share.stream, int(share.ratio * step + 1e-9) / step)


def _event(pages: Pages, values: dict[str, Any], changed: list[SessionRow]) -> str:
    html = pages.render("session_rows.html", {**values, "rows": changed})  # costs half of one by one
    body = [{"id": row.id, "html": part} for row, part in zip(changed, re.split("(?=<tr )", html)[1:], strict=True)]
    return f"event: rows\ndata: {json.dumps(body, ensure_ascii=False)}\n\n"


@needs(May.LOOK)
async def download(request: Request) -> Response:
    """The board as CSV, with the words of Open edX beside ours. Who may not watch gets no column of what was seen."""
    site, exam, person = site_of(request), request.path_params["exam"], request.state.person
    title, found = await site.database.read_async(lambda connection: rows_of(site, connection, exam, person))
    t = texts_of(request)
    head = ["session", "student", "number", "state", "opened_at", "recorded_claimed", "recorded_opened", "verification"]
    watches = person.may(May.WATCH)
    head += ["identity", "open_moments", "moments_by_kind", "reviewers"] if watches else []
    lines: list[list[object]] = []
    for row in found:
        line: list[object] = [row.id, row.student, row.number, row.state, row.opened_at]
        line += [share.ratio if share else "" for share in (row.claimed, row.opened)] + [row.verification]
        if watches:
            kinds = " ".join(f"{kind}:{count}" for kind, count in row.kinds)
            line += [row.identity, row.open_flags, kinds, " ".join(row.reviewers)]
        final = row.verdict in OPEN_EDX
        outcome = t(f"verdict.{row.verdict}") if final else ""
        lines.append([*line, row.verdict if final else "", OPEN_EDX[row.verdict] if final else "", outcome])
    who = person.login
    await site.database.write_async(
        lambda connection: audit.append(
            connection, at=site.now(), who=who, action="sessions-exported", subject=f"exam/{exam}"
        )
    )
    text = csv_tables.table([*head, "outcome", "open_edx_review", csv_tables.cell(title)], lines)
    return csv_tables.answer(f"sessions-{exam}.csv", text)


def title_of(connection: Connection, exam: str) -> str:
    """Raises ``Denied`` (404)."""
    title = connection.execute(select(exams.c.title).where(exams.c.id == exam)).scalar()
    if title is None:
        raise Denied(404, "denied.not_found")
    return str(title)


def rows_of(site: Site, connection: Connection, exam: str, person: Person) -> tuple[str, list[SessionRow]]:
    """Title and rows by name; before a second verdict nobody is shown what somebody else decided."""
    title = title_of(connection, exam)
    query = (
        select(*COLUMNS)
        .join(users, users.c.id == sessions.c.student)
        .join(students, students.c.id == sessions.c.student)
        .where(sessions.c.exam == exam)
        .order_by(users.c.name, sessions.c.opened_at)
    )
    found = [dict(row) for row in connection.execute(query).mappings()]
    judged = cases(connection, select(sessions.c.id).where(sessions.c.exam == exam))
    looks = open_flags(connection, exam, judged, person.login)
    resting = breaks.currents(
        connection, select(sessions.c.id).where(sessions.c.exam == exam, sessions.c.state == "open")
    )
    first = Case((), Stage.FIRST)
    return title, [
        _row(site, row, looks, judged.get(row["id"], first), person, resting.get(row["id"], "")) for row in found
    ]


def open_flags(connection: Connection, exam: str, judged: Mapping[str, Case], login: str) -> dict[str, Counter[str]]:
    """Moments by session and kind that ``login`` has still to look at; after the reviewers, those nobody decided."""
    here = select(sessions.c.id).where(sessions.c.exam == exam)
    own = select(flag_decisions).where(flag_decisions.c.by == login, flag_decisions.c.session.in_(here))
    mine = {row.flag: row.state for row in connection.execute(own.order_by(flag_decisions.c.at))}
    counted: dict[str, Counter[str]] = {}
    columns = (flags.c.id, flags.c.session, flags.c.state, flags.c.kind)
    for row in connection.execute(select(*columns).where(flags.c.session.in_(here))):
        case = judged.get(row.session)
        state = mine.get(row.id, "open") if case is None or case.is_blind else row.state
        if state == "open":
            counted.setdefault(row.session, Counter())[row.kind] += 1
    return counted


def _row(
    site: Site, row: Mapping[str, Any], looks: Mapping[str, Counter[str]], case: Case, person: Person, resting: str
) -> SessionRow:
    state = state_of(row)
    silent = None
    if state in ("running", "preparing", "sending"):
        seconds = int((site.clock.now() - parse(row["seen_at"])).total_seconds())
        silent = seconds // SILENT_STEP * SILENT_STEP if seconds > SILENT_SECONDS else None
    return SessionRow(
        id=row["id"], student=row["name"], number=row["number"], state=state, opened_at=row["opened_at"],
        seen_seconds=silent, claimed=_lowest(row["coverage_claimed"]), opened=_lowest(row["coverage_opened"]),
        verification=verification_word(site, row["id"], state), identity=row["identity"],
        kinds=tuple(sorted(looks.get(row["id"], Counter()).items())), verdict=case.word_for(person.login),
        reviewers=tuple(entry["by"] for entry in case.visible(person.login)) if person.may(May.WATCH) else (),
        simulated=bool(row["simulated"]), erased=row["erased_at"] is not None, paused=row["paused_at"] is not None,
        break_=resting,
    )  # fmt: skip


def _lowest(coverage: Mapping[str, Any] | None) -> Lowest | None:
    return lowest({name: cover["ratio"] for name, cover in (coverage or {}).items()})
