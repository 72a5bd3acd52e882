"""A session as the institution opens it: segments unsealed, put together, decoded with their stamps."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from evidence.age import Identity
from evidence.bundle import SessionFolder
from evidence.seal import unseal
from evidence.signing import payload_of


@dataclass(frozen=True)
class Segment:
    """A ledger line: session ms and sizes in bytes."""

    stream: str
    part: int
    index: int
    start: int
    end: int
    plain: int
    size: int
    frames: int


class OpenedSession:
    """``folder``: the server's; ``seat``: the identity that opens it. Of a running exam only what has arrived is there:
    the ledger's lines come before their segments."""

    def __init__(self, folder: Path, seat: Identity) -> None:
        self._folder, self._seat = SessionFolder(folder), seat
        self.lines: list[dict[str, Any]] = [
            payload_of(line) for line in self._folder.ledger.read_text(encoding="utf-8").splitlines()
        ]
        listed = [_segment(line) for line in self.lines if line["type"] == "segment"]
        self.segments = [one for one in listed if self._folder.segment_path(one.stream, one.index).exists()]
        self._parts = {(p["stream"], p["part"]): p for p in self.lines if p["type"] == "part"}

    def of(self, stream: str) -> list[Segment]:
        return [segment for segment in self.segments if segment.stream == stream]

    def steps(self) -> list[str]:
        """Steps down of the recorder's ladder, in order; a run that has any says little about another machine."""
        told = [line["data"] for line in self.lines if line["type"] == "event" and line["name"] == "quality"]
        return [f"{data['step']} ({data['reason']})" for data in told if data["direction"] == "down"]

    def sealed_bytes(self, begin_ms: float, end_ms: float, stream: str | None = None) -> float:
        """Sealed bytes of a stretch; a segment that lies partly in it counts by its share."""
        total = 0.0
        for segment in self.segments:
            if stream in (None, segment.stream):
                inside = min(segment.end, end_ms) - max(segment.start, begin_ms)
                total += segment.size * min(1.0, max(0.0, inside) / max(1, segment.end - segment.start))
        return total

    def media(self, stream: str, part: int, after_ms: float = 0.0) -> bytes:
        """One part as one file, from the segments that begin at ``after_ms`` or later; b"" if there are none."""
        init, bodies = b"", []
        for segment in self.of(stream):
            if segment.part != part or (init and segment.start < after_ms):
                continue
            header, body = unseal(self._folder.segment_path(stream, segment.index).read_bytes(), self._seat)
            init = init or body[: header.init]
            if segment.start >= after_ms:
                bodies.append(body[header.init :])
        return init + b"".join(bodies) if bodies else b""

    def pictures(self, stream: str) -> Iterator[tuple[float, NDArray[np.uint8]]]:
        """(session ms, brightness height x width) of each decoded frame, in order."""
        for (name, part), line in self._parts.items():
            if name != stream:
                continue
            with av.open(io.BytesIO(self.media(stream, part)), "r") as container:
                video = container.streams.video[0]
                video.codec_context.thread_count = 1
                for frame in container.decode(video):
                    assert frame.pts is not None and frame.time_base is not None
                    plane = frame.planes[0]
                    rows = np.frombuffer(bytes(plane), np.uint8).reshape(-1, plane.line_size)
                    picture = rows[: frame.height, : frame.width]
                    yield line["origin"] + float(frame.pts * frame.time_base) * 1000, picture

    def sound(self, after_ms: float = 0.0) -> Iterator[tuple[float, NDArray[np.float32]]]:
        """(session ms of the first sample, samples at 48 kHz -1..1) of each decoded packet of the segments that
        begin at ``after_ms`` or later."""
        for (name, part), line in self._parts.items():
            media = self.media("sound", part, after_ms) if name == "sound" else b""
            if not media:
                continue
            with av.open(io.BytesIO(media), "r") as container:
                for frame in container.decode(container.streams.audio[0]):
                    assert frame.pts is not None and frame.time_base is not None
                    samples = frame.to_ndarray().reshape(-1).astype(np.float32)
                    yield line["origin"] + float(frame.pts * frame.time_base) * 1000, samples


def _segment(line: dict[str, Any]) -> Segment:
    return Segment(
        line["stream"], line["part"], line["index"], line["start"], line["end"], line["plain"], line["size"],
        line["frames"],
    )  # fmt: skip
