"""Who may do what on the review site. A role that is not listed may not sign in here."""

from __future__ import annotations

from enum import Enum


class May(Enum):
    LOOK = "look"  # exams, sessions, answers
    WATCH = "watch"  # recording, identity pictures, flags
    DECIDE = "decide"  # flags
    JUDGE = "judge"  # verdicts
    MESSAGE = "message"  # running sessions
    EXPORT = "export"


_ALL = frozenset(May)
RIGHTS: dict[str, frozenset[May]] = {
    "administrator": _ALL,
    "invigilator": _ALL,
    "commission": frozenset({May.LOOK, May.WATCH, May.DECIDE, May.JUDGE, May.EXPORT}),
    # A teacher marks the work; pictures of the student are not needed for that.
    "teacher": frozenset({May.LOOK}),
}


def allowed(role: str, right: May) -> bool:
    return right in RIGHTS.get(role, frozenset())
