"""Every call of the protocol, declared once: the routes and the OpenAPI document are made from this list."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from server.breaks import WISHES
from server.ingest import handlers
from server.ingest.outcomes import Refusal
from server.ingest.web import in_session, open_to_all, signed_in, signed_in_or_room

PREFIX = "/api/v1"

TEXT: dict[str, Any] = {"type": "string"}
WHOLE: dict[str, Any] = {"type": "integer"}
FLAG: dict[str, Any] = {"type": "boolean"}
TIME: dict[str, Any] = {"type": "string", "format": "date-time"}
ANY_OBJECT: dict[str, Any] = {"type": "object"}
SIGNED_LINE: dict[str, Any] = {"type": "string", "description": "payload TAB signature, see FORMAT.md"}


def obj(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def many(items: Any) -> dict[str, Any]:
    return {"type": "array", "items": items}


def by_name(values: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": values}


def or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


HEAD = obj(n=WHOLE, digest=TEXT)
NOTICE = obj(id=TEXT, kind=TEXT, text=TEXT, language=TEXT, texts=by_name(TEXT), sent=TIME, minutes=WHOLE)
BREAK = obj(id=TEXT, state=TEXT, minutes=WHOLE, stops_clock=FLAG, until=or_null(TIME))
BREAKS = obj(left=WHOLE, on_request=FLAG, minutes=WHOLE, stops_clock=FLAG, current=or_null(BREAK))
STATUS = obj(
    server_time=TIME, load=WHOLE, ends=or_null(TIME), paused=FLAG, watched=FLAG, notices=many(NOTICE), breaks=BREAKS
)
ATTACHED = obj(id=TEXT, name=TEXT, size=WHOLE, sha256=TEXT, first=WHOLE, pieces=WHOLE, at=WHOLE)
ANSWER_VALUE: dict[str, Any] = {"anyOf": [TEXT, many(TEXT), obj(text=TEXT, files=many(ATTACHED))]}
MISSING = by_name(many(WHOLE))
EXAM = obj(
    seat=TEXT, title=TEXT, opens=TIME, closes=TIME, minutes=WHOLE, extra_minutes=WHOLE, state=TEXT,
    rehearsal=FLAG, streams=many(TEXT), kept_days=WHOLE, simulated_allowed=FLAG,
)  # fmt: skip
CHECKED = obj(item=TEXT, state=TEXT, code=TEXT, values=by_name(TEXT))
QUESTION = obj(
    id=TEXT, kind=TEXT, html=TEXT, single=FLAG, choices=many(obj(id=TEXT, html=TEXT)), points={"type": "number"},
    text=FLAG, files=or_null(obj(most=WHOLE, required=WHOLE, types=many(TEXT), bytes=WHOLE)),
)  # fmt: skip
POLICY = obj(
    streams=many(TEXT), simulated=ANY_OBJECT, identity=ANY_OBJECT, minutes=WHOLE, extra_minutes=WHOLE,
    watching=ANY_OBJECT, files=obj(most_bytes=WHOLE),
    kept_days=WHOLE, title=TEXT, rehearsal=FLAG, languages=many(TEXT), check_at=TEXT, give_back=ANY_OBJECT,
)  # fmt: skip

SESSION_REFUSALS = (Refusal.SIGNED_OUT, Refusal.UNKNOWN_SESSION, Refusal.NOT_YOURS)


@dataclass(frozen=True)
class Declared:
    """One call. ``answers``: status -> schema (None: no body); ``refusals``: besides those every call can give."""

    method: str
    path: str
    name: str
    summary: str
    endpoint: Callable[[Request], Awaitable[Response]]
    answers: Mapping[int, dict[str, Any] | None]
    refusals: tuple[Refusal, ...] = ()
    body: dict[str, Any] | None = None
    raw_body: bool = False
    token: bool = True
    session: bool = field(default=False)


def _public(method: str, path: str, name: str, summary: str, handler: Any, **rest: Any) -> Declared:
    return Declared(method, path, name, summary, open_to_all(handler), token=False, **rest)


def _caller(method: str, path: str, name: str, summary: str, handler: Any, **rest: Any) -> Declared:
    refusals = (Refusal.SIGNED_OUT, *rest.pop("refusals", ()))
    return Declared(method, path, name, summary, signed_in(handler), refusals=refusals, **rest)


def _reporter(method: str, path: str, name: str, summary: str, handler: Any, **rest: Any) -> Declared:
    """Of a signed-in student, or of a computer room by its token."""
    refusals = (Refusal.SIGNED_OUT, *rest.pop("refusals", ()))
    return Declared(method, path, name, summary, signed_in_or_room(handler), refusals=refusals, **rest)


def _session(method: str, path: str, name: str, summary: str, handler: Any, **rest: Any) -> Declared:
    refusals = (*SESSION_REFUSALS, *rest.pop("refusals", ()))
    where = "/sessions/{session}" + path
    return Declared(method, where, name, summary, in_session(handler), refusals=refusals, session=True, **rest)


def _with_status(**properties: Any) -> dict[str, Any]:
    return obj(**properties, status=STATUS)


CALLS: tuple[Declared, ...] = (
    _public(
        "POST", "/sign-in", "sign_in", "Sign in by password, one-time code or resume token", handlers.post_sign_in,
        body={"oneOf": [obj(login=TEXT, password=TEXT), obj(code=TEXT), obj(session=TEXT, resume=TEXT, machine=TEXT)]},
        answers={200: obj(token=TEXT, name=TEXT, login=TEXT, student=or_null(TEXT), server_time=TIME)},
        refusals=(
            Refusal.WRONG_PASSWORD, Refusal.CODE_UNKNOWN, Refusal.CODE_EXPIRED, Refusal.CODE_USED,
            Refusal.TOO_MANY_TRIES, Refusal.SIGNED_OUT, Refusal.IN_USE_ELSEWHERE,
        ),
    ),
    _caller("POST", "/sign-out", "sign_out", "Revoke this token", handlers.post_sign_out, answers={204: None}),
    _public("GET", "/time", "time", "Server time", handlers.get_time, answers={200: obj(server_time=TIME)}),
    _caller(
        "GET", "/uplink-probe", "uplink_probe_size", "How large a probe may be", handlers.get_probe,
        answers={200: obj(bytes=WHOLE)},
    ),
    _reporter(
        "POST", "/uplink-probe", "uplink_probe", "Takes bytes and throws them away: the client times it",
        handlers.post_probe, raw_body=True, answers={200: obj(bytes=WHOLE)},
    ),
    _reporter(
        "POST", "/readiness", "readiness", "The result of a check: will this computer do for an exam?",
        handlers.post_readiness,
        body=obj(how=TEXT, machine=TEXT, version=TEXT, system=TEXT, items=many(CHECKED)),
        answers={200: obj(at=TIME, ready=FLAG)},
        refusals=(Refusal.NOT_YOURS, Refusal.TOO_MANY_TRIES),
    ),
    _public(
        "GET", "/release", "release", "The signed notice of the version that computers should have",
        handlers.get_release, answers={200: obj(release=or_null(SIGNED_LINE), server_time=TIME)},
    ),
    _caller(
        "GET", "/exams", "exams", "This student's exams", handlers.get_exams,
        answers={200: obj(server_time=TIME, exams=many(EXAM))},
    ),
    _caller(
        "POST", "/seats/{seat}/session", "open_session", "Open the seat's session, or come back to it",
        handlers.post_session,
        body=obj(
            session_key=TEXT, client=obj(name=TEXT, version=TEXT, system=TEXT), consent=obj(version=TEXT, at=TIME),
            machine=TEXT,
        ),
        answers={
            200: _with_status(
                session=TEXT, nonce=TEXT, seat_key=SIGNED_LINE, server_key=SIGNED_LINE, policy=POLICY,
                reference=or_null(obj(template=ANY_OBJECT, cohort=or_null({"type": "number"}))),
                resume=or_null(
                    obj(head=or_null(HEAD), origin=or_null(TIME), grant=or_null(SIGNED_LINE), paper_released=FLAG)
                ),
                delivery=obj(recipient=SIGNED_LINE, resume=TEXT),
            )
        },
        refusals=(
            Refusal.NOT_YOURS, Refusal.EXAM_NOT_OPEN, Refusal.EXAM_CLOSED, Refusal.ALREADY_HANDED_IN,
            Refusal.IN_USE_ELSEWHERE,
        ),
    ),
    _session(
        "POST", "/ledger", "ledger", "Deliver ledger lines in order", handlers.post_ledger,
        body=obj(lines=many(SIGNED_LINE)),
        answers={200: _with_status(receipt=SIGNED_LINE, head=HEAD)},
        refusals=(
            Refusal.LEDGER_BROKEN, Refusal.LEDGER_CONFLICT, Refusal.LEDGER_SIGNATURE, Refusal.IN_USE_ELSEWHERE,
            Refusal.ALREADY_HANDED_IN, Refusal.EXAM_CLOSED,
        ),
    ),
    _session(
        "GET", "/ledger", "ledger_lines", "Every ledger line held, for going on on another computer",
        handlers.get_ledger, answers={200: _with_status(lines=many(SIGNED_LINE))},
    ),
    _session(
        "PUT", "/segments/{stream}/{index}", "segment", "Deliver one sealed segment", handlers.put_segment,
        raw_body=True,
        answers={200: _with_status(stream=TEXT, index=WHOLE), 201: _with_status(stream=TEXT, index=WHOLE)},
        refusals=(
            Refusal.BAD_NAME, Refusal.UNKNOWN_STREAM, Refusal.SEGMENT_UNLISTED, Refusal.SEGMENT_CONFLICT,
            Refusal.SEGMENT_DIGEST, Refusal.SEGMENT_TOO_LARGE, Refusal.FILES_TOO_LARGE, Refusal.EXAM_CLOSED,
        ),
    ),
    _session(
        "GET", "/missing", "missing", "Segments listed in the ledger whose bytes are not held",
        handlers.get_missing, answers={200: _with_status(missing=MISSING)},
    ),
    _session(
        "GET", "/paper", "paper", "The paper, once the recording has begun", handlers.get_paper,
        answers={200: _with_status(title=TEXT, questions=many(QUESTION), pictures=by_name(ANY_OBJECT))},
        refusals=(
            Refusal.PAPER_NOT_READY, Refusal.TIME_OVER, Refusal.ALREADY_HANDED_IN, Refusal.IN_USE_ELSEWHERE,
        ),
    ),
    _session(
        "PUT", "/answers/{question}", "answer", "Save one revision of an answer", handlers.put_answer,
        body=obj(revision=WHOLE, value=ANSWER_VALUE, at=WHOLE, commitment=TEXT, salt=TEXT),
        answers={200: _with_status(revision=WHOLE)},
        refusals=(
            Refusal.UNKNOWN_QUESTION, Refusal.ANSWER_STALE, Refusal.TIME_OVER, Refusal.PAPER_NOT_READY,
            Refusal.ALREADY_HANDED_IN, Refusal.IN_USE_ELSEWHERE,
        ),
    ),
    _session(
        "GET", "/answers", "answers", "The newest revision of every answer", handlers.get_answers,
        answers={
            200: _with_status(answers=by_name(obj(revision=WHOLE, value=ANSWER_VALUE)), marked=many(TEXT))
        },
    ),
    _session(
        "POST", "/notices/{notice}/read", "notice_read", "Acknowledge a notice", handlers.post_notice_read,
        answers={200: _with_status()}, refusals=(Refusal.UNKNOWN_NOTICE,),
    ),
    _session(
        "GET", "/status", "status", "Server time, end, notices", handlers.get_status, answers={200: _with_status()}
    ),
    _session(
        "POST", "/break", "break", "Ask for a break, begin it, end it, or take the wish back", handlers.post_break,
        body=obj(wish={"type": "string", "enum": list(WISHES)}), answers={200: _with_status()},
        refusals=(
            Refusal.NO_BREAK, Refusal.PAPER_NOT_READY, Refusal.TIME_OVER, Refusal.ALREADY_HANDED_IN,
            Refusal.IN_USE_ELSEWHERE,
        ),
    ),
    _session(
        "POST", "/hand-in", "hand_in", "The closing receipt, or what is still missing", handlers.post_hand_in,
        body=obj(head=HEAD, answers=by_name(WHOLE)),
        answers={
            200: _with_status(receipt=or_null(SIGNED_LINE), missing=MISSING, missing_answers=many(TEXT))
        },
        refusals=(Refusal.NOT_ENDED, Refusal.EXAM_CLOSED),
    ),
)  # fmt: skip

# What any call can answer.
COMMON_REFUSALS = (
    Refusal.BAD_REQUEST, Refusal.BODY_TOO_LARGE, Refusal.BODY_DAMAGED, Refusal.NOT_FOUND, Refusal.OVERLOADED,
    Refusal.INTERNAL,
)  # fmt: skip
