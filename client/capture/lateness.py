"""How late a stream's thread is: which share of its slots was lost in the last ten seconds."""

from __future__ import annotations

from collections import deque

from client.capture.ladder import Felt

_WINDOW_MS = 10_000
_PRESSING, _CALM = 0.25, 0.05
_AT_ONCE = 100  # more than these were not lost to an encoder: the computer slept, or the disk hung
_ENOUGH = 20
"""Slots one must have seen to call a stream late."""


class Lateness:
    """Counts slots of one stream. A slot is lost if the thread was still busy with an earlier picture."""

    def __init__(self) -> None:
        self._seen: deque[tuple[int, int, int]] = deque()
        self._kept = self._lost = 0

    def count(self, now_ms: int, kept: int, lost: int) -> None:
        """So many slots were kept and lost since the last call."""
        lost = lost if lost <= _AT_ONCE else 0
        self._seen.append((now_ms, kept, lost))
        self._kept += kept
        self._lost += lost
        self._forget(now_ms)

    def forget(self) -> None:
        """What was seen so far says nothing about what comes now."""
        self._seen.clear()
        self._kept = self._lost = 0

    def felt(self, now_ms: int) -> Felt:
        """A stream that has nothing to do is calm."""
        self._forget(now_ms)
        total = self._kept + self._lost
        share = self._lost / total if total else 0.0
        if share <= _CALM:
            return Felt.CALM
        return Felt.PRESSING if total >= _ENOUGH and share > _PRESSING else Felt.BETWEEN

    def _forget(self, now_ms: int) -> None:
        while self._seen and now_ms - self._seen[0][0] > _WINDOW_MS:
            _, kept, lost = self._seen.popleft()
            self._kept -= kept
            self._lost -= lost
