"""Looks at one sitting person again and again for little: the detector once a second, the mesh in between.

The mesh tracks inside a crop that stays where it is while the face stays in its middle, which is what
tracking needs; it is never asked whether somebody is there, because it goes on seeing a covered face.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from faces import models
from faces.detect import (
    MIN_SCORE,
    Box,
    Face,
    FaceDetector,
    Picture,
    Square,
    face_of,
    face_without_points,
    in_the_middle,
    points_in,
    square_round,
    to_rgb,
)
from faces.gates import NEAR_SHARE
from faces.landmarks import Points

DETECT_MS = 1000
MIDDLE = (0.3, 0.7)  # of the crop's side: where the face's centre may wander before the crop is laid anew
WANDERED = (0.2, 0.8)  # the same for the mesh's points, with what the face moves until the next detection
SIZES = (0.36, 0.7)  # face box over crop side; laid at 0.5
# A picture with a lower mean is smoothed and made brighter before the models see it: in a third of the light, with the
# noise of such a sensor, they lose a face that is turned by 35 degrees, and now and then a straight one.
DARK, BRIGHT, LEAST_GAIN, MOST_GAIN, SMOOTHED = 80.0, 110.0, 1.3, 4.0, (7, 7)
# Of a turned head that fills much of the picture the detector misses every third; with a border of half the picture
# round it, which makes it smaller, hardly any. Small faces it would lose, so it is the second look.
AIR = 0.5


class FaceFollower:
    """What ``FaceAnalyser.look`` says of one person, from fewer model runs; a look depends on those before it.

    Of several near faces it only says where they are. Not for two threads.
    """

    def __init__(self, detector: FaceDetector | None = None) -> None:
        self._detector = detector or FaceDetector()
        self._mesh: Any = models.mediapipe_solutions().face_mesh.FaceMesh(
            static_image_mode=False, max_num_faces=1, refine_landmarks=True, min_tracking_confidence=MIN_SCORE
        )
        self._boxes: list[tuple[Box, float]] = []
        self._detected_ms: int | None = None
        self._square: Square | None = None

    def look(self, bgr: Picture, t_ms: int) -> list[Face]:
        """The faces of a picture taken at ``t_ms`` (rising), nearest first. Between two detections the box,
        its score and faces further back are those of the last one."""
        rgb = lightened(to_rgb(bgr))
        known = self._detected_ms is not None and 0 <= t_ms - self._detected_ms < DETECT_MS
        points = self._track(rgb) if known else None
        if points is None:
            self._detect(rgb, t_ms)
            # a track that has just been lost is found again by the second question only
            points = self._track(rgb)
            if points is None:
                points = self._track(rgb)
        faces = [face_without_points(*found) for found in self._boxes]
        if points is None:
            self._detected_ms = None
            return faces
        return [face_of(*self._boxes[0], points), *faces[1:]]

    def close(self) -> None:
        """Free the models. A second call does nothing."""
        self._detector.close()
        if self._mesh is not None:
            self._mesh.close()
        self._mesh = None

    def _detect(self, rgb: Picture, t_ms: int) -> None:
        self._detected_ms = t_ms
        self._boxes = self._detector.boxes_in(rgb) or self._with_air(rgb)
        near = [box for box, _ in self._boxes if box[2] >= NEAR_SHARE * self._boxes[0][0][2]]
        if len(near) != 1:
            self._square = None
        elif self._square is None or not _in_the_middle(near[0], self._square):
            self._square = square_round(near[0])

    def _with_air(self, rgb: Picture) -> list[tuple[Box, float]]:
        """The near faces of a picture in which none was found, from a second look with a border round it."""
        height, width = rgb.shape[:2]
        down, aside = round(AIR * height), round(AIR * width)
        wide = cv2.copyMakeBorder(rgb, down, down, aside, aside, cv2.BORDER_REPLICATE)
        found = self._detector.boxes_in(np.asarray(wide, dtype=np.uint8))
        return [((x - aside, y - down, w, h), score) for (x, y, w, h), score in found]

    def _track(self, rgb: Picture) -> Points | None:
        """None also for points at the crop's edge: a neighbour's, see ``faces.detect.in_the_middle``."""
        points = None if self._square is None else points_in(self._mesh, rgb, self._square)
        if points is None or self._square is None or not in_the_middle(points, self._square, WANDERED):
            return None
        return points


def lightened(rgb: Picture) -> Picture:
    """The picture itself, or a smoother and brighter one if it is dark."""
    mean = float(np.mean(cv2.mean(rgb)[:3]))
    if mean >= DARK:
        return rgb
    lightest = float(np.percentile(rgb[::8, ::8], 95))  # a lit face in a dark room is bright enough already
    gain = min(MOST_GAIN, BRIGHT / max(mean, 1.0), 255 / max(lightest, 1.0))
    if gain < LEAST_GAIN:
        return rgb
    return np.asarray(cv2.convertScaleAbs(cv2.GaussianBlur(rgb, SMOOTHED, 0), alpha=gain), dtype=np.uint8)


def _in_the_middle(box: Box, square: Square) -> bool:
    x, y, w, h = box
    left, top, side = square
    placed = all(MIDDLE[0] < place / side < MIDDLE[1] for place in (x + w / 2 - left, y + h / 2 - top))
    return placed and SIZES[0] < max(w, h) / side < SIZES[1]
