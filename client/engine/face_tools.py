"""The real face tools. Imported only by the recorder: loading them takes seconds."""

from __future__ import annotations

from typing import Any

from faces.describe import Describer
from faces.detect import FaceAnalyser
from faces.follow import FaceFollower


class RealFaceTools:
    """Made and used in one thread."""

    def __init__(self) -> None:
        self._analyser = FaceAnalyser()
        self._follower: FaceFollower | None = None
        self._describer: Describer | None = None

    def look(self, bgr: Any) -> list[Any]:
        return list(self._analyser.look(bgr))

    def follow(self, bgr: Any, t_ms: int) -> list[Any]:
        if self._follower is None:
            self._follower = FaceFollower(self._analyser)
        return list(self._follower.look(bgr, t_ms))

    def describer(self) -> Describer:
        if self._describer is None:
            self._describer = Describer()
        return self._describer

    def close(self) -> None:
        if self._follower is not None:
            self._follower.close()
        self._analyser.close()
