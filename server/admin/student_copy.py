"""A student's own copy: the session's bundle as it lies, so that it still verifies, and beside it the seat's private
key sealed to the student alone. Erasing the institution's key later does not take it away from the student."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from evidence import age
from server.admin import resealing, sessions
from server.admin.console import Console
from server.admin.errors import CommandFailed
from server.admin.files import create_file
from server.admin.institution import MIN_PASSPHRASE
from server.schema import sessions as session_table

KEY_SUFFIX = ".key.age"


@dataclass(frozen=True)
class Student:
    """``how``: "passphrase" or "recipient", for the audit chain; ``seal`` makes the file only the student opens."""

    how: str
    seal: Callable[[bytes], bytes]


def with_passphrase(passphrase: str) -> Student:
    """Raises ``CommandFailed`` for one that is too short."""
    if len(passphrase) < MIN_PASSPHRASE:
        raise CommandFailed(f"the student's passphrase must have at least {MIN_PASSPHRASE} characters")
    return Student("passphrase", lambda content: age.encrypt_with_passphrase(content, passphrase))


def with_recipient(text: str) -> Student:
    """Any age recipient, also one that is not post-quantum: it is the student's own choice."""
    try:
        recipient = age.parse_recipient(text.strip())
    except age.AgeError as error:
        raise CommandFailed(f"not an age recipient: {error}") from error
    return Student("recipient", lambda content: age.encrypt(content, [recipient]))


def write(console: Console, session: str, target: Path, openers: Sequence[age.Identity], student: Student) -> Path:
    """Writes ``target`` (the bundle) and the key's file, which it returns. Raises ``CommandFailed``."""
    query = select(session_table.c.seat, session_table.c.erased_at).where(session_table.c.id == session)
    row = console.database.read(lambda connection: connection.execute(query).first())
    if row is None:
        raise CommandFailed(f"there is no session {session!r}")
    if row.erased_at:
        raise CommandFailed(f"{session}: the recording was erased at {row.erased_at}: there is no copy to give")
    identity = resealing.open_seat(console, row.seat, openers)
    key = target.with_name(target.name + KEY_SUFFIX)
    if key.exists():
        raise CommandFailed(f"{key} is there already")
    sessions.export(console, session, target)
    create_file(key, student.seal(identity.text.encode() + b"\n"))
    details = {"file": target.name, "sealed_to": student.how}
    console.database.write(lambda c: console.audit(c, "exported-for-student", f"session/{session}", details))
    return key
