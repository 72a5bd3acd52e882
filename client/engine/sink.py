"""From the capture's threads into the spool: what was recorded, and what was not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from client.capture.source import PartInfo, SegmentInfo, SourceState
from client.errors import SenimError
from client.spool.writer import SpoolWriter
from client.system.absences import Piece
from evidence.signing import digest


def unexplained(_stream: str, from_ms: int, to_ms: int, cause: str) -> list[Piece]:
    """A gap as its lane saw it."""
    return [(from_ms, to_ms, cause)]


def unheard(_name: str, _data: Mapping[str, Any]) -> None:
    """Nobody wants to know."""


class SpoolSink:
    """Keeps the capture's contract. Before ``record`` nothing is kept, only states are passed on."""

    def __init__(
        self,
        on_state: Callable[[str, SourceState, SenimError | None], None],
        on_level: Callable[[float], None],
        explain: Callable[[str, int, int, str], list[Piece]] = unexplained,
        on_event: Callable[[str, Mapping[str, Any]], None] = unheard,
    ) -> None:
        """``explain`` cuts a gap up by what this computer did meanwhile; ``on_event`` hears what is written down."""
        self._on_state, self._on_level, self._explain, self._on_event = on_state, on_level, explain, on_event
        self._writer: SpoolWriter | None = None
        self._media: dict[str, str] = {}

    def record(self, writer: SpoolWriter) -> None:
        """From now on everything goes to ``writer``."""
        self._writer = writer

    def part(self, info: PartInfo) -> None:
        self._media[info.stream] = info.media
        if self._writer is not None:
            self._writer.line(
                "part", None, stream=info.stream, part=info.part, origin=info.origin_ms, timescale=info.timescale,
                media=info.media, width=info.width, height=info.height, rate=info.rate,
                init=digest("init", info.init), reason=info.reason,
            )  # fmt: skip

    def segment(self, info: SegmentInfo) -> None:
        if self._writer is None:
            return
        fields = {
            "stream": info.stream, "part": info.part, "pts0": info.pts0, "pts1": info.pts1, "start": info.start_ms,
            "end": info.end_ms, "frames": info.frames, "keys": list(info.keys), "changed": round(info.changed, 4),
        }  # fmt: skip
        self._writer.segment(fields, self._media[info.stream], info.body, info.init)

    def event(self, name: str, data: Mapping[str, Any]) -> None:
        if self._writer is not None:
            self._writer.event(word(name), **data)
            self._on_event(name, data)

    def gap(self, stream: str, from_ms: int, to_ms: int, cause: str) -> None:
        if self._writer is None or to_ms <= from_ms:
            return
        for start, end, known in self._explain(stream, from_ms, to_ms, cause):
            self._writer.line("gap", None, stream=stream, **{"from": start, "to": end}, cause=word(known))

    def state(self, stream: str, state: SourceState, problem: SenimError | None) -> None:
        self._on_state(stream, state, problem)

    def level(self, value: float) -> None:
        self._on_level(value)


def word(text: str) -> str:
    """``text`` as the ledger writes words: small letters, digits and hyphens."""
    kept = "".join(c if c.isascii() and (c.isalnum() or c == "-") else "-" for c in text.lower())
    return kept.lstrip("-0123456789")[:64] or "unnamed"
