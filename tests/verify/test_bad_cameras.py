"""Cameras that serve badly, and a picture held before one, while the exam is watched: real models on the puppet."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from client.verify.rules import Kind
from client.verify.watching import Watcher
from faces.describe import Describer
from faces.detect import FaceAnalyser, Picture
from faces.follow import FaceFollower
from faces.template import enrol
from simulation.puppet import Posture, Puppet, noisy, portrait

STEP_MS = 333
REPEATS = (str(Kind.CAMERA_REPLAYED),)  # so does this puppet
Camera = Callable[[Picture], Picture]


@pytest.fixture(scope="module")
def rest() -> list[Picture]:
    """Somebody who sits and moves a little."""
    puppet = Puppet.of("astronaut")
    return [puppet.draw(Posture(yaw=2 * (k % 3), pitch=k % 2), (640, 480)) for k in range(6)]


def told(rest: list[Picture], camera: Camera, watcher: Watcher | None = None, step_ms: int = STEP_MS) -> set[str]:
    """The rules that told something within fifteen seconds."""
    watcher, follower = watcher or Watcher(off=REPEATS), FaceFollower()
    found = set()
    for k in range(15_000 // step_ms):
        picture = noisy(camera(rest[k // 2 % len(rest)]), k)
        found |= {f.kind for f in watcher.feed(picture, follower.look(picture, k * step_ms), k * step_ms)}
    follower.close()
    return found


def test_a_camera_of_160_by_120_tells_nothing_of_who_sits_there(rest: list[Picture]) -> None:
    assert told(rest, lambda p: np.asarray(cv2.resize(p, (160, 120)), dtype=np.uint8)) == set()


def test_four_pictures_a_second_are_enough_to_watch(rest: list[Picture]) -> None:
    assert told(rest, lambda p: p, step_ms=500) == set()


def test_a_camera_upside_down_shows_nobody(rest: list[Picture]) -> None:
    """It is told as a face that is not seen, which the student can mend; of who sits there nothing is said."""
    found = told(rest, lambda p: np.ascontiguousarray(p[::-1, ::-1]))
    assert found and found <= {Kind.NOBODY, Kind.FACE_COVERED}


def test_a_telephone_with_somebody_else_s_picture_is_told(
    rest: list[Picture], analyser: FaceAnalyser, describer: Describer
) -> None:
    watcher = Watcher(template=enrol(rest[0], analyser, describer), describer=describer, off=REPEATS)
    assert told(rest, lambda p: p, watcher) == set()
    shown = cv2.resize(portrait("second")[0][:, 60:340], (300, 392))

    def telephone(picture: Picture) -> Picture:
        held = picture.copy()
        held[40:460, 150:480] = 15
        held[54:446, 165:465] = shown
        return held

    again = Watcher(template=enrol(rest[0], analyser, describer), describer=describer, off=REPEATS)
    assert Kind.DIFFERENT_PERSON in told(rest, telephone, again)
