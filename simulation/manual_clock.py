"""A session's clock that is moved by hand."""

from __future__ import annotations

from client.clock import iso


class ManualClock:
    """Keeps ``client.clock.Clock``; stands still until ``advance`` or ``sleep`` moves it."""

    def __init__(self, unix_ms: int = 1_700_000_000_000) -> None:
        self._ns = self._asleep_ns = 0
        self._unix_ms = unix_ms
        self._set_ms = 0
        self.proven = False

    def advance(self, seconds: float) -> None:
        self._ns += round(seconds * 1e9)

    def sleep(self, seconds: float) -> None:
        """The computer sleeps for so long."""
        self.advance(seconds)
        self._asleep_ns += round(seconds * 1e9)

    def set_wall(self, seconds: float) -> None:
        """Somebody sets the computer's clock forward, or back if negative."""
        self._set_ms += round(seconds * 1000)

    def now_ns(self) -> int:
        return self._ns

    def now_ms(self) -> int:
        return self._ns // 1_000_000

    def asleep_ns(self) -> int:
        return self._asleep_ns

    def wall_iso(self) -> str:
        return iso(self.wall_ms())

    def wall_ms(self) -> int:
        return self._unix_ms + self._set_ms + self.now_ms()

    def learn_server_time(self, server_unix_ms: int, asked_ms: int, answered_ms: int) -> None:
        self._unix_ms = server_unix_ms - (asked_ms + answered_ms) // 2
        self.proven = True

    def server_ms(self, at_ms: int | None = None) -> int:
        return self._unix_ms + (self.now_ms() if at_ms is None else at_ms)
