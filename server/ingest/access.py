"""Who asks, and for which session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import LABEL_STYLE_TABLENAME_PLUS_COL, Connection, bindparam, select

from server import accounts, breaks, rooms
from server.clock import parse
from server.ingest.outcomes import Refusal, Refused
from server.ingest.services import Services
from server.ingest.standing import COLUMNS, FOR_IT, HAS_BREAKS, ORDER, READ_HERE, Standing
from server.prepared import Question
from server.schema import exams, notice_reads, notices, seats, segments, sessions, tokens, users

# What the rules ask of every request; the rest is read by who needs it.
_SESSION_KEYS = (
    "id", "seat", "exam", "student", "state", "nonce", "machine", "client_token", "started_at", "erased_at",
    "paused_at", "looked_at",
)  # fmt: skip
_SEAT_KEYS = ("id", "exam", "closes_at", "minutes", "extra_minutes", "streams", "stopped_at")
_USER_KEYS = ("id", "login", "password_hash")
_SESSION, _SEAT = [sessions.c[key] for key in _SESSION_KEYS], [seats.c[key] for key in _SEAT_KEYS]
_KEYS = len(_USER_KEYS) + len(_SESSION_KEYS) + len(_SEAT_KEYS)
# One prepared question for the most frequent case: caller, session and seat together, and what the answer has to tell.
# A row for each notice; in the first of them is all the rest.
_CALLER = (
    select(*(users.c[key] for key in _USER_KEYS), *_SESSION, *_SEAT, HAS_BREAKS.label("has_breaks"), *COLUMNS)
    .join_from(tokens, users, users.c.id == tokens.c.user)
    .join(sessions, sessions.c.student == users.c.id)
    .join(seats, seats.c.id == sessions.c.seat)
    .join(exams, exams.c.id == sessions.c.exam)
    .outerjoin(notices, FOR_IT)
    .outerjoin(notice_reads, READ_HERE)
    .where(accounts.IN_FORCE, sessions.c.id == bindparam("session"))
    .order_by(*ORDER)
    .set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)
)
_ENTERING = Question(_CALLER)
_PIECE = (
    (segments.c.session == sessions.c.id)
    & (segments.c.stream == bindparam("of"))
    & (segments.c.index == bindparam("number"))
)
_BRINGING = Question(_CALLER.outerjoin(segments, _PIECE).add_columns(segments.c.sha256, segments.c.held_at))
_SESSION_OF = select(*_SESSION).where(sessions.c.id == bindparam("session"))
_SEAT_OF = select(*_SEAT).where(seats.c.id == bindparam("seat"))


@dataclass(frozen=True)
class Caller:
    """A signed-in student; ``token_hash`` tells one client from another."""

    user: Mapping[Any, Any]
    token_hash: str

    @property
    def id(self) -> str:
        return str(self.user["id"])


@dataclass(frozen=True)
class Access:
    """A student's own session with its seat, as they were when the request came: the columns named above."""

    caller: Caller
    session: Mapping[Any, Any]
    seat: Mapping[Any, Any]
    standing: Sequence[Standing] | None = None  # None: not asked for
    has_breaks: bool = True  # or may have
    listed: tuple[str, str | None] | None = (
        None  # (hex SHA-256, held at) of the segment that is brought, if it is listed
    )

    @property
    def id(self) -> str:
        return str(self.session["id"])

    @property
    def in_charge(self) -> bool:
        """Whether this client opened the session last; another one may still deliver, never answer."""
        return bool(self.session["client_token"] == self.caller.token_hash)


def given_minutes(services: Services, access: Access) -> float:
    """On top of the minutes that people gave: what the ledger shows as lost, and the pause that lasts, since nobody's
    time ends in a pause; a break whose clock stands gives its own. Not from inside a job of the database."""
    since, paused = access.session["paused_at"], 0.0
    if since:
        now = services.now()
        taken = [breaks.Break(*row) for row in services.database.ask(breaks.OF_SESSION, session=access.id)]
        paused = (parse(now) - parse(since)).total_seconds() / 60 - breaks.shared_minutes(taken, since, now)
        paused = max(0.0, paused)
    return services.given_back_minutes(access.id) + paused


