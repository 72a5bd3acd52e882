"""Rules over time during the exam, for what camera and microphone give. Looks come 2-5 times a second.

An incident of a rule is one finding, told when it is recognised, again while it lasts and when it is over.
Findings are facts with times; a person judges them. What is done at the computer is watched in ``desk``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from client.verify.covering import Covering, grey_chip
from client.verify.lips import Lips
from client.verify.repeats import Repeats, small_of
from client.verify.rules import Finding, Kind, Rule, Values, WatchLimits, wanted
from client.verify.speech import Hearsay, Samples
from client.verify.stillness import Stillness
from client.verify.stranger import Stranger
from faces import gates
from faces.detect import Face, Picture
from faces.landmarks import eye_distance
from faces.model import FaceModel
from faces.template import Template

__all__ = ["Finding", "Kind", "WatchLimits", "Watcher"]

SPEECH_SHARE = 0.3  # of the last three seconds voiced; sentences read aloud have 0.39-0.8, one word 0.2, a chair 0.35
NOT_SEEN = (Kind.NOBODY, Kind.FACE_COVERED, Kind.CAMERA_COVERED)


class Watcher:
    """Watches one student. ``template`` (of the identity check's own pictures, ``IdentityCheck.own_template``,
    or else the reference) with a ``describer`` switches the rule "different person" on; ``cohort``: how near others
    are to this student (``faces.match.cohort_number``); ``off`` names rules that stay off."""

    def __init__(
        self,
        limits: WatchLimits | None = None,
        *,
        template: Template | None = None,
        describer: FaceModel | None = None,
        cohort: float | None = None,
        off: Sequence[str] = (),
    ) -> None:
        self._limits, self._off = limits or WatchLimits(), tuple(off)
        lim = self._limits
        needed = {Kind.NOBODY: lim.nobody_ms, Kind.SEVERAL_FACES: lim.several_ms, Kind.LOOKS_AWAY: lim.away_ms,
                  Kind.FACE_COVERED: lim.face_covered_ms, Kind.CAMERA_COVERED: lim.covered_ms,
                  Kind.CAMERA_FROZEN: lim.frozen_ms, Kind.CAMERA_REPLAYED: 0, Kind.STILL_FACE: 0}  # fmt: skip
        calm = {Kind.CAMERA_REPLAYED: lim.replayed_calm_ms, Kind.STILL_FACE: lim.still_calm_ms}
        self._rules = [
            Rule(kind, ms, calm.get(kind, lim.calm_ms), lim.again_ms, lim.density)
            for kind, ms in needed.items()
            if wanted(kind, off)
        ]
        self._speech = Rule(Kind.TALKING, lim.speech_ms, lim.speech_calm_ms, lim.again_ms, 0.5)
        person = wanted(Kind.DIFFERENT_PERSON, off) and template is not None and describer is not None
        self._stranger = Stranger(lim, template, describer, cohort) if person and template and describer else None
        self._covering, self._repeats, self._lips, self._hearsay = Covering(), Repeats(), Lips(), Hearsay()
        self._stillness = Stillness()
        self._before: npt.NDArray[np.uint8] | None = None
        self._alone = False
        self._aside = False
        self._lip_votes = 0
        self._last_ms: int | None = None
        self._sample: dict[str, Any] = {"faces": 0, "yaw": None, "pitch": None}

    def hear(self, samples: Samples, t_ms: int) -> None:
        """A block of sound (mono, 48 kHz); ``t_ms``: when its first sample was heard."""
        self._hearsay.feed(samples, t_ms)

    def feed(self, bgr: Picture, faces: list[Face], t_ms: int) -> list[Finding]:
        """One look (2-5 a second, times rising); the incidents that began, last or ended with it."""
        found = self.anew() if self._last_ms is not None and t_ms - self._last_ms > self._limits.unseen_ms else []
        self._last_ms = t_ms
        near = gates.near_faces(faces) if faces else []
        face = near[0] if near and near[0].points is not None else None
        self._sample = {"faces": len(near), "yaw": round(face.pose.yaw, 1) if face else None,
                        "pitch": round(face.pose.pitch, 1) if face else None}  # fmt: skip
        only = face if len(near) == 1 else None
        chip = grey_chip(bgr, only) if only is not None and _large(only) else None
        signs = self._signs(bgr, near, only, chip, t_ms)
        found += [f for rule in self._rules for f in rule.feed(signs[rule.kind][0], t_ms, signs[rule.kind][1])]
        found += self._spoken(only, t_ms)
        if self._stranger is not None:
            if len(near) == 1 and not self._alone:
                self._stranger.soon(t_ms)
            if signs[Kind.FACE_COVERED][0]:
                self._stranger.forget()  # half a face is like nobody's
            else:
                self._stranger.glance(chip, only, t_ms)
                found += self._stranger.feed(bgr, faces, t_ms)
        self._alone = len(near) == 1
        return found

    @property
    def face_missing(self) -> bool:
        """The face has not been seen for long enough to be a finding: the student may mend it."""
        return any(rule.recognised for rule in self._rules if rule.kind in NOT_SEEN)

    def sample(self) -> dict[str, Any]:
        """For the track line: near faces, and yaw and pitch (degrees) of the nearest, or None."""
        return dict(self._sample)

    def finish(self) -> list[Finding]:
        """The exam is over: incidents that still last."""
        ended = [f for rule in self._rules for f in rule.close()] + self._wanted(self._speech.close())
        return ended + (self._stranger.close() if self._stranger is not None else [])

    def anew(self) -> list[Finding]:
        """A break begins or is over, or there was no picture: incidents that still last. Whoever sits there then is
        compared at once."""
        return self.finish() + (self._stranger.anew() if self._stranger is not None else [])

    def _signs(
        self, bgr: Picture, near: list[Face], only: Face | None, chip: Picture | None, t_ms: int
    ) -> dict[Kind, tuple[bool, Values]]:
        lim = self._limits
        grey, small = small_greys(bgr)
        frozen, self._before = self._before is not None and np.array_equal(grey, self._before), grey
        covered = not near and float(grey.std()) < lim.covered_spread
        repeated, ago = (False, 0) if frozen or covered else self._repeats.feed(grey, small, t_ms)
        still_ms = self._stillness.feed(None if frozen else only, t_ms)
        yaw = only.pose.yaw if only is not None else 0.0
        # what began stays until the head is well back: no flicker at the limit
        self._aside = abs(yaw) > (lim.away_back_deg if self._aside else lim.away_deg)
        return {
            Kind.NOBODY: (not near and not covered, {}),
            Kind.SEVERAL_FACES: (len(near) > 1, {"faces": float(len(near))}),
            Kind.LOOKS_AWAY: (self._aside, {"yaw": round(yaw, 1)}),
            Kind.FACE_COVERED: (self._covering.feed(chip, only), {}),
            Kind.CAMERA_COVERED: (covered, {"brightness": round(float(grey.mean()), 1)}),
            Kind.CAMERA_FROZEN: (frozen, {}),
            Kind.CAMERA_REPLAYED: (repeated, {"seconds_ago": round(ago / 1000, 1)}),
            Kind.STILL_FACE: (still_ms > 0, {"seconds": float(round(still_ms / 1000))}),
        }

    def _spoken(self, only: Face | None, t_ms: int) -> list[Finding]:
        """Speech is one incident; whose it seems to be is decided when it is recognised."""
        self._lips.feed(only, t_ms)
        share = self._hearsay.share(t_ms)
        moving = self._lips.moving(t_ms)
        if self._speech.began is None:
            self._lip_votes = 0
        if not self._speech.recognised:
            self._lip_votes += {True: 1, False: -1, None: -1}[moving] if share > SPEECH_SHARE else 0
            self._speech.kind = Kind.TALKING if self._lip_votes > 0 else Kind.SPEECH_WITHOUT_LIPS
        found = self._speech.feed(share > SPEECH_SHARE, t_ms, {"share": round(share, 2)})
        return self._wanted(found)

    def _wanted(self, found: list[Finding]) -> list[Finding]:
        return [finding for finding in found if wanted(Kind(finding.kind), self._off)]


def small_greys(bgr: Picture) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float32]]:
    """Each sixth pixel in grey, with its noise, and the means of large cells, without."""
    grey = np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    return np.ascontiguousarray(grey[::6, ::6]), small_of(grey)


def _large(face: Face) -> bool:
    """Its parts can be told from one another."""
    return face.points is not None and eye_distance(face.points) >= gates.MIN_EYES_PX_WATCHING
