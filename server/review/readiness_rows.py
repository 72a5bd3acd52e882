"""The rows of the readiness board: every student and every computer of a room, with the newest check or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from evidence.packages import is_older
from server.rooms import all_rooms
from server.schema import exams, readiness, seats, students, users

READY, NOT_READY, NEVER, OLD = "ready", "not_ready", "never", "old"
SHOWS = (NOT_READY, NEVER, OLD, READY)


@dataclass(frozen=True)
class Wanted:
    """The chosen filters. ``show``: one of ``SHOWS`` or ""; ``group``: an exam's id, or a room's name; or ""."""

    by_machine: bool
    show: str
    group: str
    q: str


@dataclass(frozen=True)
class Row:
    """``report``: the newest, or None; ``more``: how many other computers of the student reported; ``number``: the
    student's number or the room's name; ``language``: the student's, "" for a room."""

    name: str
    number: str
    language: str
    report: Mapping[str, Any] | None
    more: int
    old: bool

    @property
    def state(self) -> str:
        if self.report is None:
            return NEVER
        return READY if self.report["ready"] else NOT_READY

    def fits(self, wanted: Wanted) -> bool:
        shown = self.old if wanted.show == OLD else wanted.show in ("", self.state)
        text = f"{self.name}\n{self.number}".casefold()
        return shown and wanted.q.casefold() in text


@dataclass(frozen=True)
class Board:
    """``counts``: rows by state, and how many are of an old version, before ``show`` and ``q``; ``groups``: (value,
    words) of exams or rooms to choose from."""

    rows: list[Row]
    counts: Mapping[str, int]
    groups: list[tuple[str, str]]


def board(connection: Connection, wanted: Wanted, since: str, pinned: str) -> Board:
    """``since``: reports before it are past their period; ``pinned``: the version that computers should have or ""."""
    query = select(readiness).where(readiness.c.at >= since).order_by(readiness.c.at.desc())
    reports = [dict(row) for row in connection.execute(query).mappings()]
    if wanted.by_machine:
        found, groups = _machines(connection, wanted, reports, pinned)
    else:
        found, groups = _students(connection, wanted, reports, pinned)
    counts = Counter(row.state for row in found) + Counter({OLD: sum(row.old for row in found)})
    return Board([row for row in found if row.fits(wanted)], {show: counts[show] for show in SHOWS}, groups)


def _students(
    connection: Connection, wanted: Wanted, reports: Iterable[Mapping[str, Any]], pinned: str
) -> tuple[list[Row], list[tuple[str, str]]]:
    own: dict[str, list[Mapping[str, Any]]] = {}
    for report in reports:
        own.setdefault(report["student"], []).append(report)
    query = (
        select(users.c.id, users.c.name, users.c.language, students.c.number)
        .join(students, students.c.id == users.c.id)
        .where(users.c.disabled_at.is_(None))
        .order_by(users.c.name, students.c.number)
    )
    if wanted.group:
        query = query.where(users.c.id.in_(select(seats.c.student).where(seats.c.exam == wanted.group)))
    rows = [_row(row.name, row.number, row.language, own.get(row.id, []), pinned) for row in connection.execute(query)]
    titles = select(exams.c.id, exams.c.title).order_by(exams.c.rehearsal, exams.c.title)
    return rows, [(row.id, row.title) for row in connection.execute(titles)]


def _machines(
    connection: Connection, wanted: Wanted, reports: Iterable[Mapping[str, Any]], pinned: str
) -> tuple[list[Row], list[tuple[str, str]]]:
    own = {(report["room"], report["machine"]): report for report in reports}
    rooms = all_rooms(connection)
    rows = []
    for room in rooms:
        if wanted.group in ("", room.name):
            for machine in room.machines:
                report = own.get((room.id, machine))
                rows.append(_row(machine, room.name, "", [report] if report else [], pinned))
    return rows, [(room.name, room.name) for room in rooms]


def _row(name: str, number: str, language: str, reports: list[Mapping[str, Any]], pinned: str) -> Row:
    newest = reports[0] if reports else None
    old = newest is not None and bool(pinned) and is_older(newest["version"], pinned)
    return Row(name, number, language, newest, max(0, len(reports) - 1), old)
