"""What a rule can answer besides success. The web layer maps each to a status; nothing else makes up codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, assert_never


class Refusal(StrEnum):
    """Stable words that the client translates."""

    WRONG_PASSWORD = "wrong_password"  # noqa: S105
    CODE_UNKNOWN = "code_unknown"
    CODE_EXPIRED = "code_expired"
    CODE_USED = "code_used"
    TOO_MANY_TRIES = "too_many_tries"
    SIGNED_OUT = "signed_out"
    NOT_YOURS = "not_yours"
    EXAM_NOT_OPEN = "exam_not_open"
    EXAM_CLOSED = "exam_closed"
    ALREADY_HANDED_IN = "already_handed_in"
    IN_USE_ELSEWHERE = "in_use_elsewhere"
    PAPER_NOT_READY = "paper_not_ready"
    BAD_REQUEST = "bad_request"
    BAD_NAME = "bad_name"
    NOT_FOUND = "not_found"
    UNKNOWN_SESSION = "unknown_session"
    UNKNOWN_STREAM = "unknown_stream"
    UNKNOWN_QUESTION = "unknown_question"
    UNKNOWN_NOTICE = "unknown_notice"
    LEDGER_BROKEN = "ledger_broken"
    LEDGER_CONFLICT = "ledger_conflict"
    LEDGER_SIGNATURE = "ledger_signature"
    SEGMENT_CONFLICT = "segment_conflict"
    SEGMENT_DIGEST = "segment_digest"
    SEGMENT_TOO_LARGE = "segment_too_large"
    SEGMENT_UNLISTED = "segment_unlisted"
    FILES_TOO_LARGE = "files_too_large"
    BODY_TOO_LARGE = "body_too_large"
    BODY_DAMAGED = "body_damaged"
    ANSWER_STALE = "answer_stale"
    TIME_OVER = "time_over"
    NOT_ENDED = "not_ended"
    NO_BREAK = "no_break"
    OVERLOADED = "overloaded"
    INTERNAL = "internal"


@dataclass(frozen=True)
class Refused:
    """A refusal with what the client needs to act on it. ``retry_after``: seconds."""

    code: Refusal
    values: Mapping[str, Any] = field(default_factory=dict)
    retry_after: int | None = None


def status_of(code: Refusal) -> int:
    match code:
        case Refusal.BAD_REQUEST | Refusal.BAD_NAME:
            return 400
        case (
            Refusal.WRONG_PASSWORD
            | Refusal.CODE_UNKNOWN
            | Refusal.CODE_EXPIRED
            | Refusal.CODE_USED
            | Refusal.SIGNED_OUT
        ):
            return 401
        case Refusal.NOT_YOURS | Refusal.EXAM_NOT_OPEN | Refusal.EXAM_CLOSED:
            return 403
        case (
            Refusal.NOT_FOUND
            | Refusal.UNKNOWN_SESSION
            | Refusal.UNKNOWN_STREAM
            | Refusal.UNKNOWN_QUESTION
            | Refusal.UNKNOWN_NOTICE
            | Refusal.SEGMENT_UNLISTED
        ):
            return 404
        case (
            Refusal.ALREADY_HANDED_IN
            | Refusal.IN_USE_ELSEWHERE
            | Refusal.PAPER_NOT_READY
            | Refusal.LEDGER_BROKEN
            | Refusal.LEDGER_CONFLICT
            | Refusal.SEGMENT_CONFLICT
            | Refusal.ANSWER_STALE
            | Refusal.TIME_OVER
            | Refusal.NOT_ENDED
            | Refusal.NO_BREAK
        ):
            return 409
        case Refusal.SEGMENT_TOO_LARGE | Refusal.BODY_TOO_LARGE | Refusal.FILES_TOO_LARGE:
            return 413
        case Refusal.LEDGER_SIGNATURE | Refusal.SEGMENT_DIGEST | Refusal.BODY_DAMAGED:
            return 422
        case Refusal.TOO_MANY_TRIES:
            return 429
        case Refusal.INTERNAL:
            return 500
        case Refusal.OVERLOADED:
            return 503
        case _:
            assert_never(code)


TITLES: dict[Refusal, str] = {
    Refusal.WRONG_PASSWORD: "The login or the password is wrong",
    Refusal.CODE_UNKNOWN: "This code was not issued",
    Refusal.CODE_EXPIRED: "This code is no longer valid",
    Refusal.CODE_USED: "This code was used before",
    Refusal.TOO_MANY_TRIES: "Too many failed tries; wait a little",
    Refusal.SIGNED_OUT: "Sign in first",
    Refusal.NOT_YOURS: "This belongs to someone else",
    Refusal.EXAM_NOT_OPEN: "The exam has not opened yet",
    Refusal.EXAM_CLOSED: "The exam is closed",
    Refusal.ALREADY_HANDED_IN: "The exam was handed in",
    Refusal.IN_USE_ELSEWHERE: "The exam is in use on another computer",
    Refusal.PAPER_NOT_READY: "The recording must have begun before the paper is given out",
    Refusal.BAD_REQUEST: "The request is not well formed",
    Refusal.BAD_NAME: "A name in the address is not allowed",
    Refusal.NOT_FOUND: "There is nothing at this address",
    Refusal.UNKNOWN_SESSION: "There is no such session",
    Refusal.UNKNOWN_STREAM: "The session's ledger does not name this stream",
    Refusal.UNKNOWN_QUESTION: "The paper has no such question to answer",
    Refusal.UNKNOWN_NOTICE: "There is no such notice for this session",
    Refusal.LEDGER_BROKEN: "The ledger line does not follow the one before it",
    Refusal.LEDGER_CONFLICT: "Another ledger line is held at this place",
    Refusal.LEDGER_SIGNATURE: "The ledger line's signature is not the session's",
    Refusal.SEGMENT_CONFLICT: "Other bytes are held for this segment",
    Refusal.SEGMENT_DIGEST: "The bytes do not have the digest that was named",
    Refusal.SEGMENT_TOO_LARGE: "The segment is too large",
    Refusal.SEGMENT_UNLISTED: "The ledger does not name this segment yet",
    Refusal.FILES_TOO_LARGE: "The session's attached files are larger than the institution takes",
    Refusal.BODY_TOO_LARGE: "The request is too large",
    Refusal.BODY_DAMAGED: "The request was changed on its way; send it again",
    Refusal.ANSWER_STALE: "A newer answer is held",
    Refusal.TIME_OVER: "The exam's time is over",
    Refusal.NOT_ENDED: "The ledger's end line has not arrived, or names another head",
    Refusal.NO_BREAK: "Nothing grants this break",
    Refusal.OVERLOADED: "The server is busy; try again shortly",
    Refusal.INTERNAL: "The server failed; it has been logged",
}
