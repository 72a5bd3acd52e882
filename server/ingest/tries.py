"""Slows down guessing: failed sign-ins are counted per login and per address; good ones cost nothing."""

from __future__ import annotations

import limits
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

# A whole computer room may sit behind one address, each student mistyping once or twice.
TRIES_PER_ADDRESS_FACTOR = 10


class FailedTries:
    def __init__(self, tries: int, minutes: int) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._minutes = minutes
        self._per_login = limits.RateLimitItemPerMinute(tries, minutes)
        self._per_address = limits.RateLimitItemPerMinute(tries * TRIES_PER_ADDRESS_FACTOR, minutes)

    def blocked(self, login: str, address: str) -> bool:
        return not (
            self._limiter.test(self._per_login, "login", login)
            and self._limiter.test(self._per_address, "address", address)
        )

    def failed(self, login: str, address: str) -> None:
        self._limiter.hit(self._per_login, "login", login)
        self._limiter.hit(self._per_address, "address", address)

    @property
    def wait_seconds(self) -> int:
        return self._minutes * 60
