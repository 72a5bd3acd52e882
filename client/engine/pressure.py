"""What disk and line are like, as the recording's ladder wants to know it: once a second, from the spool."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from client.capture.ladder import Felt

EVERY_MS = 1000
# A minute tells a slow line from a stretch of bad luck.
WINDOW_MS = 60_000
# The oldest piece not yet sent is so old: behind, and well again.
BEHIND_MS, WELL_MS = 60_000, 20_000


@dataclass(frozen=True)
class Spooled:
    """``disk``: the writer's last word (disk_ok, disk_low, disk_full). ``waiting``, ``sent``: bytes not sent yet, and
    sent so far. ``oldest_ms``: session time at which the oldest piece not yet sent ended, None if there is none."""

    disk: str
    online: bool
    waiting: int
    sent: int
    oldest_ms: int | None


class Pressure:
    """Of one sitting."""

    def __init__(self) -> None:
        self._seen: deque[tuple[int, int, int]] = deque()

    def look(self, now_ms: int, spooled: Spooled) -> tuple[Felt, Felt]:
        """(disk, line).

        A line is slow if it is up, brings pieces home, and yet more and more are waiting. One that is down, or a
        server that takes nothing, is not helped by lower quality: then everything stays as it is.
        """
        disk = Felt.CALM if spooled.disk == "disk_ok" else Felt.PRESSING
        if not spooled.online:
            self._seen.clear()
            return disk, Felt.BETWEEN
        behind_ms = 0 if spooled.oldest_ms is None else now_ms - spooled.oldest_ms
        self._seen.append((now_ms, spooled.waiting, spooled.sent))
        while now_ms - self._seen[0][0] > WINDOW_MS:
            self._seen.popleft()
        if behind_ms < WELL_MS:
            return disk, Felt.CALM
        since_ms, waiting, sent = self._seen[0]
        whole = now_ms - since_ms >= WINDOW_MS - 2 * EVERY_MS
        slow = whole and behind_ms > BEHIND_MS and spooled.sent > sent and spooled.waiting > waiting
        return disk, Felt.PRESSING if slow else Felt.BETWEEN
