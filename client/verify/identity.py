"""The identity check before the exam: prompts, pictures between them, comparison, one of three outcomes.

It never ends in nothing: whatever cannot be judged goes to an invigilator, with a reason. It runs on
looks that someone else takes (12 a second and more), and knows no device, thread or clock.
"""

from __future__ import annotations

import base64
import statistics
from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

import cv2
import numpy as np

from client.verify.prompts import STEP_LIMIT_MS, Prompts
from client.verify.signals import Track
from faces import gates, match
from faces.asks import DERIVATION, DERIVATION_INSTEAD, TURN_LEFT, TURN_RIGHT
from faces.describe import Describer
from faces.detect import Face, Picture
from faces.geometry import Floats
from faces.landmarks import eye_openness
from faces.model import FaceModel
from faces.models import MODEL_SHA256
from faces.template import VERSION, Template

WHOLE_LIMIT_MS = 120_000
ANOTHER_MS = 30_000  # more, for each prompt that somebody cannot follow
MAX_TRIES = 3
PICTURE_SIDE, PICTURE_QUALITY, MAX_PICTURES = 240, 82, 4


@dataclass(frozen=True)
class IdentityProgress:
    """Ready to show. ``prompt``: look_straight, turn_left, turn_right, blink, nod_down, nod_up, open_mouth,
    come_closer, hold_still, comparing, done; ``advice``: "" or a gate's word; ``progress`` 0..1; ``outcome``: "" while
    running, then match, no_match or invigilator; ``another``: something else may be asked in the prompt's place."""

    prompt: str
    advice: str
    progress: float
    outcome: str = ""
    another: bool = False


@dataclass(frozen=True, eq=False)
class _Shot:
    """A picture good enough to compare."""

    bgr: Picture
    face: Face
    quality: float


