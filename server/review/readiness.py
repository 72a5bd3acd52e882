"""The readiness board: will each computer do for the exam, and what to tell whose will not."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, select
from starlette.requests import Request
from starlette.responses import Response

from evidence.packages import PackagesError, read_release
from evidence.signing import VerifyingKey
from server import updates
from server.readiness import oldest_kept
from server.review import csv_tables
from server.review.access import needs
from server.review.actions import typed
from server.review.pages import render, texts_of
from server.review.readiness_rows import SHOWS, Board, Row, Wanted, board
from server.review.remedies import Advice, Newer, Whose, advice, message
from server.review.roles import May
from server.review.site import Site, site_of
from server.review.texts import Texts
from server.schema import exam_weeks

SHOWN = 300  # rows of a page: the search finds the rest, the table for spreadsheets has them all


@dataclass(frozen=True)
class Shown:
    """One row as the page draws it. ``text``: what to send, in ``language``."""

    row: Row
    advice: list[Advice]
    text: str
    language: str


@dataclass(frozen=True)
class News:
    """``weeks``: marked exam weeks that are not over, the nearest first."""

    pinned: updates.Pinned | None
    week: RowMapping | None
    weeks: list[RowMapping]


@needs(May.READINESS)
async def show(request: Request) -> Response:
    site, wanted, t = site_of(request), _wanted(request), texts_of(request)
    news, found = await site.database.read_async(lambda connection: _read(site, connection, wanted))
    newer = newer_of(site, news.pinned) if news.week is None else None  # on those days nobody is told
    rows = [_shown(site, t, row, newer, in_room=wanted.by_machine) for row in found.rows[:SHOWN]]
    return render(
        request, "readiness.html", rows=rows, wanted=wanted,
        all=len(found.rows), counts=found.counts, groups=found.groups, shows=SHOWS, news=news, help=_help(site, t),
        kept_days=site.settings.readiness_days, query=request.url.query,
    )  # fmt: skip


@needs(May.READINESS)
async def download(request: Request) -> Response:
    """The rows that fit the filters, all of them, with the codes that the guide for IT explains."""
    site, wanted = site_of(request), _wanted(request)
    _, found = await site.database.read_async(lambda connection: _read(site, connection, wanted))
    who = ["computer", "room"] if wanted.by_machine else ["student", "number"]
    head = [*who, "state", "failed", "warnings", "version", "old_version", "system", "checked_at", "how"]
    lines: list[list[object]] = []
    for row in found.rows:
        report = row.report or {}
        codes = [(item["state"], item["code"]) for item in report.get("items", ())]
        lines.append([
            row.name, row.number, row.state, *(" ".join(c for s, c in codes if s == w) for w in ("failed", "warning")),
            report.get("version", ""), "yes" if row.old else "", report.get("system", ""), report.get("at", ""),
            report.get("how", ""),
        ])  # fmt: skip
    return csv_tables.answer("readiness.csv", csv_tables.table(head, lines))


def _wanted(request: Request) -> Wanted:
    query = request.query_params
    show = query.get("show", "")
    return Wanted(
        query.get("by") == "machines", show if show in SHOWS else "", typed(query.get("group"), 120),
        typed(query.get("q"), 120),
    )  # fmt: skip


def _read(site: Site, connection: Connection, wanted: Wanted) -> tuple[News, Board]:
    now = site.now()
    pinned = updates.pinned(connection)
    coming = select(exam_weeks).where(exam_weeks.c.last_day >= updates.day_of(now)).order_by(exam_weeks.c.first_day)
    news = News(pinned, updates.exam_week(connection, now), list(connection.execute(coming).mappings()))
    since = oldest_kept(now, site.settings.readiness_days)
    return news, board(connection, wanted, since, pinned.version if pinned else "")


def newer_of(site: Site, pinned: updates.Pinned | None) -> Newer | None:
    """What students are told of the pinned version, by its signed notice."""
    if pinned is None:
        return None
    try:
        key = VerifyingKey.from_text(site.settings.folder.verifying_key.read_text().strip())
        where = read_release(pinned.line, key).where
    except (OSError, PackagesError):
        where = ""
    return Newer(pinned.version, site.settings.address + where if where.startswith("/") else where)


def _shown(site: Site, t: Texts, row: Row, newer: Newer | None, *, in_room: bool) -> Shown:
    """A student reads the own language, a room's keeper that of the page."""
    own = site.texts.get(row.language, t)
    found = advice(t, list(row.report["items"])) if row.report else []
    whose = Whose(row.name, row.number if in_room else "")
    text = message(own, whose, row.report, newer if row.old else None, _help(site, own))
    return Shown(row, found, text, own.language)


def _help(site: Site, t: Texts) -> str:
    return site.settings.help.get(t.language, "")
