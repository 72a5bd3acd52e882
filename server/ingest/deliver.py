"""Taking in the recording: ledger lines, sealed segments, and what is still missing."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any, assert_never

from sqlalchemy import Connection, bindparam, case, exists, func, select, update

from evidence.attached import FILES
from evidence.names import BadName, check_stream_name
from evidence.receipt import Head, make_head_receipt
from server.ingest import ledger_index
from server.ingest.access import Access
from server.ingest.ledgers import BadLine, LiveLedger
from server.ingest.outcomes import Refusal, Refused
from server.ingest.services import Services
from server.ingest.threads import run_sync, tell
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
# Sealed bytes of attached files up to a piece, that one included, and its own: as the ledger says.
_FILE_BYTES = Question(
    select(func.sum(segments.c.size), func.max(case((segments.c.index == bindparam("number"), segments.c.size)))).where(
        segments.c.session == bindparam("here"), segments.c.stream == FILES, segments.c.index <= bindparam("number")
    )
)
_ERASED = exists().where(sessions.c.id == bindparam("here"), sessions.c.erased_at.is_not(None))
_HELD = Change(update(segments).where(_HERE, ~_ERASED).values(held_at=bindparam("now")))

_SIGNATURE_CODES = ("signature", "wrong-key", "grant-forged")
_CONFLICT_CODES = ("conflict",)
_OUSTED_CODES = ("key-ended", "grant-withdrawn", "no-grant")


class Taken(Enum):
    STORED = "stored"
    ALREADY_HELD = "already_held"


def ledger(services: Services, access: Access, lines: Sequence[str]) -> dict[str, Any] | Refused:
    """Accepts lines in order; those before a bad one are kept. The receipt names the head now held. Blocks."""
    if access.session["state"] != "open":
        return _over(access)
    with services.ledgers.hold(access.id) as live:
        taken = _take_lines(services, access, lines, live)
        if taken.index is not None:
            services.database.write(taken.index)
        return _answer(services, access, taken)


async def ledger_async(services: Services, access: Access, lines: Sequence[str]) -> dict[str, Any] | Refused:
    """The same for the event loop: a thread writes the lines and hands their rows on, to be written with everybody's.
    The ledger is held until they are."""
    if access.session["state"] != "open":
        return _over(access)
    holding = ExitStack()

    def work(done: asyncio.Future[dict[str, Any] | Refused]) -> None:
        taken = _take_lines(services, access, lines, holding.enter_context(services.ledgers.hold(access.id)))
        index = taken.index
        if index is None or taken.bad is not None:
            if index is not None:
                services.database.write(index)
            tell(done, _answer(services, access, taken))
        else:
            answer = _answer(services, access, taken)
            services.database.write_for(done, lambda connection: (index(connection), answer)[1])

    done = services.hands.begin(work)
    done.add_done_callback(partial(_let_go, holding))
    return await asyncio.shield(done)  # whoever goes away must not take the hold with him


def _let_go(holding: ExitStack, done: asyncio.Future[Any]) -> None:
    error = done.exception()
    holding.__exit__(type(error) if error else None, error, error.__traceback__ if error else None)


def _over(access: Access) -> Refused:
    return Refused(Refusal.EXAM_CLOSED if access.session["state"] == "closed" else Refusal.ALREADY_HANDED_IN)


@dataclass(frozen=True)
class _TakenLines:
    """Lines that are in the ledger's file. ``index``: the job that puts them into the tables; None if all were held."""

    bad: BadLine | None
    head: Head | None
    receipt: str
    index: Callable[[Connection], None] | None


def _take_lines(services: Services, access: Access, lines: Sequence[str], live: LiveLedger) -> _TakenLines:
    now = services.now()  # whoever had to wait here must not date a receipt before the one given meanwhile
    row = dict(zip(_NOW_KEYS, services.database.ask(_SESSION_NOW, here=access.id)[0], strict=True))
    bad, index = live.accept(lines, row, row["client_token"] == access.caller.token_hash, now)
    head, receipt = live.head, ""
    if bad is None and head is not None:
        receipt = make_head_receipt(access.id, head, now, services.server_key)
        live.keep_receipt(receipt)
    return _TakenLines(bad, head, receipt, index)


def _answer(services: Services, access: Access, taken: _TakenLines) -> dict[str, Any] | Refused:
    head = taken.head.to_json() if taken.head is not None else None
    if taken.bad is not None:
        return _refused(services, access, taken.bad, head)
    if head is None:
        return Refused(Refusal.BAD_REQUEST, {"detail": "no lines"})
    return {"receipt": taken.receipt, "head": head}


def lines(services: Services, access: Access) -> list[str]:
    """Every line held, in order: what a computer that never saw this session goes on from."""
    with services.ledgers.hold(access.id):
        return services.store.ledger_lines(access.id)


def _refused(services: Services, access: Access, bad: BadLine, head: dict[str, Any] | None) -> Refused:
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


