"""How fast a recording really goes: bytes that arrived in the last moments, rests and failures included."""

from __future__ import annotations

from collections import deque

# Long enough for a few segments on a thin line, short enough to follow one that changes.
WINDOW_MS = 20_000


class Rate:
    """Times are session ms. Nothing is said of a line over which nothing went for a whole window."""

    def __init__(self) -> None:
        self._sent: deque[tuple[int, int, int]] = deque()  # begun, arrived, bytes

    def sent(self, begun_ms: int, arrived_ms: int, count: int) -> None:
        self._sent.append((begun_ms, arrived_ms, count))
        self._forget(arrived_ms)

    def bytes_per_second(self, now_ms: int) -> float:
        """0.0 while unknown."""
        self._forget(now_ms)
        if not self._sent:
            return 0.0
        began = max(self._sent[0][0], now_ms - WINDOW_MS)
        return sum(count for _, _, count in self._sent) * 1000 / max(1, now_ms - began)

    def _forget(self, now_ms: int) -> None:
        while self._sent and now_ms - self._sent[0][1] > WINDOW_MS:
            self._sent.popleft()
