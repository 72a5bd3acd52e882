"""What moves the engine: one inbox, one thread that does what lies in it, one for calls that block."""

from __future__ import annotations

import heapq
import itertools
import queue
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from client.clock import Clock
from client.errors import SenimError

T = TypeVar("T")
Job = Callable[[], None]


class Inbox:
    """Jobs for the engine's thread, in order; some of them later. Put from any thread."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self._later: list[tuple[int, int, Job]] = []
        self._count = itertools.count()

    def put(self, job: Job) -> None:
        self._jobs.put(job)

    def later(self, seconds: float, job: Job) -> None:
        """Only from the engine's own thread."""
        heapq.heappush(self._later, (self._clock.now_ms() + round(seconds * 1000), next(self._count), job))

    def next(self, longest: float) -> Job | None:
        """The next job that is due, None after ``longest`` seconds without one."""
        now = self._clock.now_ms()
        if self._later and self._later[0][0] <= now:
            return heapq.heappop(self._later)[2]
        wait = min(longest, (self._later[0][0] - now) / 1000) if self._later else longest
        try:
            return self._jobs.get(timeout=max(0.0, wait))
        except queue.Empty:
            return None


class Calls:
    """A thread for calls that may take seconds (network, devices), one after the other.

    Results come back as jobs in the inbox, so that only the engine's thread touches the engine.
    """

    def __init__(self, inbox: Inbox, name: str) -> None:
        self._inbox = inbox
        self._waiting: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def ask(self, call: Callable[[], T], done: Callable[[T], None], failed: Callable[[SenimError], None]) -> None:
        """Run ``call`` in the thread; then ``done`` or ``failed`` in the engine's.

        Any other exception is a defect: it reaches ``failed`` as an internal error, with its cause.
        """
        self._waiting.put(_Call(call, done, failed, self._inbox).run)

    def close(self) -> None:
        self._waiting.put(None)

    def _run(self) -> None:
        while (job := self._waiting.get()) is not None:
            job()


class _Call(Generic[T]):
    def __init__(
        self, call: Callable[[], T], done: Callable[[T], None], failed: Callable[[SenimError], None], inbox: Inbox
    ) -> None:
        self._call, self._done, self._failed, self._inbox = call, done, failed, inbox

    def run(self) -> None:
        try:
            result = self._call()
        except SenimError as error:
            self._inbox.put(_bind(self._failed, error))
        except Exception as error:  # noqa: BLE001 -- the engine must go on; the log and the person hear of it
            wrapped = SenimError(repr(error))
            wrapped.__cause__ = error
            self._inbox.put(_bind(self._failed, wrapped))
        else:
            self._inbox.put(_bind(self._done, result))


def _bind(function: Callable[[T], None], value: T) -> Job:
    return lambda: function(value)
