"""A photograph moves as a plane and nothing in it moves; a face blinks, speaks, looks about or turns."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from client.verify.rules import Finding
from client.verify.stillness import LEAST_MS, MOST_MS, Stillness
from client.verify.watching import Watcher
from faces.detect import Face
from faces.pose import Pose
from simulation.puppet import portrait

STEP_MS = 333
POINTS = portrait("astronaut")[1].astype(np.float32)
STRAIGHT = Pose(0.0, 3.0, 0.0)


def look(
    number: int, *, eyes: float = 0.3, mouth: float = 0.02, gaze: float = 0.0, turn: float = 0.0, tilt: float = 0.0
) -> Face:
    """The portrait's points with a mesh's noise; ``turn``: degrees of the solid head, ``tilt``: of the flat sheet."""
    rng = np.random.default_rng(number)
    angle, middle = np.radians(turn + tilt), POINTS.mean(axis=0)
    solid = (POINTS - middle) * [1, 1, 0 if tilt else 1]
    turned = solid @ np.array([[np.cos(angle), 0, np.sin(angle)], [0, 1, 0], [-np.sin(angle), 0, np.cos(angle)]])
    seen = turned[:, :2] * (900 / (900 + turned[:, 2:])) + middle[:2]
    points = np.column_stack([seen, turned[:, 2]]) + rng.normal(0, 0.3, POINTS.shape)
    noise = rng.normal(0, 0.004, 3)
    return Face(
        (250, 150, 120, 120), 0.9, points.astype(np.float32), STRAIGHT,
        eyes + float(noise[0]), mouth + float(noise[1]), gaze + float(noise[2]),
    )  # fmt: skip


class Sitting:
    """Looks at somebody, three a second."""

    def __init__(self) -> None:
        self.stillness, self.number, self.told = Stillness(), 0, list[tuple[int, int]]()

    def see(self, seconds: float, every_s: float = 0.0, **sign: float) -> list[tuple[int, int]]:
        """``sign`` is shown each ``every_s``; what was told since, as (ms since the beginning, still for ms)."""
        told, first = [], self.number
        for _ in range(round(seconds * 1000 / STEP_MS)):
            due = every_s and self.number % round(every_s * 1000 / STEP_MS) == 0
            still = self.stillness.feed(look(self.number, **(sign if due else {})), self.number * STEP_MS)
            if still:
                told.append(((self.number - first) * STEP_MS, still))
            self.number += 1
        return told

    def photograph(self, seconds: float) -> list[tuple[int, int]]:
        told, first = [], self.number
        for _ in range(round(seconds * 1000 / STEP_MS)):
            sheet = look(self.number, tilt=10 * float(np.sin(self.number / 7)) + 0.01)
            still = self.stillness.feed(sheet, self.number * STEP_MS)
            if still:
                told.append(((self.number - first) * STEP_MS, still))
            self.number += 1
        return told


@pytest.mark.parametrize("sign", [{"eyes": 0.15}, {"mouth": 0.12}, {"gaze": 0.2}, {"turn": 8.0}])
def test_each_sign_of_life_is_enough(sign: dict[str, float]) -> None:
    assert Sitting().see(600, every_s=20, **sign) == []


def test_a_photograph_that_sways_is_told_after_two_minutes() -> None:
    sitting = Sitting()
    assert sitting.see(120, every_s=5, eyes=0.15) == []
    told = sitting.photograph(180)
    assert LEAST_MS - 6000 <= told[0][0] <= LEAST_MS + 12_000 and told[0][1] >= LEAST_MS
    assert len(told) > 100  # and goes on


def test_the_face_that_comes_back_ends_it() -> None:
    sitting = Sitting()
    sitting.see(120, every_s=5, eyes=0.15)
    assert sitting.photograph(150)
    assert sitting.see(60, every_s=5, eyes=0.15)[5:] == []


def test_of_whom_nothing_is_known_it_takes_longer() -> None:
    told = Sitting().photograph(260)
    assert told and told[0][0] >= MOST_MS - STEP_MS


def test_who_shows_signs_seldom_is_not_told_of() -> None:
    sitting = Sitting()
    assert sitting.see(600, every_s=60, eyes=0.15) == []
    assert sitting.stillness.needed_ms is None
    assert sitting.photograph(300) == []


def test_between_two_people_at_the_computer_it_begins_anew() -> None:
    sitting = Sitting()
    sitting.see(120, every_s=5, eyes=0.15)
    assert sitting.photograph(100) == []
    for _ in range(15):
        assert sitting.stillness.feed(None, sitting.number * STEP_MS) == 0
        sitting.number += 1
    assert sitting.photograph(100) == []


def test_turned_or_far_faces_are_not_judged() -> None:
    stillness = Stillness()
    for number in range(900):
        face = look(number)
        aside = Face(face.box, face.score, face.points, Pose(30.0, 0.0, 0.0), 0.3, 0.0, 0.0)
        assert face.points is not None
        small = Face(face.box, face.score, face.points / 4, STRAIGHT, 0.3, 0.0, 0.0)
        assert stillness.feed(aside if number % 2 else small, number * STEP_MS) == 0


@pytest.mark.parametrize(("off", "kinds"), [((), ["still_face"]), (("still_face",), [])])
def test_one_photograph_is_one_incident_and_the_rule_can_be_switched_off(
    off: tuple[str, ...], kinds: list[str]
) -> None:
    watcher, rng = Watcher(off=("face_covered", "camera_replayed", *off)), np.random.default_rng(1)
    small = rng.integers(60, 200, (48, 64, 3), dtype=np.uint8)
    picture = np.asarray(cv2.resize(small, (640, 480)), dtype=np.uint8)
    told: list[Finding] = []
    for number in range(1350):
        living = number < 300 or number % 450 == 449  # a misread sign within the photograph's time
        face = look(number, eyes=0.15 if living and number % 15 in (0, 14) else 0.3)
        picture[0, 0] = number % 250  # never the same picture twice
        told += watcher.feed(picture, [face], number * STEP_MS)
    told += watcher.finish()
    assert sorted({f.kind for f in told}) == kinds and len({f.incident for f in told}) == len(kinds)
    assert all(f.values["seconds"] >= LEAST_MS / 1000 for f in told)
