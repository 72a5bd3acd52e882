"""Taking in the recording: ledger lines, sealed segments, and what is still missing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from enum import Enum
from typing import Any

from sqlalchemy import Connection, bindparam, exists, select, update

from evidence.names import BadName, check_stream_name
from evidence.receipt import make_head_receipt
from server.ingest import ledger_index
from server.ingest.access import Access
from server.ingest.ledgers import BadLine
from server.ingest.outcomes import Refusal, Refused
from server.ingest.services import Services
from server.prepared import Change, Question
from server.schema import segments, sessions
from server.store import MAX_INDEX, Put

MAX_SEGMENT_BYTES = 2 * 1024 * 1024 + 64 * 1024

# What the ledger's rules need of a session, as it is now.
_NOW_KEYS = ("id", "seat", "nonce", "client_token", "pending_grant", "pending_elsewhere", "seen_at")
_SESSION_NOW = Question(select(*(sessions.c[key] for key in _NOW_KEYS)).where(sessions.c.id == bindparam("here")))
_HERE = (
    (segments.c.session == bindparam("here"))
    & (segments.c.stream == bindparam("of"))
    & (segments.c.index == bindparam("number"))
)
_LISTED = Question(select(segments.c.sha256, segments.c.held_at).where(_HERE))
_ERASED = exists().where(sessions.c.id == bindparam("here"), sessions.c.erased_at.is_not(None))
_HELD = Change(update(segments).where(_HERE, ~_ERASED).values(held_at=bindparam("now")))

_SIGNATURE_CODES = ("signature", "wrong-key", "grant-forged")
_CONFLICT_CODES = ("conflict",)
_OUSTED_CODES = ("key-ended", "grant-withdrawn", "no-grant")


class Taken(Enum):
    STORED = "stored"
    ALREADY_HELD = "already_held"


def ledger(services: Services, access: Access, lines: Sequence[str]) -> dict[str, Any] | Refused:
    """Accepts lines in order; those before a bad one are kept. The receipt names the head now held."""
    if access.session["state"] != "open":
        return Refused(Refusal.EXAM_CLOSED if access.session["state"] == "closed" else Refusal.ALREADY_HANDED_IN)
    with services.ledgers.hold(access.id) as live:
        now = services.now()  # whoever had to wait here must not date a receipt before the one given meanwhile
        row = dict(zip(_NOW_KEYS, services.database.ask(_SESSION_NOW, here=access.id)[0], strict=True))
        bad = live.accept(lines, row, row["client_token"] == access.caller.token_hash, now)
        head = live.head
        if bad is not None:
            return _refused(services, access, bad, head.to_json() if head else None)
        if head is None:
            return Refused(Refusal.BAD_REQUEST, {"detail": "no lines"})
        receipt = make_head_receipt(access.id, head, now, services.server_key)
        live.keep_receipt(receipt)
    return {"receipt": receipt, "head": head.to_json()}


def lines(services: Services, access: Access) -> list[str]:
    """Every line held, in order: what a computer that never saw this session goes on from."""
    with services.ledgers.hold(access.id):
        return services.store.ledger_lines(access.id)


def _refused(services: Services, access: Access, bad: BadLine, head: Any) -> Refused:
    if bad.n <= bad.expected:  # a line from further on is only early, not wrong
        now, machine = services.now(), str(access.session["machine"]) if access.in_charge else ""

        def work(connection: Connection) -> None:
            ledger_index.refuse(
                connection,
                access.id,
                code=bad.code,
                expected=bad.expected,
                line=bad.line,
                machine=machine,
                now=now,
            )

        services.database.write(work)
    if not access.in_charge and bad.code in (*_OUSTED_CODES, *_SIGNATURE_CODES, *_CONFLICT_CODES):
        code = Refusal.IN_USE_ELSEWHERE
    elif bad.code in _SIGNATURE_CODES:
        code = Refusal.LEDGER_SIGNATURE
    elif bad.code in _CONFLICT_CODES:
        code = Refusal.LEDGER_CONFLICT
    else:
        code = Refusal.LEDGER_BROKEN
    return Refused(code, {"n": bad.n, "reason": bad.code, "head": head})


def check_name(stream: str, index: str) -> int | Refused:
    """The segment's number, if both names may stand in a path."""
    try:
        check_stream_name(stream)
    except BadName:
        return Refused(Refusal.BAD_NAME)
    if not (index.isascii() and index.isdigit() and len(index) <= 6 and int(index) <= MAX_INDEX):
        return Refused(Refusal.BAD_NAME)
    return int(index)


def segment(
    services: Services, access: Access, stream: str, index: int, *, sealed: bytes, named: str
) -> Taken | Refused:
    """Stores a segment that the ledger names. ``named``: hex SHA-256 of the request's Content-Digest."""
    if access.session["erased_at"] is not None:
        return Refused(Refusal.EXAM_CLOSED)
    found = hashlib.sha256(sealed).hexdigest()
    if named != found:
        return Refused(Refusal.SEGMENT_DIGEST)
    place: dict[str, Any] = {"here": access.id, "of": stream, "number": index}
    rows = services.database.ask(_LISTED, **place)
    if not rows:
        return Refused(_unlisted(services, access, stream))
    sha256, held_at = rows[0]
    if found != sha256:
        return Refused(Refusal.SEGMENT_CONFLICT if held_at else Refusal.SEGMENT_DIGEST)
    outcome = services.store.put_segment(access.id, stream, index, sealed)
    if outcome is Put.OTHER_BYTES:
        return Refused(Refusal.SEGMENT_CONFLICT)
    if outcome is Put.STORED or held_at is None:
        given = {**place, "now": services.now()}
        noted = services.database.write(lambda connection: _HELD.make(connection, given))
        if not noted:  # the recording was erased while the bytes were on their way
            services.store.remove_segment(access.id, stream, index)
            return Refused(Refusal.EXAM_CLOSED)
    return Taken.STORED if outcome is Put.STORED else Taken.ALREADY_HELD


def _unlisted(services: Services, access: Access, stream: str) -> Refusal:
    query = select(sessions.c.begin).where(sessions.c.id == access.id)
    begin = services.database.read(lambda connection: connection.execute(query).scalar()) or {}
    known = stream in begin.get("streams", []) or stream in ("track", "events")
    return Refusal.SEGMENT_UNLISTED if known else Refusal.UNKNOWN_STREAM


def missing(services: Services, access: Access) -> dict[str, list[int]]:
    """Indexes by stream that the ledger names and the store does not hold."""
    query = (
        select(segments.c.stream, segments.c.index)
        .where(segments.c.session == access.id, segments.c.held_at.is_(None))
        .order_by(segments.c.stream, segments.c.index)
    )
    found: dict[str, list[int]] = {}
    for row in services.database.read(lambda connection: connection.execute(query).all()):
        found.setdefault(row.stream, []).append(row[1])
    return found
