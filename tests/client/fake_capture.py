"""A capture without devices: keeps the contract, delivers tiny real segments, loses sources when told."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from client.capture.ladder import Felt
from client.capture.settings import CaptureSettings
from client.capture.source import (
    CAMERA,
    SOUND,
    Frame,
    Next,
    PartInfo,
    ScreenInfo,
    SegmentInfo,
    SegmentSink,
    SoundBlock,
    SourceState,
)
from client.clock import Clock
from client.errors import CameraLost, SenimError

SEGMENT_MS = 400
SCREEN = "screen-1"


class FakeCapture:
    """``opened`` tells what was asked for; ``released`` is set by ``close``."""

    def __init__(self, clock: Clock, settings: CaptureSettings, sink: SegmentSink) -> None:
        self.clock, self.settings, self.sink = clock, settings, sink
        self.opened: list[tuple[str | None, str | None]] = []
        self.released = threading.Event()
        self._lanes: dict[str, _Lane] = {}
        self._states: dict[str, SourceState] = {}
        self._problems: dict[str, SenimError] = {}
        self.missing: set[str] = set()
        self.black_screen = False
        self.pressed: list[tuple[Felt, Felt]] = []
        self.lowest = False

    def open(self, camera: str | None, microphone: str | None, screens: Sequence[ScreenInfo] | None = None) -> None:
        self.opened.append((camera, microphone))
        shown = [SCREEN] if screens is None else [screen.stream for screen in screens]
        wanted = shown + ([CAMERA] if camera is not None else []) + ([SOUND] if microphone is not None else [])
        for stream in wanted:
            state = SourceState.LOST if stream in self.missing else SourceState.RUNNING
            self._states[stream] = state
            self.sink.state(stream, state, None)

    def states(self) -> dict[str, SourceState]:
        return dict(self._states)

    def problem(self, stream: str) -> SenimError | None:
        return self._problems.get(stream)

    def latest(self, stream: str) -> Frame | None:
        if self._states.get(stream) is not SourceState.RUNNING or stream == SOUND:
            return None
        picture = np.zeros((120, 160, 3), np.uint8)
        if not (stream == SCREEN and self.black_screen):
            picture[:60] = 200
            picture[:, 40:80] = (self.clock.now_ms() // 50) % 255
        return Frame(self.clock.now_ms(), picture)

    def changed(self, stream: str) -> float:
        return 0.25

    def camera_fault(self) -> str | None:
        return None

    def look_closely(self, on: bool) -> None:
        """There is one picture."""

    def sound_level(self) -> float:
        return 0.5

    def heard(self) -> bool:
        return True

    def listen(self, hear: Callable[[SoundBlock], None] | None) -> None:
        """No sound."""

    def press(self, disk: Felt, uplink: Felt) -> None:
        self.pressed.append((disk, uplink))

    def lowest_quality(self) -> bool:
        return self.lowest

    def begin_recording(self, following: Mapping[str, Next] | None = None) -> None:
        for stream in self._states:
            lane = _Lane(stream, self.clock, self.sink, (following or {}).get(stream, Next()))
            self._lanes[stream] = lane
            lane.start()

    def stop(self, until_ms: int) -> dict[str, int]:
        for lane in self._lanes.values():
            lane.finish(until_ms)
        ended = {stream: until_ms for stream in self._lanes}
        self._lanes = {}
        return ended

    def close(self) -> None:
        self.stop(self.clock.now_ms())
        self._states = {}
        self.released.set()

    def take(self, stream: str, problem: SenimError) -> None:
        """Another program has the device now."""
        self.missing.add(stream)
        self._states[stream], self._problems[stream] = SourceState.LOST, problem

    def give_back(self, stream: str) -> None:
        self.missing.discard(stream)
        self._problems.pop(stream, None)

    def lose(self, stream: str) -> None:
        self._states[stream] = SourceState.LOST
        self._problems[stream] = CameraLost()
        self.sink.event("source-lost", {"stream": stream, "code": "camera_lost"})
        self.sink.state(stream, SourceState.LOST, self._problems[stream])

    def find(self, stream: str) -> None:
        self._states[stream] = SourceState.RUNNING
        self._problems.pop(stream, None)
        self.sink.event("source-back", {"stream": stream})
        self.sink.state(stream, SourceState.RUNNING, None)


class _Lane(threading.Thread):
    """One stream's segments, end to end without a gap."""

    def __init__(self, stream: str, clock: Clock, sink: SegmentSink, following: Next) -> None:
        super().__init__(name=f"fake-{stream}", daemon=True)
        self._stream, self._clock, self._sink = stream, clock, sink
        self._part, self._index = following.part, following.index
        self._stopping = threading.Event()
        self._until = 0
        self._init = b"init-" + os.urandom(20)

    def finish(self, until_ms: int) -> None:
        if not self._stopping.is_set():
            self._until = until_ms
            self._stopping.set()
            self.join(2)

    def run(self) -> None:
        origin = start = self._clock.now_ms()
        media = "audio/mp4" if self._stream == SOUND else "video/mp4"
        self._sink.part(PartInfo(self._stream, self._part, origin, 1000, media, 160, 120, 10, self._init, "start"))
        first = True
        while True:
            ended = self._stopping.wait(SEGMENT_MS / 1000)
            end = self._until if ended else self._clock.now_ms()
            if end > start:
                head = self._init if first else b""
                body = head + os.urandom(3000)
                keys = (start - origin,) if first else ()
                info = SegmentInfo(
                    self._stream, self._part, self._index, start - origin, end - origin, start, end,
                    frames=4, keys=keys, changed=0.1, init=len(head), body=body,
                )  # fmt: skip
                self._sink.segment(info)
                self._index, start, first = self._index + 1, end, False
            if ended:
                return
