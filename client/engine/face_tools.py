"""The real face tools. Imported only by the recorder: loading them takes seconds."""

from __future__ import annotations

import logging
import os
from pathlib import Path

# Mediapipe opens the graphics driver although it computes on the processor; where a program stands in for a graphics
# card that is 60 MB (measured: 295 against 236 MB). With no screen of this kind it goes on without. Qt does not ask.
os.environ.setdefault("EGL_PLATFORM", "drm")

from faces.describe import Describer
from faces.detect import Face, FaceAnalyser, Picture
from faces.follow import FaceFollower
from faces.model import FaceModel, ModelChoice, load_model
from faces.models import MODEL_SHA256, ModelError

_log = logging.getLogger(__name__)


class RealFaceTools:
    """Made and used in one thread. The analyser's models and the follower's are never held at the same time.

    ``model_file``: where an institution's own face model lies on this computer, if it has one."""

    def __init__(self, model_file: Path | None = None) -> None:
        self._model_file = model_file
        self._analyser: FaceAnalyser | None = FaceAnalyser()
        self._follower: FaceFollower | None = None
        self._describers: dict[str, FaceModel] = {}

    def look(self, bgr: Picture) -> list[Face]:
        if self._analyser is None:
            self.close()
            self._analyser = FaceAnalyser()
        return list(self._analyser.look(bgr))

    def follow(self, bgr: Picture, t_ms: int) -> list[Face]:
        if self._follower is None:
            self.close()
            self._follower = FaceFollower()
        return list(self._follower.look(bgr, t_ms))

    def describer(self, model: str, kind: str) -> FaceModel:
        if model not in self._describers:
            self._describers[model] = self._load(model, kind)
        return self._describers[model]

    def _load(self, model: str, kind: str) -> FaceModel:
        if model != MODEL_SHA256:
            try:
                return load_model(ModelChoice(kind, model, self._model_file))
            except ModelError as error:
                _log.warning("the institution's face model: %s", error)
        return Describer()

    def close(self) -> None:
        for models in (self._analyser, self._follower):
            if models is not None:
                models.close()
        self._analyser = self._follower = None
