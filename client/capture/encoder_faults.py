"""An encoder that fails: how long to leave it alone, and when to take another one."""

from __future__ import annotations

from collections import deque

_WITHIN_NS = 60_000_000_000
_TOO_OFTEN = 3
_FIRST_WAIT_NS, _LONGEST_WAIT_NS = 500_000_000, 30_000_000_000


class EncoderFaults:
    """Of one stream. The first failures cost one picture each; an encoder that fails and fails is tried less and
    less often, so that its trying does not take the processor."""

    def __init__(self) -> None:
        self._times: deque[int] = deque(maxlen=_TOO_OFTEN)
        self._wait_ns = 0
        self._again_ns = 0

    def waiting(self, t_ns: int) -> bool:
        """Not yet to be tried again."""
        return t_ns < self._again_ns

    def note(self, t_ns: int) -> bool:
        """It failed at ``t_ns``. True: the third time within a minute, take another one."""
        if self._times and t_ns - self._times[-1] > _WITHIN_NS:
            self._times.clear()
            self._wait_ns = 0
        self._times.append(t_ns)
        if len(self._times) < _TOO_OFTEN:
            return False
        self._again_ns = t_ns + self._wait_ns
        self._wait_ns = min(_LONGEST_WAIT_NS, 2 * self._wait_ns or _FIRST_WAIT_NS)
        return True
