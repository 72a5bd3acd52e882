"""The byte guard: its rule, and a really noisy camera on a real encoder."""

from __future__ import annotations

import itertools
import random

import cv2
import numpy as np
import pytest

from client.capture.byte_guard import LIMIT_BITS, ByteGuard
from client.capture.camera_lane import CameraLane
from client.capture.settings import CaptureSettings
from client.capture.source import Next, Pixels, Reading
from simulation.manual_clock import ManualClock

from .fakes import Kept, decode

BUDGET = LIMIT_BITS // 8


def test_one_look_is_enough_for_a_very_noisy_camera() -> None:
    guard = ByteGuard(47)
    assert guard.stretch(BUDGET * 10, 10.0) is None
    verdict = guard.stretch(BUDGET * 160, 10.0)
    assert verdict is not None and verdict.down and verdict.word == "camera-crf-59"
    assert guard.crf == 59 and guard.more_crf == 12


def test_at_the_coarsest_the_rate_is_halved_and_then_nothing_is_left() -> None:
    guard = ByteGuard(47)
    words = [v.word for _ in range(6) if (v := guard.stretch(BUDGET * 20, 10.0)) is not None]
    assert words == ["camera-crf-51", "camera-crf-55", "camera-crf-59", "camera-crf-63", "camera-half-rate"]
    assert guard.half_rate


def test_it_steps_back_when_it_is_quiet_and_waits_longer_each_time_that_did_not_last() -> None:
    """A room in which 51 is right: at 47 the camera is too noisy, at 51 very quiet."""
    guard = ByteGuard(47)
    moves = []
    for look in range(400):
        verdict = guard.stretch(BUDGET * 25 if guard.crf == 47 else BUDGET, 10.0)
        if verdict is not None:
            moves.append((look, verdict.down))
    ups = [look for look, down in moves if not down]
    waits = [b - a for a, b in itertools.pairwise(ups)]
    assert waits == sorted(waits) and waits[-1] > 10 * waits[0]
    assert len(moves) < 20


@pytest.mark.parametrize("seed", range(20))
def test_whatever_comes_it_stays_within_its_bounds(seed: int) -> None:
    source, guard = random.Random(seed), ByteGuard(47)
    crf, half = 47, False
    for _ in range(2000):
        size = round(BUDGET * 10 ** source.uniform(-2, 2) * 10)
        verdict = guard.stretch(size, source.choice((0.0, 9.95, 10.0, 12.0)))
        assert 47 <= guard.crf <= 63
        assert (verdict is None) is ((guard.crf, guard.half_rate) == (crf, half)), "each move is told"
        if verdict is not None:
            assert verdict.down is ((guard.crf, guard.half_rate) > (crf, half))
        crf, half = guard.crf, guard.half_rate


class NoisyCamera:
    """A still face under a sensor's noise of ``sigma``."""

    stream = "camera"

    def __init__(self, clock: ManualClock, sigma: float) -> None:
        self._clock, self.sigma = clock, sigma
        y, x = np.mgrid[0:240, 0:320]
        self._face = 110 + 60 * np.exp(-((x - 160) ** 2 + (y - 120) ** 2) / 5000)
        self._random = np.random.default_rng(3)
        self._bgr: Pixels | None = None

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def read(self, wait_s: float) -> Reading:
        grey = self._face + self._random.normal(0, self.sigma, self._face.shape)
        self._bgr = np.repeat(grey.clip(0, 255).astype(np.uint8)[..., None], 3, axis=2)
        return Reading(self._clock.now_ns(), 320, 240)

    def yuv(self) -> Pixels:
        assert self._bgr is not None
        return cv2.cvtColor(self._bgr, cv2.COLOR_BGR2YUV_I420).astype(np.uint8, copy=False)

    def bgr(self) -> Pixels | None:
        return self._bgr


def test_a_really_noisy_camera_is_brought_under_its_budget_and_back() -> None:
    clock, kept = ManualClock(), Kept()
    camera = NoisyCamera(clock, 18.0)
    lane = CameraLane(camera, clock, CaptureSettings(camera_key_s=2.0), kept)
    lane.begin(Next())

    def watch(seconds: int) -> None:
        for _ in range(seconds * 10):
            clock.advance(0.1)
            lane._obey()
            lane._step()

    def kbits(since: int) -> float:
        made = kept.segments[since:]
        return sum(len(s.body) for s in made) * 8 / (made[-1].end_ms - made[0].start_ms)

    watch(8)
    noisy = kbits(0)
    assert noisy > LIMIT_BITS / 1000, "or it is not noisy at all"
    watch(10)
    guarded = len(kept.segments)
    watch(10)
    assert kbits(guarded) < LIMIT_BITS / 1000
    down = [data for name, data in kept.events if name == "quality"]
    assert down and all(d["direction"] == "down" and d["reason"] == "bytes" for d in down)
    camera.sigma = 0.5
    watch(40)
    lane.finish(clock.now_ms())
    lane._obey()
    assert [d["direction"] for n, d in kept.events if n == "quality"][-1] == "up"
    kept.check("camera")
    assert kept.gaps == []
    assert [p.reason for p in kept.parts][1:] == ["quality"] * (len(kept.parts) - 1)
    for part in kept.parts:
        frames = decode(kept, "camera", part.part)
        assert len(frames) == sum(s.frames for s in kept.of("camera", part.part))
