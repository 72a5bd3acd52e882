"""The descriptor: 128 numbers of a face, by dlib's ResNet on the aligned chip and its mirror image."""

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

    def describe(self, bgr: Picture, face: Face) -> Floats:
        """(128,) float64, mean over chip and mirror image. About 0.14 s of one core."""
        chip = cv2.cvtColor(aligned_chip(bgr, face), cv2.COLOR_BGR2RGB)
        both = [self._model.compute_face_descriptor(c) for c in (chip, np.ascontiguousarray(chip[:, ::-1]))]
        return np.asarray(np.mean([np.array(d, dtype=np.float64) for d in both], axis=0), dtype=np.float64)
