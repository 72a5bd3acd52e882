"""Pictures that show nothing: black, of one colour, behind a finger, frozen."""

from __future__ import annotations

from enum import StrEnum

import cv2
import numpy as np
import xxhash

from client.capture.source import Pixels


class Fault(StrEnum):
    """What is wrong with a picture."""

    BLACK = "black"
    ONE_COLOURED = "one_coloured"
    COVERED = "covered"
    FROZEN = "frozen"


_STEP = 8  # one pixel in 64 is enough for these questions
_LINE = 3  # every third pixel of a screen: thin text is not missed
_POINTER = 96  # px: a large mouse pointer
_COARSE = (40, 30)  # what is left of a camera's picture when all noise is averaged away
_EDGE = 0.09  # of the brightness, between neighbours: the steepest 1 % of whatever lies directly on a lens


def screen_fault(bgr: Pixels) -> Fault | None:
    """A screen that shows nothing: no permission, no portal, an output that is off.

    Real screens, however empty, have a bar, a clock or an edge somewhere; so a picture of one single colour
    is no screen, even with a pointer on it (we draw that ourselves). ``bgr``: uint8 height x width x 3.
    """
    seen = bgr[::_LINE, ::_LINE].astype(np.int16)
    ground = np.median(seen, axis=(0, 1))
    other = (np.abs(seen - ground) > 2).any(axis=2)
    rows, columns = np.flatnonzero(other.any(axis=1)), np.flatnonzero(other.any(axis=0))
    if rows.size and max(rows[-1] - rows[0], columns[-1] - columns[0]) * _LINE > _POINTER:
        return None
    return Fault.BLACK if float(ground.max()) <= 8 else Fault.ONE_COLOURED


def camera_fault(bgr: Pixels) -> Fault | None:
    """A covered or dead camera. Noise stays: a covered lens is dark, not zero.

    What lies on the lens (a finger, a cloth, tape) is out of focus and so has no edge at all, however bright it
    is. So has a bare wall: ``COVERED`` is a reason to say a word, not one to suspect anybody.
    """
    seen = bgr[::_STEP, ::_STEP].astype(np.float32)
    if float(seen.mean()) < 12.0 and float(seen.std()) < 8.0:
        return Fault.BLACK
    if float(seen.std(axis=(0, 1)).max()) < 1.0:
        return Fault.ONE_COLOURED
    grey = cv2.resize(bgr, _COARSE, interpolation=cv2.INTER_AREA).astype(np.float32).mean(axis=2)
    steps = np.concatenate([np.abs(np.diff(grey, axis=axis)).ravel() for axis in (0, 1)])
    return Fault.COVERED if float(np.percentile(steps, 99)) < 1.0 + _EDGE * float(grey.mean()) else None


class FrozenWatch:
    """A camera that sends the very same picture again and again (a real one always has noise)."""

    def __init__(self, after_s: float = 5.0) -> None:
        self._after_ns = round(after_s * 1e9)
        self._digest = 0
        self._since_ns = 0

    def look(self, t_ns: int, bgr: Pixels) -> Fault | None:
        digest = xxhash.xxh3_64_intdigest(np.ascontiguousarray(bgr[::_STEP, ::_STEP]).data)
        if digest != self._digest:
            self._digest, self._since_ns = digest, t_ns
            return None
        return Fault.FROZEN if t_ns - self._since_ns >= self._after_ns else None


class CameraWatch:
    """A camera's fault once it lasts: somebody who leans over the lens is none."""

    def __init__(self, looks: int = 2) -> None:
        """``looks``: so many must say the same."""
        self._looks = looks
        self._frozen = FrozenWatch()
        self._seen: Fault | None = None
        self._times = 0
        self._fault: Fault | None = None

    def look(self, t_ns: int, bgr: Pixels) -> Fault | None:
        """To be called about once a second."""
        seen = camera_fault(bgr) or self._frozen.look(t_ns, bgr)
        self._times = self._times + 1 if seen is self._seen else 1
        self._seen = seen
        if self._times >= self._looks:
            self._fault = seen
        return self._fault
