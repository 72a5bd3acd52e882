"""Is this picture good enough to judge by? Each failing gate is one word of advice to the person.

Limits from measurements on Labeled Faces in the Wild and puppets, for a 640x480 webcam. Percentiles
in the comments are of that set; real webcams, masks and hands were not measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import cv2
import numpy as np

from faces.chip import CHIP, aligned_chip
from faces.detect import Face, Picture
from faces.landmarks import eye_distance

MIN_EYES_PX = 40.0  # outer eye corners; recognition gets worse below
MIN_EYES_PX_WATCHING = 25.0  # below, landmarks are too coarse for pose
MAX_FACE_SHARE = 0.85  # of the picture's height: forehead or chin leaves the picture
MAX_TURN_DEG = 12.0
MIN_SHARPNESS = 20.0  # variance of the Laplacian on the chip's middle; sharp faces p5 23, blurred p50 8
MIN_LUMA, MAX_LUMA = 70.0, 200.0
MIN_LUMA_WATCHING, MAX_LUMA_WATCHING = 35.0, 235.0
MIN_SCORE = 0.65  # full-range detector; uncovered faces p10 0.71, half-covered ones mostly not found
MIN_PART_CONTRAST = 7.0  # grey levels (standard deviation) of eyes, nose, mouth on the chip; uncovered p1 12.9
PARTS = ((36, 58, 34, 66), (36, 58, 84, 116), (62, 94, 55, 95), (94, 124, 50, 100))  # rows, columns on the chip
NEAR_SHARE = 0.35  # a second face counts as near from this share of the nearest face's width on


class Gate(StrEnum):
    """Words of advice, the same as in the client's messages."""

    NO_FACE = "no_face"
    SEVERAL_FACES = "several_faces"
    TOO_FAR = "too_far"
    TOO_CLOSE = "too_close"
    TOO_DARK = "too_dark"
    TOO_BRIGHT = "too_bright"
    BLURRED = "blurred"
    FACE_TURNED = "face_turned"
    FACE_COVERED = "face_covered"


def near_faces(faces: Sequence[Face]) -> list[Face]:
    """The faces that sit at the computer: the nearest and those not much smaller. Nearest first."""
    return [face for face in faces if face.box[2] >= NEAR_SHARE * faces[0].box[2]]


def check(bgr: Picture, faces: Sequence[Face], for_comparison: bool) -> list[Gate]:
    """What speaks against judging this picture, most important first; [] = good.

    ``for_comparison``: the strict limits for a picture that is compared with a reference; otherwise
    only what prompts and pose need (a turned head is then no fault).
    """
    if not faces:
        return [Gate.NO_FACE]
    if len(near_faces(faces)) > 1:
        return [Gate.SEVERAL_FACES]
    face = faces[0]
    if face.points is None:
        return [Gate.FACE_COVERED]
    gates = _size(bgr, face, for_comparison)
    gates += _light(bgr, face, for_comparison)
    if for_comparison:
        if max(abs(face.pose.yaw), abs(face.pose.pitch)) > MAX_TURN_DEG:
            gates.append(Gate.FACE_TURNED)
        if face.score < MIN_SCORE or (not gates and part_contrast(bgr, face) < MIN_PART_CONTRAST):
            gates.append(Gate.FACE_COVERED)
    return gates


def sharpness(bgr: Picture, face: Face) -> float:
    """Variance of the Laplacian on the middle 90 px of the aligned chip."""
    return float(cv2.Laplacian(_middle(bgr, face), cv2.CV_64F).var())


def luma(bgr: Picture, face: Face) -> float:
    """Mean brightness of the face, 0..255."""
    return float(_middle(bgr, face).mean())


def part_contrast(bgr: Picture, face: Face) -> float:
    """The lowest contrast among both eyes, nose and mouth: a mask or hand in one colour leaves little."""
    grey = cv2.cvtColor(aligned_chip(bgr, face), cv2.COLOR_BGR2GRAY)
    return min(float(grey[a:b, c:d].std()) for a, b, c, d in PARTS)


def _size(bgr: Picture, face: Face, strict: bool) -> list[Gate]:
    assert face.points is not None
    if eye_distance(face.points) < (MIN_EYES_PX if strict else MIN_EYES_PX_WATCHING):
        return [Gate.TOO_FAR]
    height, width = bgr.shape[:2]
    mesh = face.points[:468]
    tall = float(np.ptp(mesh[:, 1])) / height
    outside = float(((mesh[:, :2] < 0) | (mesh[:, :2] >= (width, height))).any(axis=1).mean())
    return [Gate.TOO_CLOSE] if tall > MAX_FACE_SHARE or outside > 0.05 else []


def _light(bgr: Picture, face: Face, strict: bool) -> list[Gate]:
    value = luma(bgr, face)
    if value < (MIN_LUMA if strict else MIN_LUMA_WATCHING):
        return [Gate.TOO_DARK]
    if value > (MAX_LUMA if strict else MAX_LUMA_WATCHING):
        return [Gate.TOO_BRIGHT]
    return [Gate.BLURRED] if strict and sharpness(bgr, face) < MIN_SHARPNESS else []


def _middle(bgr: Picture, face: Face) -> Picture:
    edge = (CHIP - 90) // 2
    chip = aligned_chip(bgr, face)
    return np.asarray(cv2.cvtColor(chip, cv2.COLOR_BGR2GRAY)[edge : CHIP - edge, edge : CHIP - edge], dtype=np.uint8)
