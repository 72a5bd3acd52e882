"""A session's folder, the same folder as a stored zip (a bundle), and careful reading of either."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import Protocol

from evidence.errors import EvidenceError
from evidence.names import check_stream_name

SEAT_KEY, SERVER_KEY, LEDGER, RECEIPTS = "seat-key.txt", "server-key.txt", "ledger.txt", "receipts.txt"

MAX_FILES = 500_000  # 24 h of eight streams at 4 s are 170 000
MAX_SEGMENT_BYTES = 4 * 1024 * 1024  # the server takes 2 MiB + 64 KiB
MAX_TEXT_BYTES = 256 * 1024 * 1024
MAX_BUNDLE_BYTES = 64 * 1024**3

_TEXTS = (SEAT_KEY, SERVER_KEY, LEDGER, RECEIPTS)
_SEGMENT = re.compile(r"segments/([^/]+)/(\d{6}|[1-9]\d{6,9})\.age")
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)


class BundleError(EvidenceError):
    """Not a session folder or bundle, or one that holds what it must not."""


def segment_name(stream: str, index: int) -> str:
    """``segments/<stream>/<index>.age``; raises ``BadName``, ``BundleError``."""
    if type(index) is not int or not 0 <= index < 10**10:
        raise BundleError("an index is a whole number from 0")
    return f"segments/{check_stream_name(stream)}/{index:06d}.age"


def parse_segment_name(name: str) -> tuple[str, int] | None:
    """Stream and index of a segment's name inside a folder or bundle, or None for any other name."""
    match = _SEGMENT.fullmatch(name)
    if not match:
        return None
    try:
        return check_stream_name(match[1]), int(match[2])
    except EvidenceError:
        return None


class SessionFolder:
    """Where the parts of one session lie. ``ledger`` and ``receipts`` hold one signed line per line of text,
    ``seat_key`` and ``server_key`` a single one."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self.seat_key = self.path / SEAT_KEY
        self.server_key = self.path / SERVER_KEY
        self.ledger = self.path / LEDGER
        self.receipts = self.path / RECEIPTS
        self.segments = self.path / "segments"

    def segment_path(self, stream: str, index: int) -> Path:
        """Raises ``BadName``, ``BundleError``."""
        return self.path / segment_name(stream, index)


class Source(Protocol):
    """A session to read: names are relative, with forward slashes."""

    def names(self) -> list[str]:
        """Plain files. Raises ``BundleError`` if there are too many."""

    def odd(self) -> list[str]:
        """Entries that are no plain files (links, devices) or occur twice."""

    def read(self, name: str, limit: int) -> bytes:
        """Raises ``BundleError`` if absent, unreadable or longer than ``limit`` bytes."""


class FolderSource:
    """A session folder. Links are never followed."""

    def __init__(self, path: Path) -> None:
        self._root = os.fspath(path)
        self._names: list[str] = []
        self._odd: list[str] = []
        try:
            self._scan(path, "")
        except OSError as error:
            raise BundleError(f"the folder cannot be read: {error}") from error

    def _scan(self, folder: Path, prefix: str) -> None:
        with os.scandir(folder) as entries:
            for entry in entries:
                name = prefix + entry.name
                if entry.is_file(follow_symlinks=False):
                    self._names.append(name)
                elif entry.is_dir(follow_symlinks=False) and prefix.count("/") < 3:
                    self._scan(Path(entry.path), name + "/")
                else:
                    self._odd.append(name)
                if len(self._names) + len(self._odd) > MAX_FILES:
                    raise BundleError("too many files")

    def names(self) -> list[str]:
        return self._names

    def odd(self) -> list[str]:
        return self._odd

    def read(self, name: str, limit: int) -> bytes:
        try:
            # Thousands of small files: reading without a buffer, by the size the system states, saves half the time.
            with FileIO(f"{self._root}/{name}") as file:
                if os.fstat(file.fileno()).st_size > limit:
                    raise BundleError(f"{name} is longer than {limit} bytes")
                content = file.readall()
        except OSError as error:
            raise BundleError(f"{name} cannot be read: {error}") from error
        return _within(name, content, limit)


class ZipSource:
    """A bundle. Sizes that the zip states are not trusted."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._entries: dict[str, zipfile.ZipInfo] = {}
        self._odd: list[str] = []
        if len(archive.infolist()) > MAX_FILES:
            raise BundleError("too many files")
        for info in archive.infolist():
            kind = info.external_attr >> 28  # the file type in Unix mode bits; 0 where not stated
            if info.is_dir():
                continue
            if info.filename in self._entries or kind not in (0, 8):
                self._odd.append(info.filename)
            else:
                self._entries[info.filename] = info

    def names(self) -> list[str]:
        return list(self._entries)

    def odd(self) -> list[str]:
        return self._odd

    def read(self, name: str, limit: int) -> bytes:
        if name not in self._entries:
            raise BundleError(f"{name} is not in the bundle")
        try:
            with self._archive.open(self._entries[name]) as file:
                content = file.read(limit + 1)
        except _ZIP_ERRORS as error:
            raise BundleError(f"{name} cannot be read: {error}") from error
        return _within(name, content, limit)


