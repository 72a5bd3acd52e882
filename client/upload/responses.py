"""What the server's responses say. Whatever is missing in one, or of another shape, is the server's fault and said so.

All raise ``BadAnswer``, ``ValueError`` or ``TypeError`` for a response that does not fit.
"""

from __future__ import annotations

from typing import Any

from client.upload.transport import BadAnswer, Delivery, HandedIn, HeldAnswers, OpenedSession, Resume, Status
from evidence.receipt import Head

Body = dict[str, Any]


class _Body(Body):
    """An object whose missing fields are told by name."""

    def __missing__(self, key: str) -> Any:
        raise BadAnswer(f"no field {key}")


def object_of(value: object) -> Body:
    if not isinstance(value, dict):
        raise BadAnswer("not an object")
    return _Body(value)


def objects_of(value: object) -> list[Body]:
    if not isinstance(value, list):
        raise BadAnswer("not a list")
    return [object_of(item) for item in value]


def ledger_lines(value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(line, str) and line.isascii() for line in value):
        raise BadAnswer("no ledger lines")
    return value


def opened_session(body: Body) -> OpenedSession:
    return OpenedSession(
        session=str(body["session"]),
        nonce=str(body["nonce"]),
        seat_key=str(body["seat_key"]),
        server_key=str(body["server_key"]),
        policy=object_of(body["policy"]),
        reference=None if body.get("reference") is None else object_of(body["reference"]),
        resume=None if body.get("resume") is None else _resume(object_of(body["resume"])),
        status=status(body),
        delivery=_delivery(body.get("delivery")),
    )


def held_answers(body: Body) -> HeldAnswers:
    held = {
        str(question): (int(item["revision"]), item["value"]) for question, item in object_of(body["answers"]).items()
    }
    return HeldAnswers(held, [str(q) for q in body.get("marked", [])], status(body))


def handed_in(body: Body) -> HandedIn:
    receipt = body["receipt"]
    unanswered = [str(question) for question in body.get("missing_answers") or []]
    return HandedIn(None if receipt is None else str(receipt), missing(body), unanswered, status(body))


def head(value: object) -> Head:
    body = object_of(value)
    return Head(int(body["n"]), str(body["digest"]))


def missing(body: Body) -> dict[str, list[int]]:
    """The indexes of segments the server does not hold yet, by stream."""
    listed = object_of(body.get("missing") or {})
    return {str(stream): [int(i) for i in indexes] for stream, indexes in listed.items()}


def status(answer: Body) -> Status:
    body = object_of(answer["status"])
    ends = body.get("ends")
    load = body.get("load", 0)
    return Status(
        str(body["server_time"]),
        max(0, min(10, int(load))),
        None if ends is None else str(ends),
        objects_of(body.get("notices") or []),
        body.get("paused") is True,
        None if body.get("breaks") is None else object_of(body["breaks"]),
        body.get("watched") is True,
    )


def _resume(body: Body) -> Resume:
    held, grant, origin = body["head"], body["grant"], body.get("origin")
    return Resume(
        None if held is None else head(held),
        None if grant is None else str(grant),
        bool(body.get("paper_released")),
        None if origin is None else str(origin),
    )


def _delivery(found: object) -> Delivery | None:
    """None from a server that does not know of it."""
    return Delivery(str(found["recipient"]), str(found["resume"])) if isinstance(found, dict) else None
