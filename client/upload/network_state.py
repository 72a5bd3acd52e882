"""What a person is told of the network: online, slow, offline. Two threads see it: who calls, and who looks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from client.clock import Clock

# As long as a segment lasts: whoever waits longer for an answer is not online in the sense a person means.
SILENT_MS = 4000


class NetworkState:
    """``tell`` gets the new word when it changes."""

    def __init__(self, clock: Clock, tell: Callable[[str], None]) -> None:
        self._clock, self._told_to, self._state = clock, tell, ""
        self._calling_ms: int | None = None  # since when the call under way has had no answer
        self._lock = threading.Lock()

    @contextmanager
    def calling(self) -> Iterator[None]:
        """While a call may be under way."""
        with self._lock:
            self._calling_ms = self._clock.now_ms()
        try:
            yield
        finally:
            with self._lock:
                self._calling_ms = None

    def is_now(self, state: str) -> None:
        """There was an answer, or none will come."""
        with self._lock:
            self._calling_ms = None
            self._tell(state)

    def look(self) -> None:
        """Tell of a call that gets no answer before it has failed. From any thread, as often as the person looks."""
        with self._lock:
            since = self._calling_ms
            if since is not None and self._state != "offline" and self._clock.now_ms() - since > SILENT_MS:
                self._tell("slow")

    def _tell(self, state: str) -> None:
        if state != self._state:
            self._state = state
            self._told_to(state)
