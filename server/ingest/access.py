"""Who asks, and for which session."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, select

from server import accounts
from server.ingest.outcomes import Refusal, Refused
from server.ingest.services import Services
from server.schema import seats, sessions


@dataclass(frozen=True)
class Caller:
    """A signed-in student; ``token_hash`` tells one client from another."""

    user: RowMapping
    token_hash: str

    @property
    def id(self) -> str:
        return str(self.user["id"])


@dataclass(frozen=True)
class Access:
    """A student's own session with its seat."""

    caller: Caller
    session: RowMapping
    seat: RowMapping

    @property
    def id(self) -> str:
        return str(self.session["id"])

    @property
    def in_charge(self) -> bool:
        """Whether this client opened the session last; another one may still deliver, never answer."""
        return bool(self.session["client_token"] == self.caller.token_hash)


def caller_of(services: Services, connection: Connection, token: str | None) -> Caller | Refused:
    if token is None:
        return Refused(Refusal.SIGNED_OUT)
    user = accounts.user_of(connection, token, kind=accounts.CLIENT, now=services.now())
    if user is None:
        return Refused(Refusal.SIGNED_OUT)
    return Caller(user, accounts.digest(token))


def session_of(connection: Connection, caller: Caller, session_id: str) -> Access | Refused:
    session = connection.execute(select(sessions).where(sessions.c.id == session_id)).mappings().first()
    if session is None:
        return Refused(Refusal.UNKNOWN_SESSION)
    if session["student"] != caller.id:
        return Refused(Refusal.NOT_YOURS)
    seat = connection.execute(select(seats).where(seats.c.id == session["seat"])).mappings().one()
    return Access(caller, session, seat)


def enter(services: Services, token: str | None, session_id: str) -> Access | Refused:
    """Both steps in one read."""

    def work(connection: Connection) -> Access | Refused:
        caller = caller_of(services, connection, token)
        if isinstance(caller, Refused) and token is not None:
            return _by_its_own_token(services, connection, token, session_id) or caller
        return caller if isinstance(caller, Refused) else session_of(connection, caller, session_id)

    return services.database.read(work)


def _by_its_own_token(services: Services, connection: Connection, token: str, session_id: str) -> Access | None:
    """A token that a resume token was exchanged for opens the session it is in charge of, and nothing else."""
    user = accounts.user_of(connection, token, kind=accounts.SESSION, now=services.now())
    if user is None:
        return None
    found = session_of(connection, Caller(user, accounts.digest(token)), session_id)
    return found if isinstance(found, Access) and found.in_charge else None
