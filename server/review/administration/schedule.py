"""When which exam is open, for how many, and what is recorded: the seats of each exam by their window."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, select
from starlette.requests import Request
from starlette.responses import Response

from server.review.access import needs
from server.review.administration.shown import page
from server.review.roles import May
from server.review.site import site_of
from server.schema import codes, exams, seats, sessions

COMMANDS = (
    'import-exam FILE.xml --id ID --title "TITLE"',
    "schedule --exam ID --opens TIME --closes TIME --minutes N [--extra LOGIN=MINUTES] [--kept-days N]",
    "codes --exam ID",
)


@needs(May.PLAN)
async def show(request: Request) -> Response:
    site = site_of(request)
    now = site.now()
    rows = await site.database.read_async(lambda connection: _exams(connection, now))
    return await page(request, "schedule", COMMANDS, rows=rows)


def _exams(connection: Connection, now: str) -> list[dict[str, Any]]:
    """Each exam with its windows, the newest first; one without a seat stands at the end."""
    columns = (exams.c.id, exams.c.title, exams.c.question_count, exams.c.rehearsal, exams.c.markers)
    found = {row.id: dict(row._mapping, windows=[], codes=0, remarks=0) for row in connection.execute(select(*columns))}
    reports = connection.execute(select(exams.c.id, exams.c.import_report))
    for row in reports:
        found[row.id]["remarks"] = len(row.import_report)
    for entry in _windows(connection, now):
        found[entry["exam"]]["windows"].append(entry)
    usable = (codes.c.used_at.is_(None)) & (codes.c.expires_at > now)
    waiting = select(seats.c.exam, func.count()).join(codes, codes.c.seat == seats.c.id).where(usable)
    for exam, count in connection.execute(waiting.group_by(seats.c.exam)):
        found[exam]["codes"] = count
    return sorted(
        found.values(), key=lambda row: max((one["opens"] for one in row["windows"]), default=""), reverse=True
    )


def _windows(connection: Connection, now: str) -> list[dict[str, Any]]:
    """Seats with the same times and the same streams, together. ``word``: upcoming, open or over."""
    query = (
        select(
            seats.c.exam, seats.c.opens_at, seats.c.closes_at, seats.c.minutes, seats.c.extra_minutes, seats.c.streams,
            seats.c.kept_days, sessions.c.id.label("session"), seats.c.simulated_camera, seats.c.simulated_microphone,
        )
        .outerjoin(sessions, sessions.c.seat == seats.c.id)
        .order_by(seats.c.opens_at)
    )  # fmt: skip
    grouped: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in connection.execute(query):
        streams = " ".join(row.streams)
        key = (row.exam, row.opens_at, row.closes_at, row.minutes, streams, row.kept_days)
        word = "upcoming" if now < row.opens_at else "open" if now < row.closes_at else "over"
        entry = grouped.setdefault(
            key,
            {
                "exam": row.exam, "opens": row.opens_at, "closes": row.closes_at, "minutes": row.minutes,
                "streams": row.streams, "kept_days": row.kept_days, "word": word, "planned": 0, "sat": 0, "extra": 0,
                "simulated": False,
            },
        )  # fmt: skip
        entry["planned"] += 1
        entry["sat"] += row.session is not None
        entry["extra"] += row.extra_minutes > 0
        entry["simulated"] |= bool(row.simulated_camera or row.simulated_microphone)
    return list(grouped.values())
