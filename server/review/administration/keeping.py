"""How long recordings are kept, what is due for erasure, what holds it back; and whether the disk will do."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from server import retention
from server.admin import forecast
from server.retention import Hold, Kept
from server.review.access import needs
from server.review.administration.shown import MOST_ROWS, console_of, page
from server.review.roles import May
from server.review.site import Site, site_of
from server.schema import exams, seats, segments, sessions, users

RETENTION_COMMANDS = (
    "retention EXAM [--recording-days N] [--answers-days N]", 'hold SESSION --reason "TEXT"',
    'release SESSION --reason "TEXT"', "erase",
)  # fmt: skip
STORAGE_COMMANDS = ("forecast EXAM", "backup FILE --seat-keys DIR", "export SESSION FILE")
# The words of ``retention.Hold`` in the catalogues.
HOLD_WORDS = {
    Hold.NONE: "none", Hold.RUNNING: "running", Hold.HELD: "held", Hold.NO_VERDICT: "no_verdict",
    Hold.SECOND_LOOK: "second_look", Hold.SECOND: "second", Hold.COMMISSION: "commission",
}  # fmt: skip


@dataclass(frozen=True)
class Keeping:
    """``due``: past their time, or held; the earliest first. Counts are of recordings that are still here."""

    due: list[tuple[Kept, str, str]]  # with the student's name and the hold's word
    held: int
    over: int
    waiting: int
    erased: int
    periods: list[dict[str, Any]]


@needs(May.PLAN)
async def show_retention(request: Request) -> Response:
    site = site_of(request)
    found = await site.database.read_async(lambda connection: _keeping(site, connection))
    return await page(request, "retention", RETENTION_COMMANDS, found=found, settings=site.settings)


def _keeping(site: Site, connection: Connection) -> Keeping:
    now = site.now()
    entries = retention.kept(connection, now, answers_days=site.settings.answers_days)
    here = [entry for entry in entries if entry.erased is None]
    free, stopped = retention.over(here, now)
    held = [entry for entry in here if entry.hold is Hold.HELD]
    names = {row.login: row.name for row in connection.execute(select(users.c.login, users.c.name))}
    shown = sorted({entry.session: entry for entry in [*free, *stopped, *held]}.values(), key=lambda entry: entry.due)
    return Keeping(
        [(entry, names.get(entry.student, entry.student), HOLD_WORDS[entry.hold]) for entry in shown[:MOST_ROWS]],
        len(held), len(free), len(stopped), len(entries) - len(here), _periods(connection, here),
    )  # fmt: skip


def _periods(connection: Connection, here: list[Kept]) -> list[dict[str, Any]]:
    days: dict[str, set[int]] = {}
    for row in connection.execute(select(seats.c.exam, seats.c.kept_days).distinct()):
        days.setdefault(row.exam, set()).add(row.kept_days)
    counted = Counter(entry.exam for entry in here if entry.begun)
    columns = (exams.c.id, exams.c.title, exams.c.answers_kept_days)
    return [
        {"id": row.id, "title": row.title, "days": sorted(days.get(row.id, ())), "answers": row.answers_kept_days,
         "recordings": counted[row.id]}
        for row in connection.execute(select(*columns).order_by(exams.c.title))
    ]  # fmt: skip


@needs(May.PLAN)
async def show_storage(request: Request) -> Response:
    site = site_of(request)
    return await page(request, "storage", STORAGE_COMMANDS, **await run_in_threadpool(_storage, site))


def _storage(site: Site) -> dict[str, Any]:
    """Bytes: the disk's, those of the recordings held, and what each exam that is not over still needs."""
    now = site.now()
    disk = shutil.disk_usage(site.settings.folder.sessions)
    size = func.coalesce(func.sum(segments.c.size), 0)
    held = segments.c.held_at.is_not(None)
    of_exam = select(exams.c.id, exams.c.title, func.count(sessions.c.id.distinct()), size).select_from(
        exams.join(sessions, sessions.c.exam == exams.c.id).join(segments, segments.c.session == sessions.c.id)
    )
    coming = select(seats.c.exam).where(seats.c.closes_at > now).distinct()

    def read(connection: Connection) -> tuple[list[Any], list[str]]:
        rows = connection.execute(of_exam.where(held).group_by(exams.c.id, exams.c.title).order_by(size.desc())).all()
        return list(rows), list(connection.execute(coming).scalars())

    rows, planned = site.database.read(read)
    console = console_of(site)
    plans = [(exam, forecast.forecast(console, exam)) for exam in planned]
    titles = {
        row.id: row.title for row in site.database.read(lambda c: c.execute(select(exams.c.id, exams.c.title)).all())
    }
    copy = site.settings.seat_key_copy
    return {
        "disk": disk, "used": sum(row[3] for row in rows), "rows": rows,
        "plans": [(titles[exam], plan) for exam, plan in plans if plan.students],
        "need": sum(plan.need for _, plan in plans), "spare": forecast.SPARE_BYTES,
        "fits": sum(plan.need for _, plan in plans) + forecast.SPARE_BYTES <= disk.free,
        "copy": bool(copy), "copy_there": bool(copy) and Path(copy).is_dir(),
    }  # fmt: skip
