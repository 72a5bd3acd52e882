"""The puppet is the same every time, and the performer moves like a person."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from faces.detect import FaceAnalyser
from faces.gates import near_faces
from simulation.performer import Performer
from simulation.puppet import Posture, Puppet, noisy, portrait


def decoded(frame: bytes) -> np.ndarray:
    picture = cv2.imdecode(np.frombuffer(frame, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    return picture


def test_at_rest_it_is_the_portrait() -> None:
    photo, points = portrait("astronaut")
    assert photo.shape == (360, 460, 3) and points.shape == (468, 3)
    drawn = Puppet(photo, points).draw(Posture())
    assert np.abs(drawn.astype(int) - photo).mean() < 2


def test_the_same_posture_gives_the_same_picture() -> None:
    puppet, posture = Puppet.of("second"), Posture(yaw=12, blink=0.5, mouth=0.4)
    assert np.array_equal(puppet.draw(posture), Puppet.of("second").draw(posture))
    assert np.array_equal(noisy(puppet.draw(posture), 5), noisy(puppet.draw(posture), 5))


def test_faces_keep_their_proportions_in_another_shape() -> None:
    puppet = Puppet.of("astronaut")
    assert puppet.draw(Posture(), (640, 480)).shape == (480, 640, 3)
    assert puppet.draw(Posture(), (1280, 720)).shape == (720, 1280, 3)


def test_a_missing_portrait() -> None:
    with pytest.raises(FileNotFoundError):
        portrait("nobody")


def test_turning_is_smooth_and_comes_back() -> None:
    performer = Performer((320, 240), 15)
    performer.pose("left")
    yaws = []
    for _ in range(12):
        performer.frame()
        yaws.append(performer.yaw)
    assert yaws[-1] == 30 and max(np.diff([0, *yaws])) <= 4
    performer.pose("straight")
    for _ in range(12):
        performer.frame()
    assert performer.yaw == 0


def test_idle_frames_differ_and_repeat_cheaply() -> None:
    performer = Performer((320, 240), 15)
    frames = [performer.frame() for _ in range(96)]
    assert len(set(frames)) == 48
    assert frames[0] == frames[48]


def test_wrong_wishes_are_named() -> None:
    performer = Performer((320, 240), 15)
    for wrong in (
        lambda: performer.pose("sideways"),
        lambda: performer.set_mode("off"),
        lambda: performer.turn(float("nan")),
    ):
        with pytest.raises(ValueError):
            wrong()


def test_who_is_seen_in_which_mode() -> None:
    performer = Performer((640, 480), 15)
    with FaceAnalyser() as analyser:
        near = {}
        for mode in ("live", "two", "nobody", "other"):
            performer.set_mode(mode)
            faces = analyser.look(np.asarray(decoded(performer.frame()), dtype=np.uint8))
            near[mode] = len(near_faces(faces)) if faces else 0
    assert near == {"live": 1, "two": 2, "nobody": 0, "other": 1}


def test_modes() -> None:
    performer = Performer((320, 240), 15)
    performer.set_mode("black")
    assert decoded(performer.frame()).mean() < 6
    performer.set_mode("other")
    other = decoded(performer.frame())
    performer.set_mode("live")
    assert np.abs(decoded(performer.frame()).astype(int) - other).mean() > 20
