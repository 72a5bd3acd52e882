"""Each gate, on a picture made to fail it and nothing else."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from faces.detect import FaceAnalyser, Picture
from faces.gates import Gate, check, near_faces
from simulation.puppet import Posture, Puppet, portrait

SIZE = (640, 480)


@pytest.fixture(scope="module")
def good() -> Picture:
    return Puppet.of("astronaut").draw(Posture(), SIZE)


def gates_of(analyser: FaceAnalyser, picture: Picture, for_comparison: bool = True) -> list[Gate]:
    return check(picture, analyser.look(picture), for_comparison)


def test_a_good_picture_passes(analyser: FaceAnalyser, good: Picture) -> None:
    assert gates_of(analyser, good) == []
    assert gates_of(analyser, good, for_comparison=False) == []


def test_no_face(analyser: FaceAnalyser) -> None:
    assert gates_of(analyser, np.full((480, 640, 3), 128, np.uint8)) == [Gate.NO_FACE]


def test_several_near_faces(analyser: FaceAnalyser, good: Picture) -> None:
    other, _ = portrait("second")
    both = good.copy()
    both[120:480, 400:640] = other[:, 110:350]
    assert gates_of(analyser, both) == [Gate.SEVERAL_FACES]


def test_a_small_picture_on_the_wall_is_nobody(analyser: FaceAnalyser, good: Picture) -> None:
    other, _ = portrait("second")
    wall = good.copy()
    wall[20:110, 510:625] = cv2.resize(other, (115, 90))
    assert len(near_faces(analyser.look(wall))) == 1


def test_too_far(analyser: FaceAnalyser, good: Picture) -> None:
    far = np.full((480, 640, 3), 140, np.uint8)
    far[120:330, 180:460] = cv2.resize(good, (280, 210), interpolation=cv2.INTER_AREA)
    assert gates_of(analyser, far) == [Gate.TOO_FAR]
    assert gates_of(analyser, far, for_comparison=False) == []


def test_too_close(analyser: FaceAnalyser) -> None:
    photo, _ = portrait("second")
    close = cv2.resize(photo[85:235, 150:350], SIZE, interpolation=cv2.INTER_CUBIC)
    assert Gate.TOO_CLOSE in gates_of(analyser, np.asarray(close, dtype=np.uint8))


def test_too_dark(analyser: FaceAnalyser, good: Picture) -> None:
    assert gates_of(analyser, (good * 0.3).astype(np.uint8)) == [Gate.TOO_DARK]


def test_too_bright(analyser: FaceAnalyser, good: Picture) -> None:
    bright = np.clip(good.astype(np.float32) * 0.4 + 150, 0, 255).astype(np.uint8)
    assert gates_of(analyser, bright) == [Gate.TOO_BRIGHT]


def test_blurred(analyser: FaceAnalyser, good: Picture) -> None:
    blurred = np.asarray(cv2.GaussianBlur(good, (0, 0), 4), dtype=np.uint8)
    assert gates_of(analyser, blurred) == [Gate.BLURRED]
    assert gates_of(analyser, blurred, for_comparison=False) == []


def test_face_turned(analyser: FaceAnalyser) -> None:
    turned = Puppet.of("astronaut").draw(Posture(yaw=24), SIZE)
    assert gates_of(analyser, turned) == [Gate.FACE_TURNED]
    assert gates_of(analyser, turned, for_comparison=False) == []


@pytest.mark.parametrize("part", ["mouth", "left half", "eyes"])
def test_face_covered(analyser: FaceAnalyser, part: str) -> None:
    picture = Puppet.of("second").draw(Posture(), SIZE)
    x, y, w, h = analyser.look(picture)[0].box
    rows, columns = {
        "mouth": (slice(y + h // 2, y + h + 20), slice(x - 10, x + w + 10)),
        "left half": (slice(y - 10, y + h + 20), slice(x - 10, x + w // 2)),
        "eyes": (slice(y + h // 8, y + h // 2), slice(x - 10, x + w + 10)),
    }[part]
    picture[rows, columns] = (150, 120, 90)
    assert gates_of(analyser, picture)[0] in (Gate.FACE_COVERED, Gate.BLURRED)
    assert Gate.FACE_COVERED in gates_of(analyser, picture)
