"""Sources without devices, under the same contract as the real ones; and a sink that keeps everything."""

from __future__ import annotations

import io
import itertools
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import av
import cv2
import numpy as np

from client.capture.source import (
    SOUND_RATE,
    PartInfo,
    Pixels,
    Reading,
    SegmentInfo,
    SoundBlock,
    SourceState,
)
from client.clock import Clock
from client.errors import CameraLost, CaptureError, MicrophoneLost, SenimError


def wait_for(what: Callable[[], Any], seconds: float = 10.0) -> Any:
    """What ``what`` returns once it is true; fails the test if that takes longer."""
    deadline = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < deadline, f"waited {seconds} s in vain"
        time.sleep(0.01)
    return found


class FakePictures:
    """A screen or camera of our own making. ``failure``: raised by the next start or read."""

    def __init__(self, stream: str, clock: Clock, size: tuple[int, int] = (320, 240), rate: float = 20.0) -> None:
        self.stream, self._clock, self.size, self.rate = stream, clock, size, rate
        self.failure: CaptureError | None = None
        self.still = False  # a static screen: nothing new to read
        self.number = 0
        self.starts = self.stops = 0
        self._bgr: Pixels | None = None
        self._next_ns = 0
        self._fresh = False

    def start(self) -> None:
        if self.failure is not None:
            raise self.failure
        self.starts += 1
        self._fresh = True

    def read(self, wait_s: float) -> Reading | None:
        if self.failure is not None:
            raise self.failure
        now_ns = self._clock.now_ns()
        if not self._fresh and (self.still or now_ns < self._next_ns):
            time.sleep(min(wait_s, max(0.0, (self._next_ns - now_ns) / 1e9)) if not self.still else wait_s)
            return None
        self._fresh = False
        self._next_ns = now_ns + round(1e9 / self.rate)
        self.number += 1
        width, height = self.size
        picture = np.full((height, width, 3), 60, np.uint8)
        picture[:, : 10 + self.number % 50 * 4] = (self.number * 5) % 200
        self._bgr = picture
        return Reading(self._clock.now_ns(), width, height, 20, 20)

    def yuv(self) -> Pixels:
        assert self._bgr is not None
        return cv2.cvtColor(self._bgr, cv2.COLOR_BGR2YUV_I420)

    def bgr(self) -> Pixels | None:
        return self._bgr

    def stop(self) -> None:
        self.stops += 1

    def lose(self) -> None:
        self.failure = CameraLost("pulled out")

    def come_back(self) -> None:
        self.failure = None


class FakeSound:
    """A microphone that hums in 60 ms blocks."""

    def __init__(self, clock: Clock) -> None:
        self.stream, self._clock = "sound", clock
        self.failure: CaptureError | None = None
        self.starts = self.stops = 0
        self._next_ns = 0
        self._phase = 0

    def start(self) -> None:
        if self.failure is not None:
            raise self.failure
        self.starts += 1
        self._next_ns = self._clock.now_ns()

    def read(self, wait_s: float) -> SoundBlock | None:
        if self.failure is not None:
            raise self.failure
        late_s = (self._next_ns + 60_000_000 - self._clock.now_ns()) / 1e9
        if late_s > 0:
            time.sleep(min(wait_s, late_s))
            if late_s > wait_s:
                return None
        t_ns, self._next_ns = self._next_ns, self._next_ns + 60_000_000
        phase = np.arange(self._phase, self._phase + 2880)
        self._phase += 2880
        return SoundBlock(t_ns, (8000 * np.sin(2 * np.pi * 440 * phase / SOUND_RATE)).astype(np.int16))

    def stop(self) -> None:
        self.stops += 1

    def lose(self) -> None:
        self.failure = MicrophoneLost("pulled out")

    def come_back(self) -> None:
        self.failure = None


class Kept:
    """A sink that keeps all and checks on the way what must hold at every moment."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.parts: list[PartInfo] = []
        self.segments: list[SegmentInfo] = []
        self.events: list[tuple[str, dict[str, Any]]] = []
        self.gaps: list[tuple[str, int, int, str]] = []
        self.states: list[tuple[str, SourceState, str]] = []
        self.levels: list[float] = []

    def part(self, info: PartInfo) -> None:
        with self._lock:
            self.parts.append(info)

    def segment(self, info: SegmentInfo) -> None:
        with self._lock:
            self.segments.append(info)

    def event(self, name: str, data: Mapping[str, Any]) -> None:
        with self._lock:
            self.events.append((name, dict(data)))

    def gap(self, stream: str, from_ms: int, to_ms: int, cause: str) -> None:
        with self._lock:
            self.gaps.append((stream, from_ms, to_ms, cause))

    def state(self, stream: str, state: SourceState, problem: SenimError | None) -> None:
        with self._lock:
            self.states.append((stream, state, problem.code if problem else ""))

    def level(self, value: float) -> None:
        self.levels.append(value)

    # ---- questions --------------------------------------------------------------------------

    def of(self, stream: str, part: int | None = None) -> list[SegmentInfo]:
        return [s for s in self.segments if s.stream == stream and (part is None or s.part == part)]

    def parts_of(self, stream: str) -> list[PartInfo]:
        return [p for p in self.parts if p.stream == stream]

    def has_event(self, name: str, stream: str) -> bool:
        return any(n == name and d.get("stream") == stream for n, d in self.events)

    def check(self, stream: str) -> None:
        """What the ledger will rely on: numbers, joints, init segments, gaps that fill the holes."""
        segments, parts = self.of(stream), self.parts_of(stream)
        assert [s.index for s in segments] == list(range(segments[0].index, segments[0].index + len(segments)))
        assert len({p.part for p in parts}) == len(parts)
        for part in parts:
            mine = self.of(stream, part.part)
            assert mine[0].pts0 == 0
            assert mine[0].init == len(part.init) and mine[0].body.startswith(part.init)
            assert all(s.init == 0 for s in mine[1:])
            assert all(a.pts1 == b.pts0 and a.end_ms == b.start_ms for a, b in itertools.pairwise(mine))
            assert mine[0].start_ms == part.origin_ms
        gaps = [g for g in self.gaps if g[0] == stream]
        for earlier, later in itertools.pairwise(segments):
            if later.start_ms > earlier.end_ms:
                assert any(g[1] == earlier.end_ms and g[2] == later.start_ms for g in gaps), (earlier, later)
            else:
                assert later.start_ms == earlier.end_ms


def decode(kept: Kept, stream: str, part: int = 0) -> list[Any]:
    """All frames of a part, decoded by FFmpeg from its segments laid end to end."""
    body = b"".join(s.body for s in kept.of(stream, part))
    with av.open(io.BytesIO(body)) as container:
        return list(container.decode(container.streams[0]))
