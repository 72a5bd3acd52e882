"""The seat keys' copy on another disk, one small sealed file a seat. Backups hold recordings and no seat keys, so this
folder and the data folder are the only places where a key has to be destroyed.

A file leaves the copy only when its recording was erased: a damaged data folder must never empty the copy as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from server.admin.console import Console
from server.admin.errors import CommandFailed
from server.admin.files import create_file, replace_file
from server.schema import sessions
from server.store import sync_folder


@dataclass(frozen=True)
class Copied:
    """How many keys lie in ``folder`` now, how many were written and how many destroyed by this run."""

    folder: Path
    held: int
    written: int
    destroyed: int


def update(console: Console, folder: Path | None = None) -> Copied | None:
    """Brings the copy in line; ``folder`` None: the one of the settings, if there is one. Raises ``CommandFailed``
    if it cannot be reached: then destroyed keys may still lie there."""
    place = folder or (Path(console.settings.seat_key_copy) if console.settings.seat_key_copy else None)
    if place is None:
        return None
    try:
        return _mirror(console, place)
    except OSError as error:
        text = "the seat keys' copy is not up to date; mend this and run `keys copy`"
        raise CommandFailed(f"{place}: {text}: {error.strerror or error}") from error


def _mirror(console: Console, place: Path) -> Copied:
    ours = console.settings.folder
    if not place.is_dir():
        raise NotADirectoryError(2, "no such folder (is its disk there?)")
    if place.resolve().is_relative_to(ours.root.resolve()):
        raise CommandFailed(f"{place} lies in the data folder: a copy belongs on another disk")
    gone = _erased_seats(console)
    written = destroyed = 0
    for seat in sorted(entry.name for entry in ours.seats.iterdir() if not entry.name.startswith(".")):
        file = ours.seat_identity(seat)
        if seat in gone or not file.exists():
            continue
        content, copy = file.read_bytes(), place / f"{seat}.age"
        if not copy.exists() or copy.read_bytes() != content:
            replace_file(copy, content)
            written += 1
    for copy in place.glob("seat-*.age"):
        if copy.stem in gone:
            copy.unlink()
            destroyed += 1
    sync_folder(place)
    return Copied(place, len(list(place.glob("seat-*.age"))), written, destroyed)


def put_back(console: Console, place: Path) -> int:
    """After a restore: the keys of ``place`` for seats that have none. Returns how many were put back."""
    if not place.is_dir():
        raise CommandFailed(f"{place} is not a folder with seat keys")
    gone = _erased_seats(console)
    count = 0
    for copy in sorted(place.glob("seat-*.age")):
        file = console.settings.folder.seat_identity(copy.stem)
        if copy.stem not in gone and file.parent.is_dir() and not file.exists():
            create_file(file, copy.read_bytes())
            count += 1
    return count


def missing(console: Console) -> list[str]:
    """Seats whose key is not here although nothing of theirs was erased."""
    ours, gone = console.settings.folder, _erased_seats(console)
    names = [entry.name for entry in ours.seats.iterdir() if not entry.name.startswith(".")]
    return sorted(name for name in names if name not in gone and not ours.seat_identity(name).exists())


def _erased_seats(console: Console) -> set[str]:
    query = select(sessions.c.seat).where(sessions.c.erased_at.is_not(None))
    return console.database.read(lambda connection: set(connection.execute(query).scalars()))
