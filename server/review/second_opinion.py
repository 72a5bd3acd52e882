"""The server's own comparison, recomputed from the recording: a patched client cannot send a better score.

Both sides are normalised against the institution's students. Distances and scores live in memory only.
"""

from __future__ import annotations

import base64
import binascii
import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from faces.geometry import Floats
from faces.match import MIN_FRAMES, Limits, Outcome, allowance, cohort_number, decide_both_sides, distance
from server.review.face_job import CHECK_IN, LATER

PROBLEMS = ("", "no_reference", "poor_reference", "no_camera", "failed", "too_long", "no_model", "no_key")
MAX_PICTURE_BYTES = 200_000
MAX_SHOTS = 8
_TROUBLES = ("no_face", "several_faces", "too_far", "too_close", "too_dark", "too_bright", "blurred", "face_turned",
             "face_covered")  # fmt: skip


class BadAnswer(Exception):
    """The face reader answered something that is not of its form: it is treated as failed."""


@dataclass(frozen=True)
class Moment:
    """One place of the recording. ``compared``: clear pictures found; ``score``: median distance minus the mean of
    both cohort numbers, None without a cohort; ``trouble``: a gate's word where no picture was clear."""

    name: str
    at_ms: int | None
    picture: bytes
    compared: int
    distance: float | None
    score: float | None
    word: str
    trouble: str
    descriptor: Floats | None = None  # the most typical picture's, only where all show one face
    apart: float = 0.0  # of that picture's views


@dataclass(frozen=True)
class Opinion:
    """``problem`` "" or why nothing could be compared; the moments are there all the same, for a person's eyes."""

    problem: str
    moments: tuple[Moment, ...]
    accept: float
    reject: float
    distance_limit: float
    others: int

    def moment(self, name: str) -> Moment | None:
        return next((moment for moment in self.moments if moment.name == name), None)

    @property
    def check_in(self) -> Moment | None:
        return self.moment(CHECK_IN)

    @property
    def confirmable(self) -> bool:
        """Enough clear pictures of one face at check-in to serve as a reference, once a person says whose it is."""
        seen = self.check_in
        if seen is None or seen.descriptor is None or not seen.picture:
            return False
        return seen.compared >= MIN_FRAMES

    @property
    def doubts(self) -> bool:
        """Something here does not look like the reference. "unclear" later on is no doubt: one picture says little."""
        check_in = self.check_in
        return (check_in is not None and check_in.word in ("unclear", "different")) or any(
            moment.word == "different" for moment in self.moments
        )


def opinion_of(answer: Mapping[str, Any], others: Sequence[Floats], limits: Limits) -> Opinion:
    """What follows from the face reader's answer. ``others``: descriptors of the institution's other students.

    Raises ``BadAnswer``.
    """
    reference = answer.get("reference")
    if not isinstance(reference, Mapping):
        raise BadAnswer("no reference")
    known = None if reference.get("problem") else _descriptor(reference.get("descriptor"))
    problem = "" if known is not None else "no_reference" if reference.get("problem") == "none" else "poor_reference"
    own = cohort_number(known, others) if known is not None else None
    extra = allowance(_apart(reference.get("apart", 0.0)))
    listed = answer.get("moments")
    if not isinstance(listed, list) or len(listed) > 1 + len(LATER):
        raise BadAnswer("moments")
    moments = tuple(_moment(entry, known, (own, extra), others, limits) for entry in listed)
    return Opinion(problem, moments, limits.accept, limits.reject, limits.distance, len(others))


def nothing(problem: str, limits: Limits) -> Opinion:
    """No comparison at all, and why."""
    return Opinion(problem, (), limits.accept, limits.reject, limits.distance, 0)


def _moment(
    entry: object, reference: Floats | None, own: tuple[float | None, float], others: Sequence[Floats], limits: Limits
) -> Moment:
    if not isinstance(entry, Mapping) or entry.get("name") not in (CHECK_IN, *LATER):
        raise BadAnswer("a moment")
    shots = entry.get("shots")
    if not isinstance(shots, list) or len(shots) > MAX_SHOTS:
        raise BadAnswer("shots")
    if not all(isinstance(shot, Mapping) for shot in shots):
        raise BadAnswer("a shot")
    seen = [_descriptor(shot.get("descriptor")) for shot in shots]
    typical = _typical(seen, [_apart(shot.get("apart", 0.0)) for shot in shots], limits)
    at, trouble, name = entry.get("t"), str(entry.get("trouble") or ""), str(entry["name"])
    at_ms = at if isinstance(at, int) and abs(at) < 1e12 else None
    picture = _picture(entry.get("picture"))
    if trouble not in ("", "no_picture", *_TROUBLES):
        raise BadAnswer("trouble")
    if not seen:
        word = "no_picture" if trouble == "no_picture" else "no_clear_picture"
        return Moment(name, at_ms, picture, 0, None, None, word, trouble)
    if reference is None:
        return Moment(name, at_ms, picture, len(seen), None, None, "not_compared", trouble, *typical)
    distances = [distance(one, reference) for one in seen]
    numbers = [cohort_number(one, others) for one in seen]
    word, score = _word(name, distances, own, numbers, limits)
    return Moment(name, at_ms, picture, len(seen), statistics.median(distances), score, word, trouble, *typical)


def _typical(seen: list[Floats], apart: list[float], limits: Limits) -> tuple[Floats | None, float]:
    away = [[distance(one, other) for other in seen] for one in seen]
    if not seen or max(max(row) for row in away) > limits.one_sitting:
        return None, 0.0
    place = int(np.argmin([sum(row) for row in away]))
    return seen[place], apart[place]


def _word(
    name: str, distances: list[float], own: tuple[float | None, float], numbers: list[float | None], limits: Limits
) -> tuple[str, float | None]:
    # one later picture is judged by the same limits as three, which is milder to say "alike" and is said on the page
    repeated = 1 if name == CHECK_IN else 3
    words_only = replace(limits, automatic=True)  # a word for a person, not a decision
    known, extra = own
    decision = decide_both_sides(distances * repeated, known, numbers * repeated, words_only, limits.model, extra)
    if decision.score is None and decision.outcome is Outcome.INVIGILATOR:
        return "not_compared", None
    words = {Outcome.MATCH: "alike", Outcome.NO_MATCH: "different", Outcome.INVIGILATOR: "unclear"}
    return words[decision.outcome], decision.score


def _descriptor(value: object) -> Floats:
    if not isinstance(value, list) or not 64 <= len(value) <= 1024:
        raise BadAnswer("descriptor")
    if not all(isinstance(v, int | float) and not isinstance(v, bool) and math.isfinite(v) for v in value):
        raise BadAnswer("descriptor numbers")
    return np.asarray(value, dtype=np.float64)


def _apart(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 2:
        raise BadAnswer("apart")
    return float(value)


def _picture(text: object) -> bytes:
    if not isinstance(text, str) or len(text) > 2 * MAX_PICTURE_BYTES:
        raise BadAnswer("picture")
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadAnswer("picture") from error
    if data and not data.startswith(b"\xff\xd8\xff"):
        raise BadAnswer("picture")
    return data
