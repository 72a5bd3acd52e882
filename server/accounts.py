"""Passwords, bearer tokens and one-time codes. Only digests of tokens and codes are stored."""

from __future__ import annotations

import hashlib
import secrets
import threading

import argon2
from sqlalchemy import ColumnElement, Connection, RowMapping, and_, bindparam, insert, select, update

from server.clock import after
from server.schema import tokens, users

CLIENT, REVIEW = "client", "review"
SESSION = "session"  # good for the one session that names it as the token of its client
TOKEN_PREFIX = "sn_"  # noqa: S105 - lets a leaked token be recognised in a log, it is no secret
# Letters and digits that are told apart on paper; 12 of 31 give 59 bits.
CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 12
MIN_PASSWORD = 8

# OWASP's small profile: about 60 ms of one core. The default profile needs 64 MiB for each try.
_hasher = argon2.PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_decoy = _hasher.hash(secrets.token_hex(16))
_two_at_once = threading.Semaphore(2)  # a rush of sign-ins must not take all cores from the recordings


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def password_fits(password_hash: str | None, password: str) -> bool:
    """Takes the same time for an unknown login (``None``) as for a wrong password. Blocks: call it in a thread."""
    with _two_at_once:
        try:
            _hasher.verify(password_hash or _decoy, password)
        except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
            return False
    return password_hash is not None


# A token that is known, in time, not revoked, of an account that is not disabled; for a join of the two tables.
IN_FORCE = and_(
    tokens.c.token_hash == bindparam("token"),
    tokens.c.kind == bindparam("kind"),
    tokens.c.expires_at > bindparam("now"),
    tokens.c.revoked_at.is_(None),
    users.c.disabled_at.is_(None),
)
_USER_OF = select(users).join(tokens, tokens.c.user == users.c.id).where(IN_FORCE)


def find_user(connection: Connection, login: str) -> RowMapping | None:
    """The account with this login that is not disabled."""
    query = select(users).where(users.c.login == login.strip().lower(), users.c.disabled_at.is_(None))
    return connection.execute(query).mappings().first()


def issue_token(connection: Connection, *, user: str, kind: str, now: str, hours: int) -> str:
    token = TOKEN_PREFIX + secrets.token_urlsafe(32)
    connection.execute(
        insert(tokens).values(
            token_hash=digest(token), user=user, kind=kind, created_at=now, expires_at=after(now, minutes=60 * hours)
        )
    )
    return token


def user_of(connection: Connection, token: str, *, kind: str, now: str) -> RowMapping | None:
    """The account behind a token that is known, in time, not revoked, and not disabled."""
    given = {"token": digest(token), "kind": kind, "now": now}
    return connection.execute(_USER_OF, given).mappings().first()


def renew_token(connection: Connection, token_hash: str, *, now: str, hours: int) -> None:
    """A valid token is good for ``hours`` from now, if that is longer than before."""
    later = after(now, minutes=60 * hours)
    here = (tokens.c.token_hash == token_hash) & (tokens.c.expires_at < later)
    connection.execute(update(tokens).where(here).values(expires_at=later))


def revoke_token(connection: Connection, token: str, now: str) -> None:
    _revoke(connection, tokens.c.token_hash == digest(token), now)


def revoke_all(connection: Connection, user: str, now: str) -> None:
    _revoke(connection, tokens.c.user == user, now)


def _revoke(connection: Connection, which: ColumnElement[bool], now: str) -> None:
    connection.execute(update(tokens).where(which, tokens.c.revoked_at.is_(None)).values(revoked_at=now))


def new_code() -> str:
    """``ABCD-EFGH-JKLM``, as printed for a student."""
    letters = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    return "-".join(letters[i : i + 4] for i in range(0, CODE_LENGTH, 4))


def code_digest(code: str) -> str:
    """Digest of a code as typed: case, spaces and dashes do not matter."""
    return digest("".join(letter for letter in code.upper() if letter.isalnum()))


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
