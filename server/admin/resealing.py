"""Another circle of people who can open recordings: only seat keys and reference pictures are sealed anew, a few
kilobytes each. Recordings stay as they are.

First the list of holders changes, so that every key made from then on is sealed to the new circle; then the old files
follow one by one. ``keys/reseal.txt`` names what is done, for a run that was ended in the middle: the next goes on.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from evidence import age, keys
from server.admin import key_copy, key_holders
from server.admin.console import Console
from server.admin.errors import CommandFailed
from server.admin.files import replace_file
from server.admin.key_holders import ESCROW, REVIEW, Holder
from server.schema import sessions

BATCH = 20  # files replaced in one transaction: ingest waits no longer than that for its own


@dataclass(frozen=True)
class Resealed:
    """``seats`` and ``pictures`` were sealed anew by this run, ``before`` by an earlier one that was ended.
    ``unopened``: what none of the keys given opens."""

    seats: int
    pictures: int
    before: int
    unopened: list[str]


def change(
    console: Console, openers: Sequence[age.Identity], add: Sequence[Holder] = (), drop: Sequence[str] = ()
) -> Resealed:
    """Takes holders in and out and seals everything anew. Raises ``CommandFailed`` before anything is changed."""
    before = key_holders.read(console.settings.folder)
    for name in drop:
        key_holders.find(before, name)
    kept = [one for one in before if one.name not in drop]
    for one in add:
        if one.name in [other.name for other in kept]:
            raise CommandFailed(f"there is a key {one.name!r} already")
    after = [*(one for one in [*kept, *add] if one.role == REVIEW), *(o for o in [*kept, *add] if o.role == ESCROW)]
    if {one.role for one in after} != {REVIEW, ESCROW}:
        raise CommandFailed("at least one review key and one escrow key must stay")
    _check_openers(before, openers)
    try:
        age.encrypt(b"", [one.recipient for one in after])
    except age.MixedRecipients as error:
        raise CommandFailed("all keys must be post-quantum (age1pq1…), as the others are") from error
    _Journal(console.settings.folder.keys / "reseal.txt", [one.recipient for one in after])
    key_holders.write(console.settings.folder, after)
    details = {"added": [one.name for one in add], "removed": list(drop), "now": [one.name for one in after]}
    console.database.write(lambda connection: console.audit(connection, "keys-holders", "seat keys", details))
    return reseal(console, openers)


def reseal(console: Console, openers: Sequence[age.Identity]) -> Resealed:
    """Seals every seat key and picture to the holders in force; goes on where an earlier run was ended. Does nothing
    that was done already."""
    folder = console.settings.folder
    holders = key_holders.read(folder)
    recipients = [one.recipient for one in holders]
    done = _Journal(folder.keys / "reseal.txt", recipients)
    before, unopened = len(done.names), []
    waiting = [(name, file) for name, file in _files(console) if name not in done.names]
    for start in range(0, len(waiting), BATCH):
        fresh: list[tuple[str, Path, bytes]] = []
        for name, file in waiting[start : start + BATCH]:
            content = _open(file, openers)
            if content is None:
                unopened.append(name)
            else:
                fresh.append((name, file, age.encrypt(content, recipients)))
        _replace(console, fresh)
        done.add([name for name, _, _ in fresh])
    made = [name for name, _ in waiting if name not in unopened]
    result = Resealed(
        sum(name.startswith("seat/") for name in made), sum(name.startswith("picture/") for name in made),
        before, unopened,
    )  # fmt: skip
    _finish(console, holders, result, done)
    return result


def is_unfinished(console: Console) -> bool:
    """A run was ended before every file was sealed anew."""
    return (console.settings.folder.keys / "reseal.txt").exists()


def _finish(console: Console, holders: Sequence[Holder], result: Resealed, done: _Journal) -> None:
    folder = console.settings.folder
    details = {
        "seats": result.seats, "pictures": result.pictures, "before": result.before,
        "unopened": len(result.unopened), "holders": [one.name for one in holders],
    }  # fmt: skip
    console.database.write(lambda connection: console.audit(connection, "keys-reseal", "seat keys", details))
    key_copy.update(console)
    if result.unopened:
        return
    done.remove()
    names = [one.name for one in holders]
    for name, file in key_holders.review_files(folder).items():
        if name not in names:  # it opens nothing any more
            file.unlink()


def _files(console: Console) -> Iterator[tuple[str, Path]]:
    folder = console.settings.folder
    for place in sorted(folder.seats.iterdir()):
        if not place.name.startswith(".") and folder.seat_identity(place.name).exists():
            yield f"seat/{place.name}", folder.seat_identity(place.name)
    for file in sorted(folder.pictures.glob("*.age")):
        yield f"picture/{file.stem}", file


def _open(file: Path, openers: Sequence[age.Identity]) -> bytes | None:
    try:
        content = age.decrypt(file.read_bytes(), openers)
        if file.name == "identity.age":
            age.parse_identity(content.decode("ascii").strip())
    except (age.AgeError, UnicodeDecodeError, FileNotFoundError):
        return None
    return content


def _replace(console: Console, fresh: Sequence[tuple[str, Path, bytes]]) -> None:
    """Inside a transaction: an erasure marks its session in one too, and must not find its key brought back."""

    def work(connection: Connection) -> None:
        erased = set(connection.execute(select(sessions.c.seat).where(sessions.c.erased_at.is_not(None))).scalars())
        for name, file, content in fresh:
            if file.exists() and name.removeprefix("seat/") not in erased:
                replace_file(file, content)

    console.database.write(work)


def _check_openers(holders: Sequence[Holder], openers: Sequence[age.Identity]) -> None:
    recipients = [one.recipient for one in holders]
    if not any(opener.recipient in recipients for opener in openers):
        raise CommandFailed("this key opens no seat key: it is neither a review key nor the escrow key in force")


class _Journal:
    """What is sealed to the holders in force. For other holders it begins anew."""

    def __init__(self, file: Path, recipients: Sequence[age.Recipient]) -> None:
        self._file = file
        mark = hashlib.sha256("\n".join(sorted(one.text for one in recipients)).encode()).hexdigest()
        lines = file.read_text(encoding="utf-8").split("\n")[:-1] if file.exists() else []
        self.names = set(lines[1:]) if lines[:1] == [mark] else set()
        if not self.names:
            replace_file(file, f"{mark}\n".encode())

    def add(self, names: Sequence[str]) -> None:
        with self._file.open("a", encoding="utf-8") as stream:
            stream.write("".join(name + "\n" for name in names))
            stream.flush()
            os.fsync(stream.fileno())

    def remove(self) -> None:
        self._file.unlink(missing_ok=True)


def open_seat(console: Console, seat: str, openers: Sequence[age.Identity]) -> age.Identity:
    """One seat's private half. Raises ``CommandFailed``."""
    try:
        return keys.open_seat_identity(console.settings.folder.seat_identity(seat).read_bytes(), openers)
    except FileNotFoundError:
        raise CommandFailed(f"{seat}: its private key is not here: destroyed, or not restored") from None
    except (OSError, keys.KeysError) as error:
        raise CommandFailed(f"{seat}: {error}") from error
