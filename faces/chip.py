"""The 150x150 picture of a face, turned and sized so that five points lie where the descriptor wants them."""

from __future__ import annotations

import cv2
import numpy as np

from faces.detect import Face, Picture
from faces.geometry import similarity

CHIP = 150
_POINTS = (263, 362, 33, 133, 2)  # the mesh's points for the five of dlib's aligner
_PADDING = 0.25
_LAYOUT = np.array([[0.8595674595992, 0.2134981538014], [0.6460604764104, 0.2289674387677],
                    [0.1205750620789, 0.2137274526848], [0.3340850613712, 0.2290642403242],
                    [0.4901123135679, 0.6277975316475]])  # fmt: skip
_MIDDLE = (CHIP - 1) / 2
_TARGET = CHIP * (_PADDING + _LAYOUT) / (1 + 2 * _PADDING)


def aligned_chip(bgr: Picture, face: Face, larger: float = 1.0) -> Picture:
    """The aligned chip (150x150 BGR) of a face with points, the face ``larger`` about the chip's middle. Raises
    ``ValueError`` without points."""
    if face.points is None:
        raise ValueError("this face has no points")
    matrix = similarity(face.points[list(_POINTS), :2].astype(np.float64), _TARGET)
    if larger != 1.0:
        matrix = larger * matrix
        matrix[:, 2] += (1 - larger) * _MIDDLE
    return np.asarray(cv2.warpAffine(bgr, matrix, (CHIP, CHIP), flags=cv2.INTER_LINEAR), dtype=np.uint8)
