"""Which point of the 478-point mesh is what, and what can be read from them without a model.

Left and right are the person's own. Points are (478, 3) float32 in pixels of the whole picture;
z grows away from the camera, in the same unit as x.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from faces.geometry import Floats

Points = npt.NDArray[np.float32]

RIGHT_EYE = (33, 160, 158, 133, 153, 144)  # outer corner, two upper, inner corner, two lower
LEFT_EYE = (362, 385, 387, 263, 373, 380)
RIGHT_IRIS, LEFT_IRIS = 468, 473
OUTER_EYES = (33, 263)
NOSE_TIP, FOREHEAD, CHIN = 1, 10, 152
# Points that hardly move with expression: they carry the pose and the planar check.
RIGID = (1, 4, 5, 6, 8, 9, 10, 33, 133, 168, 195, 197, 263, 362, 2, 98, 327, 234, 454, 127, 356, 162, 389, 103, 332,
         151, 67, 297)  # fmt: skip


def eye_openness(points: Points) -> float:
    """Height over width of the eye opening, mean of both eyes (about 0.2-0.4 open; narrow eyes less).

    On 3-D points, so that it keeps its meaning under a moderate turn. Judge it only against the
    person's own baseline: an absolute limit punishes narrow eyes.
    """

    def one(eye: tuple[int, ...]) -> float:
        p = points[list(eye)].astype(np.float64)
        width = float(np.linalg.norm(p[0] - p[3])) + 1e-6
        return float(np.linalg.norm(p[1] - p[5]) + np.linalg.norm(p[2] - p[4])) / (2 * width)

    return (one(RIGHT_EYE) + one(LEFT_EYE)) / 2


def mouth_openness(points: Points) -> float:
    """Height of the mouth's opening over its width: 0 closed, about 0.5 and more wide open."""
    p = points.astype(np.float64)
    return float(np.linalg.norm(p[13] - p[14]) / (np.linalg.norm(p[78] - p[308]) + 1e-6))


def gaze_sideways(points: Points) -> float:
    """Where the irises stand between the eyes' corners, -1..1; 0 in the middle, > 0 towards the picture's right."""
    values = []
    for start, end, iris in ((33, 133, RIGHT_IRIS), (362, 263, LEFT_IRIS)):
        a, b, c = (points[k, :2].astype(np.float64) for k in (start, end, iris))
        axis = b - a
        values.append(2 * float((c - a) @ axis) / (float(axis @ axis) + 1e-6) - 1)
    return float(np.mean(values))


def eye_distance(points: Points) -> float:
    """Distance between the outer corners of the eyes in pixels: the size a comparison depends on."""
    return float(np.linalg.norm(points[OUTER_EYES[0], :2] - points[OUTER_EYES[1], :2]))


def planar_residual(before: Points, after: Points) -> float:
    """How badly a flat sheet explains the change between two looks, in eye distances of the second.

    RMS error of the best homography over the rigid points: about 0.03 and less for a flat picture
    however it is tilted, 0.05 and more for a head turned by 20 degrees.
    """
    index = list(RIGID)
    p, q = before[index, :2].astype(np.float64), after[index, :2].astype(np.float64)
    matrix, _ = cv2.findHomography(p, q, 0)
    if matrix is None:
        return 0.0  # degenerate: nothing that speaks for a solid head
    moved: Floats = np.column_stack([p, np.ones(len(p))]) @ matrix.T
    moved = moved[:, :2] / moved[:, 2:]
    error = float(np.sqrt(((moved - q) ** 2).sum(1).mean()))
    return error / (eye_distance(after) + 1e-6)