class IdentityCheck:
    """One attempt. ``template`` None: there is nothing to compare with, the prompts still run.

    ``attempt`` counts the session's tries from 1: each has its own order of prompts. ``describer``
    is made on first need when none is given (it takes 0.2 s). ``unusable``: why there is no template, if the
    server sent one that cannot be used: other_model, other_version, malformed.
    """

    def __init__(
        self,
        nonce: str,
        template: Template | None,
        cohort: float | None,
        limits: match.Limits,
        *,
        attempt: int = 1,
        describer: FaceModel | None = None,
        unusable: str = "",
    ) -> None:
        self._without = unusable or "no_reference"
        self._nonce, self._attempt = nonce, attempt
        self._template, self._cohort, self._limits = template, cohort, limits
        self._describer = describer
        self._prompts = Prompts(nonce, attempt)
        self._track = Track()
        self._started_ms: int | None = None
        self._last_ms = 0
        self._shot: _Shot | None = None  # the present step's best
        self._descriptors: list[Floats] = []
        self._pictures: dict[str, str] = {}
        self._peak: dict[str, float] = {}
        self._troubles: Counter[str] = Counter()  # of the present step
        self._looks = 0
        self._outcome, self._reason = "", ""
        self._decision = match.Decision(match.Outcome.INVIGILATOR, None, None)

    @property
    def outcome(self) -> str:
        return self._outcome

    @property
    def _model(self) -> str:
        """Which model the check's own descriptors are of."""
        return self._describer.sha256 if self._describer is not None else MODEL_SHA256

    @property
    def reason(self) -> str:
        """Why, in one word: compared, unsure, no_reference, other_model, other_version, malformed, no_cohort,
        faces_differ, not_shown_live, flat_picture, prompt_not_seen, camera_too_slow, track_lost, time_over,
        asked_for_person, or a gate's word."""
        return self._reason

    def feed(self, bgr: Picture, faces: list[Face], t_ms: int) -> IdentityProgress:
        """One look at session time ``t_ms`` (rising). After the outcome is known nothing changes any more."""
        if self._outcome:
            return self._progress("")
        self._started_ms = t_ms if self._started_ms is None else self._started_ms
        self._last_ms = t_ms
        if self._prompts.done:
            self._decide()
            return self._progress("")
        self._looks += 1
        advice = self._look(bgr, faces, t_ms)
        self._watch_time(t_ms)
        return self._progress(advice)

    def leave_to_person(self, reason: str = "asked_for_person") -> None:
        """The student cannot or does not want to do this: a person will look. No fault of anybody's."""
        if not self._outcome:
            self._end(match.Outcome.INVIGILATOR, reason)

    def another_prompt(self) -> None:
        """The student cannot follow the present prompt: something else is asked in its place, if there is something."""
        if not self._outcome and self._prompts.another(self._last_ms):
            self._troubles.clear()
            self._looks = 0

    def evidence(self) -> dict[str, Any]:
        """What is sealed: outcome and reason, distances, limits, prompts with times and peaks, small pictures."""
        decision = self._decision
        return {
            "outcome": self._outcome,
            "reason": self._reason,
            "distances": [round(d, 4) for d in self._distances()],
            "distance": None if decision.distance is None else round(decision.distance, 4),
            "score": None if decision.score is None else round(decision.score, 4),
            "cohort": self._cohort,
            "limits": asdict(self._limits),
            "model": self._model,
            "derivation": DERIVATION,
            "derivation_instead": DERIVATION_INSTEAD,
            "nonce": self._nonce,
            "attempt": self._attempt,
            "tries": self._prompts.tries,
            "looks_per_second": round(self._track.rate, 1),
            "started_ms": self._started_ms,
            "ended_ms": self._last_ms,
            "prompts": [asked.to_dict() for asked in self._prompts.asked],
            "pictures": list(self._pictures.values()),
            "picture_names": list(self._pictures),
        }

    def own_template(self) -> Template | None:
        """The most typical of the check's own pictures: same camera and light as the exam, so the best to
        watch by. One picture's descriptor, not a mean (a mean lies nearer to strangers too)."""
        if not self._descriptors:
            return None
        away = [sum(match.distance(one, other) for other in self._descriptors) for one in self._descriptors]
        return Template(VERSION, self._model, self._descriptors[int(np.argmin(away))])

    # ---- one look ---------------------------------------------------------------------------

    def _look(self, bgr: Picture, faces: list[Face], t_ms: int) -> str:
        troubles = gates.check(bgr, faces, for_comparison=False)
        face = None if troubles else faces[0]
        if gates.Gate.SEVERAL_FACES in troubles or not self._track.feed(face, t_ms):
            self._begin_again()
        if face is None:
            self._troubles[troubles[0]] += 1
            return str(troubles[0])
        if not self._prompts.looking_straight:
            self._keep_peak(bgr, face)
            self._step(face, t_ms)
            return ""
        strict = gates.check(bgr, faces, for_comparison=True)
        if strict:
            self._troubles[strict[0]] += 1
        else:
            self._keep_shot(bgr, face)
        self._step(face, t_ms)
        return str(strict[0]) if strict else ""

    def _step(self, face: Face, t_ms: int) -> None:
        straight = self._prompts.looking_straight
        if not self._prompts.feed(face, t_ms, straight_allowed=self._shot is not None):
            return
        self._troubles.clear()
        self._looks = 0
        if straight:
            self._describe_shot()
        self._shot = None

    def _keep_shot(self, bgr: Picture, face: Face) -> None:
        assert face.points is not None
        turn = max(abs(face.pose.yaw), abs(face.pose.pitch))
        quality = gates.sharpness(bgr, face) * (1 - turn / 30) * eye_openness(face.points)  # sharp, straight, no blink
        if self._shot is None or quality > self._shot.quality:
            self._shot = _Shot(bgr.copy(), face, quality)

    def _describe_shot(self) -> None:
        if self._shot is None:
            return
        if self._describer is None:
            self._describer = Describer()
        self._descriptors.append(self._describer.describe(self._shot.bgr, self._shot.face))
        name = "first" if "first" not in self._pictures else "last"
        self._pictures[name] = _small(self._shot.bgr, self._shot.face)

    def _keep_peak(self, bgr: Picture, face: Face) -> None:
        """The picture at the largest turn to each side."""
        prompt, yaw = self._prompts.prompt, face.pose.yaw
        if prompt in (TURN_LEFT, TURN_RIGHT) and (yaw > 0) == (prompt == TURN_LEFT) \
                and abs(yaw) > max(15.0, self._peak.get(prompt, 0.0) + 1):  # fmt: skip
            self._peak[prompt] = abs(yaw)
            self._pictures[prompt] = _small(bgr, face)

    def _begin_again(self) -> None:
        """Another face may sit there now: what was seen before proves nothing about it."""
        self._track.forget()
        if not self._prompts.asked:
            return
        if self._prompts.tries >= MAX_TRIES and self._prompts.place:
            self._end(match.Outcome.INVIGILATOR, "track_lost")
            return
        if self._prompts.place:
            self._prompts.restart()
            self._descriptors.clear()
            self._pictures.clear()
            self._peak.clear()
        self._shot = None

    def _watch_time(self, t_ms: int) -> None:
        if self._outcome or self._started_ms is None or self._prompts.done:
            return
        waited = self._prompts.waited_ms(t_ms) if self._prompts.asked else t_ms - self._started_ms
        whole = WHOLE_LIMIT_MS + ANOTHER_MS * self._prompts.others
        if waited <= STEP_LIMIT_MS and t_ms - self._started_ms <= whole:
            return
        trouble, count = (self._troubles.most_common(1) or [("", 0)])[0]
        if count > self._looks / 3:
            self._end(match.Outcome.INVIGILATOR, str(trouble))
        elif waited > STEP_LIMIT_MS:
            self._end(match.Outcome.INVIGILATOR, self._prompts.why_not(self._track))
        else:
            self._end(match.Outcome.INVIGILATOR, "time_over")

    # ---- the decision -----------------------------------------------------------------------

    def _distances(self) -> list[float]:
        if self._template is None:
            return []
        return [match.distance(d, self._template.descriptor) for d in self._descriptors]

    def _decide(self) -> None:
        apart = [match.distance(d, self._descriptors[0]) for d in self._descriptors]
        if any(away > self._limits.one_sitting for away in apart):
            self._end(match.Outcome.INVIGILATOR, "faces_differ")
        elif self._template is None:
            self._end(match.Outcome.INVIGILATOR, self._without)
        elif {self._limits.model, self._template.model} != {self._model}:
            self._end(match.Outcome.INVIGILATOR, "other_model")
        elif not self._prompts.live:
            self._end(match.Outcome.INVIGILATOR, "not_shown_live")
        else:
            self._decision = match.decide(self._distances(), self._cohort, self._limits, self._model)
            unsure = "unsure" if self._cohort is not None else "no_cohort"
            certain = self._decision.outcome is not match.Outcome.INVIGILATOR
            self._end(self._decision.outcome, "compared" if certain else unsure)

    def _end(self, outcome: match.Outcome, reason: str) -> None:
        self._outcome, self._reason = str(outcome), reason
        distances = self._distances()
        if distances and self._decision.distance is None:
            middle = statistics.median(distances)
            score = middle - self._cohort if self._cohort is not None else None
            self._decision = match.Decision(outcome, score, middle)
        self._shot = None

    def _progress(self, advice: str) -> IdentityProgress:
        if self._outcome:
            return IdentityProgress("done", "", 1.0, self._outcome)
        if self._prompts.done:
            return IdentityProgress("comparing", "", 0.98)
        return IdentityProgress(
            self._prompts.prompt, advice, 0.95 * self._prompts.share, another=self._prompts.has_another
        )


def _small(bgr: Picture, face: Face) -> str:
    """The head as a small JPEG, base64."""
    x, y, w, h = face.box
    side = round(max(w, h) * 2)
    left, top = x + w // 2 - side // 2, y + h // 2 - side // 2
    height, width = bgr.shape[:2]
    piece = bgr[max(0, top) : min(height, top + side), max(0, left) : min(width, left + side)]
    scale = min(1.0, PICTURE_SIDE / max(piece.shape[:2]))
    if scale < 1:
        piece = np.asarray(cv2.resize(piece, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    ok, data = cv2.imencode(".jpg", piece, [cv2.IMWRITE_JPEG_QUALITY, PICTURE_QUALITY])
    return base64.b64encode(data.tobytes()).decode() if ok else ""
