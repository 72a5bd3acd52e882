"""Error rates with intervals. A smaller score means more alike; a pair is accepted at a score up to the limit.

FMR: share of pairs of different people that are accepted; FNMR: share of pairs of one person that are not. Intervals
are 95 % percentile bootstraps over people, not pairs: pairs of one person fall together (Bolle, Ratha, Pankanti 2004).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from faces.geometry import Floats

DRAWS = 1000
SEED = 1
Bools = npt.NDArray[np.bool_]
People = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Rate:
    """A share with its interval; ``pairs`` it was counted on, of ``people``."""

    value: float
    low: float
    high: float
    pairs: int
    people: int

    def __str__(self) -> str:
        return f"{100 * self.value:.3g} % [{100 * self.low:.2g}-{100 * self.high:.2g}]"


@dataclass(frozen=True)
class Curve:
    """FMR and FNMR over rising limits."""

    limits: Floats
    fmr: Floats
    fnmr: Floats

    @property
    def eer(self) -> float:
        """Where both rates are equal."""
        place = int(np.argmin(np.abs(self.fmr - self.fnmr)))
        return float(self.fmr[place] + self.fnmr[place]) / 2


def limit_at(impostor: Floats, fmr: float) -> float:
    """The limit that accepts this share of impostor scores."""
    return float(np.quantile(impostor, fmr))


def curve(genuine: Floats, impostor: Floats, points: int = 2000) -> Curve:
    right, wrong = np.sort(genuine), np.sort(impostor)
    low = np.quantile(wrong, np.geomspace(1 / max(2, len(wrong)), 1.0, points // 2))
    limits = np.unique(np.concatenate([low, np.quantile(right, np.linspace(0, 1, points))]))
    return Curve(
        limits,
        np.searchsorted(wrong, limits, side="right") / len(wrong),
        1 - np.searchsorted(right, limits, side="right") / len(right),
    )


def fnmr(refused: Bools, owner: People) -> Rate:
    """``refused``: per pair of one person; ``owner``: whose pair it is."""
    ids, index = np.unique(owner, return_inverse=True)
    if not len(ids):
        return Rate(float("nan"), float("nan"), float("nan"), 0, 0)
    hits = np.bincount(index, weights=refused.astype(np.float64))
    pairs = np.bincount(index).astype(np.float64)
    weights = _weights(len(ids))
    low, high = np.percentile((weights @ hits) / (weights @ pairs), [2.5, 97.5])
    return Rate(float(refused.mean()), float(low), float(high), len(refused), len(ids))


def fmr(accepted: Floats, pairs: Floats, chosen: Bools | None = None) -> Rate:
    """``accepted`` and ``pairs``: per two people, how many pairs of theirs were accepted and tried (0 on the
    diagonal). ``chosen``: only among these people."""
    if chosen is not None:
        accepted, pairs = accepted[np.ix_(chosen, chosen)], pairs[np.ix_(chosen, chosen)]
    people, tried = len(pairs), float(pairs.sum())
    if not tried:
        return Rate(float("nan"), float("nan"), float("nan"), 0, people)
    weights = _weights(people)
    hits = np.einsum("dp,dp->d", weights @ accepted, weights)
    tries = np.einsum("dp,dp->d", weights @ pairs, weights)
    low, high = np.percentile(hits / np.maximum(tries, 1), [2.5, 97.5])
    return Rate(float(accepted.sum()) / tried, float(low), float(high), int(tried), people)


def _weights(people: int) -> Floats:
    """How often each person is drawn, for every draw."""
    rng = np.random.default_rng(SEED)
    return rng.multinomial(people, np.full(people, 1 / people), size=DRAWS).astype(np.float64)
