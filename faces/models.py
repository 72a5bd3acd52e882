"""Where the models come from: loading, hashes, and the quiet import of mediapipe.

Nothing here (nor anywhere in this room) opens a network connection. mediapipe 0.10.21 carries its
models inside its wheel; later releases fetch or report over the network and are refused.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib
import importlib.metadata
import importlib.util
import os
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MEDIAPIPE_VERSION = "0.10.21"
MODEL_FILE = "dlib_face_recognition_resnet_model_v1.dat"
MODEL_SHA256 = "55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30"

TEMPLATE_VERSION = 3
"""1: a chip and its mirror image. 2: four views. 3: chips laid by many points (``faces.chip``).
Numbers of two versions are never compared."""


def comparable(model: str, version: int = TEMPLATE_VERSION) -> str:
    """What templates must have in common to be compared: one model, looked through in one way."""
    return f"{model}/{version}"


class ModelError(Exception):
    """A model is missing, damaged, or not the release this room was measured with."""


@functools.cache
def mediapipe_solutions() -> Any:
    """The legacy ``mediapipe.solutions`` module. Raises ``ModelError`` when it is another release."""
    try:
        version = importlib.metadata.version("mediapipe")
    except importlib.metadata.PackageNotFoundError as error:
        raise ModelError("mediapipe is not installed") from error
    if version != MEDIAPIPE_VERSION:
        raise ModelError(f"mediapipe {version} is installed, {MEDIAPIPE_VERSION} is needed")
    # Read by native code while it is imported: later settings would have no effect.
    os.environ.setdefault("GLOG_minloglevel", "2")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    with _without_matplotlib():
        return importlib.import_module("mediapipe.python.solutions")


@contextlib.contextmanager
def _without_matplotlib() -> Iterator[None]:
    """mediapipe imports matplotlib for one drawing helper; an empty module saves 60 MB and a second.

    The stand-in is taken away afterwards, so a program that really uses matplotlib is not harmed.
    """
    added = [name for name in ("matplotlib", "matplotlib.pyplot") if name not in sys.modules]
    for name in added:
        sys.modules[name] = types.ModuleType(name)
    try:
        yield
    finally:
        for name in added:
            sys.modules.pop(name, None)


def descriptor_file() -> Path:
    """The descriptor's weights inside ``face_recognition_models`` (whose own import is broken)."""
    spec = importlib.util.find_spec("face_recognition_models")
    if spec is None or spec.origin is None:
        raise ModelError("the package face_recognition_models is not installed")
    return Path(spec.origin).parent / "models" / MODEL_FILE


def checked_descriptor_file(path: Path | None = None) -> Path:
    """``path`` (default: the installed one) after its SHA-256 was found to be ``MODEL_SHA256``."""
    path = path or descriptor_file()
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"the face model cannot be read: {error}") from error
    if found != MODEL_SHA256:
        raise ModelError(f"the face model is damaged or another one: sha256 {found}")
    return path
