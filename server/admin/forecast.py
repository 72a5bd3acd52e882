"""How much room an exam's recordings will take, and whether it is there."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from server.admin.console import Console
from server.admin.exams import find_exam
from server.schema import exams, seats, segments, sessions

MEASURED_MB_PER_HOUR = 58.0  # docs/performance.md: 55.1 on one screen, camera 640x480 and sound; goal 58
ENOUGH_SESSIONS = 5  # of the institution's own, before they are believed
SPARE_BYTES = 2_000_000_000  # below this the ingest counts a filling disk as load


@dataclass(frozen=True)
class Forecast:
    """``hours``: the longest sitting planned. Bytes: ``need`` of this exam's sittings still to come, ``others`` of
    other exams not over yet, ``free`` on the disk now. ``rate``: MB per student and hour, from ``sessions`` of the
    institution's own, 0: measured by the project."""

    students: int
    hours: float
    need: int
    others: int
    free: int
    rate: float
    sessions: int

    @property
    def fits(self) -> bool:
        return self.need + self.others + SPARE_BYTES <= self.free

    def to_text(self) -> str:
        source = f"{self.sessions} sessions held here" if self.sessions else "measured by the project"
        others = f", other exams not over yet {_size(self.others)}" if self.others else ""
        verdict = "it fits" if self.fits else f"IT DOES NOT FIT ({_size(SPARE_BYTES)} must stay free)"
        return (
            f"{self.students} students x {self.hours:.1f} h need {_size(self.need)}{others}; {_size(self.free)} free: "
            f"{verdict} ({self.rate:.0f} MB per student and hour, {source})"
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "students": self.students, "hours": round(self.hours, 2), "need_bytes": self.need,
            "others_bytes": self.others, "free_bytes": self.free, "mb_per_hour": round(self.rate, 1),
            "sessions": self.sessions, "fits": self.fits,
        }  # fmt: skip


def forecast(console: Console, exam: str) -> Forecast:
    """For the sittings of ``exam`` that have not been handed in. Raises ``CommandFailed`` if there is no such exam."""
    find_exam(console, exam)
    rate, count = console.database.read(_rate)
    now = console.now()
    minutes = seats.c.minutes + seats.c.extra_minutes
    ended = select(sessions.c.seat).where(sessions.c.state != "open")
    query = (
        select(seats.c.exam, func.count(), func.sum(minutes), func.max(minutes))
        .where(seats.c.closes_at > now, seats.c.id.not_in(ended))
        .group_by(seats.c.exam)
    )
    rows = {row[0]: row[1:] for row in console.database.read(lambda connection: connection.execute(query).all())}
    students, total, longest = rows.pop(exam, (0, 0, 0))
    elsewhere = sum(row[1] for row in rows.values())
    free = shutil.disk_usage(console.settings.folder.sessions).free
    per_minute = rate * 1e6 / 60
    need, others = round(total * per_minute), round(elsewhere * per_minute)
    return Forecast(students, longest / 60, need, others, free, rate, count)


def _rate(connection: Connection) -> tuple[float, int]:
    """MB per student and hour, and of how many sessions held here it is the mean."""
    query = (
        select(sessions.c.id, sessions.c.end_ms, func.sum(segments.c.size))
        .join(segments, segments.c.session == sessions.c.id)
        .join(exams, exams.c.id == sessions.c.exam)
        .where(sessions.c.end_ms > 600_000, exams.c.rehearsal.is_(False), sessions.c.simulated.is_(False))
        .group_by(sessions.c.id, sessions.c.end_ms)
    )
    rows = connection.execute(query).all()
    if len(rows) < ENOUGH_SESSIONS:
        return MEASURED_MB_PER_HOUR, 0
    return sum(row[2] for row in rows) / 1e6 / (sum(row[1] for row in rows) / 3_600_000), len(rows)


def _size(count: int) -> str:
    return f"{count / 1e9:.0f} GB" if count >= 10e9 else f"{count / 1e9:.1f} GB"
