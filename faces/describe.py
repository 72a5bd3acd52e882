"""The descriptor: 128 numbers of a face, by dlib's ResNet on a few views of the aligned chip."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np

from faces.chip import aligned_chip
from faces.detect import Face, Picture
from faces.geometry import Floats
from faces.models import MODEL_SHA256, checked_descriptor_file

__all__ = ["MODEL_SHA256", "Describer"]

DESCRIPTOR_SIZE = 128
VIEWS = ((1.0, False), (1.0, True), (1.05, False), (1.05, True))
"""How much larger the face is in the chip, and whether the chip is mirrored. Chosen on the people limits are set on
(docs/identity.md); another choice is another ``TEMPLATE_VERSION``."""
QUICK_VIEWS = VIEWS[:2]


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
        seen = [self._one(bgr, face, *view) for view in (QUICK_VIEWS if quick else VIEWS)]
        return np.asarray(np.mean(seen, axis=0), dtype=np.float64)

    def _one(self, bgr: Picture, face: Face, larger: float, mirrored: bool) -> Floats:
        chip = cv2.cvtColor(aligned_chip(bgr, face, larger), cv2.COLOR_BGR2RGB)
        view = np.ascontiguousarray(chip[:, ::-1]) if mirrored else chip
        return np.array(self._model.compute_face_descriptor(view), dtype=np.float64)