@dataclass(frozen=True)
class Piece:
    """A segment as it came. ``found``: hex SHA-256 of ``sealed``; ``named``: what the request says it is."""

    stream: str
    index: int
    sealed: bytes
    found: str
    named: str


def segment(services: Services, access: Access, stream: str, index: int, *, sealed: bytes) -> Taken | Refused:
    """Stores a segment that the ledger names: its file first, then the row that says so. Both are on the disk when this
    returns. Blocks."""
    found = hashlib.sha256(sealed).hexdigest()
    piece = Piece(stream, index, sealed, found, found)
    listed = _listed(services, access, piece)
    if not isinstance(listed, _Listed):
        return _unlisted(services, access, stream) if listed is None else listed
    outcome = _store(services, access, piece)
    if _needs_row(outcome, listed.held):
        return _noted(services, access, piece, outcome, services.database.write(_row(services, access, piece)))
    return _taken(outcome)


async def segment_async(services: Services, access: Access, piece: Piece) -> Taken | Refused:
    """The same for the event loop: a thread writes the file and hands the row on, to be written with everybody's."""
    listed = _listed(services, access, piece)
    if not isinstance(listed, _Listed):
        return await run_sync(_unlisted, services, access, piece.stream) if listed is None else listed
    held = listed.held

    def work(done: asyncio.Future[tuple[Put, int]]) -> None:
        outcome = _store(services, access, piece)
        if _needs_row(outcome, held):
            row = _row(services, access, piece)
            services.database.write_for(done, lambda connection: (outcome, row(connection)))
        else:
            tell(done, (outcome, 1))

    outcome, noted = await services.hands.begin(work)
    return _taken(outcome) if noted else await run_sync(_noted, services, access, piece, outcome, noted)


@dataclass(frozen=True)
class _Listed:
    held: bool  # the row says that the bytes are there


def _listed(services: Services, access: Access, piece: Piece) -> _Listed | Refused | None:
    """None: no line names it. Quick enough for the event loop."""
    if access.session["erased_at"] is not None:
        return Refused(Refusal.EXAM_CLOSED)
    if piece.named != piece.found:
        return Refused(Refusal.SEGMENT_DIGEST)
    listed = access.listed
    if listed is None:  # or not when the request came
        rows = services.database.ask(_LISTED, here=access.id, of=piece.stream, number=piece.index)
        if not rows:
            return None
        listed = (rows[0][0], rows[0][1])
    sha256, held_at = listed
    if piece.found != sha256:
        return Refused(Refusal.SEGMENT_CONFLICT if held_at else Refusal.SEGMENT_DIGEST)
    if piece.stream == FILES and held_at is None:
        return _within_quota(services, access, piece) or _Listed(False)
    return _Listed(held_at is not None)


def _within_quota(services: Services, access: Access, piece: Piece) -> Refused | None:
    """Counted by the ledger's sizes, which therefore have to be true."""
    most = services.settings.files_most_bytes
    all_bytes, own_bytes = services.database.ask(_FILE_BYTES, here=access.id, number=piece.index)[0]
    if own_bytes != len(piece.sealed):
        return Refused(Refusal.SEGMENT_CONFLICT)
    return Refused(Refusal.FILES_TOO_LARGE, {"most_bytes": most}) if all_bytes > most else None


def _store(services: Services, access: Access, piece: Piece) -> Put:
    return services.store.put_segment(access.id, piece.stream, piece.index, piece.sealed)


def _needs_row(outcome: Put, held: bool) -> bool:
    return outcome is Put.STORED or (outcome is Put.ALREADY_HELD and not held)


def _row(services: Services, access: Access, piece: Piece) -> Callable[[Connection], int]:
    """A job that notes the segment as held; it returns 0 if the recording was erased while the bytes were coming."""
    given = {"here": access.id, "of": piece.stream, "number": piece.index, "now": services.now()}
    return lambda connection: _HELD.make(connection, given)


def _noted(services: Services, access: Access, piece: Piece, outcome: Put, noted: int) -> Taken | Refused:
    if noted:
        return _taken(outcome)
    services.store.remove_segment(access.id, piece.stream, piece.index)
    return Refused(Refusal.EXAM_CLOSED)


def _taken(outcome: Put) -> Taken | Refused:
    match outcome:
        case Put.STORED:
            return Taken.STORED
        case Put.ALREADY_HELD:
            return Taken.ALREADY_HELD
        case Put.OTHER_BYTES:
            return Refused(Refusal.SEGMENT_CONFLICT)
        case _:
            assert_never(outcome)


def _unlisted(services: Services, access: Access, stream: str) -> Refused:
    query = select(sessions.c.begin).where(sessions.c.id == access.id)
    begin = services.database.read(lambda connection: connection.execute(query).scalar()) or {}
    known = stream in begin.get("streams", []) or stream in ("track", "events", FILES)
    return Refused(Refusal.SEGMENT_UNLISTED if known else Refusal.UNKNOWN_STREAM)


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
