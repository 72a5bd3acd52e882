"""Every place that writes, once each with every error: the frame of ``spool_on_disk.py`` and ``store_on_disk.py``.

Runs in a process of its own, started with the faulty disk preloaded. A round is first run without a fault to learn the
places; then once for each place and error, at an occurrence the seed chooses. Prints one JSON object.
"""

from __future__ import annotations

import errno
import json
import random
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from simulation.faulty_disk import FaultyDisk

SEED = 20260131
FULL_CALLS = 6
ERRORS = {"full": errno.ENOSPC, "broken": errno.EIO}

# round(folder, arm, calm): between ``arm`` and ``calm`` calls fail; what is lost after that is returned as words.
Round = Callable[[Path, Callable[[], None], Callable[[], None]], list[str]]


@dataclass
class Planned:
    name: str
    place: str
    skip: int
    error: int
    met: bool = False


class Disk:
    """One round's disk: armed for a while, then whole again."""

    def __init__(self, folder: Path, faults: Sequence[Planned] = ()) -> None:
        folder.mkdir()
        self._disk, self._faults = FaultyDisk(), faults
        self._disk.watch(folder)
        self.places: list[str] = []

    def arm(self) -> None:
        self._disk.clear()
        # A disk that runs full takes half of what is written first, and then nothing for a while.
        self._numbers = [
            self._disk.plan(f.place, f.skip, f.error, FULL_CALLS if f.error == errno.ENOSPC else 1)
            for f in self._faults
        ]

    def calm(self) -> None:
        self.places = self._disk.places()
        for fault, number in zip(self._faults, self._numbers, strict=True):
            fault.met = self._disk.met(number)
        self._disk.clear()


def run(round_: Round, at_once: int = 1) -> None:
    """``at_once``: faults to one round. Those that the others of their round kept from happening get one alone."""
    root = Path(sys.argv[1])
    clean = Disk(root / "clean")
    wrong = [f"without a fault: {word}" for word in round_(root / "clean", clean.arm, clean.calm)]
    planned = _plan(clean.places)
    groups = [planned[start : start + at_once] for start in range(0, len(planned), at_once)]
    for faults in groups:
        wrong += _try(root, round_, faults)
    if at_once > 1:
        for fault in [fault for fault in planned if not fault.met]:
            wrong += _try(root, round_, [fault])
    result = {"planned": [f.name for f in planned], "met": [f.name for f in planned if f.met], "wrong": wrong}
    sys.stdout.write(json.dumps(result) + "\n")


def _plan(places: list[str]) -> list[Planned]:
    draw, planned = random.Random(SEED), []
    for place in sorted(set(places)):
        for word, number in ERRORS.items():
            planned.append(Planned(f"{word}: {place}", place, draw.randrange(places.count(place)), number))
    draw.shuffle(planned)
    return planned


def _try(root: Path, round_: Round, faults: Sequence[Planned]) -> list[str]:
    folder = root / f"{len(list(root.iterdir()))}"
    disk = Disk(folder, faults)
    try:
        lost = round_(folder, disk.arm, disk.calm)
    except Exception:  # noqa: BLE001 -- told with its place; the other places are tried all the same
        lost = [traceback.format_exc()]
    return [f"{[fault.name for fault in faults]}: {entry}" for entry in lost]
