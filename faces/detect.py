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

CROP = 2.0  # side of the square crop in face boxes: the mesh wants forehead, chin and some air
CROP_PIXELS = 384  # larger crops are shrunk: the mesh works on 192 px anyway
MIN_SCORE = 0.5
MAX_MESHES = 3  # nearest faces that get points; more are only counted


@dataclass(frozen=True, eq=False)
class Face:
    """One face. ``box`` x, y, width, height in pixels; ``score`` of the detector 0..1; ``points``
    (478, 3) float32 in pixels of the whole picture, None where the mesh found nothing; then
    ``pose`` is level and the other numbers are 0."""

    box: tuple[int, int, int, int]
    score: float
    points: Points | None
    pose: Pose
    eye_open: float
    mouth_open: float
    gaze: float


class FaceAnalyser:
    """Detector and mesh. Not for use by two threads at once. Each look stands alone: no tracking, so
    that the same picture gives the same answer whatever came before (review recomputes it)."""

    def __init__(self) -> None:
        solutions = models.mediapipe_solutions()
        self._detector: Any = solutions.face_detection.FaceDetection(
            model_selection=1, min_detection_confidence=MIN_SCORE
        )
        self._mesh: Any = solutions.face_mesh.FaceMesh(
            static_image_mode=True, max_num_faces=1, refine_landmarks=True, min_detection_confidence=MIN_SCORE
        )

    def look(self, bgr: Picture) -> list[Face]:
        """The faces of one picture (uint8, height x width x 3, BGR), nearest (largest) first."""
        if bgr.ndim != 3 or bgr.shape[2] != 3 or bgr.dtype != np.uint8:
            raise ValueError(f"not an 8-bit colour picture: {bgr.shape} {bgr.dtype}")
        rgb = cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB)
        boxes = self._boxes(rgb)
        return [self._face(rgb, box, score, mesh=place < MAX_MESHES) for place, (box, score) in enumerate(boxes)]

    def close(self) -> None:
        """Free the models. A second call does nothing."""
        for part in (self._detector, self._mesh):
            if part is not None:
                part.close()
        self._detector = self._mesh = None

    def __enter__(self) -> FaceAnalyser:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _boxes(self, rgb: Any) -> list[tuple[tuple[int, int, int, int], float]]:
        height, width = rgb.shape[:2]
        found = []
        for detection in self._detector.process(rgb).detections or ():
            b = detection.location_data.relative_bounding_box
            box = (round(b.xmin * width), round(b.ymin * height), round(b.width * width), round(b.height * height))
            if box[2] >= 8 and box[3] >= 8:
                found.append((box, float(detection.score[0])))
        return sorted(found, key=lambda item: -item[0][2] * item[0][3])

    def _face(self, rgb: Any, box: tuple[int, int, int, int], score: float, *, mesh: bool) -> Face:
        points = self._points(rgb, box) if mesh else None
        if points is None:
            return Face(box, score, None, Pose(0.0, 0.0, 0.0), 0.0, 0.0, 0.0)
        return Face(
            box, score, points, pose_of(points), eye_openness(points), mouth_openness(points), gaze_sideways(points)
        )

    def _points(self, rgb: Any, box: tuple[int, int, int, int]) -> Points | None:
        crop, scale, left, top = _square(rgb, box)
        answer = self._mesh.process(crop).multi_face_landmarks
        if not answer:
            return None
        side = crop.shape[0]
        points = np.array([(p.x, p.y, p.z) for p in answer[0].landmark], dtype=np.float32) * np.float32(side / scale)
        points[:, :2] += np.array([left, top], dtype=np.float32)
        return points


def _square(rgb: Any, box: tuple[int, int, int, int]) -> tuple[Any, float, float, float]:
    """The square crop round a box (black where it leaves the picture), its scale and its corner."""
    x, y, w, h = box
    side = max(w, h) * CROP
    left, top = x + w / 2 - side / 2, y + h / 2 - side / 2
    scale = min(1.0, CROP_PIXELS / side)
    out = max(16, round(side * scale))
    scale = out / side
    matrix = np.array([[scale, 0, -left * scale], [0, scale, -top * scale]], dtype=np.float64)
    return cv2.warpAffine(rgb, matrix, (out, out), flags=cv2.INTER_LINEAR), scale, left, top
