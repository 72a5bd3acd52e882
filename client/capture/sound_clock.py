"""When sound was heard, found out from when blocks of it arrived.

A block is never early: it arrives late by what driver, sound server and scheduler make of it. So the earliest
arrivals tell the truth, and lateness must not move the stamps. Some of it stays for good: what waited once in a
sound server's queue on a busy machine goes on waiting there (measured: 160 ms after 20 s), and the driver tells how
long. Samples that were really lost must move the stamps: after a silence, or when the driver says it threw samples
away, the clock looks again before it names a time.
"""

from __future__ import annotations

import math

_NS = 1_000_000_000
_SETTLE_NS = 300_000_000  # a lump that waited somewhere has arrived by then
_SILENCE_NS = 1_000_000_000  # after so long without a block nobody knows whether samples are missing
_LOST_NS = 60_000_000  # less than this is lateness, not loss
_LOST_AFTER_NS = 5_000_000_000  # ... unless not a single block comes in time for so long
_RISE = 0.001  # the slowest crystal, 1000 ppm: a late block moves the stamps no faster than that


class ArrivalClock:
    """Fed with every block in the order of arrival; ``heard_ns`` tells the session time of a sample."""

    def __init__(self, rate: int) -> None:
        """``rate``: samples a second, by the device's own clock."""
        self._rate = rate
        self._zero_ns: float | None = None  # session time of sample 0, as we believe
        self._arrived_ns = 0
        self._doubt_ns: int | None = None  # since when we look
        self._rise_ns = 0  # how much later sample 0 must be found for us to believe in a loss
        self._floor_ns = 0.0  # the earliest that sample 0 can have been, by the blocks since then
        self._told_floor_ns = 0.0  # the same, less what the driver says that blocks had to wait
        self._late_ns: int | None = None  # since when every block is too late
        self._least = 0.0

    @property
    def settled(self) -> bool:
        """False while blocks must be held back: their time is not known yet."""
        return self._doubt_ns is None and self._zero_ns is not None

    def heard_ns(self, sample: int) -> int:
        """Session time at which this sample (counted from the first one delivered) was heard."""
        assert self._zero_ns is not None
        return round(self._zero_ns + sample * _NS / self._rate)

    def arrived(self, now_ns: int, end: int, lost: bool = False, waited_ns: int = 0) -> None:
        """A block whose last sample is the one before ``end`` arrived.

        The driver's word: ``lost``, it threw samples away before it; ``waited_ns``, the block had to wait so long
        (0 if it does not tell). That is believed as a reason for lateness, never as a reason for an earlier time.
        """
        passed_ns, self._arrived_ns = now_ns - self._arrived_ns, now_ns
        zero_ns = now_ns - end * _NS / self._rate
        first = self._zero_ns is None and self._doubt_ns is None
        if first or lost or passed_ns > _SILENCE_NS:
            self._look(now_ns, lost)
        if self._doubt_ns is not None:
            self._floor_ns = min(self._floor_ns, zero_ns)
            self._told_floor_ns = min(self._told_floor_ns, zero_ns - waited_ns)
            if now_ns - self._doubt_ns >= _SETTLE_NS:
                self._settle()
            return
        assert self._zero_ns is not None
        late = zero_ns - self._zero_ns
        unexplained = max(0.0, late - waited_ns)
        self._zero_ns += late if late < 0 else min(unexplained, _RISE * passed_ns)
        self._watch_lateness(now_ns, unexplained)

    def _look(self, now_ns: int, lost: bool) -> None:
        """What was found in a look that is going on does not hold any more; but it must come to an end."""
        if self._doubt_ns is None:
            self._doubt_ns = now_ns
        self._floor_ns = self._told_floor_ns = math.inf
        self._rise_ns = 0 if lost else _LOST_NS

    def _settle(self) -> None:
        before, self._doubt_ns, self._late_ns = self._zero_ns, None, None
        if before is None or self._floor_ns < before:
            self._zero_ns = self._floor_ns
        elif self._told_floor_ns > before + self._rise_ns:
            self._zero_ns = self._told_floor_ns

    def _watch_lateness(self, now_ns: int, late: float) -> None:
        if late < _LOST_NS:
            self._late_ns = None
            return
        if self._late_ns is None:
            self._late_ns, self._least = now_ns, late
        self._least = min(self._least, late)
        if now_ns - self._late_ns > _LOST_AFTER_NS:
            assert self._zero_ns is not None
            self._zero_ns += self._least
            self._late_ns = None
