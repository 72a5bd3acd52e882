"""Photographs to descriptors, with the product's own detector, mesh, chip and model. Kept in a file: it takes long.

No gate is applied: press photographs of this size hardly pass them, so the figures are those of worse pictures
than the client compares.
"""

from __future__ import annotations

import hashlib
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from benchmarks.identity.photos import Photo
from faces.chip import aligned_chip
from faces.detect import Face, FaceAnalyser, Picture
from faces.geometry import Floats
from faces.model import FaceModel
from faces.models import comparable

SAVE_EVERY = 200
CHEEKS = ((85, 105, 38, 58), (85, 105, 92, 112))  # rows and columns on the chip


@dataclass(frozen=True)
class Described:
    """``found`` False: no face. ``tone``: the cheeks' individual typology angle, degrees, low = dark. ``apart``: how
    far the views lie from their mean."""

    descriptor: Floats
    tone: float
    found: bool
    apart: float = 0.0


class Descriptions:
    """What was described so far, in ``file`` (.npz), bound to model, templates' version and each photograph's bytes."""

    def __init__(self, file: Path, model: FaceModel) -> None:
        self._file, self._model = file, model
        self._known: dict[str, Described] = {}
        if file.exists():
            with np.load(file) as kept:
                if str(kept["model"]) == comparable(model.sha256):
                    names = ("keys", "descriptors", "tones", "found", "apart")
                    rows = zip(*(kept[name] for name in names), strict=True)
                    self._known = {str(k): Described(d, float(t), bool(f), float(a)) for k, d, t, f, a in rows}

    def of(self, photos: list[Photo], analyser: FaceAnalyser, seconds: float | None = None) -> dict[Photo, Described]:
        """Describes what is new; with ``seconds``, stops after that long and returns what there is."""
        began, answers = time.monotonic(), {}
        for place, photo in enumerate(photos):
            content = photo.file.read_bytes()
            key = hashlib.sha256(content).hexdigest()
            if key not in self._known:
                if seconds is not None and time.monotonic() - began > seconds:
                    break
                self._known[key] = self._describe(content, analyser)
                if len(self._known) % SAVE_EVERY == 0:
                    self.save()
                    print(f"  described {place + 1} of {len(photos)}", file=sys.stderr, flush=True)
            answers[photo] = self._known[key]
        self.save()
        return answers

    def save(self) -> None:
        if not self._known:
            return
        part = self._file.with_suffix(".part.npz")
        rows = list(self._known.values())
        np.savez(
            part, model=comparable(self._model.sha256), keys=list(self._known),
            descriptors=[row.descriptor for row in rows], tones=[row.tone for row in rows],
            found=[row.found for row in rows], apart=[row.apart for row in rows],
        )  # fmt: skip
        part.replace(self._file)

    def _describe(self, content: bytes, analyser: FaceAnalyser) -> Described:
        picture = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
        place = None if picture is None else central_face(np.asarray(picture, dtype=np.uint8), analyser)
        if place is None:
            return Described(np.zeros(self._model.size), 0.0, found=False)
        bgr, face = place
        descriptor, apart = self._model.describe_reference(bgr, face)
        return Described(descriptor, tone_of(aligned_chip(bgr, face)), found=True, apart=apart)


def central_face(bgr: Picture, analyser: FaceAnalyser) -> tuple[Picture, Face] | None:
    """The face in the middle (whom the data set names), looked for again with a border round the picture."""
    edge = max(bgr.shape[:2]) // 2
    for border in (0, edge):
        wide = bgr
        if border:
            wide = np.asarray(
                cv2.copyMakeBorder(bgr, border, border, border, border, cv2.BORDER_REPLICATE), dtype=np.uint8
            )
        height, width = wide.shape[:2]
        for face in analyser.look(wide):
            if face.points is not None and _holds(face, width / 2, height / 2):
                return wide, face
    return None


def _holds(face: Face, x: float, y: float) -> bool:
    left, top, width, height = face.box
    return left <= x <= left + width and top <= y <= top + height


def tone_of(chip: Picture) -> float:
    """The individual typology angle of the cheeks (Chardon 1991): light of the picture and skin, not skin alone."""
    lab = cv2.cvtColor(chip.astype(np.float32) / 255, cv2.COLOR_BGR2Lab)
    cheeks = np.concatenate([lab[a:b, c:d].reshape(-1, 3) for a, b, c, d in CHEEKS])
    lightness, blue = float(np.median(cheeks[:, 0])), float(np.median(cheeks[:, 2]))
    return float(np.degrees(np.arctan2(lightness - 50, blue)))
