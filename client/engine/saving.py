"""What could not be sent, as one file for a stick: ledger, owed segments, receipts, and the answers sealed.

The institution takes it in from any computer (docs/PROTOCOL.md, *Without a sign-in*). Nothing in it can be read by
whoever finds the stick but the ledger: times, sizes and names of devices.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from client.engine.signed_keys import resume_token
from client.errors import SenimError
from client.spool.disk import is_full, sync_folder
from client.spool.folder import SessionSpool
from client.spool.table import SegmentState
from evidence import age
from evidence.bundle import LEDGER, RECEIPTS, SEAT_KEY, SERVER_KEY, segment_name
from evidence.receipt import short_code

ANSWERS = "answers.age"
ENTRY_BYTES = 256  # what a zip writes about one entry, both times
_ON_THE_WAY = (SegmentState.LISTED, SegmentState.REFUSED)
_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}

Progress = Callable[[int, int], None]


class PlaceFull(SenimError):
    """The stick or folder has no room. Values: ``needed_mb``, ``free_mb``."""

    code = "place_full"


class PlaceMissing(SenimError):
    """The stick or folder is not there (any more)."""

    code = "place_missing"


class PlaceClosed(SenimError):
    """Nothing may be written there."""

    code = "place_closed"


@dataclass(frozen=True)
class Saved:
    """``code``: the short code of the sealed ledger, to compare."""

    file: Path
    size: int
    code: str


def save_for_delivery(spool: SessionSpool, machine: str, target: Path, progress: Progress) -> Saved:
    """Write ``target`` whole or not at all; blocks. ``progress`` gets (bytes written, bytes in all).

    Raises ``PlaceFull``, ``PlaceMissing``, ``PlaceClosed``, ``SenimError``.
    """
    lines = spool.lines()
    if not lines:
        raise SenimError("nothing was recorded")
    part, total = target.with_name(target.name + ".part"), 0
    try:
        texts = _texts(spool, machine, lines)
        owed = [row for state in _ON_THE_WAY for row in spool.table.segments(state)]
        total = sum(map(len, texts.values())) + sum(row.size for row in owed)
        _check_room(target, total + ENTRY_BYTES * (len(owed) + len(texts)))
        _write(part, _parts(spool, texts), total, progress)
        part.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        _remove(part)
        raise _named(error, target, total) from error
    return Saved(target, target.stat().st_size, short_code(lines[-1]))


def _texts(spool: SessionSpool, machine: str, lines: list[str]) -> dict[str, bytes]:
    note = spool.note
    texts = {
        SEAT_KEY: note.seat_key.encode() + b"\n",
        SERVER_KEY: note.server_key.encode() + b"\n",
        LEDGER: "".join(line + "\n" for line in lines).encode("ascii"),
        RECEIPTS: "".join(line + "\n" for line in spool.receipts()).encode("ascii"),
    }
    if note.recipient:
        rows = [row for row in spool.table.answers() if row.body.get("commitment")]
        names = ("value", "at", "commitment", "salt")
        answers = [
            {"question": row.question, "revision": row.revision, **{n: row.body[n] for n in names}} for row in rows
        ]
        body = {"format": 1, "session": note.session, "resume": resume_token(spool), "machine": machine,
                "answers": answers}  # fmt: skip
        sealed = age.encrypt(json.dumps(body).encode(), [age.parse_recipient(note.recipient)])
        texts[ANSWERS] = sealed
    return texts


def _parts(spool: SessionSpool, texts: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """One segment in memory at a time. One that arrived and made room meanwhile is owed no more."""
    yield from texts.items()
    for state in _ON_THE_WAY:
        for row in spool.table.segments(state):
            try:
                content = spool.read_segment(row.stream, row.index)
            except FileNotFoundError:
                continue
            yield segment_name(row.stream, row.index), content


def _write(part: Path, parts: Iterator[tuple[str, bytes]], total: int, progress: Progress) -> None:
    written = 0
    progress(0, total)
    with part.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            for name, content in parts:
                archive.writestr(zipfile.ZipInfo(name), content)
                written += len(content)
                progress(min(written, total), total)
        file.flush()
        os.fsync(file.fileno())  # a stick is pulled out as soon as the window says it may be


def _check_room(target: Path, needed: int) -> None:
    free = shutil.disk_usage(target.parent).free
    if free < needed:
        raise PlaceFull(str(target), needed_mb=f"{needed / 1e6:.0f}", free_mb=f"{free / 1e6:.0f}")


def _named(error: OSError, target: Path, needed: int) -> SenimError:
    if is_full(error):
        return PlaceFull(str(error), needed_mb=f"{needed / 1e6:.0f}", free_mb="0")
    return PlaceClosed(str(error)) if error.errno in _NOT_ALLOWED else PlaceMissing(f"{target.parent}: {error}")


def _remove(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:
        return  # the stick is gone, and the half file with it
