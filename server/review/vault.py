"""Opens sealed segments in memory. The only place of the review site where a seat's private half is used."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from threading import Lock

from evidence.age import AgeError, Identity, decrypt
from evidence.errors import EvidenceError
from evidence.keys import open_seat_identity
from server.review.recording import Recording
from server.review.unsealing import Opened, OpeningProblem, Place, check_init, open_sealed
from server.settings import DataFolder
from server.store import Store

SEATS_IN_MEMORY = 256
INITS_IN_MEMORY = 512


class NoSeatKey(Exception):
    """The seat's private half is not in the data folder, or is sealed to other identities."""


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
        sealed = self.sealed(session, stream, index)
        if sealed is None:
            raise OpeningProblem("not_held")
        place = Place(session, stream, line["part"], index, line["sha256"])
        return open_sealed(sealed, self.seat_identity(seat), place)

    def sealed(self, session: str, stream: str, index: int) -> bytes | None:
        """As it lies in the store; None where nothing does."""
        return self._store.get_segment(session, stream, index)

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
        check_init(opened.init, recording.streams[stream].parts[part].init)
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
