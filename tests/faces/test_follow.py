"""Looking again and again at one person: the same as full looks, from fewer model runs."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest

from faces.detect import Box, FaceAnalyser, FaceDetector, Picture
from faces.follow import FaceFollower, lightened
from simulation.puppet import Posture, Puppet, noisy

SIZE = (640, 480)
LOOK_MS = 333


class Counted(FaceDetector):
    """A detector with a count of its runs."""

    detections = 0

    def boxes_in(self, rgb: Picture) -> list[tuple[Box, float]]:
        self.detections += 1
        return super().boxes_in(rgb)


@pytest.fixture(scope="module")
def puppet() -> Puppet:
    return Puppet.of("astronaut")


@pytest.fixture
def counted() -> Counted:
    return Counted()


@pytest.fixture
def follower(counted: Counted) -> Iterator[FaceFollower]:
    made = FaceFollower(counted)
    yield made
    made.close()


def test_it_sees_what_a_full_look_sees(
    analyser: FaceAnalyser, counted: Counted, follower: FaceFollower, puppet: Puppet
) -> None:
    for number in range(24):
        posture = Posture(yaw=20 * math.sin(number / 4), pitch=5 * math.sin(number / 3))
        picture = noisy(puppet.draw(posture, SIZE), number)
        (followed,), (full,) = follower.look(picture, number * LOOK_MS), analyser.look(picture)
        assert followed.pose.yaw == pytest.approx(full.pose.yaw, abs=4)
        assert followed.pose.pitch == pytest.approx(full.pose.pitch, abs=4)
        assert followed.points is not None and full.points is not None
        assert float(np.abs(followed.points[:468, :2] - full.points[:468, :2]).mean()) < 2.5
    assert counted.detections <= 7


def test_who_leaves_is_gone_within_a_second_and_who_comes_back_is_seen_at_once(
    follower: FaceFollower, puppet: Puppet
) -> None:
    there, empty = puppet.draw(Posture(), SIZE), np.full((480, 640, 3), 120, np.uint8)
    assert len(follower.look(there, 0)) == 1 and len(follower.look(there, 333)) == 1
    gone = [follower.look(noisy(empty, n), 666 + n * LOOK_MS) for n in range(4)]
    assert gone[-1] == [] and all(len(faces) <= 1 for faces in gone)
    assert len(follower.look(there, 2500)) == 1


def test_a_second_person_is_seen_within_a_second(follower: FaceFollower, puppet: Puppet) -> None:
    one = puppet.draw(Posture(), SIZE)
    small = puppet.draw(Posture(), (320, 240))
    two = np.zeros((480, 640, 3), np.uint8)
    two[120:360, :320], two[120:360, 320:] = small, small
    assert len(follower.look(one, 0)) == 1
    seen = [len(follower.look(two, 333 + n * LOOK_MS)) for n in range(4)]
    assert seen[-1] == 2


def test_another_place_in_the_picture(follower: FaceFollower, puppet: Puppet) -> None:
    small = puppet.draw(Posture(), (320, 240))
    for number, (x, y) in enumerate([(0, 0), (320, 0), (320, 240), (0, 240)]):
        picture = np.zeros((480, 640, 3), np.uint8)
        picture[y : y + 240, x : x + 320] = small
        (face,) = follower.look(picture, number * 2000)
        assert face.points is not None
        middle = face.points[:468, :2].mean(0)
        assert x < middle[0] < x + 320 and y < middle[1] < y + 240


def test_a_clock_that_goes_back_does_not_keep_an_old_look(
    counted: Counted, follower: FaceFollower, puppet: Puppet
) -> None:
    picture = puppet.draw(Posture(), SIZE)
    follower.look(picture, 5000)
    follower.look(picture, 100)
    assert counted.detections == 2


def test_a_turned_head_in_poor_light_is_seen(follower: FaceFollower, puppet: Puppet) -> None:
    """A third of the light and the noise of such a sensor: the picture is made brighter before it is looked at."""
    dark = (puppet.draw(Posture(yaw=36), SIZE) * 0.3).astype(np.uint8)
    found = [follower.look(noisy(dark, k, sigma=5.5), k * LOOK_MS) for k in range(9)]
    turned = [faces[0] for faces in found if faces and faces[0].points is not None]
    assert len(turned) >= 6 and min(face.pose.yaw for face in turned) > 24


def test_only_dark_pictures_are_changed() -> None:
    bright, dark = np.full((48, 64, 3), 90, np.uint8), np.full((48, 64, 3), 40, np.uint8)
    assert lightened(bright) is bright and 105 <= lightened(dark).mean() <= 115
    lit = np.zeros((48, 64, 3), np.uint8)
    lit[12:36, 16:48] = 210  # a face in the light of the screen, in a dark room
    assert lightened(lit) is lit
