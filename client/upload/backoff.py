"""How long to wait before asking again."""

from __future__ import annotations

import random
from collections.abc import Callable

# The first wait is short, because most outages are a hiccup; the longest keeps a hall of
# students from being more than half a minute late when the server is back.
FIRST_SECONDS = 0.5
LONGEST_SECONDS = 30.0
# An exam's server that asks for more than this is treated as if it had said this.
LONGEST_RETRY_AFTER = 120.0


class Backoff:
    """Exponential waits with full jitter, so that clients do not come back in step."""

    def __init__(
        self,
        first: float = FIRST_SECONDS,
        longest: float = LONGEST_SECONDS,
        uniform: Callable[[float, float], float] = random.uniform,
    ) -> None:
        self._first, self._longest, self._uniform = first, longest, uniform
        self.failures = 0

    def succeeded(self) -> None:
        self.failures = 0

    def failed(self, retry_after: float | None = None) -> float:
        """Seconds to wait now. The server's ``Retry-After`` is a lower bound, spread by up to a quarter."""
        self.failures += 1
        ceiling = min(self._longest, self._first * 2.0 ** min(self.failures - 1, 16))
        wait = self._uniform(ceiling / 2, ceiling)
        if retry_after is None:
            return wait
        asked = min(max(retry_after, 0.0), LONGEST_RETRY_AFTER)
        return asked + self._uniform(0.0, max(asked / 4, self._first))


def pause_after(load: int, sent_seconds: float) -> float:
    """Seconds to rest after one segment, by the server's load (0-10) and how long sending it took.

    Up to half load nobody waits; above it the client leaves the line to others, at most five seconds.
    """
    if load <= 5:
        return 0.0
    return min(5.0, (load - 5) * max(sent_seconds, 0.2))
