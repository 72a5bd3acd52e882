"""Files that a student attaches to an answer: cut into pieces, each piece one sealed segment of the stream ``files``.

The ledger lists a piece like any other segment, so that a missing, exchanged or altered one is found with public keys
alone. Which file an answer means, and its digest, stand in the answer's value, to which the ledger is committed.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from evidence.errors import EvidenceError

FILES = "files"
MEDIA = "application/x-ndjson"
PIECE_BYTES = 1024 * 1024  # in base64 it stays below the largest segment a server takes
MOST_FILE_BYTES = 100 * 1024 * 1024
MOST_FILES = 20  # of one question
SUFFIX_BYTES = 20
NAME_BYTES = 180  # in UTF-8: with an id before it a name stays below what any disk takes

_ID = re.compile(r"[0-9a-f]{16}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NOT_IN_NAMES = '<>:"/\\|?*'
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)
_MOST_INDEX = 10**10


class BadAttached(EvidenceError):
    """An entry that is not well formed, or pieces that are not the file it names."""


@dataclass(frozen=True)
class Attached:
    """A file as an answer's value names it. ``size``: bytes, at least 1; ``sha256``: of the file itself, hex;
    ``first``, ``pieces``: its segments in ``files``; ``at``: session ms at which it was attached."""

    id: str
    name: str
    size: int
    sha256: str
    first: int
    pieces: int
    at: int

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, body: object) -> Attached:
        """Raises ``BadAttached`` for anything but an entry that could be true."""
        if not isinstance(body, Mapping) or set(body) != set(cls.__dataclass_fields__):
            raise BadAttached("not an attached file")
        entry = cls(**body)
        texts = (entry.id, entry.name, entry.sha256)
        numbers = (entry.size, entry.first, entry.pieces, entry.at)
        if not all(isinstance(text, str) for text in texts) or not all(type(number) is int for number in numbers):
            raise BadAttached("a field of the wrong kind")
        if not _ID.fullmatch(entry.id) or not _SHA256.fullmatch(entry.sha256) or entry.name != safe_name(entry.name):
            raise BadAttached("a name, an id or a digest that is none")
        if not 0 < entry.size <= MOST_FILE_BYTES or entry.pieces != pieces_of(entry.size):
            raise BadAttached("a size that no file has")
        if not 0 <= entry.first < _MOST_INDEX or not 0 <= entry.at < 2**53:
            raise BadAttached("a number out of range")
        return entry


def pieces_of(size: int) -> int:
    """How many pieces a file of ``size`` bytes has."""
    return -(-size // PIECE_BYTES)


def suffix_of(name: str) -> str:
    """``.pdf`` of ``Work.PDF``; "" without one."""
    head, dot, tail = name.rpartition(".")
    return f".{tail.lower()}" if dot and head and tail else ""


def safe_name(name: str) -> str:
    """A name that every system can keep and that shows as it is: no path, no control or invisible characters (those
    that turn the direction of writing among them), no device of Windows; long ones are cut before their suffix."""
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    while (safer := _safer(name)) != name:  # a cut may leave a blank or another suffix behind
        name = safer
    return name


def _safer(name: str) -> str:
    seen = "".join("_" if letter in _NOT_IN_NAMES else letter for letter in name if _visible(letter))
    kept = " ".join(unicodedata.normalize("NFC", seen).split()).strip(". ")
    kept = f"_{kept}" if _DEVICES.match(kept) else kept
    stem, dot, tail = kept.rpartition(".")
    stem, suffix = (stem, dot + tail) if stem and tail else (kept, "")
    if len(suffix.encode()) > SUFFIX_BYTES:
        stem, suffix = kept, ""
    stem = stem.encode()[: NAME_BYTES - len(suffix.encode())].decode("utf-8", "ignore")
    return (stem.rstrip(". ") or "file") + suffix


def _visible(letter: str) -> bool:
    """Neither control, format, surrogate nor private, and no line or paragraph of its own.

    Unassigned ones stay: Pythons know signs of different years, and the institution's must not refuse an answer for a
    name that the student's kept.
    """
    return unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


# ---- pieces


@dataclass(frozen=True)
class End:
    """What the last piece says of the whole file."""

    name: str
    size: int
    sha256: str


def piece_line(at: int, file: str, piece: int, data: bytes, end: End | None = None) -> bytes:
    """The body of one segment of ``files``. ``end`` with the last piece only."""
    line: dict[str, Any] = {"t": at, "file": file, "piece": piece, "data": base64.b64encode(data).decode()}
    line |= asdict(end) if end is not None else {}
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


@dataclass(frozen=True)
class Piece:
    file: str
    piece: int
    data: bytes
    end: End | None


def read_piece(body: bytes) -> Piece:
    """Raises ``BadAttached``."""
    try:
        line = json.loads(body)
        file, piece, data = line["file"], line["piece"], base64.b64decode(line["data"], validate=True)
        end = End(str(line["name"]), line["size"], str(line["sha256"])) if "sha256" in line else None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, binascii.Error) as error:
        raise BadAttached(f"not a piece of a file: {error}") from error
    fits = isinstance(file, str) and _ID.fullmatch(file) and type(piece) is int and 0 <= piece < _MOST_INDEX
    if not fits or len(data) > PIECE_BYTES or (end is not None and type(end.size) is not int):
        raise BadAttached("not a piece of a file")
    return Piece(file, piece, data, end)


def join(entry: Attached, bodies: Iterable[bytes]) -> bytes:
    """The file's bytes from its segments' bodies in order. Raises ``BadAttached`` if they are not what ``entry``
    says."""
    return b"".join(contents(entry, bodies))


def contents(entry: Attached, bodies: Iterable[bytes]) -> Iterator[bytes]:
    """The same piece by piece. That they are the file is known only after the last one; else ``BadAttached``."""
    size, digest = 0, hashlib.sha256()
    for number, body in enumerate(bodies):
        piece = read_piece(body)
        size += len(piece.data)
        if (piece.file, piece.piece) != (entry.id, number) or size > entry.size:
            raise BadAttached("a piece of another file, or at another place")
        digest.update(piece.data)
        yield piece.data
    if size != entry.size or digest.hexdigest() != entry.sha256:
        raise BadAttached("the pieces are not the file that the answer names")
