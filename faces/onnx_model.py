"""A face model as an ONNX file (SFace or ArcFace class), run by OpenCV's own loader: no further package, no network."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from faces.detect import Face, Picture
from faces.geometry import Floats, similarity
from faces.models import ModelError

SIDE = 112
# Where both eyes, nose and mouth's corners lie on the chip: the layout these models were trained on (InsightFace).
_TARGET = np.array([[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655],
                    [70.7299, 92.2041]])  # fmt: skip
_EYES = ((33, 133), (362, 263))  # mesh points whose middle is an eye's, the picture's left one first
_NOSE, _MOUTH = 1, (61, 291)
SIZES = (64, 1024)
MAX_BYTES = 600 * 1024 * 1024


class OnnxDescriber:
    """Raises ``ModelError``: missing, too large, another hash, not ONNX, or nothing that gives a descriptor."""

    def __init__(self, file: Path, sha256: str, kind: str) -> None:
        content = checked_file(file, sha256)
        self._kind, self._sha256 = kind, sha256
        try:
            self._net: Any = cv2.dnn.readNetFromONNX(np.frombuffer(content, np.uint8))
            tried = self._run(np.full((SIDE, SIDE, 3), 127, np.uint8))
        except cv2.error as error:
            raise ModelError(
                f"the face model {file.name} is damaged or no ONNX model of a face: {error.err}"
            ) from error
        if not SIZES[0] <= tried.size <= SIZES[1]:
            raise ModelError(f"the face model {file.name} gives {tried.size} numbers, that is no descriptor")
        self._size = int(tried.size)

    @property
    def sha256(self) -> str:
        return self._sha256

    @property
    def size(self) -> int:
        return self._size

    def describe(self, bgr: Picture, face: Face, *, quick: bool = False) -> Floats:
        """Mean of chip and mirror image, each of length 1, brought to length 1 again; ``quick`` changes nothing."""
        chip = onnx_chip(bgr, face)
        both = self._run(chip) + self._run(np.ascontiguousarray(chip[:, ::-1]))
        return np.asarray(both / (np.linalg.norm(both) + 1e-12), dtype=np.float64)

    def describe_reference(self, bgr: Picture, face: Face) -> tuple[Floats, float]:
        """The descriptor; how far its views lie apart was not measured for such models."""
        return self.describe(bgr, face), 0.0

    def _run(self, chip: Picture) -> Floats:
        scale, mean = (1.0, 0.0) if self._kind == "sface" else (1 / 127.5, 127.5)
        self._net.setInput(cv2.dnn.blobFromImage(chip, scale, (SIDE, SIDE), (mean, mean, mean), swapRB=True))
        found = np.asarray(self._net.forward(), dtype=np.float64).ravel()
        if not np.isfinite(found).all():
            raise ModelError("the face model gives numbers that are none: it is damaged")
        return np.asarray(found / (np.linalg.norm(found) + 1e-12), dtype=np.float64)


def onnx_chip(bgr: Picture, face: Face) -> Picture:
    """The aligned 112x112 chip. Raises ``ValueError`` for a face without points."""
    if face.points is None:
        raise ValueError("this face has no points")
    flat = face.points[:, :2].astype(np.float64)
    eyes = [flat[list(corners)].mean(0) for corners in _EYES]
    source = np.array([*eyes, flat[_NOSE], *(flat[k] for k in _MOUTH)])
    matrix = similarity(source, _TARGET)
    return np.asarray(cv2.warpAffine(bgr, matrix, (SIDE, SIDE), flags=cv2.INTER_LINEAR), dtype=np.uint8)


def checked_file(file: Path, sha256: str) -> bytes:
    """The file's bytes after its hash was found to be the one named. Raises ``ModelError``."""
    try:
        if file.stat().st_size > MAX_BYTES:
            raise ModelError(f"the face model {file.name} is too large")
        content = file.read_bytes()
    except OSError as error:
        raise ModelError(f"the face model cannot be read: {error}") from error
    found = hashlib.sha256(content).hexdigest()
    if found != sha256.lower():
        raise ModelError(f"the face model {file.name} is damaged or another one: sha256 {found}")
    return content
