"""Detector, mesh, pose and signals on puppets whose posture is known."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from faces import detect
from faces.detect import FaceAnalyser, in_the_middle
from faces.landmarks import RIGID, eye_distance, mouth_openness, planar_residual
from faces.pose import mean_shape, pose_of
from simulation.puppet import Posture, Puppet, noisy, portrait, tilted_sheet

SIZE = (640, 480)


@pytest.fixture(scope="module")
def puppet() -> Puppet:
    return Puppet.of("astronaut")


def test_one_face_with_points_in_the_picture(analyser: FaceAnalyser, puppet: Puppet) -> None:
    (face,) = analyser.look(puppet.draw(Posture(), SIZE))
    assert face.points is not None and face.points.shape == (478, 3) and face.points.dtype == np.float32
    x, y, w, h = face.box
    inside = face.points[:468, :2].mean(0)
    assert x < inside[0] < x + w and y < inside[1] < y + h
    assert face.score > 0.65 and 60 < eye_distance(face.points) < 120
    assert max(abs(face.pose.yaw), abs(face.pose.pitch), abs(face.pose.roll)) < 8


@pytest.mark.parametrize("yaw", [-28, -20, 20, 28])
def test_turns_are_read_with_their_sign_and_about_their_size(analyser: FaceAnalyser, puppet: Puppet, yaw: int) -> None:
    rest = analyser.look(puppet.draw(Posture(), SIZE))[0]
    turned = analyser.look(noisy(puppet.draw(Posture(yaw=yaw), SIZE), 1))[0]
    assert 0.7 < (turned.pose.yaw - rest.pose.yaw) / yaw < 1.15
    assert rest.points is not None and turned.points is not None
    assert planar_residual(rest.points, turned.points) > 0.05
    # The person's left is the picture's right: the nose wanders there.
    nose = float(turned.points[1, 0] - turned.points[[234, 454], 0].mean())
    assert nose * yaw > 0


def test_nodding_down_is_positive(analyser: FaceAnalyser, puppet: Puppet) -> None:
    down, up = (analyser.look(puppet.draw(Posture(pitch=p), SIZE))[0].pose.pitch for p in (14, -14))
    assert down - up > 20


def test_eyes_and_mouth(analyser: FaceAnalyser, puppet: Puppet) -> None:
    rest = analyser.look(puppet.draw(Posture(), SIZE))[0]
    shut = analyser.look(puppet.draw(Posture(blink=1), SIZE))[0]
    assert shut.eye_open < 0.7 * rest.eye_open
    assert abs(rest.gaze) < 0.25
    assert rest.points is not None
    assert mouth_openness(rest.points) == pytest.approx(rest.mouth_open) and rest.mouth_open < 0.25
    wide = rest.points.copy()
    wide[14, 1] += 0.5 * float(np.linalg.norm(wide[78] - wide[308]))
    assert 0.4 < mouth_openness(wide) < 0.8


@pytest.mark.parametrize("yaw", [-40, -25, 25, 40])
def test_a_tilted_sheet_is_explained_by_a_plane(analyser: FaceAnalyser, puppet: Puppet, yaw: int) -> None:
    picture = puppet.draw(Posture(), SIZE)
    flat, tilted = analyser.look(picture)[0], analyser.look(noisy(tilted_sheet(picture, yaw), 2))[0]
    assert flat.points is not None and tilted.points is not None
    assert planar_residual(flat.points, tilted.points) < 0.05
    assert abs(tilted.pose.yaw - flat.pose.yaw) < 12


def test_nearest_face_comes_first(analyser: FaceAnalyser, puppet: Puppet) -> None:
    picture = puppet.draw(Posture(), SIZE)
    other, _ = portrait("second")
    picture[300:480, 420:640] = cv2.resize(other, (220, 180))
    faces = analyser.look(picture)
    assert len(faces) == 2 and faces[0].box[2] > faces[1].box[2]


def test_small_far_faces_are_found_at_hd(analyser: FaceAnalyser, puppet: Puppet) -> None:
    room = np.full((720, 1280, 3), 120, np.uint8)
    room[300:600, 500:883] = puppet.draw(Posture(), (383, 300))
    (face,) = analyser.look(room)
    assert face.points is not None and 0.05 < face.box[3] / 720 < 0.25


def test_nobody(analyser: FaceAnalyser) -> None:
    assert analyser.look(np.full((480, 640, 3), 90, np.uint8)) == []


def test_same_picture_same_answer(analyser: FaceAnalyser, puppet: Puppet) -> None:
    picture = puppet.draw(Posture(), SIZE)
    first = analyser.look(picture)[0]
    analyser.look(puppet.draw(Posture(yaw=25), SIZE))
    again = analyser.look(picture)[0]
    assert first.points is not None and again.points is not None
    assert np.array_equal(first.points, again.points)


def test_other_arrays_are_refused(analyser: FaceAnalyser) -> None:
    with pytest.raises(ValueError, match="8-bit"):
        analyser.look(np.zeros((10, 10), np.uint8))


def test_the_mean_shape_is_frontal_and_even() -> None:
    shape = mean_shape()
    assert shape.shape == (28, 3)
    points = np.zeros((478, 3), np.float32)
    points[list(RIGID)] = shape * 100 + 200
    pose = pose_of(points)
    assert max(abs(pose.yaw), abs(pose.pitch), abs(pose.roll)) < 1e-3


def test_a_neighbours_face_is_not_taken_for_the_students(
    analyser: FaceAnalyser, puppet: Puppet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mesh sometimes prefers a face at the crop's edge (seen on press photographs): then a tighter crop is asked,
    and a face without points is better than one with somebody else's."""
    real = detect.points_in
    picture = puppet.draw(Posture(), SIZE)
    (alone,) = analyser.look(picture)
    asked: list[float] = []

    def prefers_the_neighbour(mesh, rgb, square):
        asked.append(square[2])
        points = real(mesh, rgb, square)
        if len(asked) == 1:
            points[:, 0] += 0.4 * square[2]
        return points

    monkeypatch.setattr(detect, "points_in", prefers_the_neighbour)
    (face,) = analyser.look(picture)
    assert len(asked) == 2 and asked[1] < asked[0]
    assert face.points is not None and alone.points is not None
    assert np.abs(face.points[:468, :2].mean(0) - alone.points[:468, :2].mean(0)).max() < 5
    monkeypatch.setattr(detect, "points_in", lambda mesh, rgb, square: real(mesh, rgb, square) + square[2])
    (nobody,) = analyser.look(picture)
    assert nobody.points is None and nobody.box == alone.box


def test_points_at_the_edge_of_the_crop_belong_to_somebody_else() -> None:
    points = np.zeros((478, 3), np.float32)
    points[:, :2] = (150, 160)
    square = (100.0, 110.0, 100.0)
    assert in_the_middle(points, square)
    points[:, 0] = 175
    assert not in_the_middle(points, square)
