"""A lane without its thread, on a clock that the test turns."""

from __future__ import annotations

from typing import Any

import numpy as np

from client.capture.camera_lane import CameraLane
from client.capture.quality import Quality
from client.capture.screen_lane import ScreenLane
from client.capture.settings import CaptureSettings
from client.capture.source import (
    Next,
    Pixels,
    Reading,
)
from simulation.manual_clock import ManualClock

from .fakes import Kept, decode

QUICK = CaptureSettings(segment_s=0.5, screen_heartbeat_s=0.3, camera_key_s=1.0, retry_s=0.1)
LANES: dict[str, Any] = {"camera": CameraLane, "screen-1": ScreenLane}


class Picture:
    """A source on a clock that we turn: every look gives another picture; stamps are written down."""

    def __init__(self, stream: str, clock: ManualClock, size: tuple[int, int] = (64, 64)) -> None:
        self.stream, self._clock, self.size = stream, clock, size
        self.number = 0

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def read(self, wait_s: float) -> Reading:
        self.number += 1
        return Reading(self._clock.now_ns(), *self.size, 20, 100)

    def yuv(self) -> Pixels:
        width, height = self.size
        return np.full((height * 3 // 2, width), 60 + self.number % 100, np.uint8)

    def bgr(self) -> Pixels:
        return np.full((*self.size[::-1], 3), 60 + self.number % 100, np.uint8)


class Played:
    """A lane without its thread: ``look`` is one turn of it, a tenth of a second later."""

    def __init__(self, kind: str, settings: CaptureSettings = QUICK) -> None:
        self.kind, self.clock, self.kept = kind, ManualClock(), Kept()
        self.source = Picture(kind, self.clock)
        self.quality = Quality(self.clock, settings, self.kept.event)
        self.lane = LANES[kind](self.source, self.clock, settings, self.kept, self.quality)
        self.lane.begin(Next())

    def look(self, times: int = 1) -> None:
        for _ in range(times):
            self.clock.advance(0.1)
            if self.kind != "camera":
                self.lane._next_ns = self.clock.now_ns()  # we turn the clock; the lane need not wait
            self.lane._obey()
            self.lane._step()

    def finish(self) -> Kept:
        self.lane.finish(self.clock.now_ms())
        self.lane._obey()
        self.kept.check(self.kind)
        for part in self.kept.parts_of(self.kind):
            frames = decode(self.kept, self.kind, part.part)
            segments = self.kept.of(self.kind, part.part)
            assert len(frames) == sum(s.frames for s in segments)
            assert [f.pts for f in frames if f.key_frame] == [k for s in segments for k in s.keys]
            assert frames[0].key_frame and {f.width for f in frames} == {part.width}
        return self.kept
