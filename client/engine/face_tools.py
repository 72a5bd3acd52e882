"""The real face tools. Imported only by the recorder: loading them takes seconds."""

from __future__ import annotations

import os
from typing import Any

# Mediapipe opens the graphics driver although it computes on the processor; where a program stands in for a graphics
# card that is 60 MB (measured: 295 against 236 MB). With no screen of this kind it goes on without. Qt does not ask.
os.environ.setdefault("EGL_PLATFORM", "drm")

from faces.describe import Describer
from faces.detect import FaceAnalyser
from faces.follow import FaceFollower


class RealFaceTools:
    """Made and used in one thread. The analyser's models and the follower's are never held at the same time."""

    def __init__(self) -> None:
        self._analyser: FaceAnalyser | None = FaceAnalyser()
        self._follower: FaceFollower | None = None
        self._describer: Describer | None = None

    def look(self, bgr: Any) -> list[Any]:
        if self._analyser is None:
            self.close()
            self._analyser = FaceAnalyser()
        return list(self._analyser.look(bgr))

    def follow(self, bgr: Any, t_ms: int) -> list[Any]:
        if self._follower is None:
            self.close()
            self._follower = FaceFollower()
        return list(self._follower.look(bgr, t_ms))

    def describer(self) -> Describer:
        if self._describer is None:
            self._describer = Describer()
        return self._describer

    def close(self) -> None:
        for models in (self._analyser, self._follower):
            if models is not None:
                models.close()
        self._analyser = self._follower = None
