"""Photographs in the layout of Labeled Faces in the Wild: ``NAME/NAME_0001.jpg``, one folder a person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import numpy as np

PHOTOS_A_PERSON = 4
SPLIT_SEED = 7
_NUMBERED = re.compile(r"_(\d{4})\.jpe?g", re.IGNORECASE)


class DataMissing(Exception):
    """The folder does not hold what the benchmark reads; the text says what was expected."""


@dataclass(frozen=True)
class Photo:
    person: str
    number: int
    file: Path


@dataclass(frozen=True)
class Split:
    """People with two photographs or more, in three parts that share nobody. ``cohort``: the strangers that scores
    are normalised against, one photograph each. ``limit``: the limits are set on them. ``test``: the error rates are
    counted on them. A cohort that held the impostors themselves would make the limits look better than they are."""

    cohort: dict[str, Sequence[Photo]]
    limit: dict[str, Sequence[Photo]]
    test: dict[str, Sequence[Photo]]

    @property
    def photos(self) -> list[Photo]:
        """Those of all parts in turn, so that a run that was broken off knows people of each."""
        rows = [list(part.values()) for part in (self.cohort, self.limit)]
        others = [own for pair in zip_longest(*rows, fillvalue=()) for own in pair]
        turns = zip_longest(self.test.values(), others, fillvalue=())
        return [photo for turn in turns for own in turn for photo in own]


def split_of(folder: Path, most: int | None = None) -> Split:
    """The parts, the same on every machine: half of the people for the test, a quarter each for the others.
    ``most``: only the first so many people of each half. Raises ``DataMissing``."""
    root = folder / "images" if (folder / "images").is_dir() else folder
    people = {place.name: _photos(place) for place in sorted(_folders(root))}
    several = sorted(name for name, own in people.items() if len(own) > 1)
    if len(several) < 24:
        raise DataMissing(
            f"{root} holds {len(several)} people with two photographs or more (NAME/NAME_0001.jpg); 24 are needed"
        )
    np.random.default_rng(SPLIT_SEED).shuffle(several)
    half = len(several) // 2
    others, test = several[:half][:most], several[half:][:most]
    return Split(
        {name: people[name][:1] for name in others[::2]},
        {name: people[name][:PHOTOS_A_PERSON] for name in others[1::2]},
        {name: people[name][:PHOTOS_A_PERSON] for name in test},
    )


def _folders(root: Path) -> list[Path]:
    try:
        return [place for place in root.iterdir() if place.is_dir()]
    except OSError as error:
        raise DataMissing(f"{root} cannot be read: {error.strerror}") from error


def _photos(place: Path) -> list[Photo]:
    found = [(match, file) for file in place.iterdir() if (match := _NUMBERED.search(file.name))]
    return sorted((Photo(place.name, int(m[1]), file) for m, file in found), key=lambda photo: photo.number)