def student_or_room(services: Services, connection: Connection, token: str | None) -> Caller | rooms.Room | Refused:
    """A signed-in student, or a computer of a room by the token in its configuration."""
    room = rooms.by_token(connection, services.at_rest, token) if token is not None else None
    return room or caller_of(services, connection, token)


def caller_of(services: Services, connection: Connection, token: str | None) -> Caller | Refused:
    if token is None:
        return Refused(Refusal.SIGNED_OUT)
    user = accounts.user_of(connection, token, kind=accounts.CLIENT, now=services.now())
    if user is None:
        return Refused(Refusal.SIGNED_OUT)
    return Caller(user, accounts.digest(token))


def session_of(connection: Connection, caller: Caller, session_id: str) -> Access | Refused:
    session = connection.execute(_SESSION_OF, {"session": session_id}).mappings().first()
    if session is None:
        return Refused(Refusal.UNKNOWN_SESSION)
    if session["student"] != caller.id:
        return Refused(Refusal.NOT_YOURS)
    seat = connection.execute(_SEAT_OF, {"seat": session["seat"]}).mappings().one()
    return Access(caller, session, seat)


def enter(
    services: Services, token: str | None, session_id: str, piece: tuple[str, int] | None = None
) -> Access | None:
    """Both steps in one read, quick enough for the event loop; None for whoever has to ask ``enter_or_not``.
    ``piece``: stream and index of a segment that is brought."""
    if token is None:
        return None
    digest = accounts.digest(token)
    given = {"token": digest, "kind": accounts.CLIENT, "now": services.now(), "session": session_id}
    if piece is None:
        rows = services.database.ask(_ENTERING, **given)
    else:
        rows = services.database.ask(_BRINGING, **given, of=piece[0], number=piece[1])
    return _access(digest, rows) if rows else None


def enter_or_not(services: Services, token: str | None, session_id: str) -> Access | Refused:
    """The rare cases: why not, or by a token of the session's own."""
    return services.database.read(lambda connection: _enter(services, connection, token, session_id))


def _access(digest: str, rows: Sequence[tuple[Any, ...]]) -> Access:
    first = rows[0]
    session_at, seat_at = len(_USER_KEYS), len(_USER_KEYS) + len(_SESSION_KEYS)
    user = dict(zip(_USER_KEYS, first, strict=False))
    session = dict(zip(_SESSION_KEYS, first[session_at:seat_at], strict=True))
    seat = dict(zip(_SEAT_KEYS, first[seat_at:_KEYS], strict=True))
    standing_at, standing_end = _KEYS + 1, _KEYS + 1 + len(COLUMNS)
    standing = [Standing(*row[standing_at:standing_end]) for row in rows]
    listed = first[standing_end:]
    return Access(
        Caller(user, digest), session, seat, standing, bool(first[_KEYS]),
        (listed[0], listed[1]) if listed and listed[0] is not None else None,
    )  # fmt: skip


def _enter(services: Services, connection: Connection, token: str | None, session_id: str) -> Access | Refused:
    caller = caller_of(services, connection, token)
    if isinstance(caller, Refused) and token is not None:
        return _by_its_own_token(services, connection, token, session_id) or caller
    return caller if isinstance(caller, Refused) else session_of(connection, caller, session_id)


def _by_its_own_token(services: Services, connection: Connection, token: str, session_id: str) -> Access | None:
    """A token that a resume token was exchanged for opens the session it is in charge of, and nothing else."""
    user = accounts.user_of(connection, token, kind=accounts.SESSION, now=services.now())
    if user is None:
        return None
    found = session_of(connection, Caller(user, accounts.digest(token)), session_id)
    return found if isinstance(found, Access) and found.in_charge else None
