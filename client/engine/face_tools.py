"""The real face tools. Imported only by the recorder: loading them takes seconds."""

from __future__ import annotations

from typing import Any

from faces.describe import Describer
from faces.detect import FaceAnalyser


class RealFaceTools:
    """Made and used in one thread."""

    def __init__(self) -> None:
        self._analyser = FaceAnalyser()
        self._describer: Describer | None = None

    def look(self, bgr: Any) -> list[Any]:
        return list(self._analyser.look(bgr))

    def describer(self) -> Describer:
        if self._describer is None:
            self._describer = Describer()
        return self._describer

    def close(self) -> None:
        self._analyser.close()
