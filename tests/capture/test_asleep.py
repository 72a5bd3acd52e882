"""All lanes at once while the computer sleeps: a gap with its cause, and recording goes on by itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from client import clock as clocks
from client.capture.camera_lane import CameraLane
from client.capture.lane import Lane
from client.capture.screen_lane import ScreenLane
from client.capture.settings import CaptureSettings
from client.capture.sound_lane import SoundLane
from client.capture.source import Next, SoundBlock
from client.clock import SessionClock
from client.errors import CameraLost
from client.system.absences import Absences

from .fakes import FakePictures, FakeSound, Kept, wait_for

HOUR_NS = 3_600_000_000_000


class ForgetfulSound(FakeSound):
    """A microphone keeps no hour of sound."""

    def read(self, wait_s: float) -> SoundBlock | None:
        if self._clock.now_ns() - self._next_ns > HOUR_NS // 2:
            self._next_ns = self._clock.now_ns()
        return super().read(wait_s)


class Room:
    def __init__(self) -> None:
        self.clock, self.kept = SessionClock(), Kept()
        self.absences = Absences(self.clock)
        settings = CaptureSettings(segment_s=0.5, screen_heartbeat_s=0.3, retry_s=0.1)
        self.screen, self.camera = FakePictures("screen-1", self.clock), FakePictures("camera", self.clock)
        self.sound = ForgetfulSound(self.clock)
        self.lanes: list[Lane] = [
            ScreenLane(self.screen, self.clock, settings, self.kept),
            CameraLane(self.camera, self.clock, settings, self.kept),
            SoundLane(self.sound, self.clock, settings, self.kept),
        ]

    def segments(self) -> dict[str, int]:
        return {lane.stream: len(self.kept.of(lane.stream)) for lane in self.lanes}

    def finish(self) -> None:
        until = self.clock.now_ms()
        for lane in self.lanes:
            lane.finish(until)
        assert all(lane.wait_finished(5) is not None for lane in self.lanes)

    def long_gaps(self, stream: str) -> list[tuple[int, str]]:
        """Minutes and cause, as they would stand in the ledger."""
        told = [piece for gap in self.kept.gaps if gap[0] == stream for piece in self.absences.explain(*gap)]
        return [(round((end - start) / 60_000), cause) for start, end, cause in told if end - start > 1000]


@pytest.fixture
def room() -> Iterator[Room]:
    made = Room()
    for lane in made.lanes:
        lane.begin(Next())
        lane.start()
    yield made
    for lane in made.lanes:
        lane.close()
        lane.join(5)


def sleep(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    wait_for(lambda: all(room.segments().values()))
    real = clocks.raw_ns
    monkeypatch.setattr(clocks, "raw_ns", lambda: real() + HOUR_NS)


def test_every_stream_goes_on_after_an_hour_asleep(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    sleep(room, monkeypatch)
    before = room.segments()
    wait_for(lambda: all(count > before[stream] + 1 for stream, count in room.segments().items()))
    room.finish()
    for lane in room.lanes:
        room.kept.check(lane.stream)
        assert room.long_gaps(lane.stream) == [(60, "suspended")]


def test_a_camera_that_is_gone_after_the_sleep_is_opened_again(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    wait_for(lambda: all(room.segments().values()))
    room.absences.look()
    room.camera.lose()
    sleep(room, monkeypatch)
    wait_for(lambda: room.kept.has_event("source-lost", "camera"))
    room.camera.come_back()
    before = room.segments()["camera"]
    wait_for(lambda: room.segments()["camera"] > before + 1)
    room.finish()
    room.kept.check("camera")
    assert CameraLost.code not in [cause for _, cause in room.long_gaps("camera")]
    assert room.long_gaps("camera") == [(60, "suspended")]
