"""Error rates by group: labels from a file that stays outside the repository, and bands of skin by picture."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.identity.photos import DataMissing
from benchmarks.identity.rates import Bools, Rate
from benchmarks.identity.rules import Part, Scores

BANDS = ("darkest 15 %", "15-33 %", "33-67 %", "lightest third")
EDGES = (0.15, 0.33, 0.67)
DARKEST = BANDS[0]


@dataclass(frozen=True)
class GroupRates:
    """One line of the table: FMR among the group's own people, FNMR of them."""

    group: str
    rule: str
    people: int
    fmr: Rate
    fnmr: Rate


def read_groups(file: Path) -> dict[str, str]:
    """CSV ``person,group`` with that header; a person as the data names it. Raises ``DataMissing``."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError) as error:
        raise DataMissing(f"{file} cannot be read: {error}") from error
    if not rows or not {"person", "group"} <= set(rows[0]):
        raise DataMissing(f"{file}: the first line must name the columns person and group")
    return {row["person"].strip(): (row["group"] or "").strip() for row in rows}


def masks(part: Part, labels: dict[str, str]) -> Iterator[tuple[str, Bools]]:
    """People of each named group, then of each band, darkest first."""
    named = np.array([labels.get(name, "") for name in part.names])
    for group in sorted(set(named.tolist()) - {""}):
        yield group, np.asarray(named == group)
    tones = np.array([np.median(part.tones[part.owner == person]) for person in range(len(part.names))])
    place = np.searchsorted(np.quantile(tones, EDGES), tones)
    for number, band in enumerate(BANDS):
        yield band, np.asarray(place == number)


def table(scores: Scores, limit: float, labels: dict[str, str]) -> list[GroupRates]:
    """Every group at one limit, the same for all."""
    rows = []
    for group, chosen in masks(scores.part, labels):
        if chosen.sum() > 1:
            rows.append(
                GroupRates(group, scores.rule, int(chosen.sum()), scores.fmr(limit, chosen), scores.fnmr(limit, chosen))
            )
    return rows
