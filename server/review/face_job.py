"""What the face reader is given: the reference picture and a few stretches of the camera's own recording.

The stretches are taken from the sealed recording, never from the pictures the client sent with its finding. Where
the later ones lie follows from the ledger's last line, which nobody knew while they were being recorded.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from server.review.contents import Finding
from server.review.recording import Recording, Stream

CAMERA = "camera"
CHECK_IN = "check-in"
LATER = ("later-1", "later-2", "later-3")
CHECK_IN_MS, LATER_MS = 60_000, 20_000  # at most so much is read
CHECK_IN_STEP_MS, LATER_STEP_MS = 500, 1_000  # between two looks
CHECK_IN_SHOTS = 5
MOST_BYTES = 8 * 1024 * 1024  # of one stretch; a minute of camera has about 0.4 MB
DERIVATION = "senim/second-opinion/v1"

Fetch = Callable[[int, bool], bytes | None]
"""(index, first) -> the piece's media, with its part's init before it if ``first``; None: cannot be opened."""


@dataclass(frozen=True)
class Window:
    """Session milliseconds to look at, every ``step_ms``, until ``most`` clear pictures are found."""

    name: str
    from_ms: int
    to_ms: int
    step_ms: int
    most: int


@dataclass(frozen=True)
class Stretch:
    """A window with the bytes to decode. ``origin``: session ms of the media's time 0. ``media`` b"": nothing there."""

    window: Window
    origin: int
    media: bytes

    def header(self) -> dict[str, Any]:
        window = self.window
        return {
            "name": window.name, "from": window.from_ms, "to": window.to_ms, "step": window.step_ms,
            "most": window.most, "origin": self.origin, "bytes": len(self.media),
        }  # fmt: skip


def windows_of(recording: Recording, finding: Finding | None) -> list[Window]:
    """The check-in, and three later moments once the exam has ended."""
    camera = recording.streams.get(CAMERA)
    if camera is None or not camera.segments:
        return []
    windows = [_check_in(recording, camera, finding)]
    if recording.end is None:
        return windows
    start, end = recording.exam
    third = max(1, (end - start) // len(LATER))
    seed = hashlib.sha256(f"{DERIVATION}\n{json.dumps(recording.end, sort_keys=True)}".encode()).digest()
    for place, name in enumerate(LATER):
        free = max(0, third - LATER_MS)
        begin = start + place * third + free * int.from_bytes(seed[2 * place : 2 * place + 2], "big") // 65_536
        windows.append(Window(name, begin, min(begin + LATER_MS, start + (place + 1) * third), LATER_STEP_MS, 1))
    return windows


def _check_in(recording: Recording, camera: Stream, finding: Finding | None) -> Window:
    """When the client says the check was; it can only choose which of the recorded pictures are looked at."""
    first = min(int(line["start"]) for line in camera.segments.values())
    paper = recording.event_at("paper-opened")
    last = max(int(line["end"]) for line in camera.segments.values()) if paper is None else paper
    content: Mapping[str, Any] = finding.content if finding is not None else {}
    ended = _inside(content.get("ended_ms"), first, last)
    started = _inside(content.get("started_ms"), first, last)
    if ended is None or started is None or ended - started < CHECK_IN_STEP_MS:
        started, ended = first, last
    return Window(CHECK_IN, max(started, ended - CHECK_IN_MS), ended, CHECK_IN_STEP_MS, CHECK_IN_SHOTS)


def _inside(value: object, first: int, last: int) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and first <= value <= last else None


def stretch_of(recording: Recording, window: Window, fetch: Fetch) -> Stretch:
    """The pieces from the last key frame before the window to its end, as far as they can be opened."""
    stream = recording.streams[CAMERA]
    lines = sorted(stream.segments.values(), key=lambda line: int(line["index"]))
    inside = [line for line in lines if line["end"] > window.from_ms and line["start"] < window.to_ms]
    if not inside:
        return Stretch(window, 0, b"")
    part = int(inside[0]["part"])
    begun = max(
        (line["index"] for line in lines if line["part"] == part and line["keys"] and line["start"] <= window.from_ms),
        default=inside[0]["index"],
    )
    media = b""
    for line in lines:
        if line["part"] != part or line["index"] < begun or line["start"] >= window.to_ms:
            continue
        piece = fetch(int(line["index"]), not media)
        if piece is None and not media:
            continue  # begins with the next one
        if piece is None or len(media) + len(piece) > MOST_BYTES:
            break
        media += piece
    return Stretch(window, stream.parts[part].origin, media)
