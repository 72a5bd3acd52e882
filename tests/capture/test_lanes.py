"""Recording over sources of our own making: parts, joints, gaps, losses."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from client.capture.camera_lane import CameraLane
from client.capture.lane import Lane
from client.capture.screen_lane import ScreenLane
from client.capture.settings import CaptureSettings
from client.capture.sound import Microphone
from client.capture.sound_lane import SoundLane
from client.capture.source import Next, SoundBlock, SourceState
from client.clock import SessionClock
from client.errors import CameraBusy, MicrophoneMissing
from simulation.manual_clock import ManualClock

from .fakes import FakePictures, FakeSound, Kept, decode, wait_for

QUICK = CaptureSettings(segment_s=0.5, screen_heartbeat_s=0.3, retry_s=0.1)


@pytest.fixture
def clock() -> SessionClock:
    return SessionClock()


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def run() -> Iterator[Callable[[Lane], Any]]:
    started: list[Lane] = []

    def start(lane: Lane) -> Any:
        started.append(lane)
        lane.start()
        return lane

    yield start
    for lane in started:
        lane.close()
        lane.join(3)
        assert not lane.is_alive()
        assert lane.state is SourceState.STOPPED


def finish(lane: Lane, clock: SessionClock) -> int:
    until = clock.now_ms()
    lane.finish(until)
    assert lane.wait_finished(2) is not None
    return until


def test_a_camera_is_recorded_without_holes(clock: SessionClock, kept: Kept, run: Any) -> None:
    lane = run(CameraLane(FakePictures("camera", clock), clock, QUICK, kept))
    wait_for(lambda: lane.state is SourceState.RUNNING)
    lane.begin(Next())
    wait_for(lambda: len(kept.of("camera")) >= 3)
    until = finish(lane, clock)
    kept.check("camera")
    assert kept.of("camera")[-1].end_ms == pytest.approx(until, abs=1)
    assert kept.parts[0].media == 'video/mp4; codecs="av01.0.00M.08"'
    assert kept.gaps == []
    frames = decode(kept, "camera")
    assert len(frames) == sum(s.frames for s in kept.segments)
    assert frames[0].key_frame
    assert 8 <= len(frames) / ((until - kept.parts[0].origin_ms) / 1000) <= 11


def test_a_static_screen_has_a_heartbeat_and_fills_the_time(clock: SessionClock, kept: Kept, run: Any) -> None:
    source = FakePictures("screen-1", clock)
    source.still = True
    lane = run(ScreenLane(source, clock, QUICK, kept))
    wait_for(lane.latest)
    lane.begin(Next())
    time.sleep(1.2)
    until = finish(lane, clock)
    kept.check("screen-1")
    assert kept.of("screen-1")[-1].end_ms == until
    stamps = [f.pts for f in decode(kept, "screen-1")]
    assert len(stamps) >= 2
    assert lane.latest() is not None and lane.latest().bgr is lane.latest().bgr


def test_sound_and_picture_share_one_time(clock: SessionClock, kept: Kept, run: Any) -> None:
    lane = run(SoundLane(FakeSound(clock), clock, QUICK, kept))
    wait_for(lambda: lane.heard)
    lane.begin(Next())
    wait_for(lambda: len(kept.of("sound")) >= 2)
    until = finish(lane, clock)
    kept.check("sound")
    assert abs(kept.of("sound")[-1].end_ms - until) <= 2
    assert kept.parts[0].media == 'audio/mp4; codecs="opus"'
    assert lane.level == pytest.approx(1 + 20 * np.log10(8000 / 32768 / 2**0.5) / 60, abs=0.01)
    assert kept.levels


@pytest.mark.parametrize("kind", ["camera", "screen-1", "sound"])
def test_a_lost_source_leaves_a_gap_and_comes_back(kind: str, clock: SessionClock, kept: Kept, run: Any) -> None:
    source: Any = FakeSound(clock) if kind == "sound" else FakePictures(kind, clock)
    lanes: dict[str, Any] = {"camera": CameraLane, "screen-1": ScreenLane, "sound": SoundLane}
    lane = run(lanes[kind](source, clock, QUICK, kept))
    wait_for(lambda: lane.state is SourceState.RUNNING)
    lane.begin(Next())
    wait_for(lambda: kept.of(kind))
    source.lose()
    wait_for(lambda: kept.has_event("source-lost", kind))
    assert lane.state is SourceState.LOST and lane.problem.code == source.failure.code
    lost_at, count = kept.of(kind)[-1].end_ms, len(kept.of(kind))
    time.sleep(0.3)
    assert len(kept.of(kind)) == count
    source.come_back()
    wait_for(lambda: kept.has_event("source-back", kind))
    wait_for(lambda: len(kept.of(kind)) > count)
    finish(lane, clock)
    kept.check(kind)
    first, second = kept.parts_of(kind)
    assert (first.part, second.part, second.reason) == (0, 1, "source-back")
    assert [g[:3] for g in kept.gaps] == [(kind, lost_at, second.origin_ms)]
    assert kept.gaps[0][3] in {"camera_lost", "microphone_lost"}
    assert source.stops >= 1
    if kind != "sound":
        assert decode(kept, kind, part=1)


def test_a_source_that_never_opens_is_a_gap_from_beginning_to_end(clock: SessionClock, kept: Kept, run: Any) -> None:
    source = FakePictures("camera", clock)
    source.failure = CameraBusy("taken")
    lane = run(CameraLane(source, clock, QUICK, kept))
    wait_for(lambda: lane.state is SourceState.LOST)
    begun = clock.now_ms()
    lane.begin(Next())
    wait_for(lambda: kept.has_event("source-lost", "camera"))
    time.sleep(0.4)
    until = finish(lane, clock)
    assert kept.segments == []
    ((stream, start, end, cause),) = kept.gaps
    assert (stream, end, cause) == ("camera", until, "camera_busy")
    assert start - begun < 150
    assert [s for s in kept.states if s[1] is SourceState.LOST] == [("camera", SourceState.LOST, "camera_busy")]


def test_another_size_is_another_part_without_a_hole(clock: SessionClock, kept: Kept, run: Any) -> None:
    source = FakePictures("screen-1", clock)
    lane = run(ScreenLane(source, clock, QUICK, kept))
    wait_for(lambda: lane.state is SourceState.RUNNING)
    lane.begin(Next())
    wait_for(lambda: kept.of("screen-1"))
    source.size = (400, 300)
    wait_for(lambda: kept.of("screen-1", part=1))
    finish(lane, clock)
    kept.check("screen-1")
    assert kept.gaps == []
    assert [(p.width, p.height, p.reason) for p in kept.parts] == [(320, 240, "start"), (400, 300, "size")]
    assert decode(kept, "screen-1", part=1)[0].width == 400


def test_another_device_is_another_part(clock: SessionClock, kept: Kept, run: Any) -> None:
    first, second = FakePictures("camera", clock), FakePictures("camera", clock, (352, 288))
    lane = run(CameraLane(first, clock, QUICK, kept))
    wait_for(lambda: lane.state is SourceState.RUNNING)
    lane.begin(Next())
    wait_for(lambda: kept.of("camera"))
    lane.replace(second)
    wait_for(lambda: kept.of("camera", part=1))
    finish(lane, clock)
    kept.check("camera")
    assert kept.parts[1].reason == "device" and kept.parts[1].width == 352
    assert first.stops == 1


def test_after_a_restart_numbers_run_on(clock: SessionClock, kept: Kept, run: Any) -> None:
    lane = run(CameraLane(FakePictures("camera", clock), clock, QUICK, kept))
    wait_for(lambda: lane.state is SourceState.RUNNING)
    lane.begin(Next(part=3, index=17))
    wait_for(lambda: kept.of("camera"))
    finish(lane, clock)
    kept.check("camera")
    assert (kept.parts[0].part, kept.parts[0].reason, kept.segments[0].index) == (3, "resumed", 17)


def test_a_surprise_in_a_library_is_a_loss_and_no_crash(clock: SessionClock, kept: Kept, run: Any) -> None:
    source = FakePictures("camera", clock)
    source.failure = ValueError("native trouble")
    lane = run(CameraLane(source, clock, QUICK, kept))
    wait_for(lambda: lane.state is SourceState.LOST)
    assert lane.problem.code == "capture_failed"
    source.failure = None
    wait_for(lambda: lane.state is SourceState.RUNNING)


def test_stop_delivers_while_the_source_is_lost(clock: SessionClock, kept: Kept, run: Any) -> None:
    source = FakeSound(clock)
    lane = run(SoundLane(source, clock, QUICK, kept))
    wait_for(lambda: lane.state is SourceState.RUNNING)
    lane.begin(Next())
    wait_for(lambda: kept.of("sound"))
    source.failure = MicrophoneMissing("gone")
    wait_for(lambda: lane.state is SourceState.LOST)
    time.sleep(0.3)
    until = finish(lane, clock)
    assert kept.gaps[-1] == ("sound", kept.segments[-1].end_ms, until, "microphone_missing")


def test_closing_without_stop_keeps_what_was_recorded(clock: SessionClock, kept: Kept) -> None:
    lane = CameraLane(FakePictures("camera", clock), clock, CaptureSettings(), kept)
    lane.start()
    wait_for(lambda: lane.state is SourceState.RUNNING)
    lane.begin(Next())
    time.sleep(0.5)
    lane.close()
    lane.join(2)
    assert len(kept.segments) == 1 and kept.segments[0].frames >= 3


def test_sound_follows_the_clock() -> None:
    clock, kept = ManualClock(), Kept()
    lane = SoundLane(FakeSound(SessionClock()), clock, CaptureSettings(), kept)
    lane.begin(Next())
    lane._obey()
    samples = np.full(2880, 1000, np.int16)
    t_ns = 10_000_000_000
    for number in range(100):
        if number == 30:
            t_ns += 300_000_000  # blocks were lost
        if number == 60:
            t_ns -= 100_000_000  # the device runs fast
        lane._record(SoundBlock(t_ns, samples))
        t_ns += 60_000_000
        clock.advance(0.06)
    lane._end_part(None)
    kept.check("sound")
    assert kept.parts[0].origin_ms == 9994  # 312 samples before the first one heard
    assert kept.segments[-1].end_ms == pytest.approx(t_ns / 1e6, abs=61)
    assert [g[3] for g in kept.gaps] == ["opening"]  # ours began ten seconds late
    first = [f.pts for f in decode(kept, "sound")]
    assert max(b - a for a, b in itertools.pairwise(first)) == pytest.approx(2880 + 0.3 * 48_000, abs=2880)


def test_sound_that_stood_still_is_a_gap() -> None:
    clock, kept = ManualClock(), Kept()
    lane = SoundLane(FakeSound(SessionClock()), clock, CaptureSettings(), kept)
    lane.begin(Next())
    lane._obey()
    for t_s in (1.0, 1.06, 9.0, 9.06):
        lane._record(SoundBlock(round(t_s * 1e9), np.full(2880, 1000, np.int16)))
    lane._end_part(None)
    kept.check("sound")
    assert [(g[3], len(kept.parts)) for g in kept.gaps if g[1] > 1000] == [("sound_stalled", 2)]


class Port:
    """The part of PyAudio's stream that a microphone asks."""

    def is_active(self) -> bool:
        return True


def test_sound_after_sleep_is_not_dated_into_it() -> None:
    clock = ManualClock()
    microphone = Microphone("", clock)
    microphone._sound = Port()
    block = np.full(2880, 1000, np.int16).tobytes()

    def hear(blocks: int) -> tuple[list[int], list[int]]:
        """When blocks were heard, and when they say so."""
        heard, said = [], []
        for _ in range(blocks):
            heard.append(clock.now_ns())
            clock.advance(0.06)
            microphone._called(block, 2880, None, 0)
            while (found := microphone.read(0.0)) is not None:
                said.append(found.t_ns)
        return heard, said

    clock.advance(2)
    heard, said = hear(60)
    assert said == heard
    clock.sleep(30)
    assert microphone.read(0.0) is None  # and is given time to come back by itself
    heard, said = hear(60)
    assert said == heard
