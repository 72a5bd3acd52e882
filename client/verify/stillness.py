"""Does the face move as a face does? A photograph held before the camera has no blink, no lips, no eyes, no solid head.

A hand that holds it moves it as a plane, which is taken out. Life is what remains, one sign at a time; the time
without any that is needed follows from how often this very person showed one before: who blinks seldom, or whose eyes
are hardly seen, is not judged by others' blinks.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from faces.detect import Face
from faces.landmarks import Points, eye_distance, planar_residual

MAX_TURN_DEG = 20.0  # beyond, lids and lips are read too badly
LEAST_EYES_PX = 40.0  # puppets half as large were tried; smaller ones were not
NEAR_PAST = 30  # looks; what eyes and mouth are compared with is their median, ten seconds or so
GAP_MS = 3000  # not seen for longer: whoever is there now begins anew
# Photographs of three puppets on paper and on a telephone, in a hand that sways and on a stand, in good and poor light,
# with drawn glasses, 99 of 100 looks: eyes 0.93-1.08 of their median, mouth +-0.03, gaze +-0.04, residual 0.010.
# Puppets that blink: 0.36-0.57; heads turned by 5 degrees: residual 0.02.
SHUT, MOUTH, GAZE, SOLID = 0.85, 0.05, 0.10, 0.018
APART_MS = 1000  # signs nearer together are one
KNOWN_SIGNS = 9
USUAL_INTERVALS = 9.0  # so many usual intervals without a sign; by chance alone e^-9
LEAST_MS, MOST_MS = 120_000, 240_000


class Stillness:
    """One person; looks come 2-5 times a second, times rise."""

    def __init__(self) -> None:
        self._near_past: deque[tuple[float, float, float]] = deque(maxlen=NEAR_PAST)
        self._reference: Points | None = None
        self._since_ms = self._last_ms = 0
        self._sign_ms: int | None = None
        self._signs, self._watched_ms = 0, 0  # of the time up to the newest sign

    def feed(self, face: Face | None, t_ms: int) -> int:
        """``face``: the only near one, uncovered. For how long (ms) it has not moved as a face does; 0: not long enough
        to tell, or not to be judged."""
        if face is None or face.points is None or not _readable(face):
            return 0
        if self._reference is None or t_ms - self._last_ms > GAP_MS:
            self._begin(face.points, t_ms)
        self._last_ms = t_ms
        if self._moved(face):
            self._note(t_ms)
            self._begin(face.points, t_ms)
        self._near_past.append((face.eye_open, face.mouth_open, face.gaze))
        still = t_ms - self._since_ms
        needed = self.needed_ms
        return still if needed is not None and still >= needed else 0

    @property
    def needed_ms(self) -> int | None:
        """How long a stillness has to last; None: this person shows signs too seldom to tell."""
        if self._signs < KNOWN_SIGNS:
            return MOST_MS
        needed = USUAL_INTERVALS * self._watched_ms / self._signs
        return max(LEAST_MS, round(needed)) if needed <= MOST_MS else None

    def _begin(self, points: Points, t_ms: int) -> None:
        """A stretch without a sign begins."""
        if t_ms - self._last_ms > GAP_MS:
            self._near_past.clear()
        self._reference, self._since_ms = points, t_ms

    def _moved(self, face: Face) -> bool:
        assert face.points is not None and self._reference is not None
        if planar_residual(self._reference, face.points) > SOLID:
            return True
        if len(self._near_past) < NEAR_PAST // 3:
            return False
        eyes, mouth, gaze = np.median(np.array(self._near_past), axis=0)
        return bool(face.eye_open < SHUT * eyes or abs(face.mouth_open - mouth) > MOUTH or abs(face.gaze - gaze) > GAZE)

    def _note(self, t_ms: int) -> None:
        """A sign of life: how much time passed with the face in sight since the one before."""
        if self._sign_ms is not None and t_ms - self._sign_ms < APART_MS:
            return
        self._watched_ms += t_ms - self._since_ms
        self._signs, self._sign_ms = self._signs + 1, t_ms


def _readable(face: Face) -> bool:
    assert face.points is not None
    turned = max(abs(face.pose.yaw), abs(face.pose.pitch))
    return turned <= MAX_TURN_DEG and eye_distance(face.points) >= LEAST_EYES_PX
