"""The pinned version: its signed notice, and the exam weeks in which nobody is told of it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from evidence import packages
from evidence.packages import PackagesError, Release
from evidence.signing import SigningKey
from server import updates
from server.admin.console import Console
from server.admin.errors import CommandFailed
from server.admin.institution_keys import verifying_key
from server.schema import exam_weeks, releases

MOST_NOTE = 200
MOST_WEEKS_DAYS = 120  # longer than that nobody would ever be told


@dataclass(frozen=True)
class Wanted:
    """``folder``: with ``SHA256SUMS`` and its signature. ``replaces``: newer versions that computers go back from."""

    folder: Path
    version: str
    where: str
    replaces: Sequence[str] = ()


def publish(console: Console, key: SigningKey, wanted: Wanted) -> Release:
    """Sign the notice and pin its version. Raises ``CommandFailed`` with what is wrong."""
    if key.verifying != verifying_key(console.settings.folder):
        raise CommandFailed("this is not the institution's configuration key")
    try:
        release = _release(wanted, key, updates.day_of(console.now()))
        line = packages.sign_release(release, key)
    except OSError as error:
        raise CommandFailed(
            f"{wanted.folder} has no signed list: make it with `python -m installer sums {wanted.folder} --key "
            f"keys/configuration.key.age` ({error.strerror})"
        ) from error
    except (PackagesError, ValueError) as error:
        raise CommandFailed(str(error)) from error

    def work(connection: Connection) -> None:
        _check_order(updates.pinned(connection), release)
        row = {"id": secrets.token_hex(8), "version": release.version, "line": line}
        row |= {"published_at": console.now(), "published_by": console.who}
        connection.execute(insert(releases).values(**row))
        details = {"replaces": list(release.replaces), "packages": len(release.packages), "where": release.where}
        console.audit(connection, "release-publish", f"version/{release.version}", details)

    console.database.write(work)
    return release


def _release(wanted: Wanted, key: SigningKey, today: str) -> Release:
    text = (wanted.folder / packages.SUMS).read_text(encoding="utf-8")
    signature = (wanted.folder / packages.SIGNATURE).read_text(encoding="ascii")
    found = packages.packages_of(packages.read_sums(text, signature, key.verifying), wanted.version)
    for one in found:
        _check_file(wanted.folder / one.file, one.sha256)
    for version in wanted.replaces:
        if not packages.order(version) > packages.order(wanted.version):
            raise PackagesError(f"--downgrade-from names newer versions; {version} is not newer than {wanted.version}")
    return Release(wanted.version, today, tuple(wanted.replaces), wanted.where, tuple(found))


def _check_file(file: Path, sha256: str) -> None:
    """A package that is not here is somebody else's to compare. Raises ``PackagesError``."""
    if not file.exists():
        return
    try:
        with file.open("rb") as content:
            found = hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as error:
        raise PackagesError(f"{file.name} cannot be compared with the list: {error.strerror}") from error
    if found != sha256:
        raise PackagesError(f"{file.name} was changed after the list was made: run `python -m installer sums` again")


def _check_order(before: updates.Pinned | None, release: Release) -> None:
    """An older version than the pinned one needs the word for it; clients would refuse it as well."""
    if before is None or not packages.is_older(release.version, before.version):
        return
    if before.version not in release.replaces:
        raise CommandFailed(
            f"{before.version} is pinned, {release.version} is older: withdraw the notice, or say --downgrade-from "
            f"{before.version} if computers are to go back"
        )


def withdraw(console: Console) -> updates.Pinned:
    """The newest notice is not told any more; the one before it is again. Raises ``CommandFailed``."""

    def work(connection: Connection) -> updates.Pinned:
        found = updates.pinned(connection)
        if found is None:
            raise CommandFailed("no version is pinned")
        gone = {"withdrawn_at": console.now(), "withdrawn_by": console.who}
        connection.execute(update(releases).where(releases.c.id == found.id).values(**gone))
        console.audit(connection, "release-withdraw", f"version/{found.version}")
        return found

    return console.database.write(work)


def listed(console: Console) -> list[dict[str, Any]]:
    """Every notice, the newest first."""
    query = select(releases).order_by(releases.c.published_at.desc())

    def work(connection: Connection) -> list[dict[str, Any]]:
        current = updates.pinned(connection)
        return [
            {"version": row.version, "published": row.published_at, "by": row.published_by,
             "withdrawn": row.withdrawn_at or "", "pinned": "yes" if current and row.id == current.id else ""}
            for row in connection.execute(query)
        ]  # fmt: skip

    return console.database.read(work)


# ---- exam weeks


def mark_week(console: Console, first: str, last: str, note: str) -> None:
    """``first``, ``last``: ISO days, both included. Raises ``CommandFailed``."""
    try:
        days = (date.fromisoformat(last) - date.fromisoformat(first)).days
    except ValueError as error:
        raise CommandFailed(f"a day is written 2027-01-11: {error}") from error
    if not 0 <= days < MOST_WEEKS_DAYS:
        raise CommandFailed(f"the last day comes after the first, by fewer than {MOST_WEEKS_DAYS} days")
    if len(note) > MOST_NOTE or not note.isprintable():
        raise CommandFailed(f"a note has at most {MOST_NOTE} letters")
    row = {"first_day": first, "last_day": last, "note": note.strip()}
    row |= {"marked_by": console.who, "marked_at": console.now()}

    def work(connection: Connection) -> None:
        connection.execute(insert(exam_weeks).values(id=secrets.token_hex(8), **row))
        console.audit(connection, "exam-week", f"days/{first}/{last}", {"note": row["note"]})

    console.database.write(work)


def unmark_week(console: Console, first: str) -> int:
    """Those that begin on ``first``; how many. Raises ``CommandFailed`` if there were none."""

    def work(connection: Connection) -> int:
        count = connection.execute(delete(exam_weeks).where(exam_weeks.c.first_day == first)).rowcount
        if not count:
            raise CommandFailed(f"no exam week begins on {first}")
        console.audit(connection, "exam-week-remove", f"days/{first}")
        return count

    return console.database.write(work)


def weeks(console: Console) -> list[dict[str, Any]]:
    query = select(exam_weeks).order_by(exam_weeks.c.first_day)
    rows = console.database.read(lambda connection: connection.execute(query).all())
    return [{"first": r.first_day, "last": r.last_day, "note": r.note, "by": r.marked_by} for r in rows]
