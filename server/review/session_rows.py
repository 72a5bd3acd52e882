"""What the database holds of one session, as one person may see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, or_, select

from server import breaks
from server.decisions import Case, case
from server.review import break_words, exports
from server.review.access import Denied
from server.review.actions import subject_of
from server.review.judging import seen_flags
from server.review.lists import session_query
from server.schema import audit as audit_table
from server.schema import flag_decisions, flags, notice_reads, notices, refused_lines, sessions, statements

WATCH_ACTIONS = (
    "watched", "watched-live", "read-answers", "file-opened", "exported", "flag-decided", "verdict", "message", "erase",
    "student-answered", "appealed", "copy-asked", "protocol", "paused", "continued", "called-to-camera", "ended",
    "export-asked", "export-allowed", "export-refused", "exported-for-student", "break-allowed", "break-refused",
)  # fmt: skip
DECISIONS = ("flag-decided", "verdict")  # in the list of who did what; not before both reviewers decided
SHOWN_AUDIT = 50

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Rows:
    """``case`` holds all verdicts; ``flags`` have the decisions that the reader may see, ``watched`` leaves out the
    others' while they are secret."""

    session: Row
    case: Case
    flags: list[Row]
    notices: list[Row]
    statements: list[Row]  # what the student wrote
    exports: list[Row]  # who asked to take the recording out, and who allowed it
    watched: list[Row]
    refused: int
    pause: Row | None  # the break that is asked for, allowed or running
    breaks: list[Row]  # all of them, for ``break_words``


def rows_of(connection: Connection, session: str, login: str) -> Rows:
    """Raises ``Denied`` (404)."""
    row = connection.execute(session_query().where(sessions.c.id == session)).mappings().first()
    if row is None:
        raise Denied(404, "denied.not_found")
    judged, held = case(connection, session), breaks.current(connection, session)
    found = select(flags).where(flags.c.session == session).order_by(flags.c.from_ms, flags.c.id)
    decided = select(flag_decisions).where(flag_decisions.c.session == session)
    refused = select(refused_lines.c.id).where(refused_lines.c.session == session)
    said = select(statements).where(statements.c.session == session).order_by(statements.c.at)
    return Rows(
        session=dict(row),
        case=judged,
        flags=list(seen_flags(_listed(connection, found), _listed(connection, decided), judged, login)),
        notices=_listed(connection, _sent(row["exam"], session)),
        statements=_listed(connection, said),
        exports=list(exports.requests_of(connection, session)),
        watched=_listed(connection, _seen(session, login, judged)),
        refused=len(connection.execute(refused).all()),
        pause=dict(held) if held is not None else None,
        breaks=list(break_words.rows_of(connection, session)),
    )


def _listed(connection: Connection, query: Select[Any]) -> list[Row]:
    return [dict(entry) for entry in connection.execute(query).mappings()]


def _sent(exam: str, session: str) -> Select[Any]:
    """Messages to this student or to all of the exam, with the time at which this one read them."""
    mine = (notice_reads.c.notice == notices.c.id) & (notice_reads.c.session == session)
    return (
        select(notices, notice_reads.c.read_at)
        .outerjoin(notice_reads, mine)
        .where(notices.c.exam == exam, or_(notices.c.session.is_(None), notices.c.session == session))
        .order_by(notices.c.sent_at)
    )


def _seen(session: str, login: str, judged: Case) -> Select[Any]:
    """Who watched and who decided, newest first."""
    seen = select(audit_table).where(
        audit_table.c.object == subject_of(session), audit_table.c.action.in_(WATCH_ACTIONS)
    )
    if judged.is_blind:
        seen = seen.where((audit_table.c.who == login) | audit_table.c.action.not_in(DECISIONS))
    return seen.order_by(audit_table.c.n.desc()).limit(SHOWN_AUDIT)
