"""A consumer that does not take what is recorded delays its own stream and ends nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from client.capture.camera_lane import CameraLane
from client.capture.capture import Capture
from client.capture.lane import Lane
from client.capture.quality import Quality
from client.capture.screen_lane import ScreenLane
from client.capture.source import (
    Next,
    ScreenInfo,
    SegmentInfo,
    SourceState,
)
from client.clock import Clock, SessionClock

from .fakes import FakePictures, Kept, decode, wait_for
from .played import QUICK


class Stuck(Kept):
    """A sink that does not take one stream's segments for a while."""

    def __init__(self, stream: str) -> None:
        super().__init__()
        self.stream, self.free, self.blocked = stream, threading.Event(), threading.Event()

    def segment(self, info: SegmentInfo) -> None:
        if info.stream == self.stream and not self.free.is_set():
            self.blocked.set()
            self.free.wait(30)
        super().segment(info)


class FakeScreens:
    """One screen without a display."""

    def screens(self) -> list[ScreenInfo]:
        return []

    def source(self, screen: ScreenInfo, clock: Clock) -> FakePictures:
        return FakePictures(screen.stream, clock)

    def close(self) -> None: ...


@pytest.fixture
def two_lanes() -> Iterator[tuple[SessionClock, Stuck, Lane, Lane]]:
    clock, sink = SessionClock(), Stuck("camera")
    quality = Quality(clock, QUICK, sink.event)
    camera = CameraLane(FakePictures("camera", clock), clock, QUICK, sink, quality)
    screen = ScreenLane(FakePictures("screen-1", clock), clock, QUICK, sink, quality)
    for lane in (camera, screen):
        lane.start()
        lane.begin(Next())
    yield clock, sink, camera, screen
    sink.free.set()
    for lane in (camera, screen):
        lane.close()
        lane.join(5)
        assert not lane.is_alive()


def test_a_consumer_that_blocks_delays_its_stream_alone(two_lanes: tuple[SessionClock, Stuck, Lane, Lane]) -> None:
    clock, sink, camera, screen = two_lanes
    assert sink.blocked.wait(10)
    shown = len(sink.of("screen-1"))
    wait_for(lambda: len(sink.of("screen-1")) >= shown + 4)
    assert sink.of("camera") == [], "nothing is queued behind the one that is held"
    sink.free.set()
    wait_for(lambda: len(sink.of("camera")) >= 2)
    until = clock.now_ms()
    for lane in (camera, screen):
        lane.finish(until)
        assert lane.wait_finished(5) is not None
    for stream in ("camera", "screen-1"):
        sink.check(stream)
        frames = [f for p in sink.parts_of(stream) for f in decode(sink, stream, p.part)]
        assert len(frames) == sum(s.frames for s in sink.of(stream))


def test_stop_and_close_do_not_wait_for_ever_for_a_consumer() -> None:
    clock, sink = SessionClock(), Stuck("screen-1")
    capture = Capture(clock, QUICK, sink, FakeScreens())
    capture.open(None, None, [ScreenInfo("screen-1", "one", 0, 0, 320, 240)])
    wait_for(lambda: set(capture.states().values()) == {SourceState.RUNNING})
    capture.begin_recording()
    try:
        assert sink.blocked.wait(10)
        assert capture.stop(clock.now_ms()) == {}, "the stream that hangs is missing in the answer"
    finally:
        capture.close()
        sink.free.set()
    wait_for(lambda: not [t for t in threading.enumerate() if t.name == "capture-screen-1"])
    sink.check("screen-1")
