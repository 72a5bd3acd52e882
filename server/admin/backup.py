"""One file that holds the institution, taken while the server runs, and the way back from it.

Only the seats' private keys are not in it: a key that is destroyed must be gone, and backups are many. They have one
copy, which follows every erasure (``server.admin.key_copy``).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import sqlite3
import tarfile
import tempfile
from pathlib import Path, PurePosixPath

from sqlalchemy import Connection, select, update

from server import audit, migrate, settings
from server.admin.console import Console
from server.admin.errors import CommandFailed
from server.database import Database
from server.schema import segments, sessions
from server.store import Store

_DATABASE = "senim.db"
_LIVE_DATABASE = (_DATABASE, f"{_DATABASE}-wal", f"{_DATABASE}-shm")


def backup(console: Console, target: Path) -> int:
    """Writes ``target`` (a tar file) and returns its size in bytes.

    The database is copied first. Session files only ever grow, so those copied later hold at least what it names.
    """
    if not console.settings.database_url.startswith("sqlite"):
        raise CommandFailed("this backup is for the embedded database; back up PostgreSQL with its own tools")
    if target.exists():
        raise CommandFailed(f"{target} is there already")
    folder = console.settings.folder
    part = target.with_name(target.name + ".part")
    try:
        # It holds the server's own keys in clear: for nobody but the one who makes it.
        part.touch(mode=0o600, exist_ok=False)
        with tempfile.TemporaryDirectory(dir=target.parent) as scratch, tarfile.open(part, "w") as tar:
            copy = Path(scratch) / _DATABASE
            _copy_database(folder.database_file, copy)
            tar.add(copy, _DATABASE)
            known = _sessions_in(copy)
            ours = {target.absolute(), part.absolute(), Path(scratch).absolute()}  # a backup may lie in the folder
            for entry in sorted(folder.root.iterdir()):
                if entry.name in _LIVE_DATABASE or entry in ours:
                    continue
                tar.add(entry, entry.name, filter=lambda info: _wanted(info, known))
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.rename(target)
    except (OSError, tarfile.TarError) as error:
        part.unlink(missing_ok=True)
        raise CommandFailed(f"the backup could not be written: {error}") from error
    console.database.write(lambda connection: console.audit(connection, "backup", target.name))
    return target.stat().st_size


def _copy_database(source: Path, target: Path) -> None:
    with contextlib.closing(sqlite3.connect(source)) as live, contextlib.closing(sqlite3.connect(target)) as copy:
        live.backup(copy)


def _sessions_in(database: Path) -> set[str]:
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return {row[0] for row in connection.execute("SELECT id FROM sessions")}


def _wanted(info: tarfile.TarInfo, known: set[str]) -> tarfile.TarInfo | None:
    parts = info.name.split("/")
    later = parts[0] == "sessions" and len(parts) > 1 and parts[1] not in known
    key = parts[0] == "seats" and parts[-1] == "identity.age"
    return None if later or key or info.name.endswith(".part") else info


def _restore_member(tar: tarfile.TarFile, member: tarfile.TarInfo, root: Path) -> None:
    """One entry of a backup, which has only files and folders with plain relative names. Raises
    ``tarfile.TarError`` for anything else. (Debian 12's Python has no extraction filters yet.)"""
    path = PurePosixPath(member.name)
    if path.is_absolute() or ".." in path.parts or "\\" in member.name or ":" in member.name:
        raise tarfile.TarError(f"{member.name!r} leads out of the folder")
    place = root.joinpath(*path.parts)
    if member.isdir():
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        return
    content = tar.extractfile(member) if member.isreg() else None
    if content is None:
        raise tarfile.TarError(f"{member.name!r} is neither a file nor a folder")
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with content, os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, member.mode & 0o700), "wb") as out:
        shutil.copyfileobj(content, out)


def _unpacked(source: Path, root: Path) -> settings.Settings:
    try:
        with tarfile.open(source) as tar:
            for member in tar:
                _restore_member(tar, member, root)
    except (OSError, tarfile.TarError) as error:
        raise CommandFailed(f"{source} cannot be restored: {error}") from error
    try:
        return settings.load(root)
    except settings.SettingsError as error:
        raise CommandFailed(f"{source} does not hold an institution: {error}") from error


def restore(source: Path, root: Path) -> str:
    """Unpacks a backup into a new data folder and checks it. Returns a sentence about what was found. What is no whole
    backup leaves nothing: half an institution must not be taken for one."""
    if root.exists() and any(root.iterdir()):
        raise CommandFailed(f"{root} is not empty; restore into a new folder")
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        found = _unpacked(source, root)
    except CommandFailed:
        for entry in root.iterdir():
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        raise
    migrate.upgrade(found.database_url)
    database = Database(found.database_url)
    try:
        broken = database.read(audit.check)
        if broken is not None:
            raise CommandFailed(f"the audit chain of this backup is broken at entry {broken.n} ({broken.why})")
        adopted = _adopt_segments(database, Store(found.folder.sessions))
        count = database.read(lambda connection: len(connection.execute(select(sessions.c.id)).all()))
    finally:
        database.close()
    return f"{count} sessions restored; {adopted} segments were newer than the database and taken in"


def _adopt_segments(database: Database, store: Store) -> int:
    """Segments that arrived between the copy of the database and that of the files."""
    query = (
        select(segments)
        .join(sessions, sessions.c.id == segments.c.session)
        .where(segments.c.held_at.is_(None), sessions.c.erased_at.is_(None))
    )
    rows = database.read(lambda connection: connection.execute(query).mappings().all())
    changes = []
    for row in rows:
        held = store.get_segment(row["session"], row["stream"], row["index"])
        if held is None or hashlib.sha256(held).hexdigest() != row["sha256"]:
            continue
        here = (
            (segments.c.session == row["session"])
            & (segments.c.stream == row["stream"])
            & (segments.c.index == row["index"])
        )
        changes.append(update(segments).where(here).values(held_at=row["listed_at"]))

    def work(connection: Connection) -> None:
        for change in changes:
            connection.execute(change)

    database.write(work)
    return len(changes)
