"""Is it still the same person? The face is compared now and then; three looks in a row decide."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from client.verify.rules import Finding, Kind, Phase, Values, WatchLimits
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


@dataclass
class _Incident:
    """Somebody else is there: since when, when that was seen and told last, and the least distance."""

    from_ms: int
    to_ms: int
    told_ms: int
    distance: float

    def told(self, phase: Phase) -> Finding:
        values: Values = {"distance": round(self.distance, 3)}
        return Finding(str(Kind.DIFFERENT_PERSON), self.from_ms, self.from_ms, self.to_ms, str(phase), values)


class Stranger:
    """The rule "different person", against the identity check's own pictures or else the reference."""

    def __init__(
        self, limits: WatchLimits, template: Template, describer: FaceModel, cohort: float | None = None
    ) -> None:
        """``cohort``: the person's cohort number, where the model's limits are known by it."""
        self._limit = limits.person_distance
        if cohort is not None:
            near = max(limits.person_least, cohort + limits.person_above_cohort)
            self._limit = min(self._limit, near)
        self._limits, self._template, self._describer = limits, template, describer
        self._next_ms = 0
        self._over: list[tuple[int, float]] = []
        self._incident: _Incident | None = None
        self._back = 0  # looks in a row at the right person since then
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
        if unlike and self._incident is None and t_ms - self._glanced_ms >= _GLANCE_MS and not self._over:
            self._glanced_ms = t_ms
            self._next_ms = t_ms

    def forget(self) -> None:
        """What was seen so far of another face does not count."""
        self._over.clear()

    def anew(self) -> list[Finding]:
        """Whoever sits there is compared at the next clear look, and told if it is somebody else."""
        found = self.close()
        self._over.clear()
        self._next_ms = 0
        return found

    def close(self) -> list[Finding]:
        """The watching is over: an incident that still lasts."""
        ended, self._incident, self._back = self._incident, None, 0
        return [] if ended is None else [ended.told(Phase.OVER)]

    def soon(self, t_ms: int) -> None:
        """Somebody sat down: look now, not at the next turn."""
        self._next_ms = t_ms

    def feed(self, bgr: Picture, faces: list[Face], t_ms: int) -> list[Finding]:
        """One look. An incident lasts until the right person is seen again, in two comparisons in a row."""
        if t_ms < self._next_ms or gates.check(bgr, faces, for_comparison=True):
            return []
        away = match.distance(self._describer.describe(bgr, faces[0], quick=True), self._template.descriptor)
        return self._like(t_ms) if away <= self._limit else self._unlike(away, t_ms)

    def _like(self, t_ms: int) -> list[Finding]:
        lim = self._limits
        self._over.clear()
        self._usual = self._newest if self._newest is not None else self._usual
        self._back += 1
        if self._incident is not None and self._back < lim.person_back_looks:
            self._next_ms = t_ms + lim.person_again_ms
            return []
        self._next_ms = t_ms + lim.person_every_ms
        return self.close()

    def _unlike(self, away: float, t_ms: int) -> list[Finding]:
        lim = self._limits
        self._back = 0
        if self._incident is None:
            self._next_ms = t_ms + lim.person_again_ms
            return self._not_yet_told(away, t_ms)
        self._next_ms = t_ms + lim.person_every_ms
        self._incident.to_ms, self._incident.distance = t_ms, min(away, self._incident.distance)
        if t_ms - self._incident.told_ms < lim.again_ms:
            return []
        self._incident.told_ms = t_ms
        return [self._incident.told(Phase.LASTS)]

    def _not_yet_told(self, away: float, t_ms: int) -> list[Finding]:
        self._over.append((t_ms, away))
        if len(self._over) < self._limits.person_looks:
            return []
        least = min(distance for _, distance in self._over)
        self._incident = _Incident(self._over[0][0], t_ms, t_ms, least)
        self._over.clear()
        self._next_ms = t_ms + self._limits.person_every_ms
        return [self._incident.told(Phase.BEGAN)]  # a picture goes with it
