"""Encoders that raise, consumers that block, and steps of the ladder in the middle of a recording."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from client.capture import sound_track, video_track
from client.capture.camera_lane import CameraLane
from client.capture.encode import EncoderFailed, Recipe, SoundEncoder, VideoEncoder
from client.capture.encoder_faults import EncoderFaults
from client.capture.fragments import Packet
from client.capture.guarded_encoder import GuardedEncoder
from client.capture.ladder import Felt
from client.capture.lane import Lane
from client.capture.quality import Quality
from client.capture.recorder import Capture
from client.capture.screen_lane import ScreenLane
from client.capture.settings import CaptureSettings
from client.capture.sound_lane import SoundLane
from client.capture.source import (
    SOUND_RATE,
    Next,
    Pixels,
    Reading,
    Samples,
    ScreenInfo,
    SegmentInfo,
    SoundBlock,
    SourceState,
)
from client.capture.trial import FINE, OTHER, Outcome
from client.clock import Clock, ManualClock, SessionClock

from .fakes import FakePictures, Kept, decode, wait_for

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


class Failing:
    """Puts encoders in place that raise when told; ``bad`` codecs refuse every picture."""

    def __init__(self) -> None:
        self.bad: set[str] = set()
        self.opens: set[str] = set()
        self.next_picture = False
        self.opened: list[str] = []

    def __call__(self, recipe: Recipe, *size: Any) -> Any:
        self.opened.append(recipe.codec)
        if recipe.codec in self.opens:
            raise EncoderFailed("does not open")
        encoder = GuardedEncoder(recipe, *size)
        whole = encoder.encode

        def encode(yuv: Pixels, pts: int, key: bool) -> Any:
            if self.next_picture or recipe.codec in self.bad:
                self.next_picture = False
                raise EncoderFailed("native trouble")
            return whole(yuv, pts, key)

        encoder.encode = encode  # type: ignore[method-assign]  # an encoder of tests
        return encoder


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Failing:
    made = Failing()
    monkeypatch.setattr(video_track, "GuardedEncoder", made)
    return made


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


@pytest.mark.parametrize("kind", LANES)
def test_an_encoder_that_raises_costs_one_picture(kind: str, failing: Failing) -> None:
    played = Played(kind)
    played.look(20)
    failing.next_picture = True
    played.look(20)
    kept = played.finish()
    assert [(p.reason, p.part) for p in kept.parts] == [("start", 0), ("encoder", 1)]
    ((_, start, end, cause),) = [gap for gap in kept.gaps if gap[3] != "opening"]
    assert cause == "encoder_failed" and 0 < end - start <= 200
    assert [data for name, data in kept.events if name == "encoder-failed"] == [{"stream": kind, "codec": "av1"}]
    assert not kept.has_event("source-lost", kind)
    assert played.lane.state is SourceState.RUNNING


@pytest.mark.parametrize("kind", LANES)
def test_an_encoder_that_fails_again_and_again_is_exchanged(kind: str, failing: Failing) -> None:
    failing.bad = {"libsvtav1"}
    played = Played(kind)
    played.look(40)
    kept = played.finish()
    assert failing.opened == ["libsvtav1"] * 3 + ["libvpx-vp9"]
    assert all("vp09" in p.media for p in kept.parts)
    steps = [data for name, data in kept.events if name == "quality"]
    assert steps == [{"stream": kind, "step": "vp9", "direction": "down", "reason": "encoder-failed"}]


def test_one_that_does_not_even_open_is_exchanged_too(failing: Failing) -> None:
    failing.opens = {"libsvtav1"}
    played = Played("camera")
    played.look(40)
    kept = played.finish()
    assert "vp09" in kept.parts[0].media and kept.parts[0].part == 0


def test_if_none_works_all_is_a_gap_and_little_is_tried(failing: Failing) -> None:
    failing.bad = {"libsvtav1", "libvpx-vp9"}
    played = Played("screen-1")
    played.look(600)
    played.lane.finish(played.clock.now_ms())
    played.lane._obey()
    assert played.kept.segments == [] and played.kept.parts == []
    gaps = sorted(gap[1:3] for gap in played.kept.gaps)
    assert gaps[-1][1] == played.clock.now_ms()
    assert all(a[1] == b[0] for a, b in itertools.pairwise(gaps)), "one after the other, no hole between"
    assert len(failing.opened) < 20


def test_waiting_for_an_encoder_gets_longer_and_is_forgotten_when_it_works() -> None:
    faults, second = EncoderFaults(), 1_000_000_000
    assert [faults.note(second * n) for n in (1, 2, 3)] == [False, False, True]
    assert not faults.waiting(3 * second + 1)
    assert faults.note(4 * second) and faults.waiting(4 * second + second // 4)
    for n in range(5, 25):
        faults.note(n * second)
    assert faults.waiting(24 * second + 29 * second)
    assert not faults.waiting(24 * second + 31 * second)
    assert not faults.note(200 * second)


# ---- sound ----------------------------------------------------------------------------------


class Hum:
    """A microphone on a clock that we turn: each read gives the 240 ms before it."""

    def __init__(self, clock: ManualClock) -> None:
        self.stream, self._clock = "sound", clock

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def read(self, wait_s: float) -> SoundBlock:
        self._clock.advance(0.24)
        at = np.arange(SOUND_RATE * 24 // 100)
        hum = (8000 * np.sin(2 * np.pi * 440 * at / SOUND_RATE)).astype(np.int16)
        return SoundBlock(self._clock.now_ns() - 240_000_000, hum)


class FailingSound:
    """Opus that refuses the next piece when told (``next_piece``), or does not open at all (``closed``)."""

    def __init__(self) -> None:
        self.next_piece = self.closed = False
        self.opened = 0

    def __call__(self, bits: int) -> Any:
        self.opened += 1
        if self.closed:
            raise EncoderFailed("does not open")
        encoder = SoundEncoder(bits)
        whole = encoder.encode

        def encode(samples: Samples, pts: int) -> Any:
            if self.next_piece:
                self.next_piece = False
                raise EncoderFailed("native trouble")
            return whole(samples, pts)

        encoder.encode = encode  # type: ignore[method-assign]  # an encoder of tests
        return encoder


@pytest.fixture
def failing_sound(monkeypatch: pytest.MonkeyPatch) -> FailingSound:
    made = FailingSound()
    monkeypatch.setattr(sound_track, "SoundEncoder", made)
    return made


@pytest.fixture
def humming() -> tuple[ManualClock, Kept, SoundLane]:
    clock, kept = ManualClock(), Kept()
    lane = SoundLane(Hum(clock), clock, QUICK, kept)
    lane.begin(Next())
    return clock, kept, lane


def listen(lane: SoundLane, times: int) -> None:
    for _ in range(times):
        lane._obey()
        lane._step()


def test_a_sound_encoder_that_raises_costs_a_moment_and_not_the_microphone(
    failing_sound: FailingSound, humming: tuple[ManualClock, Kept, SoundLane]
) -> None:
    clock, kept, lane = humming
    listen(lane, 12)
    failing_sound.next_piece = True
    listen(lane, 12)
    lane.finish(clock.now_ms())
    listen(lane, 8)
    kept.check("sound")
    assert [(p.reason, p.part) for p in kept.parts] == [("start", 0), ("encoder", 1)]
    ((_, start, end, cause),) = kept.gaps
    assert cause == "encoder_failed" and 0 < end - start <= 300
    assert kept.events == [("encoder-failed", {"stream": "sound", "codec": "opus"})]
    assert lane.state is SourceState.RUNNING
    for part in kept.parts:
        samples = sum(frame.samples for frame in decode(kept, "sound", part.part))
        covered = sum(s.end_ms - s.start_ms for s in kept.of("sound", part.part))
        assert samples == pytest.approx(covered * SOUND_RATE / 1000, abs=2 * 2880)


def test_without_any_sound_encoder_all_is_a_gap_and_little_is_tried(
    failing_sound: FailingSound, humming: tuple[ManualClock, Kept, SoundLane]
) -> None:
    clock, kept, lane = humming
    failing_sound.closed = True
    listen(lane, 250)
    until = clock.now_ms()
    lane.finish(until)
    lane._obey()
    assert kept.segments == [] and kept.parts == [] and failing_sound.opened < 20
    assert [gap[3] for gap in kept.gaps] == ["encoder_failed"] and kept.gaps[0][2] == until
    assert lane.state is SourceState.RUNNING and lane.heard, "its level is still shown"


# ---- an encoder that never returns ----------------------------------------------------------


class Hanging:
    """Opens; does not return from its ``stuck``-th picture before ``free`` is set."""

    init = b"\0\0\0\x08ftyp"

    def __init__(self, stuck: int) -> None:
        self.free, self.closed, self._left = threading.Event(), threading.Event(), stuck

    def __call__(self, *_opened: Any) -> Any:
        return self

    def encode(self, _yuv: Pixels, pts: int, key: bool) -> list[Packet]:
        self._left -= 1
        if self._left == 0:
            self.free.wait(60)
        return [Packet(pts, key, b"x")]

    def finish(self) -> list[Packet]:
        return []

    def close(self) -> None:
        self.closed.set()


def test_an_encoder_that_hangs_is_left_behind_and_released_if_it_returns_after_all() -> None:
    hanging = Hanging(2)
    yuv = np.zeros((96, 64), np.uint8)
    encoder = GuardedEncoder(Recipe("any", {}), 64, 64, 10, "camera", patience_s=2.0, make=hanging)
    assert [packet.pts for packet in encoder.encode(yuv, 0, True)] == [0] and encoder.init == hanging.init
    with pytest.raises(EncoderFailed, match="did not return"):
        encoder.encode(yuv, 1, False)
    with pytest.raises(EncoderFailed, match="left behind"):
        encoder.encode(yuv, 2, False)
    assert not hanging.closed.is_set(), "nobody may touch what a library is still at work on"
    hanging.free.set()
    assert hanging.closed.wait(10)
    wait_for(lambda: not [t for t in threading.enumerate() if t.name == "encode-camera"])


def test_whatever_an_encoder_raises_reaches_the_stream_and_its_thread_ends() -> None:
    def broken(*_opened: Any) -> Any:
        raise MemoryError("no more")

    with pytest.raises(MemoryError):
        GuardedEncoder(Recipe("any", {}), 64, 64, 10, "broken", make=broken)
    wait_for(lambda: not [t for t in threading.enumerate() if t.name == "encode-broken"])


def test_a_stream_whose_encoder_hangs_goes_on_with_another(monkeypatch: pytest.MonkeyPatch) -> None:
    hanging, made = Hanging(8), list[str]()

    def make(recipe: Recipe, *size: Any) -> GuardedEncoder:
        made.append(recipe.codec)
        if len(made) == 1:
            real = VideoEncoder(recipe, *size)
            encode = hanging.encode
            whole = real.encode
            real.encode = lambda yuv, pts, key: (encode(yuv, pts, key), whole(yuv, pts, key))[1]  # type: ignore[method-assign]
            return GuardedEncoder(recipe, *size, patience_s=2.0, make=lambda *_: real)
        return GuardedEncoder(recipe, *size)

    monkeypatch.setattr(video_track, "GuardedEncoder", make)
    played = Played("camera")
    played.look(20)
    hanging.free.set()
    kept = played.finish()
    assert [(p.reason, p.part) for p in kept.parts] == [("start", 0), ("encoder", 1)]
    assert [gap[3] for gap in kept.gaps if gap[3] != "opening"] == ["encoder_failed"]
    assert sum(segment.frames for segment in kept.of("camera", 0)) == 7, "what came before it stands"


# ---- steps ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", LANES)
def test_a_whole_descent_and_the_way_back_lose_no_picture(kind: str) -> None:
    """Minutes with a full disk, then calm: every part joins the one before without a gap."""
    settings = CaptureSettings(screen_heartbeat_s=1.0, camera_rate=2, screen_rate=2, screen_small_change_s=0.4)
    played = Played(kind, settings)
    disk = Felt.PRESSING
    for second in range(600):
        if second == 160:
            disk = Felt.CALM
        played.quality.press(disk, Felt.CALM)
        played.look(10)
    kept = played.finish()
    told = [(d["step"], d["direction"]) for name, d in kept.events if name == "quality"]
    down = [step for step, direction in told if direction == "down"]
    assert down and [step for step, direction in told if direction == "up"] == list(reversed(down))
    assert [g for g in kept.gaps if g[3] != "opening"] == []
    assert {p.reason for p in kept.parts[1:]} == {"quality"}


def test_a_lighter_preset_comes_at_once() -> None:
    played = Played("screen-1", CaptureSettings(screen_preset=8))
    for _ in range(60):
        played.look(10)
        played.quality.slots("camera", 1, 30)  # the processor is the same
    assert played.quality.settings.screen_preset == 12
    kept = played.finish()
    assert [p.reason for p in kept.parts] == ["start", "quality", "quality"], "8, 10, 12"


def test_a_coarser_picture_comes_with_the_next_key_picture() -> None:
    played = Played("screen-1", CaptureSettings())
    for _ in range(30):
        played.quality.press(Felt.PRESSING, Felt.CALM)
        played.look(10)
    assert played.quality.settings.screen_crf == CaptureSettings().screen_crf + 8
    assert len(played.kept.parts) == 1, "nobody is in a hurry"
    played.look(300)
    kept = played.finish()
    assert [p.reason for p in kept.parts] == ["start", "quality"]
    assert kept.parts[1].origin_ms >= 1000 * CaptureSettings().screen_key_after_s


def test_what_the_trial_chose_is_recorded_with_and_told() -> None:
    played = Played("screen-1", CaptureSettings())
    played.quality.adopt(Outcome(FINE, {}))
    assert played.quality.settings.screen_preset == 8
    played.quality.begin()
    played.look(5)
    played.quality.adopt(Outcome(OTHER, {}))  # a trial that ended late
    played.look(5)
    kept = played.finish()
    assert [d["codec"] for name, d in kept.events if name == "codec"] == ["av1", "vp9"]
    assert ["vp09" in p.media for p in kept.parts] == [False, True]
    assert kept.parts[1].reason == "quality"


# ---- a consumer that blocks -----------------------------------------------------------------


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
