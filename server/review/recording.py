"""The ledger of one session as the review site needs it: streams, parts, segments, gaps, events, times.

Ingest accepted each line only after its signature and place in the chain held, so lines are read here without
checking them again; the page's verdict on the evidence comes from ``evidence.verify`` alone.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from evidence.coverage import StreamCoverage, claimed
from evidence.signing import payload_of
from server.clock import iso, parse
from server.store import LEDGER, Store

KINDS = ("screen", "camera", "sound")
KEPT_IN_MEMORY = 64  # ledgers; one of three hours is about 10 MB when read


@dataclass
class Part:
    """One encoder session of a stream. ``origin``: session ms of its tick 0."""

    number: int
    origin: int
    timescale: int
    media: str
    width: int
    height: int
    init: str | None


@dataclass
class Stream:
    name: str
    parts: dict[int, Part] = field(default_factory=dict)
    segments: dict[int, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """ "video", "sound" or "data": what the player does with it."""
        media = next((part.media for part in self.parts.values()), "")
        if media.startswith("video/"):
            return "video"
        return "sound" if media.startswith("audio/") else "data"

    def first_of_part(self, part: int) -> int | None:
        """Index of the segment that carries the part's init."""
        return min((index for index, line in self.segments.items() if line["part"] == part), default=None)


def stream_order(name: str) -> tuple[int, int, str]:
    """Screens by their numbers, then camera, sound, and the rest by name."""
    kind, _, number = name.partition("-")
    place = KINDS.index(kind) if kind in KINDS else len(KINDS)
    return place, int(number) if number.isdecimal() else 0, name


@dataclass
class Recording:
    """Everything here comes from the client: names are known to be well-formed, texts are hostile."""

    lines: list[dict[str, Any]]
    streams: dict[str, Stream]
    begin: Mapping[str, Any] | None
    end: Mapping[str, Any] | None

    @cached_property
    def claimed(self) -> dict[str, StreamCoverage]:
        """Coverage as the ledger claims it, per recorded stream."""
        return claimed(self.lines)

    def data_of(self, segments: Iterable[tuple[str, int]]) -> frozenset[tuple[str, int]]:
        """Those of the (stream, index) pairs that belong to data streams."""
        return frozenset(key for key in segments if key[0] in self.streams and self.streams[key[0]].kind == "data")

    @cached_property
    def _by_type(self) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        for line in self.lines:
            found.setdefault(line["type"], []).append(line)
        return found

    def of_type(self, kind: str) -> list[dict[str, Any]]:
        """In the order of the ledger; not to be changed. Of a recording that is read to its end."""
        return self._by_type.get(kind, [])

    def event_at(self, name: str) -> int | None:
        """Session ms of the first event of this name."""
        return next((line["at"] for line in self.of_type("event") if line["name"] == name), None)

    @property
    def breaks(self) -> list[tuple[int, int]]:
        """Session ms from each ``break-began`` to its ``break-over``; one that was not ended lasts to the end."""
        spans: list[tuple[int, int]] = []
        began: int | None = None
        for line in self.of_type("event"):
            if line["name"] == "break-began" and began is None:
                began = line["at"]
            elif line["name"] == "break-over" and began is not None:
                spans.append((began, line["at"]))
                began = None
        return spans if began is None else [*spans, (began, max(began, self.axis[1]))]

    @property
    def axis(self) -> tuple[int, int]:
        """Session ms at the two ends of the page's time axis."""
        media = [stream for stream in self.streams.values() if stream.kind != "data"]
        origins = [part.origin for stream in media for part in stream.parts.values()]
        start = min(origins, default=0)
        if self.end is not None:
            return start, max(start + 1, int(self.end["until"]))
        ends = [int(line["end"]) for line in self.of_type("segment")]
        return start, max([start + 1, *ends])

    @property
    def exam(self) -> tuple[int, int]:
        """Session ms from the opening of the paper to the end; the whole axis if the paper never opened."""
        start, end = self.axis
        opened = self.event_at("paper-opened")
        return (start if opened is None else opened), end

    @property
    def wall_zero(self) -> datetime:
        """The wall clock at session ms 0, as the client's first line gives it."""
        if not self.lines:
            return datetime.fromtimestamp(0, UTC)
        first = self.lines[0]
        return parse(str(first["wall"])) - timedelta(milliseconds=int(first["at"]))

    def wall(self, at_ms: int) -> str:
        return iso(self.wall_zero + timedelta(milliseconds=at_ms))

    @property
    def simulated(self) -> list[str]:
        """Names of the devices that were stand-ins, as ``begin`` declares them."""
        declared = (self.begin or {}).get("simulated") or []
        if isinstance(declared, Mapping):
            return sorted(str(name) for name, stand_in in declared.items() if stand_in)
        return sorted(str(name) for name in declared) if isinstance(declared, list) else ["devices"]


def grown(before: Recording | None, lines: Iterable[str]) -> Recording:
    """A new view with ``lines`` after those of ``before``; the old one stays as readers hold it."""
    recording = Recording([], {}, None, None)
    if before is not None:
        streams = {
            name: Stream(name, dict(stream.parts), dict(stream.segments)) for name, stream in before.streams.items()
        }
        recording = Recording(list(before.lines), streams, before.begin, before.end)
    for line in lines:
        _take(recording, payload_of(line))
    return recording


def _take(recording: Recording, payload: dict[str, Any]) -> None:
    recording.lines.append(payload)
    kind = payload["type"]
    if kind == "begin":
        recording.begin = payload
    elif kind == "end":
        recording.end = payload
    elif kind == "part":
        stream = recording.streams.setdefault(payload["stream"], Stream(payload["stream"]))
        stream.parts[payload["part"]] = Part(
            payload["part"], payload["origin"], payload["timescale"], str(payload["media"]),
            payload.get("width") or 0, payload.get("height") or 0, payload.get("init"),
        )  # fmt: skip
    elif kind == "segment":
        stream = recording.streams.setdefault(payload["stream"], Stream(payload["stream"]))
        stream.segments[payload["index"]] = payload


class Recordings:
    """Ledgers read from the store, kept while their files do not grow. Safe to use from several threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: OrderedDict[str, tuple[int, Recording]] = OrderedDict()
        self._lock = Lock()

    def get(self, session: str) -> Recording:
        with self._lock:
            kept = self._kept.get(session)
        size, before = kept if kept is not None else (0, None)
        new = _whole_lines(self._store.path(session) / LEDGER, size)
        if not new and before is not None:
            return before
        recording = grown(before, new.decode("utf-8").split("\n")[:-1])
        with self._lock:
            self._kept[session] = (size + len(new), recording)
            self._kept.move_to_end(session)
            while len(self._kept) > KEPT_IN_MEMORY:
                self._kept.popitem(last=False)
        return recording


def _whole_lines(file: Path, offset: int) -> bytes:
    """What follows ``offset``, up to the last newline; ingest may be writing the next line at this moment."""
    try:
        with file.open("rb") as stream:
            stream.seek(offset)
            data = stream.read()
    except FileNotFoundError:
        return b""
    return data[: data.rfind(b"\n") + 1]
