"""Claimed coverage: how much of the exam each stream recorded, and why the rest is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

UNEXPLAINED = "unexplained"
UNFINISHED = "unfinished"  # the tail of a session without ``end``: its segment may not be sealed yet
DATA_MEDIA = "application/x-ndjson"  # ``track`` and ``events`` are data about the exam, not a recording of it

# Start and end are whole milliseconds: joints that are exact in the media's own ticks may differ by rounding.
JOINT_MS = 2
# Shorter holes count as missing but are not listed: one frame at 10 per second, one packet of sound.
LISTED_MS = 100


@dataclass(frozen=True)
class Gap:
    """A stretch of the exam without recording, in session ms."""

    from_ms: int
    to_ms: int
    cause: str


@dataclass(frozen=True)
class StreamCoverage:
    """``seconds``: length of the exam; ``covered``: of them recorded; ``ratio`` = covered / seconds.

    ``segments`` and ``bytes`` (sealed) count the whole session, also what lies outside the exam's window.
    """

    stream: str
    seconds: float
    covered: float
    ratio: float
    gaps: list[Gap]
    segments: int
    bytes: int

    def to_json(self) -> dict[str, Any]:
        gaps = [{"from": gap.from_ms, "to": gap.to_ms, "cause": gap.cause} for gap in self.gaps]
        return {
            "seconds": round(self.seconds, 3),
            "covered": round(self.covered, 3),
            "ratio": round(self.ratio, 6),
            "gaps": gaps,
            "segments": self.segments,
            "bytes": self.bytes,
        }


@dataclass
class _Stream:
    intervals: list[tuple[int, int]] = field(default_factory=list)
    declared: list[tuple[int, int, str]] = field(default_factory=list)
    joint: tuple[int, int] | None = None  # part and pts1 of the last segment
    segments: int = 0
    bytes: int = 0

    def add(self, line: Mapping[str, Any]) -> None:
        start, end = line["start"], line["end"]
        previous_end = self.intervals[-1][1] if self.intervals else start
        if self.joint == (line["part"], line["pts0"]) and 0 < start - previous_end <= JOINT_MS:
            start = previous_end
        if self.intervals and start == previous_end <= end:  # one after the other is one stretch
            self.intervals[-1] = (self.intervals[-1][0], end)
        else:
            self.intervals.append((start, end))
        self.joint = (line["part"], line["pts1"])
        self.segments += 1
        self.bytes += line["size"]


def claimed(lines: Iterable[Mapping[str, Any]]) -> dict[str, StreamCoverage]:
    """Coverage of each recorded stream from the ledger's payloads, as ``Claim`` has it."""
    claim = Claim()
    for line in lines:
        claim.add(line)
    return claim.coverage()


class Claim:
    """Coverage of each recorded stream, from the ledger's payloads one by one; memory grows with gaps alone.

    The exam's window runs from the first event ``paper-opened`` (without one: from the first line) to ``until``
    of ``end`` (without one: to the last line's time). Streams of data (``application/x-ndjson``) are left out;
    a stream that ``begin`` names and nothing recorded has ratio 0.
    """

    def __init__(self) -> None:
        self._streams: dict[str, _Stream] = {}
        self._data: set[str] = set()
        self._first: int | None = None
        self._last = 0
        self._opened: int | None = None
        self._until: int | None = None

    def add(self, line: Mapping[str, Any]) -> None:
        """The ledger's next line, checked before."""
        kind, self._last = line["type"], line["at"]
        self._first = self._last if self._first is None else self._first
        if kind == "begin":
            self._streams.update({name: _Stream() for name in line["streams"]})
        elif kind == "part" and line["media"] == DATA_MEDIA:
            self._data.add(line["stream"])
        elif kind == "segment":
            self._stream(line["stream"]).add(line)
        elif kind == "gap":
            self._stream(line["stream"]).declared.append((line["from"], line["to"], line["cause"]))
        elif kind == "event" and line["name"] == "paper-opened" and self._opened is None:
            self._opened = line["at"]
        elif kind == "end":
            self._until = line["until"]

    def _stream(self, name: str) -> _Stream:
        return self._streams.setdefault(name, _Stream())

    def coverage(self) -> dict[str, StreamCoverage]:
        begin = (self._first or 0) if self._opened is None else self._opened
        window = (begin, self._last if self._until is None else self._until)
        tail = UNEXPLAINED if self._until is not None else UNFINISHED
        streams = {name: stream for name, stream in self._streams.items() if name not in self._data}
        return {name: _cover(name, stream, window, tail) for name, stream in streams.items()}


def _cover(name: str, stream: _Stream, window: tuple[int, int], tail: str) -> StreamCoverage:
    begin, finish = window
    length = max(0, finish - begin)
    holes = find_holes(stream.intervals, window)
    missing = sum(end - start for start, end in holes)
    gaps: list[Gap] = []
    for start, end in holes:
        rest = tail if end == finish else UNEXPLAINED
        gaps += [gap for gap in _explain(start, end, stream.declared, rest) if gap.to_ms - gap.from_ms >= LISTED_MS]
    empty = 1.0 if stream.segments else 0.0
    ratio = (length - missing) / length if length else empty
    return StreamCoverage(name, length / 1000, (length - missing) / 1000, ratio, gaps, stream.segments, stream.bytes)


def find_holes(intervals: Sequence[tuple[int, int]], window: tuple[int, int]) -> list[tuple[int, int]]:
    """The parts of ``window`` that no interval covers, in order; all in ms, ends excluded."""
    holes = []
    position, finish = window
    for start, end in sorted(intervals):
        if start >= finish:
            break
        if start > position:
            holes.append((position, start))
        position = max(position, end)
    if position < finish:
        holes.append((position, finish))
    return holes


def _explain(start: int, end: int, declared: Sequence[tuple[int, int, str]], rest: str) -> list[Gap]:
    """One hole cut up by the ``gap`` lines that speak of it; short rests beside them take their cause."""
    pieces: list[Gap] = []
    position = start
    for from_ms, to_ms, cause in sorted(declared):
        begin, finish = max(from_ms, position), min(to_ms, end)
        if begin >= finish:
            continue
        if begin - position >= LISTED_MS:
            pieces.append(Gap(position, begin, rest))
            position = begin
        pieces.append(Gap(position, finish, cause))
        position = finish
    if pieces and end - position < LISTED_MS:
        last = pieces.pop()
        pieces.append(Gap(last.from_ms, end, last.cause))
    elif position < end:
        pieces.append(Gap(position, end, rest))
    return pieces