def _within(name: str, content: bytes, limit: int) -> bytes:
    if len(content) > limit:
        raise BundleError(f"{name} is longer than {limit} bytes")
    return content


@contextmanager
def open_source(path: Path) -> Iterator[Source]:
    """The session at ``path``, folder or zip; raises ``BundleError``."""
    if path.is_dir():
        yield FolderSource(path)
        return
    try:
        archive = zipfile.ZipFile(path)
    except _ZIP_ERRORS as error:
        raise BundleError(f"neither a session folder nor a bundle: {error}") from error
    with archive:
        yield ZipSource(archive)


def pack(folder: SessionFolder | Path, zip_path: Path) -> Path:
    """Write the session as a stored zip: equal folders give equal bytes. Other files are left out.
    Raises ``BundleError``; ``zip_path`` is either whole or untouched."""
    source = FolderSource(folder.path if isinstance(folder, SessionFolder) else folder)
    names = sorted(name for name in source.names() if name in _TEXTS or parse_segment_name(name))
    if LEDGER not in names:
        raise BundleError("the folder holds no ledger")
    with _temporary(zip_path) as part:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
            for name in names:
                info = zipfile.ZipInfo(name)  # dated 1980, the zip's own zero
                info.external_attr = 0o100644 << 16
                archive.writestr(info, source.read(name, _limit(name)))
        part.replace(zip_path)
    return zip_path


def unpack(zip_path: Path, folder: Path) -> SessionFolder:
    """Write a bundle out as the session folder ``folder``, which must not exist yet. Anything in the bundle that
    has no place in a session folder (a path upwards, a link, a name twice) raises ``BundleError``, and nothing is
    left behind."""
    if folder.exists():
        raise BundleError("the target exists already")
    with open_source(zip_path) as source, _temporary(folder) as part:
        if source.odd():
            raise BundleError(f"no plain file, or one name twice: {source.odd()[0]!r}")
        total = 0
        for name in source.names():
            if name not in _TEXTS and parse_segment_name(name) is None:
                raise BundleError(f"no part of a session: {name[:80]!r}")
            content = source.read(name, _limit(name))
            total += len(content)
            if total > MAX_BUNDLE_BYTES:
                raise BundleError("the bundle is too large")
            target = part / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        if not (part / LEDGER).exists():
            raise BundleError("the bundle holds no ledger")
        part.replace(folder)
    return SessionFolder(folder)


def _limit(name: str) -> int:
    return MAX_TEXT_BYTES if name in _TEXTS else MAX_SEGMENT_BYTES


@contextmanager
def _temporary(target: Path) -> Iterator[Path]:
    """A name in a fresh folder beside ``target``, removed at the end with whatever is still there."""
    place = Path(tempfile.mkdtemp(prefix=".part-", dir=target.parent))
    try:
        yield place / target.name
    finally:
        shutil.rmtree(place, ignore_errors=True)
