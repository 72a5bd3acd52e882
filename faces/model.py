"""Which model makes descriptors: dlib's by default, or an ONNX file that the institution supplies by name and hash.

Everything else knows a model by its SHA-256 alone: templates, limits and findings carry it, and numbers of two
models are never compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from faces.detect import Face, Picture
from faces.geometry import Floats
from faces.models import MODEL_SHA256, ModelError

KINDS = ("dlib", "sface", "arcface")
"""``sface`` takes 0..255 in RGB, ``arcface`` -1..1 in RGB; both a 112x112 chip and give a vector to be normalised."""


class FaceModel(Protocol):
    """Not for two threads at once."""

    @property
    def sha256(self) -> str:
        """Of the model's file: its name in templates, limits and the ledger."""
        ...

    @property
    def size(self) -> int:
        """Numbers in a descriptor."""
        ...

    def describe(self, bgr: Picture, face: Face, *, quick: bool = False) -> Floats:
        """(size,) float64; the Euclidean distance of two says how unlike the faces are. ``quick``: from fewer views,
        where the exam is watched; comparable all the same, a little less certain."""
        ...

    def describe_reference(self, bgr: Picture, face: Face) -> tuple[Floats, float]:
        """The descriptor and how far its views lie apart (``match.cohort_number``); 0 where the model does not tell."""
        ...


@dataclass(frozen=True)
class ModelChoice:
    """``file`` None only for ``dlib``, whose weights come with the program. Raises ``ModelError``."""

    kind: str = "dlib"
    sha256: str = MODEL_SHA256
    file: Path | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ModelError(f"there is no kind of face model {self.kind!r}: {', '.join(KINDS)}")
        if self.kind == "dlib" and self.sha256 != MODEL_SHA256:
            raise ModelError("dlib's descriptor has one known file only; another hash needs the kind sface or arcface")
        if self.kind != "dlib" and (self.file is None or len(self.sha256) != 64):
            raise ModelError("a face model of the institution's needs its file and its sha256")


def load_model(choice: ModelChoice) -> FaceModel:
    """Reads the file, checks its hash, tries it once. Raises ``ModelError`` for anything that does not fit."""
    if choice.kind == "dlib":
        from faces.describe import Describer

        return Describer(choice.file)
    from faces.onnx_model import OnnxDescriber

    assert choice.file is not None
    return OnnxDescriber(choice.file, choice.sha256, choice.kind)
