"""The server's tables (SQLAlchemy Core). The session folders are the evidence; this database is their index.

Times are text as ``server.clock.iso`` writes it (UTC, milliseconds). Columns named ``*_ms`` are
milliseconds of the session's own clock. Columns named ``sealed_*`` are ``server.at_rest`` ciphertext.
"""

from __future__ import annotations

from server.schema.exams import codes, exams, references, seats, students, tokens, users
from server.schema.ground import metadata
from server.schema.institution import audit, exam_weeks, readiness, releases, rooms
from server.schema.judging import export_requests, flag_decisions, flags, holds, marks, statements, verdicts
from server.schema.sessions import (
    answers,
    breaks,
    ledger_lines,
    notice_reads,
    notices,
    refused_lines,
    segments,
    sessions,
    verifications,
)

__all__ = [
    "FLAG_STATES",
    "NOTICE_KINDS",
    "ROLES",
    "SESSION_STATES",
    "STATEMENT_KINDS",
    "VERDICTS",
    "VERDICT_STAGES",
    "answers",
    "audit",
    "breaks",
    "codes",
    "exam_weeks",
    "exams",
    "export_requests",
    "flag_decisions",
    "flags",
    "holds",
    "ledger_lines",
    "marks",
    "metadata",
    "notice_reads",
    "notices",
    "readiness",
    "references",
    "refused_lines",
    "releases",
    "rooms",
    "seats",
    "segments",
    "sessions",
    "statements",
    "students",
    "tokens",
    "users",
    "verdicts",
    "verifications",
]

ROLES = ("student", "invigilator", "commission", "teacher", "administrator")
SESSION_STATES = ("open", "handed_in", "closed")  # closed: ended by a person or by retention, without a hand-in
FLAG_STATES = ("open", "confirmed", "dismissed")
VERDICTS = ("no_violation", "violation", "technical_failure", "second_look")
VERDICT_STAGES = ("first", "second", "commission")  # server.decisions says who may give which
STATEMENT_KINDS = ("answer", "appeal", "copy")  # what a student wrote or asked for on the own page
NOTICE_KINDS = ("info", "warning", "call", "camera", "time_added")
