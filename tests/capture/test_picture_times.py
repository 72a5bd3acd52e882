"""Which pictures are encoded, with what stamps, and when a key frame comes: on a clock turned by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from client.capture.camera_lane import CameraLane
from client.capture.screen_lane import ScreenLane
from client.capture.settings import CaptureSettings
from client.capture.source import Next, Reading
from simulation.manual_clock import ManualClock

from .fakes import Kept, decode


class Scripted:
    """A screen on a clock that we turn: each look gives the next number of changed tiles of 500."""

    stream = "screen-1"

    def __init__(self, clock: ManualClock) -> None:
        self._clock = clock
        self.changes: list[int] = []

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def read(self, wait_s: float) -> Reading | None:
        changed = self.changes.pop(0)
        return Reading(self._clock.now_ns(), 64, 64, changed, 500) if changed else None

    def yuv(self) -> Any:
        return np.full((96, 64), 100, np.uint8)

    def bgr(self) -> Any:
        return np.zeros((64, 64, 3), np.uint8)


def play(changes: list[int], settings: CaptureSettings | None = None) -> Kept:
    """What a screen lane records when it looks ten times a second and sees ``changes``."""
    clock, kept = ManualClock(), Kept()
    source = Scripted(clock)
    lane = ScreenLane(source, clock, settings or CaptureSettings(), kept)
    source.changes = [500, *changes]
    lane.begin(Next())
    for _ in range(len(changes) + 1):
        clock.advance(0.1)
        lane._next_ns = clock.now_ns()  # we turn the clock; the lane need not wait
        lane._obey()
        lane._step()
    lane.finish(clock.now_ms())
    lane._obey()
    return kept


def stamps(kept: Kept) -> list[int]:
    """Tenths of a second at which pictures were encoded."""
    return [round(f.pts / 9000) for f in decode(kept, "screen-1")]


def test_small_changes_wait_big_ones_do_not() -> None:
    assert stamps(play([1] * 12)) == [0, 4, 8, 12]
    assert stamps(play([100] * 5)) == [0, 1, 2, 3, 4, 5]
    assert stamps(play([1, 0, 0, 0, 0, 0])) == [0, 4]


class Irregular(Scripted):
    """A camera whose pictures come when they like; ``taken``: when, in ns."""

    stream = "camera"

    def __init__(self, clock: ManualClock) -> None:
        super().__init__(clock)
        self.taken: list[int] = []

    def read(self, wait_s: float) -> Reading:
        self.taken.append(self._clock.now_ns())
        return Reading(self.taken[-1], 64, 64)


def test_every_picture_is_decoded_with_the_stamp_it_was_taken_with() -> None:
    clock, kept = ManualClock(), Kept()
    source = Irregular(clock)
    lane = CameraLane(source, clock, CaptureSettings(camera_rate=30), kept)
    lane.begin(Next())
    for number in range(200):
        clock.advance(0.04 + 0.0137 * (number % 7))
        lane._obey()
        lane._step()
    lane.finish(clock.now_ms())
    lane._obey()
    kept.check("camera")
    (part,) = kept.parts
    assert part.origin_ms == round(source.taken[0] / 1e6)
    decoded = [part.origin_ms * 1_000_000 + frame.pts * 1_000_000_000 / 90_000 for frame in decode(kept, "camera")]
    assert len(decoded) == len(source.taken) == sum(s.frames for s in kept.segments)
    assert decoded == pytest.approx(source.taken, abs=600_000), "the part begins on a whole millisecond"
    assert decoded[1:] == pytest.approx(source.taken[1:], abs=12_000), "a tick of the 90 kHz clock"


def test_key_frames_come_with_big_changes_or_late() -> None:
    def keys(changes: list[int]) -> list[int]:
        return [round(k / 90_000) for s in play(changes).segments for k in s.keys]

    calm = [0] * 10
    assert keys([300] + calm * 40) == [0]  # a big change before 30 s
    assert keys(calm * 40 + [300] + calm * 10) == [0, 40]
    assert keys(calm * 50 + [240] + calm * 10) == [0], "half the screen: another window, not another page"
    assert keys(calm * 120 + [240] + calm * 10) == [0, 120], "later less will do"
    assert keys(calm * 200) == [0, 180]
    busy = [0] * 3 + [2]  # a caret: one picture in 0.4 s
    assert keys(busy * 401) == [0]
    assert keys(busy * 401 + [20]) == [0, 160]  # after 400 pictures the next larger change will do


def test_segments_of_a_static_screen_are_short_enough_to_lose() -> None:
    kept = play([0] * 400)
    kept.check("screen-1")
    assert max(s.end_ms - s.start_ms for s in kept.segments) <= 4100


@pytest.mark.parametrize(
    ("pause", "seconds", "cause"),
    [
        (lambda clock: clock.sleep(3600), 3600, "suspended"),
        (lambda clock: clock.sleep(3), 3, "suspended"),  # shorter than any stall that counts
        (lambda clock: clock.advance(60), 60, "stalled"),  # we were stopped, the computer was not
    ],
)
def test_time_asleep_is_a_gap_not_a_long_picture(
    pause: Callable[[ManualClock], None], seconds: float, cause: str
) -> None:
    clock, kept = ManualClock(), Kept()
    source = Scripted(clock)
    lane = ScreenLane(source, clock, CaptureSettings(), kept)
    source.changes = [500] + [0] * 40 + [5] + [0] * 30
    lane.begin(Next())
    for look in range(72):
        if look == 41:  # a heartbeat was just shown
            pause(clock)
        clock.advance(0.1)
        lane._next_ns = clock.now_ns()
        lane._obey()
        lane._step()
    lane.finish(clock.now_ms())
    lane._obey()
    kept.check("screen-1")
    ((_, start, end, said),) = kept.gaps
    assert said == cause and seconds - 10 < (end - start) / 1000 <= seconds + 0.2
    assert kept.parts[-1].reason == cause
