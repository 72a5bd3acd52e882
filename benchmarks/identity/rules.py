"""The three rules that are compared, on the descriptors of one part of the people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from benchmarks.identity.describing import Described
from benchmarks.identity.photos import Photo
from benchmarks.identity.rates import Bools, Curve, People, Rate, curve, fmr, fnmr, limit_at
from faces.geometry import Floats
from faces.match import COHORT_NEAREST, allowance

RULES = ("plain", "client", "server")
"""Distance alone; minus the reference's cohort number; minus the mean of both cohort numbers. The latter two minus the
reference's allowance as well (``faces.match.allowance``)."""
FRAMES = 3


@dataclass(frozen=True)
class Part:
    """Descriptors (n x size) in the order of ``people``'s numbers 0, 1, ...; ``first``: each person's reference."""

    names: tuple[str, ...]
    descriptors: Floats
    owner: People
    tones: Floats
    apart: Floats

    @property
    def first(self) -> People:
        return np.flatnonzero(np.r_[True, np.diff(self.owner) > 0])


def part_of(people: Mapping[str, Sequence[Photo]], described: Mapping[Photo, Described], least: int = 2) -> Part:
    """Those with ``least`` photographs and more in which a face was found."""
    names: list[str] = []
    rows: list[Floats] = []
    owner: list[int] = []
    tones: list[float] = []
    apart: list[float] = []
    for name, photos in people.items():
        found = [described[photo] for photo in photos if photo in described and described[photo].found]
        if len(found) >= least:
            rows += [entry.descriptor for entry in found]
            owner += [len(names)] * len(found)
            tones += [entry.tone for entry in found]
            apart += [entry.apart for entry in found]
            names.append(name)
    return Part(tuple(names), np.array(rows), np.array(owner, dtype=np.int64), np.array(tones), np.array(apart))


def first_people(part: Part, most: int | None) -> Part:
    """The first ``most`` people of a part; None: all."""
    keep = part.owner < (len(part.names) if most is None else most)
    return Part(part.names[:most], part.descriptors[keep], part.owner[keep], part.tones[keep], part.apart[keep])


def distances(one: Floats, other: Floats) -> Floats:
    squares = (one**2).sum(1)[:, None] + (other**2).sum(1)[None] - 2 * one @ other.T
    return np.asarray(np.sqrt(np.maximum(0, squares)), dtype=np.float64)


def cohort_numbers(part: Part, cohort: Part) -> Floats:
    """Per photograph and person of the part it is compared with: mean distance to the nearest five people of the
    cohort, each by the first photograph, who are neither of the two. (photographs, people)."""
    away = distances(part.descriptors, cohort.descriptors[cohort.first])
    place = {name: number for number, name in enumerate(cohort.names)}
    own = np.array([place.get(name, -1) for name in part.names])[part.owner]
    away[np.flatnonzero(own >= 0), own[own >= 0]] = np.inf
    order = np.argsort(away, axis=1)[:, : COHORT_NEAREST + 1]
    near = np.take_along_axis(away, order, axis=1)
    numbers = np.repeat(near[:, :COHORT_NEAREST].mean(1)[:, None], len(part.names), axis=1)
    number_of = {name: number for number, name in enumerate(part.names)}
    person = np.array([number_of.get(name, -1) for name in cohort.names])
    for column in range(COHORT_NEAREST):  # where the other one is among the five, the sixth takes the place
        who = person[order[:, column]]
        rows = np.flatnonzero(who >= 0)
        numbers[rows, who[rows]] = np.delete(near[rows], column, axis=1).mean(1)
    return numbers


class Scores:
    """Every photograph of a part (row: as the reference) against every other, by one rule."""

    def __init__(self, part: Part, cohort: Part, rule: str) -> None:
        self.part, self.rule = part, rule
        self.matrix = distances(part.descriptors, part.descriptors)
        if rule != "plain":
            numbers = cohort_numbers(part, cohort)[:, part.owner]
            self.matrix -= (numbers + numbers.T) / 2 if rule == "server" else numbers
            self.matrix -= np.array([allowance(apart) for apart in part.apart])[:, None]

    @cached_property
    def _same(self) -> Bools:
        return np.asarray(self.part.owner[:, None] == self.part.owner[None])

    @cached_property
    def _other(self) -> Bools:
        return np.asarray(~np.eye(len(self.matrix), dtype=np.bool_))

    @property
    def genuine(self) -> Floats:
        return np.asarray(self.matrix[self._same & self._other])

    @property
    def impostor(self) -> Floats:
        return np.asarray(self.matrix[~self._same])

    def curve(self) -> Curve:
        return curve(self.genuine, self.impostor)

    def limit(self, rate: float) -> float:
        return limit_at(self.impostor, rate)

    def fnmr(self, limit: float, chosen: Bools | None = None) -> Rate:
        """``chosen``: people."""
        pairs = self._same & self._other
        if chosen is not None:
            pairs = pairs & chosen[self.part.owner][:, None]
        owners = np.broadcast_to(self.part.owner[:, None], pairs.shape)[pairs]
        return fnmr(self.matrix[pairs] > limit, owners)

    def fmr(self, limit: float, chosen: Bools | None = None) -> Rate:
        accepted, pairs = self.by_people(limit)
        return fmr(accepted, pairs, chosen)

    def by_people(self, limit: float) -> tuple[Floats, Floats]:
        """Accepted pairs and all pairs of every two people."""
        first = self.part.first

        def summed(values: Floats) -> Floats:
            return np.asarray(np.add.reduceat(np.add.reduceat(values, first, axis=0), first, axis=1))

        apart = (~self._same).astype(np.float64)
        return summed((self.matrix <= limit) * apart), summed(apart)

    def of_three(self) -> tuple[Floats, Floats]:
        """The median of three pictures against the first one: (genuine, impostor), people with four photographs."""
        counts = np.bincount(self.part.owner)
        enough = np.flatnonzero(counts > FRAMES)
        if len(enough) < 2:
            return np.zeros(0), np.zeros(0)
        first = self.part.first[enough]
        probes = first[:, None] + np.arange(1, FRAMES + 1)[None]
        middle = np.median(self.matrix[first[:, None, None], probes[None]], axis=2)
        own = np.eye(len(enough), dtype=bool)
        return middle[own], middle[~own]
