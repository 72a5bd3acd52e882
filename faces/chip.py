"""The 150x150 picture of a face, turned and sized so that its points lie where the descriptor wants them."""

from __future__ import annotations

import functools
import json
from pathlib import Path

import cv2
import numpy as np

from faces.detect import Face, Picture
from faces.geometry import Floats, similarity

CHIP = 150
PLACES = Path(__file__).parent / "data" / "chip_places.json"
_POINTS = (263, 362, 33, 133, 2)  # the mesh's points for the five of dlib's aligner
_PADDING = 0.25
_LAYOUT = np.array([[0.8595674595992, 0.2134981538014], [0.6460604764104, 0.2289674387677],
                    [0.1205750620789, 0.2137274526848], [0.3340850613712, 0.2290642403242],
                    [0.4901123135679, 0.6277975316475]])  # fmt: skip
_MIDDLE = (CHIP - 1) / 2
_TARGET = CHIP * (_PADDING + _LAYOUT) / (1 + 2 * _PADDING)


def aligned_chip(bgr: Picture, face: Face, larger: float = 1.0) -> Picture:
    """The chip (150x150 BGR) of a face with points, laid by dlib's five; what the gates look at. The face is
    ``larger`` about the chip's middle. Raises ``ValueError`` without points."""
    return _laid(bgr, face, list(_POINTS), _TARGET, larger)


def steady_chip(bgr: Picture, face: Face, larger: float = 1.0) -> Picture:
    """The same laid by 56 points, so that the error of each moves it less."""
    return _laid(bgr, face, *steady_places(), larger)


@functools.cache
def steady_places() -> tuple[list[int], Floats]:
    """Rims of the eyes and nose: the mesh's points, and where they lie on the usual chip (56x2); data/SOURCES.md."""
    stored = json.loads(PLACES.read_text("utf-8"))
    return [int(index) for index in stored["indices"]], np.asarray(stored["points"], dtype=np.float64)


def _laid(bgr: Picture, face: Face, indices: list[int], places: Floats, larger: float) -> Picture:
    if face.points is None:
        raise ValueError("this face has no points")
    matrix = larger * similarity(face.points[indices, :2].astype(np.float64), places)
    matrix[:, 2] += (1 - larger) * _MIDDLE
    return np.asarray(cv2.warpAffine(bgr, matrix, (CHIP, CHIP), flags=cv2.INTER_LINEAR), dtype=np.uint8)
