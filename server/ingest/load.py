"""How busy this process is, 0 to 10: clients pace themselves by it. From 10 on, uploads are put off.

A starved processor alone makes at most 9: it still takes in what comes, only later, and refusing would cost it nearly
as much.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server.clock import monotonic
from server.database import JOBS_PER_COMMIT, Database
from server.ingest.lateness import Lateness

MOST_UPLOADS = 200  # bodies of up to 2 MiB held at once: 400 MiB
FREE_BYTES_WANTED = 2 * 1024**3  # less than this left on the disk counts as load
MOST_OF_LATENESS = 0.9
_DISK_EVERY_SECONDS = 10.0


class Load:
    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder
        self.lateness = Lateness()
        self._uploads = 0
        self._disk_looked = float("-inf")
        self._free_bytes = FREE_BYTES_WANTED

    @contextmanager
    def upload(self) -> Iterator[None]:
        """Counts one upload while its body is taken in. Called on the event loop only."""
        self._uploads += 1
        try:
            yield
        finally:
            self._uploads -= 1

    def level(self) -> int:
        now = monotonic()
        if now - self._disk_looked > _DISK_EVERY_SECONDS:
            self._disk_looked = now
            self._free_bytes = shutil.disk_usage(self._folder).free
        shares = (
            self._uploads / MOST_UPLOADS,
            self._database.waiting / (4 * JOBS_PER_COMMIT),
            1 - self._free_bytes / FREE_BYTES_WANTED,
            min(MOST_OF_LATENESS, self.lateness.share()),
        )
        return max(0, min(10, int(10 * max(shares))))
