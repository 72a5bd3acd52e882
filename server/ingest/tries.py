"""Slows down guessing: failed sign-ins are counted, good ones cost nothing.

The narrow limit counts one login from one address, so that nobody can lock another out from elsewhere. The wide
one counts a login from anywhere and an address for any login: a whole computer room may sit behind one address.
"""

from __future__ import annotations

import limits
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

WIDE_FACTOR = 10


class FailedTries:
    def __init__(self, tries: int, minutes: int) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._minutes = minutes
        self._narrow = limits.RateLimitItemPerMinute(tries, minutes)
        self._wide = limits.RateLimitItemPerMinute(tries * WIDE_FACTOR, minutes)

    def blocked(self, login: str, address: str) -> bool:
        return not all(self._limiter.test(limit, *key) for limit, key in self._counters(login, address))

    def failed(self, login: str, address: str) -> None:
        for limit, key in self._counters(login, address):
            self._limiter.hit(limit, *key)

    def _counters(self, login: str, address: str) -> list[tuple[limits.RateLimitItem, tuple[str, str]]]:
        return [
            (self._narrow, (login, address)),
            (self._wide, ("login", login)),
            (self._wide, ("address", address)),
        ]

    @property
    def wait_seconds(self) -> int:
        return self._minutes * 60


class Pace:
    """So many deeds of one kind within so many minutes, for each who does them."""

    def __init__(self, times: int, minutes: int) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._limit = limits.RateLimitItemPerMinute(times, minutes)
        self.wait_seconds = minutes * 60

    def allows(self, who: str) -> bool:
        """Counts the deed if it is allowed."""
        return self._limiter.hit(self._limit, who)
