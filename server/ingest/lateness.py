"""How late this process gets round to what is due: the measure of a starved processor.

Every half second something with nothing in it is due, on the event loop and then in a worker thread, as each request
is. How late it was done shows whatever keeps requests waiting: a busy machine, another process, a full pool of
threads, a slow disk. It needs nothing of the system, so it is the same everywhere.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from server.clock import monotonic
from server.ingest.threads import run_sync

BEAT_SECONDS = 0.5
FULL_SECONDS = 1.0  # so late on the average is as bad as can be told
NEWEST = 0.3  # weight of the newest beat: one hiccup says little, three seconds of them say all


class Lateness:
    """Call it on one event loop; ``share`` may be asked from any thread."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._average = 0.0
        self._due: float | None = None  # of the beat that is not done yet

    def share(self) -> float:
        """0.0: nothing waits. 1.0: what is due is done ``FULL_SECONDS`` late, or later."""
        average, due = self._average, self._due
        if due is not None:
            average = max(average, _joined(average, self._now() - due))
        return max(0.0, min(1.0, average / FULL_SECONDS))

    async def watch(self) -> None:
        """Beats until it is cancelled."""
        while True:
            self.begin(self._now() + BEAT_SECONDS)
            await asyncio.sleep(BEAT_SECONDS)
            await run_sync(_nothing)
            self.done()

    def begin(self, due: float) -> None:
        """Something is due at ``due``."""
        self._due = due

    def done(self) -> None:
        """It was done now."""
        if self._due is not None:
            self._average = _joined(self._average, max(0.0, self._now() - self._due))
            self._due = None


def _joined(average: float, late: float) -> float:
    return (1 - NEWEST) * average + NEWEST * late


def _nothing() -> None:
    """What the worker thread is asked to do."""
