"""When the computer slept and when the student's session was locked or in the background: causes for gaps.

A lane knows that nothing was recorded and what its device said; whether the computer slept meanwhile is
known here. So each gap is asked about on its way to the ledger.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from client.clock import Clock

SUSPENDED = "suspended"
AWAY = "session-away"
LOCKED = "screen-locked"
SAVER = "screen-saver"

NAP_MS = 500  # asleep for less than this is what clocks differ by
# What lies between the sleep and the next picture is waking up, unless it takes longer than this.
SLIVER_MS = 2000
# An exam with more interruptions than this keeps the newest; each of them is in the ledger anyway.
MOST = 512


@dataclass(frozen=True)
class Sleep:
    """The computer slept ``asleep_ms`` of the time between two looks (session ms)."""

    from_ms: int
    to_ms: int
    asleep_ms: int


Piece = tuple[int, int, str]  # from, to (session ms), cause


class Absences:
    """Thread-safe. ``look`` once a second keeps the edges of a sleep within a second of the truth."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._looked_ms, self._asleep_ns = clock.now_ms(), clock.asleep_ns()
        self._past: deque[Piece] = deque(maxlen=MOST)
        self._present: dict[str, int] = {}
        self._untold: deque[Sleep] = deque(maxlen=MOST)

    def look(self) -> None:
        """Note whether the computer slept since the last look."""
        with self._lock:
            self._look()

    def sleeps(self) -> list[Sleep]:
        """Those not handed out before."""
        with self._lock:
            self._look()
            found = list(self._untold)
            self._untold.clear()
            return found

    def began(self, kind: str) -> None:
        """From now on the session is ``AWAY``, ``LOCKED`` or under a ``SAVER``."""
        with self._lock:
            self._present.setdefault(kind, self._clock.now_ms())

    def ended(self, kind: str) -> int:
        """Returns for how many ms it lasted; 0 if it had not begun."""
        now = self._clock.now_ms()
        with self._lock:
            start = self._present.pop(kind, now)
            if now > start:
                self._past.append((start, now, kind))
            return now - start

    def explain(self, stream: str, from_ms: int, to_ms: int, cause: str) -> list[Piece]:
        """The gap cut up by what is known of it, in order; ``cause`` (the lane's) stays where nothing is."""
        with self._lock:
            self._look()
            known = [*self._past, *((start, to_ms, kind) for kind, start in self._present.items())]
        pieces: list[Piece] = [(from_ms, to_ms, "")]
        for kind in _kinds(stream):
            for start, end, what in known:
                if what == kind:
                    pieces = [cut for piece in pieces for cut in _cut(piece, start, end, kind)]
        named = [(start, end, what or cause) for start, end, what in _without_slivers(pieces)]
        return _joined(named)

    def _look(self) -> None:
        now, asleep = self._clock.now_ms(), self._clock.asleep_ns()
        slept_ms = (asleep - self._asleep_ns) // 1_000_000
        if slept_ms > NAP_MS:
            self._untold.append(Sleep(self._looked_ms, now, slept_ms))
            self._past.append((self._looked_ms, now, SUSPENDED))
        self._looked_ms, self._asleep_ns = now, asleep


def _kinds(stream: str) -> Iterable[str]:
    """What may explain a gap of this stream, the strongest first: a locked screen takes no microphone away."""
    return (SUSPENDED, AWAY, LOCKED, SAVER) if stream.startswith("screen-") else (SUSPENDED, AWAY)


def _cut(piece: Piece, start: int, end: int, kind: str) -> list[Piece]:
    first, last, what = piece
    start, end = max(first, start), min(last, end)
    if what or end <= start:
        return [piece]
    pieces = [(first, start, ""), (start, end, kind), (end, last, "")]
    return [(a, b, named) for a, b, named in pieces if b > a]


def _without_slivers(pieces: list[Piece]) -> list[Piece]:
    """Short rests take the cause of the piece before them, or else of the one after."""
    result: list[Piece] = []
    for number, (start, end, what) in enumerate(pieces):
        if not what and end - start <= SLIVER_MS:
            after = pieces[number + 1][2] if number + 1 < len(pieces) else ""
            result.append((start, end, (result[-1][2] if result else "") or after))
        else:
            result.append((start, end, what))
    return result


def _joined(pieces: list[Piece]) -> list[Piece]:
    result: list[Piece] = []
    for start, end, cause in pieces:
        if result and result[-1][1] == start and result[-1][2] == cause:
            result[-1] = (result[-1][0], end, cause)
        else:
            result.append((start, end, cause))
    return result
