"""Reading a delivery file: hostile until its lines, digests and commitments say otherwise.

A delivery file is a bundle (``evidence/FORMAT.md``) with the segments that were still owed, and ``answers.age``: the
newest answers, sealed to the recipient the server named when the session was opened.
"""

from __future__ import annotations

import json
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from evidence import age, bundle
from evidence.bundle import BundleError, ZipSource, parse_segment_name
from evidence.errors import EvidenceError
from evidence.keys import SeatKey, read_seat_key
from evidence.signing import VerifyingKey, payload_of
from server.answer_values import is_value
from server.ingest.deliver import MAX_SEGMENT_BYTES
from server.ingest.exam import Answer
from server.store import MAX_INDEX

ANSWERS = "answers.age"
MAX_BYTES = 4 * 1024**3
MAX_ENTRIES = 65_534  # more than 24 h of four streams; a zip with more needs another kind of directory
MAX_DIRECTORY_BYTES = 16 * 1024**2  # what is read into memory before anything else is known
MAX_LEDGER_BYTES = 64 * 1024**2
MAX_ANSWERS_BYTES = 16 * 1024**2
_END = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"


class Trouble(StrEnum):
    """Why a file is not taken in. The site has a sentence for each."""

    DAMAGED = "damaged"  # no zip, half of one, or one that holds what it must not
    TOO_LARGE = "too_large"
    OTHER_INSTITUTION = "other_institution"
    UNKNOWN_SESSION = "unknown_session"
    OTHER_SESSION = "other_session"  # the ledger is not this session's
    CLOSED = "closed"  # erased, or ended by a person


class FileRefused(Exception):
    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(f"{trouble}: {detail}" if detail else str(trouble))
        self.trouble = trouble


@dataclass(frozen=True)
class SealedAnswers:
    """``resume``, ``machine``: what shows that the file comes from the computer in charge of the session."""

    answers: list[Answer] = field(default_factory=list)
    resume: str = ""
    machine: str = ""


class DeliveryFile:
    """``session`` and ``seat`` are what the file says of itself; its seat key carries this institution's signature."""

    def __init__(self, source: ZipSource, verifying: VerifyingKey) -> None:
        self._source = source
        if source.odd():
            raise FileRefused(Trouble.DAMAGED, "entries that are no plain files")
        names = source.names()
        texts = {bundle.SEAT_KEY, bundle.SERVER_KEY, bundle.LEDGER, bundle.RECEIPTS, ANSWERS}
        places = {name: parse_segment_name(name) for name in names if name not in texts}
        if None in places.values():
            raise FileRefused(Trouble.DAMAGED, "a name that is no part of a session")
        self.segments = sorted(place for place in places.values() if place is not None and place[1] <= MAX_INDEX)
        self.lines = self._lines()
        self.seat_key = self._seat_key(verifying)
        try:
            self.session = str(payload_of(self.lines[0])["session"])
        except (EvidenceError, KeyError) as error:
            raise FileRefused(Trouble.DAMAGED, "the ledger does not begin") from error

    def _lines(self) -> list[str]:
        try:
            text = self._source.read(bundle.LEDGER, MAX_LEDGER_BYTES).decode("ascii")
        except (BundleError, UnicodeDecodeError) as error:
            raise FileRefused(Trouble.DAMAGED, str(error)) from error
        lines = text.split("\n")[:-1]  # a torn last line counts for nothing
        if not lines:
            raise FileRefused(Trouble.DAMAGED, "no ledger line")
        return lines

    def _seat_key(self, verifying: VerifyingKey) -> SeatKey:
        try:
            line = self._source.read(bundle.SEAT_KEY, 64 * 1024).decode("utf-8").strip()
        except (BundleError, UnicodeDecodeError) as error:
            raise FileRefused(Trouble.DAMAGED, str(error)) from error
        try:
            return read_seat_key(line, verifying)
        except EvidenceError as error:
            raise FileRefused(Trouble.OTHER_INSTITUTION, str(error)) from error

    def read_segment(self, stream: str, index: int) -> bytes | None:
        """None where the bytes are damaged or too long: the rest of the file still counts."""
        try:
            return self._source.read(bundle.segment_name(stream, index), MAX_SEGMENT_BYTES)
        except EvidenceError:
            return None

    def answers(self, identity: age.Identity) -> SealedAnswers:
        """Empty where there are none, or none that can be read."""
        if ANSWERS not in self._source.names():
            return SealedAnswers()
        try:
            body = json.loads(age.decrypt(self._source.read(ANSWERS, MAX_ANSWERS_BYTES), [identity]))
            if body["session"] != self.session:
                return SealedAnswers()
            rows = [_answer(row) for row in body["answers"]]
            return SealedAnswers([row for row in rows if row.well_formed()], str(body["resume"]), str(body["machine"]))
        except (EvidenceError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return SealedAnswers()


def _answer(row: dict[str, Any]) -> Answer:
    value = row["value"]
    if not is_value(value):
        raise ValueError("an answer of no known form")
    question, commitment, salt = (str(row[name]) for name in ("question", "commitment", "salt"))
    return Answer(question, int(row["revision"]), value, int(row["at"]), commitment, salt)


@contextmanager
def open_file(path: Path, verifying: VerifyingKey) -> Iterator[DeliveryFile]:
    """Raises ``FileRefused``. Nothing is unpacked: each part is read when it is needed, up to its own limit."""
    try:
        _check_size(path)
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise FileRefused(Trouble.DAMAGED, str(error)) from error
    with archive:
        if any(info.compress_type != zipfile.ZIP_STORED for info in archive.infolist()):
            # We write them stored, and what does not shrink cannot swell.
            raise FileRefused(Trouble.DAMAGED, "compressed parts")
        yield DeliveryFile(ZipSource(archive), verifying)


def _check_size(path: Path) -> None:
    """The directory at a zip's end must be small before a library reads it into memory whole."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise FileRefused(Trouble.TOO_LARGE, f"{size} bytes")
    with path.open("rb") as file:
        file.seek(max(0, size - 65_536 - _END.size))
        tail = file.read()
    at = tail.rfind(_END_MARK)
    if at < 0 or len(tail) < at + _END.size:
        raise FileRefused(Trouble.DAMAGED, "half a file, or no delivery file at all")
    entries, directory = _END.unpack_from(tail, at)[4:6]
    if entries > MAX_ENTRIES or directory > MAX_DIRECTORY_BYTES:
        raise FileRefused(Trouble.TOO_LARGE, f"{entries} entries")
