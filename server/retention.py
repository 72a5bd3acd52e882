"""How long each recording is kept, and what stands in the way of its erasure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import Connection, RowMapping, select

from server.clock import after
from server.decisions import SECOND_LOOK, Case, Stage, cases
from server.ingest.times import added_minutes, window_end
from server.schema import exams, holds, seats, sessions, users

NOTHING_RECORDED = -1  # sessions.ledger_n before the first line


class Hold(StrEnum):
    """Why a recording is not erased although its time is over. The first two stand in the way of any erasure."""

    NONE = ""
    RUNNING = "the exam is still open"
    HELD = "held by a person"
    NO_VERDICT = "no verdict yet"
    SECOND_LOOK = "needs a second look"
    SECOND = "waits for a second reviewer"
    COMMISSION = "lies with the commission"


@dataclass(frozen=True)
class Kept:
    """One session with its recording. ``due``: the stored time at which its retention ends; ``begun``: its ledger has
    lines; ``erased``: when it was erased, or None; ``held_for``: the reason a person gave for holding it.
    ``answers_due``: when the answers' own period ends, "" without one; ``answers_erased``: when they were erased."""

    session: str
    seat: str
    exam: str
    student: str  # login
    due: str
    hold: Hold
    begun: bool
    erased: str | None
    held_for: str = ""
    answers_due: str = ""
    answers_erased: str | None = None

    @property
    def note(self) -> str:
        """What stands in the way, in words for a list."""
        return f"{self.hold}: {self.held_for}" if self.hold is Hold.HELD else str(self.hold)

    def is_over(self, now: str) -> bool:
        """The retention of a recording that is still here has ended."""
        return self.erased is None and self.due <= now


def kept(connection: Connection, now: str, session: str | None = None, answers_days: int = 0) -> list[Kept]:
    """All sessions, or the one; the ones due first, first. ``answers_days``: the period of answers where the exam has
    none of its own; 0: no period."""
    query = (
        select(
            sessions.c.id, sessions.c.state, sessions.c.ledger_n, sessions.c.handed_in_at, sessions.c.seen_at,
            sessions.c.held_until, sessions.c.erased_at, sessions.c.seat, sessions.c.exam, seats.c.closes_at,
            seats.c.extra_minutes, seats.c.stopped_at, seats.c.kept_days, users.c.login, exams.c.rehearsal,
            exams.c.answers_kept_days, sessions.c.answers_erased_at,
        )
        .join(seats, seats.c.id == sessions.c.seat)
        .join(users, users.c.id == sessions.c.student)
        .join(exams, exams.c.id == sessions.c.exam)
    )  # fmt: skip
    if session is not None:
        query = query.where(sessions.c.id == session)
    held = held_for(connection)
    judged = cases(connection, None if session is None else [session])
    rows = connection.execute(query).mappings().all()
    found = [_with_answers(_kept(connection, row, judged.get(row["id"]), held, now), row, answers_days) for row in rows]
    return sorted(found, key=lambda entry: (entry.due, entry.session))


def held_for(connection: Connection) -> dict[str, str]:
    """The sessions that a person holds, each with the newest reason."""
    query = select(holds.c.session, holds.c.reason).where(holds.c.lifted_at.is_(None)).order_by(holds.c.set_at)
    return {row.session: row.reason for row in connection.execute(query)}


def _with_answers(entry: Kept, row: RowMapping, days: int) -> Kept:
    own = row["answers_kept_days"] if row["answers_kept_days"] is not None else days
    due = after(row["handed_in_at"] or max(row["closes_at"], row["seen_at"]), days=own) if own else ""
    return replace(entry, answers_due=due, answers_erased=row["answers_erased_at"])


def _kept(connection: Connection, row: RowMapping, judged: Case | None, held: Mapping[str, str], now: str) -> Kept:
    end, running = row["handed_in_at"], False
    if end is None:
        added = added_minutes(connection, row["exam"], row["id"])
        closes = window_end(row, added)
        end, running = max(closes, row["seen_at"]), row["state"] == "open" and now < closes
    due = max(after(end, days=row["kept_days"]), row["held_until"] or "")
    hold, begun = Hold.NONE, row["ledger_n"] > NOTHING_RECORDED
    if running:
        hold = Hold.RUNNING
    elif row["id"] in held:
        hold = Hold.HELD
    elif judged is not None:
        hold = _undecided(judged)
    elif not row["rehearsal"] and begun:  # a rehearsal is never judged
        hold = Hold.NO_VERDICT
    return Kept(
        row["id"], row["seat"], row["exam"], row["login"], due, hold, begun, row["erased_at"],
        held.get(row["id"], ""),
    )  # fmt: skip


def _undecided(judged: Case) -> Hold:
    """What a case that has a verdict, but is not final, waits for."""
    if judged.stage is Stage.SECOND:
        return Hold.SECOND_LOOK if judged.rows[-1]["outcome"] == SECOND_LOOK else Hold.SECOND
    return Hold.COMMISSION if judged.stage is Stage.COMMISSION else Hold.NONE


def over(entries: Sequence[Kept], now: str) -> tuple[list[Kept], list[Kept]]:
    """Of the recordings whose retention has ended: those to erase, and those for which a person must decide first."""
    due = [entry for entry in entries if entry.is_over(now)]
    return [entry for entry in due if not entry.hold], [entry for entry in due if entry.hold]


def answers_over(entries: Sequence[Kept], now: str) -> tuple[list[Kept], list[Kept]]:
    """The same for the sessions whose answers' period has ended."""
    due = [entry for entry in entries if entry.answers_due and not entry.answers_erased and entry.answers_due <= now]
    return [entry for entry in due if not entry.hold], [entry for entry in due if entry.hold]
