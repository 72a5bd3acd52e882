"""Pictures in, faces out: full-range detector, square crop, 478-point mesh.

The mesh alone loses an ordinary sitting student at 1280x720, the detector alone gives no points; the
two together find faces down to about 15 % of the picture's height. People further back are missed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from faces import models
from faces.landmarks import Points, eye_openness, gaze_sideways, mouth_openness
from faces.pose import Pose, pose_of

Picture = npt.NDArray[np.uint8]
Box = tuple[int, int, int, int]
"""x, y, width, height in pixels."""
Square = tuple[float, float, float]
"""Left, top and side in pixels; may leave the picture."""

CROP = 2.0  # side of the square crop in face boxes: the mesh wants forehead, chin and some air
TIGHT_CROP = 1.4  # where a neighbour's face is in the usual crop and was taken for this one
MIDDLE = (0.3, 0.7)  # of the crop's side: where the centre of its own face lies
CROP_PIXELS = 384  # larger crops are shrunk: the mesh works on 192 px anyway
MIN_SCORE = 0.5
MAX_MESHES = 3  # nearest faces that get points; more are only counted


@dataclass(frozen=True, eq=False)
class Face:
    """One face. ``box`` x, y, width, height in pixels; ``score`` of the detector 0..1; ``points``
    (478, 3) float32 in pixels of the whole picture, None where the mesh found nothing; then
    ``pose`` is level and the other numbers are 0."""

    box: Box
    score: float
    points: Points | None
    pose: Pose
    eye_open: float
    mouth_open: float
    gaze: float


class FaceDetector:
    """Where faces are, without points. Not for use by two threads at once."""

    def __init__(self) -> None:
        self._detection: Any = models.mediapipe_solutions().face_detection.FaceDetection(
            model_selection=1, min_detection_confidence=MIN_SCORE
        )

    def boxes_in(self, rgb: Picture) -> list[tuple[Box, float]]:
        """Box and score of each face of a picture (RGB), nearest first."""
        height, width = rgb.shape[:2]
        found = []
        for detection in self._detection.process(rgb).detections or ():
            b = detection.location_data.relative_bounding_box
            box = (round(b.xmin * width), round(b.ymin * height), round(b.width * width), round(b.height * height))
            if box[2] >= 8 and box[3] >= 8:
                found.append((box, float(detection.score[0])))
        return sorted(found, key=lambda item: -item[0][2] * item[0][3])

    def close(self) -> None:
        """Free the model. A second call does nothing."""
        if self._detection is not None:
            self._detection.close()
        self._detection = None


class FaceAnalyser:
    """Detector and mesh. Not for use by two threads at once. Each look stands alone: no tracking, so
    that the same picture gives the same answer whatever came before (review recomputes it)."""

    def __init__(self) -> None:
        self._detector = FaceDetector()
        self._mesh: Any = models.mediapipe_solutions().face_mesh.FaceMesh(
            static_image_mode=True, max_num_faces=1, refine_landmarks=True, min_detection_confidence=MIN_SCORE
        )

    def look(self, bgr: Picture) -> list[Face]:
        """The faces of one picture (uint8, height x width x 3, BGR), nearest (largest) first."""
        rgb = to_rgb(bgr)
        boxes = self._detector.boxes_in(rgb)
        return [self._face(rgb, box, score, mesh=place < MAX_MESHES) for place, (box, score) in enumerate(boxes)]

    def close(self) -> None:
        """Free the models. A second call does nothing."""
        self._detector.close()
        if self._mesh is not None:
            self._mesh.close()
        self._mesh = None

    def __enter__(self) -> FaceAnalyser:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _face(self, rgb: Any, box: Box, score: float, *, mesh: bool) -> Face:
        for crop in (CROP, TIGHT_CROP) if mesh else ():
            square = square_round(box, crop)
            points = points_in(self._mesh, rgb, square)
            if points is not None and in_the_middle(points, square):
                return face_of(box, score, points)
        return face_without_points(box, score)


def to_rgb(bgr: Picture) -> Picture:
    """Raises ``ValueError`` for anything but 8-bit colour, height x width x 3."""
    if bgr.ndim != 3 or bgr.shape[2] != 3 or bgr.dtype != np.uint8:
        raise ValueError(f"not an 8-bit colour picture: {bgr.shape} {bgr.dtype}")
    return np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB), dtype=np.uint8)


def face_without_points(box: Box, score: float) -> Face:
    """A face the mesh did not find or was not asked about."""
    return Face(box, score, None, Pose(0.0, 0.0, 0.0), 0.0, 0.0, 0.0)


def face_of(box: Box, score: float, points: Points) -> Face:
    """A face with everything that is read from its points."""
    return Face(
        box, score, points, pose_of(points), eye_openness(points), mouth_openness(points), gaze_sideways(points)
    )


def in_the_middle(points: Points, square: Square, middle: tuple[float, float] = MIDDLE) -> bool:
    """Whether these points are those of the face the square was laid round: the mesh takes the face it likes best,
    which can be a neighbour's at the edge."""
    left, top, side = square
    x, y = points[:468, :2].mean(axis=0)
    return all(middle[0] < float(place) / side < middle[1] for place in (x - left, y - top))


def square_round(box: Box, crop: float = CROP) -> Square:
    """The square the mesh wants to see for a face's box."""
    x, y, w, h = box
    side = max(w, h) * crop
    return x + w / 2 - side / 2, y + h / 2 - side / 2, side


def points_in(mesh: Any, rgb: Any, square: Square) -> Points | None:
    """What a mesh finds in a square of the picture (black where it leaves it); points in the whole picture's pixels."""
    left, top, side = square
    out = max(16, round(min(side, CROP_PIXELS)))
    scale = out / side
    matrix = np.array([[scale, 0, -left * scale], [0, scale, -top * scale]], dtype=np.float64)
    answer = mesh.process(cv2.warpAffine(rgb, matrix, (out, out), flags=cv2.INTER_LINEAR)).multi_face_landmarks
    if not answer:
        return None
    points = np.array([(p.x, p.y, p.z) for p in answer[0].landmark], dtype=np.float32) * np.float32(side)
    points[:, :2] += np.array([left, top], dtype=np.float32)
    return points
