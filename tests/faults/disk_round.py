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
from collections.abc import Callable
from pathlib import Path

from simulation.faulty_disk import FaultyDisk

SEED = 20260131
FULL_CALLS = 6
ERRORS = {"full": errno.ENOSPC, "broken": errno.EIO}

# round(folder, arm, calm): between ``arm`` and ``calm`` calls fail; what is lost after that is returned as words.
Round = Callable[[Path, Callable[[], None], Callable[[], None]], list[str]]


class Disk:
    """One round's disk: armed for a while, then whole again."""

    def __init__(self, folder: Path, nth: int = 0, error: int = 0) -> None:
        folder.mkdir()
        self._disk, self._nth, self._error = FaultyDisk(), nth, error
        self._disk.watch(folder)
        self.places: list[str] = []
        self.met = False

    def arm(self) -> None:
        # A disk that runs full takes half of what is written first, and then nothing for a while.
        self._disk.arm(self._nth, self._error, times=FULL_CALLS if self._error == errno.ENOSPC else 1)

    def calm(self) -> None:
        self.places, self.met = self._disk.places(), self._disk.met > 0
        self._disk.arm(0, 0)


def run(round_: Round) -> None:
    root, draw = Path(sys.argv[1]), random.Random(SEED)
    clean = Disk(root / "clean")
    wrong = [f"without a fault: {word}" for word in round_(root / "clean", clean.arm, clean.calm)]
    planned, met = [], []
    for place in sorted(set(clean.places)):
        nth = draw.choice([n + 1 for n, name in enumerate(clean.places) if name == place])
        for word, number in ERRORS.items():
            planned.append(f"{word}: {place}")
            folder = root / f"{len(planned)}"
            disk = Disk(folder, nth, number)
            try:
                lost = round_(folder, disk.arm, disk.calm)
            except Exception:  # noqa: BLE001 -- told with its place; the other places are tried all the same
                lost = [traceback.format_exc()]
            wrong += [f"{planned[-1]} (call {nth}): {entry}" for entry in lost]
            if disk.met:
                met.append(planned[-1])
    sys.stdout.write(json.dumps({"planned": planned, "met": met, "wrong": wrong}) + "\n")
