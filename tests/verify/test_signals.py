"""Blinks, turns and the track on recorded sequences: numbers only, no pictures."""

from __future__ import annotations

import numpy as np
import pytest

from client.verify.signals import BlinkJudge, EyeBaseline, Track, TurnJudge
from faces.detect import Face
from faces.pose import Pose

# Eye openness over time at 15 looks a second. The first three are of people blinking before a camera, as
# measured by the mesh (wide and narrow eyes); the rest are not blinks.
WIDE = [0.33, 0.34, 0.33, 0.33, 0.21, 0.07, 0.06, 0.15, 0.29, 0.33, 0.33]
NARROW = [0.15, 0.15, 0.16, 0.15, 0.09, 0.04, 0.03, 0.08, 0.14, 0.15, 0.15]
DRAWN = [0.33, 0.33, 0.28, 0.22, 0.20, 0.20, 0.26, 0.31, 0.33, 0.33, 0.33]
SQUINT = [0.33, 0.32, 0.30, 0.27, 0.26, 0.26, 0.27, 0.30, 0.33, 0.33, 0.33]
ASLEEP = [0.33, 0.33, 0.10, *[0.06] * 30, 0.30, 0.33]
SHUT_FROM_THE_START = [0.06, 0.06, 0.06, 0.20, 0.33, 0.33, 0.33]
NOISE = [0.33 + 0.02 * (-1) ** k for k in range(40)]


def blinks(values: list[float], fps: float = 15, baseline: float | None = None, yaw: float = 0.0) -> int:
    judge, found = BlinkJudge(baseline or max(values)), 0
    for k, value in enumerate(values):
        found += judge.feed(value, yaw, round(k * 1000 / fps))
    return found


@pytest.mark.parametrize("sequence", [WIDE, NARROW, DRAWN])
def test_blinks_are_seen_against_the_own_baseline(sequence: list[float]) -> None:
    assert blinks(sequence) == 1
    assert blinks(sequence * 3) == 3


@pytest.mark.parametrize("sequence", [SQUINT, ASLEEP, SHUT_FROM_THE_START, NOISE])
def test_other_things_are_no_blinks(sequence: list[float]) -> None:
    assert blinks(sequence) == 0


def test_a_turned_head_does_not_blink() -> None:
    assert blinks(WIDE, yaw=25) == 0


def test_twelve_looks_a_second_are_enough() -> None:
    assert blinks(WIDE, fps=12) == 1


def test_the_baseline_needs_time_and_ignores_blinks() -> None:
    baseline = EyeBaseline()
    for k in range(30):
        baseline.feed(0.06 if k % 6 == 0 else 0.30, k * 67)
        if k < 12:
            assert baseline.value is None
    assert baseline.value == pytest.approx(0.30)


def face(x: int = 200, yaw: float = 0.0, points: np.ndarray | None = None) -> Face:
    return Face((x, 100, 100, 100), 0.9, points, Pose(yaw, 0, 0), 0.3, 0.0, 0.0)


def head(yaw: float, flat: bool = False) -> np.ndarray:
    """A round head of 478 points turned by yaw; flat: as a print of itself."""
    rng = np.random.default_rng(1)
    p = rng.uniform(-1, 1, (478, 3))
    p[:, 2] = 0 if flat else -np.sqrt(np.clip(2 - p[:, 0] ** 2 - p[:, 1] ** 2, 0, None))
    p[[33, 263], :2] = [[-0.6, -0.3], [0.6, -0.3]]
    c, s = np.cos(np.radians(yaw)), np.sin(np.radians(yaw))
    turned = p @ np.array([[c, 0, -s], [0, 1, 0], [s, 0, c]]).T
    return (turned * 100 + 300).astype(np.float32)


def turn(yaws: list[float], sign: int = 1, flat: bool = False) -> tuple[bool, TurnJudge]:
    judge, done = TurnJudge(sign, 0.0, head(0, flat)), False
    for yaw in yaws:
        done = done or judge.feed(face(yaw=yaw, points=head(yaw, flat)))
    return done, judge


def test_a_turn_to_the_asked_side() -> None:
    assert turn([0, 6, 12, 18, 23, 24])[0]
    assert turn([0, -6, -12, -18, -23, -24], sign=-1)[0]


@pytest.mark.parametrize("yaws", [[0, -10, -20, -25, -25], [0, 8, 15, 19, 19, 18], [0, 8, 15, 24, 15, 0], [25, 25, 25]])
def test_the_wrong_side_too_little_a_single_look_or_turned_beforehand_do_not_count(yaws: list[float]) -> None:
    assert not turn(yaws)[0]


def test_a_flat_head_is_named() -> None:
    done, judge = turn([0, 8, 16, 24, 26, 26], flat=True)
    assert not done and judge.flat and judge.residual < 0.01


def test_the_track_breaks_on_jumps_and_long_gaps() -> None:
    track = Track()
    assert all(track.feed(face(200 + k), k * 80) for k in range(10))
    assert track.rate == pytest.approx(12.5)
    assert track.feed(None, 1500) and track.feed(face(), 1600)  # a hand before the face
    assert not track.feed(face(400), 1680)  # another place at once
    assert track.feed(face(410), 1760)
    assert not track.feed(None, 4000)
    assert not track.feed(face(410), 4080)
