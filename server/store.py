"""Where session folders lie: the layout of an evidence bundle, on the server's disk.

Everything is create-only or append-only, until a recording's time is over and its segments are erased. A file is
whole and on the disk before its name exists, so a crash leaves either nothing or the whole thing.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
from enum import Enum
from pathlib import Path

LEDGER = "ledger.txt"
RECEIPTS = "receipts.txt"
SEGMENTS = "segments"
SEAT_KEY = "seat-key.txt"
SERVER_KEY = "server-key.txt"

_SESSION_NAME = re.compile(r"[a-z0-9]{1,32}")
_STREAM_NAME = re.compile(r"[a-z][a-z0-9-]{0,31}")
MAX_INDEX = 999_999
_BINARY: int = getattr(os, "O_BINARY", 0)  # Windows would write other line ends


class StoreError(Exception):
    """A name that no session folder may hold, or a folder that is not there."""


class Put(Enum):
    STORED = "stored"
    ALREADY_HELD = "already_held"
    OTHER_BYTES = "other_bytes"


class Store:
    """Session folders below one directory. Methods block; call them from a thread."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def path(self, session: str) -> Path:
        """The session's folder, which ``python -m evidence verify`` can check as it lies."""
        if not _SESSION_NAME.fullmatch(session):
            raise StoreError(f"bad session name {session!r}")
        return self._root / session

    def sessions(self) -> list[str]:
        return sorted(entry.name for entry in self._root.iterdir() if _SESSION_NAME.fullmatch(entry.name))

    def create(self, session: str, seat_key: str, server_key: str) -> None:
        """Makes the folder with its two signed key lines. Repeating it with the same lines is harmless."""
        folder = self.path(session)
        (folder / SEGMENTS).mkdir(parents=True, exist_ok=True)
        sync_folder(self._root)
        for name, line in ((SEAT_KEY, seat_key), (SERVER_KEY, server_key)):
            if _create(folder / name, line.encode() + b"\n") is Put.OTHER_BYTES:
                raise StoreError(f"{session} already holds another {name}")

    def seat_key(self, session: str) -> str | None:
        """The signed line of the session's seat key, or None before ``create``."""
        try:
            return (self.path(session) / SEAT_KEY).read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None

    # ---- segments

    def segment_path(self, session: str, stream: str, index: int) -> Path:
        if not _STREAM_NAME.fullmatch(stream) or not 0 <= index <= MAX_INDEX:
            raise StoreError(f"bad segment name {stream!r}/{index}")
        return self.path(session) / SEGMENTS / stream / f"{index:06d}.age"

    def put_segment(self, session: str, stream: str, index: int, sealed: bytes) -> Put:
        path = self.segment_path(session, stream, index)
        try:
            return _create(path, sealed)
        except FileNotFoundError:  # the first of its stream
            path.parent.mkdir(parents=True, exist_ok=True)
            sync_folder(path.parent.parent)
            return _create(path, sealed)

    def get_segment(self, session: str, stream: str, index: int) -> bytes | None:
        try:
            return self.segment_path(session, stream, index).read_bytes()
        except FileNotFoundError:
            return None

    def segment_digest(self, session: str, stream: str, index: int) -> str | None:
        """Hex SHA-256 of the held bytes, or None."""
        held = self.get_segment(session, stream, index)
        return None if held is None else hashlib.sha256(held).hexdigest()

    def segment_files(self, session: str) -> list[Path]:
        """Everything that lies where segments do, files being written included."""
        return [entry for entry in (self.path(session) / SEGMENTS).rglob("*") if not entry.is_dir()]

    def remove_segment(self, session: str, stream: str, index: int) -> None:
        """Takes back a segment that came while its session was being erased."""
        path = self.segment_path(session, stream, index)
        path.unlink(missing_ok=True)
        sync_folder(path.parent)

    def erase_segments(self, session: str) -> int:
        """Removes every segment; returns how many bytes they had. Repeating it is harmless."""
        size = 0
        for file in self.segment_files(session):
            size += file.lstat().st_size
            file.unlink(missing_ok=True)
        shutil.rmtree(self.path(session) / SEGMENTS, ignore_errors=True)  # what is left are empty folders
        if self.path(session).exists():
            sync_folder(self.path(session))
        return size

    # ---- ledger and receipts

    def append_lines(self, session: str, lines: list[str]) -> list[tuple[int, int]]:
        """Adds lines to the ledger and syncs. Returns (byte offset, length without newline) of each."""
        return _append(self.path(session) / LEDGER, lines)

    def ledger_lines(self, session: str) -> list[str]:
        """The ledger's whole lines. What follows the last of them is left alone: the ingest may be writing it."""
        return _whole_lines(self.path(session) / LEDGER)

    def mend_ledger(self, session: str) -> list[str]:
        """The same, after cutting off a torn last line (a crash while writing). For the one process that appends."""
        return _mended(self.path(session) / LEDGER)

    def ledger_size(self, session: str) -> int:
        """Bytes of the ledger's file, 0 before there is one."""
        try:
            return (self.path(session) / LEDGER).stat().st_size
        except FileNotFoundError:
            return 0

    def read_line(self, session: str, offset: int, length: int) -> str:
        with (self.path(session) / LEDGER).open("rb") as file:
            file.seek(offset)
            return file.read(length).decode("utf-8")

    def append_receipt(self, session: str, line: str) -> None:
        """After the whole lines: a crash may have torn the last one."""
        path = self.path(session) / RECEIPTS
        _mended(path)
        _append(path, [line])

    def receipts(self, session: str) -> list[str]:
        try:
            return (self.path(session) / RECEIPTS).read_text(encoding="utf-8").split("\n")[:-1]
        except FileNotFoundError:
            return []


def _whole_lines(path: Path) -> list[str]:
    """The file's lines that were ended. Changes nothing."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return []
    return data[: data.rfind(b"\n") + 1].decode("utf-8").split("\n")[:-1]


def _mended(path: Path) -> list[str]:
    """The same; what follows the last of them is cut off the file."""
    lines = _whole_lines(path)
    whole = sum(len(line.encode("utf-8")) + 1 for line in lines)
    if path.exists() and path.stat().st_size != whole:
        os.truncate(path, whole)
    return lines


def _create(path: Path, content: bytes) -> Put:
    """Creates ``path`` with ``content``, whole and synced, or says what is there already."""
    if path.exists():
        return _compare(path, content)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        _write_synced(part, content)
        try:
            os.link(part, path)  # unlike rename, this never replaces a file
        except FileExistsError:
            return _compare(path, content)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(path.parent)
    return Put.STORED


def _write_synced(file: Path, content: bytes) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
    try:
        _write_all(descriptor, content)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _compare(path: Path, content: bytes) -> Put:
    return Put.ALREADY_HELD if path.read_bytes() == content else Put.OTHER_BYTES


def _append(path: Path, lines: list[str]) -> list[tuple[int, int]]:
    pieces = [line.encode("utf-8") for line in lines]
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | _BINARY, 0o666)
    try:
        at = size = os.fstat(descriptor).st_size
        _write_all(descriptor, b"".join(piece + b"\n" for piece in pieces))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if size == 0:  # its name may be new
        sync_folder(path.parent)
    places = []
    for piece in pieces:
        places.append((at, len(piece)))
        at += len(piece) + 1
    return places


def _write_all(descriptor: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:  # a disk that is nearly full takes a part
        rest = rest[os.write(descriptor, rest) :]


def sync_folder(folder: Path) -> None:
    """Names added to or taken from the folder are on the disk when this returns."""
    if os.name != "posix":
        return  # Windows keeps names with the file's own sync
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
