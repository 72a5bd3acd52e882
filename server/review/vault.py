"""Opens sealed segments in memory. The only place of the review site where a seat's private half is used."""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from evidence.age import AgeError, Identity, decrypt
from evidence.errors import EvidenceError
from evidence.keys import open_seat_identity
from evidence.seal import SealError, SegmentHeader, unseal
from evidence.signing import digest
from server.review.recording import Recording
from server.settings import DataFolder
from server.store import Store

SEATS_IN_MEMORY = 256
INITS_IN_MEMORY = 512
MAX_PLAIN_BYTES = 8 * 1024 * 1024


class NoSeatKey(Exception):
    """The seat's private half is not in the data folder, or is sealed to other identities."""


class OpeningProblem(Exception):
    """A segment is not what the ledger says. ``code`` is a word of ``PROBLEMS``."""

    def __init__(self, code: str, text: str = "") -> None:
        super().__init__(text or code)
        self.code = code


# The words of segments.opened_problem; each has a sentence in the catalogues.
PROBLEMS = (
    "not_held", "bytes_changed", "cannot_unseal", "foreign", "init_differs", "not_media", "frames_differ",
    "times_differ", "not_json", "too_large", "unexpected",
)  # fmt: skip


@dataclass(frozen=True)
class Opened:
    """A segment's plaintext, apart: ``init`` is empty except in a part's first segment."""

    header: SegmentHeader
    init: bytes
    body: bytes


class Vault:
    """Thread-safe. Everything it returns lives in memory only."""

    def __init__(self, folder: DataFolder, store: Store, review_identity: Identity) -> None:
        self._folder = folder
        self._store = store
        self._review = review_identity
        self._seats: OrderedDict[str, Identity] = OrderedDict()
        self._inits: OrderedDict[tuple[str, str, int], bytes] = OrderedDict()
        self._lock = Lock()

    def seat_identity(self, seat: str) -> Identity:
        """Raises ``NoSeatKey``."""
        with self._lock:
            if seat in self._seats:
                self._seats.move_to_end(seat)
                return self._seats[seat]
        try:
            identity = open_seat_identity(self._folder.seat_identity(seat).read_bytes(), [self._review])
        except (OSError, EvidenceError) as error:
            raise NoSeatKey(seat) from error
        with self._lock:
            self._seats[seat] = identity
            while len(self._seats) > SEATS_IN_MEMORY:
                self._seats.popitem(last=False)
        return identity

    def forget(self, session: str, seat: str) -> None:
        """After the recording was erased: neither its key nor anything opened with it stays in memory."""
        with self._lock:
            self._seats.pop(seat, None)
            for key in [key for key in self._inits if key[0] == session]:
                del self._inits[key]

    def open(self, session: str, seat: str, recording: Recording, stream: str, index: int) -> Opened:
        """One segment, checked against its ledger line. Raises ``OpeningProblem`` or ``NoSeatKey``."""
        line = recording.streams[stream].segments[index]
        sealed = self._store.get_segment(session, stream, index)
        if sealed is None:
            raise OpeningProblem("not_held")
        if hashlib.sha256(sealed).hexdigest() != line["sha256"]:
            raise OpeningProblem("bytes_changed")
        try:
            header, plain = unseal(sealed, self.seat_identity(seat))
        except SealError as error:
            raise OpeningProblem("cannot_unseal", str(error)) from error
        if len(plain) > MAX_PLAIN_BYTES:
            raise OpeningProblem("too_large")
        if (header.session, header.stream, header.part, header.index) != (session, stream, line["part"], index):
            raise OpeningProblem("foreign", f"{header.session}/{header.stream}/{header.part}/{header.index}")
        if not 0 <= header.init <= len(plain):
            raise OpeningProblem("not_media", "init longer than the segment")
        return Opened(header, plain[: header.init], plain[header.init :])

    def init(self, session: str, seat: str, recording: Recording, stream: str, part: int) -> bytes:
        """The init segment of a part, its digest checked. Raises ``OpeningProblem`` or ``NoSeatKey``."""
        key = (session, stream, part)
        with self._lock:
            if key in self._inits:
                return self._inits[key]
        first = recording.streams[stream].first_of_part(part)
        if first is None:
            raise OpeningProblem("not_held")
        opened = self.open(session, seat, recording, stream, first)
        check_init(recording, stream, part, opened.init)
        with self._lock:
            self._inits[key] = opened.init
            while len(self._inits) > INITS_IN_MEMORY:
                self._inits.popitem(last=False)
        return opened.init

    def picture(self, file: Path) -> bytes | None:
        """An enrolled picture, sealed to the review recipients; None if there is none or it is not for us."""
        try:
            return decrypt(file.read_bytes(), identities=[self._review])
        except (OSError, AgeError):
            return None


def check_init(recording: Recording, stream: str, part: int, init: bytes) -> None:
    expected = recording.streams[stream].parts[part].init
    if not init or expected is None or digest("init", init) != expected:
        raise OpeningProblem("init_differs")


def json_lines(body: bytes) -> list[dict[str, Any]]:
    """The objects of a ``track`` or ``events`` segment. Raises ``OpeningProblem``."""
    try:
        rows = [json.loads(line) for line in body.decode("utf-8").split("\n") if line.strip()]
    except (ValueError, RecursionError) as error:
        raise OpeningProblem("not_json", str(error)[:100]) from error
    if not all(isinstance(row, dict) and _is_time(row.get("t")) for row in rows):
        raise OpeningProblem("not_json", "a line is not an object with a time")
    return rows


def _is_time(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e12
