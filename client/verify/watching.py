"""Rules over time during the exam: nobody there, several near faces, looks away, another person, camera
covered or frozen. Looks come 2-5 times a second; an incident of a rule is one finding, given when it is
over (or in pieces of 30 s while it lasts). Findings are facts with times; a person judges them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from faces import gates, match
from faces.describe import Describer
from faces.detect import Face, Picture
from faces.template import Template


class Kind(StrEnum):
    NOBODY = "nobody"
    SEVERAL_FACES = "several_faces"
    LOOKS_AWAY = "looks_away"
    DIFFERENT_PERSON = "different_person"
    CAMERA_COVERED = "camera_covered"
    CAMERA_FROZEN = "camera_frozen"


@dataclass(frozen=True)
class WatchLimits:
    """Milliseconds a state must last to become a finding, and what counts as the state."""

    nobody_ms: int = 4000
    several_ms: int = 1500
    away_ms: int = 3000
    away_deg: float = 25.0
    covered_ms: int = 2000
    covered_spread: float = 6.0  # grey levels: a lens behind tape or a hand shows no more
    frozen_ms: int = 5000  # a real sensor never gives the same picture twice
    calm_ms: int = 1200  # an incident is over after so long without its sign
    piece_ms: int = 30_000
    person_distance: float = 0.60
    person_looks: int = 3  # consecutive; genuine pictures never did in 610 people
    person_every_ms: int = 20_000  # while the same face stays; at once after it was away or not alone
    person_again_ms: int = 2500  # the sooner repeat once a look was over the limit


@dataclass(frozen=True)
class Finding:
    """``values``: numbers of the incident; ``incident`` is the same in all pieces of a long one."""

    kind: str
    from_ms: int
    to_ms: int
    values: dict[str, float]


@dataclass
class _Rule:
    """Debounce of one sign: it must last ``needed_ms`` and be gone for ``calm_ms``."""

    kind: Kind
    needed_ms: int
    calm_ms: int
    piece_ms: int
    began: int | None = None
    piece_from: int = 0
    seen: int = 0
    incident: int = 0
    values: dict[str, float] = field(default_factory=dict)

    def feed(self, sign: bool, t_ms: int, values: dict[str, float]) -> list[Finding]:
        if sign:
            if self.began is None:
                self.began = self.piece_from = t_ms
                self.values = {}
            self.seen = t_ms
            for name, value in values.items():
                self.values[name] = max(value, self.values.get(name, value), key=abs)
            if t_ms - self.piece_from >= self.piece_ms:
                return [self._finding(t_ms)]
            return []
        if self.began is None or t_ms - self.seen < self.calm_ms:
            return []
        return self.close()

    def close(self) -> list[Finding]:
        """The incident is over (or the watching is)."""
        if self.began is None:
            return []
        lasted, tail = self.seen - self.began, self.seen > self.piece_from
        found = [self._finding(self.seen)] if lasted >= self.needed_ms and tail else []
        self.began = None
        self.incident += 1
        return found

    def _finding(self, to_ms: int) -> Finding:
        finding = Finding(str(self.kind), self.piece_from, to_ms, {**self.values, "incident": self.incident})
        self.piece_from = to_ms
        return finding


class Watcher:
    """Watches one student. ``template`` (of the identity check's own pictures, ``IdentityCheck.own_template``,
    or else the reference) with a ``describer`` switches the rule "different person" on; ``off`` names
    rules that stay off."""

    def __init__(
        self,
        limits: WatchLimits | None = None,
        *,
        template: Template | None = None,
        describer: Describer | None = None,
        off: Sequence[str] = (),
    ) -> None:
        self._limits = limits or WatchLimits()
        self._template, self._describer = template, describer
        lim = self._limits
        needed = {Kind.NOBODY: lim.nobody_ms, Kind.SEVERAL_FACES: lim.several_ms, Kind.LOOKS_AWAY: lim.away_ms,
                  Kind.CAMERA_COVERED: lim.covered_ms, Kind.CAMERA_FROZEN: lim.frozen_ms}  # fmt: skip
        self._rules = [_Rule(k, ms, lim.calm_ms, lim.piece_ms) for k, ms in needed.items() if k not in off]
        self._person_on = Kind.DIFFERENT_PERSON not in off and template is not None and describer is not None
        self._person_next = 0
        self._strangers: list[tuple[int, float]] = []
        self._before: npt.NDArray[np.uint8] | None = None
        self._alone = False
        self._sample: dict[str, Any] = {"faces": 0, "yaw": None, "pitch": None}

    def feed(self, bgr: Picture, faces: list[Face], t_ms: int) -> list[Finding]:
        """One look (2-5 a second, times rising); the incidents that ended with it."""
        near = gates.near_faces(faces) if faces else []
        face = near[0] if near and near[0].points is not None else None
        self._sample = {"faces": len(near), "yaw": round(face.pose.yaw, 1) if face else None,
                        "pitch": round(face.pose.pitch, 1) if face else None}  # fmt: skip
        grey, frozen = self._grey(bgr)
        covered = not faces and float(grey.std()) < self._limits.covered_spread
        yaw = face.pose.yaw if face is not None and len(near) == 1 else 0.0
        signs: dict[Kind, tuple[bool, dict[str, float]]] = {
            Kind.NOBODY: (not faces and not covered, {}),
            Kind.SEVERAL_FACES: (len(near) > 1, {"faces": float(len(near))}),
            Kind.LOOKS_AWAY: (abs(yaw) > self._limits.away_deg, {"yaw": round(yaw, 1)}),
            Kind.CAMERA_COVERED: (covered, {"brightness": round(float(grey.mean()), 1)}),
            Kind.CAMERA_FROZEN: (frozen, {}),
        }
        found = [f for rule in self._rules for f in rule.feed(signs[rule.kind][0], t_ms, signs[rule.kind][1])]
        if len(near) == 1 and not self._alone:
            self._person_next = t_ms  # who sits down is looked at now, not at the next turn
        self._alone = len(near) == 1
        return found + self._person(bgr, faces, t_ms)

    def sample(self) -> dict[str, Any]:
        """For the track line: near faces, and yaw and pitch (degrees) of the nearest, or None."""
        return dict(self._sample)

    def finish(self) -> list[Finding]:
        """The exam is over: incidents that still last."""
        return [f for rule in self._rules for f in rule.close()]

    def _grey(self, bgr: Picture) -> tuple[npt.NDArray[np.uint8], bool]:
        """A small grey picture, and whether it is the very same as the last one."""
        small = np.asarray(cv2.cvtColor(bgr[::6, ::6], cv2.COLOR_BGR2GRAY), dtype=np.uint8)
        same = self._before is not None and np.array_equal(small, self._before)
        self._before = small
        return small, same

    def _person(self, bgr: Picture, faces: list[Face], t_ms: int) -> list[Finding]:
        if not self._person_on or t_ms < self._person_next or gates.check(bgr, faces, for_comparison=True):
            return []
        assert self._describer is not None and self._template is not None
        away = match.distance(self._describer.describe(bgr, faces[0]), self._template.descriptor)
        if away <= self._limits.person_distance:
            self._strangers.clear()
            self._person_next = t_ms + self._limits.person_every_ms
            return []
        self._strangers.append((t_ms, away))
        self._person_next = t_ms + self._limits.person_again_ms
        if len(self._strangers) < self._limits.person_looks:
            return []
        finding = Finding(str(Kind.DIFFERENT_PERSON), self._strangers[0][0], t_ms,
                          {"distance": round(min(d for _, d in self._strangers), 3)})  # fmt: skip
        self._strangers.clear()
        self._person_next = t_ms + self._limits.person_every_ms
        return [finding]
