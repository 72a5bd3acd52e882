"""Sign-in by password, by one-time code, or into one session by its resume token."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, RowMapping, select, update

from server import accounts, audit, delivery
from server.ingest.outcomes import Refusal, Refused
from server.ingest.services import Services
from server.schema import codes, sessions, students, users


def by_password(services: Services, login: str, password: str, address: str) -> dict[str, Any] | Refused:
    login = login.strip().lower()
    if services.tries.blocked(login, address):
        return _too_many(services)
    user = services.database.read(lambda connection: accounts.find_user(connection, login))
    fits = accounts.password_fits(user["password_hash"] if user else None, password)
    if user is None or not fits or user["role"] != "student":
        services.tries.failed(login, address)
        return Refused(Refusal.WRONG_PASSWORD)
    return services.database.write(lambda connection: _signed_in(services, connection, user, "password"))


def by_code(services: Services, code: str, address: str) -> dict[str, Any] | Refused:
    """A code is spent by the sign-in, in the same transaction."""
    # Guessing is counted per address alone: there is no login to count by.
    counted_as = f"code from {address}"
    if services.tries.blocked(counted_as, address):
        return _too_many(services)
    result = services.database.write(lambda connection: _use_code(services, connection, code))
    if isinstance(result, Refused):
        services.tries.failed(counted_as, address)
    return result


def by_resume(services: Services, session: str, resume: str, machine: str, address: str) -> dict[str, Any] | Refused:
    """The computer that holds a session's resume token goes on with that session, and may do nothing else."""
    counted_as = f"resume from {address}"
    if services.tries.blocked(counted_as, address):
        return _too_many(services)
    result = services.database.write(lambda connection: _resume(services, connection, session, resume, machine))
    if isinstance(result, Refused) and result.code is Refusal.SIGNED_OUT:
        services.tries.failed(counted_as, address)
    return result


def _resume(
    services: Services, connection: Connection, session: str, resume: str, machine: str
) -> dict[str, Any] | Refused:
    query = (
        select(users, sessions.c.id.label("session"), sessions.c.machine)
        .join(sessions, sessions.c.student == users.c.id)
        .where(sessions.c.id == session, users.c.disabled_at.is_(None))
    )
    row = connection.execute(query).mappings().first()
    if row is None or not delivery.resume_fits(services.at_rest, session, row["password_hash"], resume):
        return Refused(Refusal.SIGNED_OUT)
    if row["machine"] != machine:
        return Refused(Refusal.IN_USE_ELSEWHERE)
    found = _signed_in(services, connection, row, "resume", accounts.SESSION)
    charge = {"client_token": accounts.digest(found["token"])}
    connection.execute(update(sessions).where(sessions.c.id == session).values(**charge))
    return found


def sign_out(services: Services, token: str) -> None:
    services.database.write(lambda connection: accounts.revoke_token(connection, token, services.now()))


def _use_code(services: Services, connection: Connection, code: str) -> dict[str, Any] | Refused:
    now = services.now()
    digest = accounts.code_digest(code)
    row = connection.execute(select(codes).where(codes.c.code_hash == digest)).mappings().first()
    if row is None:
        return Refused(Refusal.CODE_UNKNOWN)
    if row["used_at"] is not None:
        return Refused(Refusal.CODE_USED)
    if row["expires_at"] <= now:
        return Refused(Refusal.CODE_EXPIRED)
    query = select(users).where(users.c.id == row["student"], users.c.disabled_at.is_(None))
    user = connection.execute(query).mappings().first()
    if user is None:
        return Refused(Refusal.CODE_UNKNOWN)
    connection.execute(update(codes).where(codes.c.code_hash == digest).values(used_at=now))
    return _signed_in(services, connection, user, "code")


def _signed_in(
    services: Services, connection: Connection, user: RowMapping, how: str, kind: str = accounts.CLIENT
) -> dict[str, Any]:
    now = services.now()
    token = accounts.issue_token(connection, user=user["id"], kind=kind, now=now, hours=services.settings.token_hours)
    audit.append(connection, at=now, who=user["login"], action="sign-in", subject="client", details={"how": how})
    number = connection.execute(select(students.c.number).where(students.c.id == user["id"])).scalar()
    return {"token": token, "name": user["name"], "login": user["login"], "student": number, "server_time": now}


def _too_many(services: Services) -> Refused:
    return Refused(Refusal.TOO_MANY_TRIES, retry_after=services.tries.wait_seconds)
