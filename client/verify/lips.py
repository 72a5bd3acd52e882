"""Do the lips move? Read from the mouth's points over the last seconds."""

from __future__ import annotations

from collections import deque

import numpy as np

from faces.detect import Face

MAX_YAW_DEG = 22.0  # beyond, the mouth's points follow the head more than the lips
WINDOW_MS = 2500
LEAST_LOOKS = 4
MOVING = 0.03  # standard deviation of the mouth's opening; puppets and clips: talking 0.033-0.149, at rest <= 0.014


class Lips:
    """The mouth's opening over the last seconds, from 2-5 looks a second."""

    def __init__(self) -> None:
        self._opened: deque[tuple[int, float]] = deque(maxlen=30)

    def feed(self, face: Face | None, t_ms: int) -> None:
        """``face``: the only near one with points, or None."""
        if face is not None and abs(face.pose.yaw) <= MAX_YAW_DEG:
            self._opened.append((t_ms, face.mouth_open))

    def moving(self, t_ms: int) -> bool | None:
        """None: they were not seen enough to say."""
        while self._opened and self._opened[0][0] < t_ms - WINDOW_MS:
            self._opened.popleft()
        if len(self._opened) < LEAST_LOOKS:
            return None
        return float(np.std([opening for _, opening in self._opened])) > MOVING
