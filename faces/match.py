"""Three outcomes: match, no match, an invigilator decides. Software alone keeps nobody out."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from faces.geometry import Floats
from faces.models import MODEL_SHA256

MIN_FRAMES = 3
COHORT_NEAREST = 5
APART_SHARE, USUAL_APART = 0.25, 0.115  # chosen and measured on the people limits are set on (docs/identity.md)
ONE_SITTING = 0.05  # on top of the distance that a match may have
DISTANCE_WITHOUT_COHORT = 0.40  # 0.45 already accepts 2 % of impostors in the worst measured group


class Outcome(StrEnum):
    MATCH = "match"
    NO_MATCH = "no_match"
    INVIGILATOR = "invigilator"


@dataclass(frozen=True)
class Limits:
    """Signed by the server, versioned with the model's hash, written into the evidence.

    ``accept`` and ``reject`` bound the score (median distance minus the cohort number); a match also
    needs a median distance of at most ``distance``. Measured on 840 people: FMR 0.1 % lies at -0.026
    on one frame and at -0.012 on the median of three; 0.13 % of genuine single photos lie above +0.10.
    ``automatic`` False: the software never says "match" by itself (``faces.measured``).
    """

    accept: float = -0.05
    distance: float = 0.60
    reject: float = 0.10
    model: str = MODEL_SHA256
    automatic: bool = True

    @property
    def one_sitting(self) -> float:
        """How far apart pictures of one minute, one light and one camera may lie: 0.65 for dlib's limits."""
        return self.distance + ONE_SITTING

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Limits:
        """From a policy; unknown names are left alone, missing ones take the defaults. Raises ``ValueError``."""
        numbers = {name: values[name] for name in ("accept", "distance", "reject") if name in values}
        if any(isinstance(v, bool) or not isinstance(v, int | float) for v in numbers.values()):
            raise ValueError(f"limits must be numbers: {numbers}")
        return cls(
            **{k: float(v) for k, v in numbers.items()},
            model=str(values.get("model", MODEL_SHA256)),
            automatic=values.get("automatic", True) is True,
        )


@dataclass(frozen=True)
class Decision:
    """``score``: median distance minus cohort number, None without a cohort number;
    ``distance``: the median distance, None without any frame."""

    outcome: Outcome
    score: float | None
    distance: float | None


def distance(one: Floats, other: Floats) -> float:
    """Euclidean distance of two descriptors; the same person is usually below 0.5."""
    return float(np.linalg.norm(one - other))


def decide(distances: Sequence[float], cohort: float | None, limits: Limits, model: str = MODEL_SHA256) -> Decision:
    """From the distances of at least three good frames, seconds apart, to the reference.

    ``model``: what made the descriptors. Fewer frames or limits of another model leave it to a person. So does
    a missing cohort number, save for a very small distance: the usual limit alone accepts most impostors in some
    groups.
    """
    middle = statistics.median(distances) if distances else None
    score = middle - cohort if middle is not None and cohort is not None else None
    if middle is None or len(distances) < MIN_FRAMES or limits.model != model:
        return Decision(Outcome.INVIGILATOR, score, middle)
    alike = Outcome.MATCH if limits.automatic else Outcome.INVIGILATOR
    if score is None:
        sure = middle <= min(DISTANCE_WITHOUT_COHORT, limits.distance)
        return Decision(alike if sure else Outcome.INVIGILATOR, None, middle)
    if score <= limits.accept and middle <= limits.distance:
        return Decision(alike, score, middle)
    if score > limits.reject:
        return Decision(Outcome.NO_MATCH, score, middle)
    return Decision(Outcome.INVIGILATOR, score, middle)


def decide_both_sides(
    distances: Sequence[float],
    reference: float | None,
    probes: Sequence[float | None],
    limits: Limits,
    model: str = MODEL_SHA256,
    extra: float = 0.0,
) -> Decision:
    """The server's rule: like ``decide``, but the score subtracts the mean of both cohort numbers, the reference's
    and each picture's own (``probes``), which only the holder of all templates can know. ``extra``: the reference's
    ``allowance``, subtracted whole."""
    middle = statistics.median(distances) if distances else None
    known = [number for number in probes if number is not None]
    if reference is None or len(known) < len(distances) or middle is None:
        return decide(distances, None, limits, model)
    scores = [d - (reference + number) / 2 - extra for d, number in zip(distances, known, strict=True)]
    # ``decide`` subtracts one number from the median distance; given so, its score is the median of the scores
    return decide(distances, middle - statistics.median(scores), limits, model)


def allowance(apart: float) -> float:
    """What is added to a reference's cohort number (or, below the usual, taken off) for how far the views of that
    picture lie ``apart``; 0 where that is unknown (0). Where they disagree, the right person lies further away too.
    A picture shown to the camera gets none: a bad one must not make its own limit wider."""
    return APART_SHARE * (apart - USUAL_APART) if apart > 0 else 0.0


def cohort_number(descriptor: Floats, others: Sequence[Floats]) -> float | None:
    """Mean distance to the five nearest of ``others`` (descriptors of *other* people), None if there are fewer."""
    if len(others) < COHORT_NEAREST:
        return None
    nearest = np.sort(np.linalg.norm(np.asarray(others, dtype=np.float64) - descriptor, axis=1))[:COHORT_NEAREST]
    return float(nearest.mean())
