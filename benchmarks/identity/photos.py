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
    """People with two photographs or more, in two halves that share nobody. ``test``: the error rates are counted on
    them. ``others``: limits are set on them, and the first photograph of each is the cohort that scores are
    normalised against. Where two of the others are compared, both are left out of it: a cohort that held the
    impostor would make the limits look better than they are."""

    others: dict[str, Sequence[Photo]]
    test: dict[str, Sequence[Photo]]

    @property
    def photos(self) -> list[Photo]:
        """Those of both halves in turn, so that a run that was broken off knows people of each."""
        turns = zip_longest(self.test.values(), self.others.values(), fillvalue=())
        return [photo for turn in turns for own in turn for photo in own]


def split_of(folder: Path, most: int | None = None) -> Split:
    """The halves, the same on every machine. ``most``: only the first so many people of each. Raises
    ``DataMissing``."""
    root = folder / "images" if (folder / "images").is_dir() else folder
    people = {place.name: _photos(place) for place in sorted(_folders(root))}
    several = sorted(name for name, own in people.items() if len(own) > 1)
    if len(several) < 24:
        raise DataMissing(
            f"{root} holds {len(several)} people with two photographs or more (NAME/NAME_0001.jpg); 24 are needed"
        )
    np.random.default_rng(SPLIT_SEED).shuffle(several)
    half = len(several) // 2

    def chosen(names: list[str]) -> dict[str, Sequence[Photo]]:
        return {name: people[name][:PHOTOS_A_PERSON] for name in names[:most]}

    return Split(chosen(several[:half]), chosen(several[half:]))


def _folders(root: Path) -> list[Path]:
    try:
        return [place for place in root.iterdir() if place.is_dir()]
    except OSError as error:
        raise DataMissing(f"{root} cannot be read: {error.strerror}") from error


def _photos(place: Path) -> list[Photo]:
    found = [(match, file) for file in place.iterdir() if (match := _NUMBERED.search(file.name))]
    return sorted((Photo(place.name, int(m[1]), file) for m, file in found), key=lambda photo: photo.number)
