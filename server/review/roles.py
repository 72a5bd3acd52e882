"""Who may do what on the review site. A role that is not listed may not sign in here."""

from __future__ import annotations

from enum import Enum


class May(Enum):
    LOOK = "look"  # the lists of exams and sessions: who, when, in which state, how much was recorded
    ANSWERS = "answers"
    WATCH = "watch"  # recording, identity pictures, flags
    DECIDE = "decide"  # flags
    JUDGE = "judge"  # verdicts
    MESSAGE = "message"  # running sessions
    EXPORT = "export"
    AUDIT = "audit"  # who did what, without reasons and outcomes
    MARK = "mark"  # the teacher's desk
    PLAN = "plan"  # exams, people, retention: what an administrator sets up
    READINESS = "readiness"  # whether computers will do for an exam, and what to tell their students
    OWN = "own"  # a student's own sessions, and nothing else


# The client's consent page says who sees what: whoever is given a right here must be named there.
RIGHTS: dict[str, frozenset[May]] = {
    # Keeps the server running; neither recording nor answers are needed for that.
    "administrator": frozenset({May.LOOK, May.AUDIT, May.PLAN, May.READINESS}),
    # Watches and judges; marks are none of that.
    "invigilator": frozenset(
        {May.LOOK, May.ANSWERS, May.WATCH, May.DECIDE, May.JUDGE, May.MESSAGE, May.EXPORT, May.READINESS}
    ),
    "commission": frozenset({May.LOOK, May.ANSWERS, May.WATCH, May.DECIDE, May.JUDGE, May.EXPORT}),
    # A teacher marks the work; pictures of the student are not needed for that.
    "teacher": frozenset({May.LOOK, May.ANSWERS, May.MARK}),
    "student": frozenset({May.OWN}),
}


def allowed(role: str, right: May) -> bool:
    return right in RIGHTS.get(role, frozenset())
