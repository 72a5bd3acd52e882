"""What is kept of a reference picture: a descriptor with the hash of the model that made it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from faces.describe import DESCRIPTOR_SIZE
from faces.detect import Face, FaceAnalyser, Picture
from faces.gates import Gate, check
from faces.geometry import Floats
from faces.model import FaceModel
from faces.models import MODEL_SHA256, TEMPLATE_VERSION

VERSION = TEMPLATE_VERSION


class TemplateError(Exception):
    """Not a template this program can compare with. ``code``: malformed, other_version, other_model."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code


class ReferenceRejected(Exception):
    """The picture does not serve as a reference. ``gates`` say why, most important first."""

    def __init__(self, gates: list[Gate]) -> None:
        super().__init__(", ".join(gates))
        self.gates = gates


@dataclass(frozen=True, eq=False)
class Template:
    """``descriptor``: float64 numbers (dlib: 128) made by the model with SHA-256 ``model``. ``apart``: how far the
    views of the picture lie from their mean; the server's cohort number takes it in, a client needs it not."""

    version: int
    model: str
    descriptor: Floats
    apart: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """As the protocol's ``reference.template``."""
        numbers = [float(v) for v in self.descriptor]
        return {"version": self.version, "model": self.model, "descriptor": numbers, "apart": self.apart}

    def to_json(self) -> str:
        return json.dumps(self.to_dict(), separators=(",", ":"))

    @classmethod
    def from_dict(cls, values: Mapping[str, Any], model: str = MODEL_SHA256, size: int = DESCRIPTOR_SIZE) -> Template:
        """Raises ``TemplateError``; a template of another model than ``model`` is refused: numbers of two
        models say nothing about each other."""
        version, made_by, numbers = values.get("version"), values.get("model"), values.get("descriptor")
        if version != VERSION:
            raise TemplateError("other_version", repr(version))
        if made_by != model:
            raise TemplateError("other_model", repr(made_by))
        if not isinstance(numbers, list) or len(numbers) != size:
            raise TemplateError("malformed", "descriptor")
        if not all(isinstance(v, int | float) and not isinstance(v, bool) and math.isfinite(v) for v in numbers):
            raise TemplateError("malformed", "descriptor numbers")
        return cls(VERSION, model, np.asarray(numbers, dtype=np.float64))

    @classmethod
    def from_json(cls, text: str) -> Template:
        """Raises ``TemplateError``."""
        try:
            values = json.loads(text)
        except ValueError as error:
            raise TemplateError("malformed", str(error)) from error
        if not isinstance(values, dict):
            raise TemplateError("malformed", "not an object")
        return cls.from_dict(values)


def enrol(bgr: Picture, analyser: FaceAnalyser, describer: FaceModel) -> Template:
    """The template of a reference picture. Raises ``ReferenceRejected`` when the gates fail.

    A tight portrait (the face fills the picture) is looked at again with a border round it: the
    detector wants some air.
    """
    bgr, faces = with_air(bgr, analyser)
    gates = check(bgr, faces, for_comparison=True)
    if gates:
        raise ReferenceRejected(gates)
    descriptor, apart = describer.describe_reference(bgr, faces[0])
    return Template(VERSION, describer.sha256, descriptor, apart)


def with_air(bgr: Picture, analyser: FaceAnalyser) -> tuple[Picture, list[Face]]:
    """The picture, or the same with a border round it where that shows the face better, and its faces."""
    faces = analyser.look(bgr)
    if faces and faces[0].points is not None and faces[0].score >= 0.65:
        return bgr, faces
    edge = max(bgr.shape[:2]) // 2
    wide = np.asarray(cv2.copyMakeBorder(bgr, edge, edge, edge, edge, cv2.BORDER_REPLICATE), dtype=np.uint8)
    again = analyser.look(wide)
    better = bool(again) and (not faces or again[0].score > faces[0].score)
    return (wide, again) if better else (bgr, faces)
