"""The descriptor: 128 numbers of a face, by dlib's ResNet on a few views of the aligned chip."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np

from faces.chip import aligned_chip, steady_chip
from faces.detect import Face, Picture
from faces.geometry import Floats
from faces.models import MODEL_SHA256, checked_descriptor_file

__all__ = ["MODEL_SHA256", "Describer"]

DESCRIPTOR_SIZE = 128
VIEWS = (
    (aligned_chip, 1.0, False), (steady_chip, 1.0, True), (aligned_chip, 1.05, False), (steady_chip, 1.1, True),
)  # fmt: skip
"""How the chip is laid, how much larger the face is in it, and whether it is mirrored. Chosen on the people limits are
set on (docs/identity.md); another choice is another ``TEMPLATE_VERSION``."""
QUICK_VIEWS = VIEWS[1:3]


class Describer:
    """Loads the weights (22 MB, hash checked). Raises ``ModelError`` when they are missing or damaged."""

    def __init__(self, weights: Path | None = None) -> None:
        import dlib

        self._model: Any = dlib.face_recognition_model_v1(str(checked_descriptor_file(weights)))

    @property
    def sha256(self) -> str:
        return MODEL_SHA256

    @property
    def size(self) -> int:
        return DESCRIPTOR_SIZE

    def describe(self, bgr: Picture, face: Face, *, quick: bool = False) -> Floats:
        """(128,) float64, mean over the views. About 0.3 s of one core, ``quick`` half of it."""
        return np.asarray(self._seen(bgr, face, quick).mean(axis=0), dtype=np.float64)

    def describe_reference(self, bgr: Picture, face: Face) -> tuple[Floats, float]:
        """The same and how far the views lie from their mean (root of the mean square)."""
        seen = self._seen(bgr, face, quick=False)
        middle = np.asarray(seen.mean(axis=0), dtype=np.float64)
        return middle, float(np.sqrt(((seen - middle) ** 2).sum(axis=1).mean()))

    def _seen(self, bgr: Picture, face: Face, quick: bool) -> Floats:
        views = QUICK_VIEWS if quick else VIEWS
        return np.array([self._one(lay(bgr, face, larger), mirrored) for lay, larger, mirrored in views])

    def _one(self, chip: Picture, mirrored: bool) -> Floats:
        rgb = cv2.cvtColor(chip, cv2.COLOR_BGR2RGB)
        view = np.ascontiguousarray(rgb[:, ::-1]) if mirrored else rgb
        return np.array(self._model.compute_face_descriptor(view), dtype=np.float64)
