"""Is it still the same person? The face is compared now and then; three looks in a row decide."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from client.verify.rules import Finding, Kind, Phase, WatchLimits, once
from faces import gates, match
from faces.detect import Face, Picture
from faces.model import FaceModel
from faces.template import Template

Floats = npt.NDArray[np.float32]

# The upper face, small and blurred: correlation with the last face that was compared. The same puppet turned by 20
# degrees 0.72-0.92, another one 0.05-0.63. It decides nothing but when to compare.
_UPPER = (slice(30, 66), slice(27, 123))  # rows, columns of the chip
_SIZE = (32, 12)
_UNLIKE = 0.7
_GLANCE_MS = 5000


class Stranger:
    """The rule "different person", against the identity check's own pictures or else the reference."""

    def __init__(self, limits: WatchLimits, template: Template, describer: FaceModel) -> None:
        self._limits, self._template, self._describer = limits, template, describer
        self._next_ms = 0
        self._over: list[tuple[int, float]] = []
        self._told = False
        self._usual: Floats | None = None
        self._newest: Floats | None = None
        self._glanced_ms = -_GLANCE_MS

    def glance(self, chip: Picture | None, face: Face | None, t_ms: int) -> None:
        """A cheap look at who it may be; another face there is compared at once. ``chip``: grey, aligned."""
        self._newest = None
        if chip is None or face is None or max(abs(face.pose.yaw), abs(face.pose.pitch)) > gates.MAX_TURN_DEG:
            return
        small = cv2.resize(cv2.GaussianBlur(chip, (0, 0), 3)[_UPPER], _SIZE, interpolation=cv2.INTER_AREA)
        upper = small.astype(np.float32).ravel()
        upper -= upper.mean()
        upper /= float(np.linalg.norm(upper)) + 1e-6
        self._newest = upper
        unlike = self._usual is not None and float(upper @ self._usual) < _UNLIKE
        if unlike and not self._told and t_ms - self._glanced_ms >= _GLANCE_MS and not self._over:
            self._glanced_ms = t_ms
            self._next_ms = t_ms

    def forget(self) -> None:
        """What was seen so far of another face does not count."""
        self._over.clear()

    def anew(self) -> None:
        """Whoever sits there is compared at the next clear look, and told if it is somebody else."""
        self._over.clear()
        self._told, self._next_ms = False, 0

    def soon(self, t_ms: int) -> None:
        """Somebody sat down: look now, not at the next turn."""
        self._next_ms = t_ms

    def feed(self, bgr: Picture, faces: list[Face], t_ms: int) -> list[Finding]:
        """One look; what is found is told once until the right person was seen again."""
        if t_ms < self._next_ms or gates.check(bgr, faces, for_comparison=True):
            return []
        away = match.distance(self._describer.describe(bgr, faces[0], quick=True), self._template.descriptor)
        if away <= self._limits.person_distance:
            self._over.clear()
            self._told = False
            self._usual = self._newest if self._newest is not None else self._usual
            self._next_ms = t_ms + self._limits.person_every_ms
            return []
        self._over.append((t_ms, away))
        again = self._limits.person_every_ms if self._told else self._limits.person_again_ms
        self._next_ms = t_ms + again
        if len(self._over) < self._limits.person_looks or self._told:
            return []
        self._told = True
        first, least = self._over[0][0], min(distance for _, distance in self._over)
        self._over.clear()
        told = once(Kind.DIFFERENT_PERSON, t_ms, {"distance": round(least, 3)}, first)
        return [replace(told, phase=str(Phase.BEGAN))]  # a picture goes with it
