"""Keeps a library from raising the priority of our threads."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def ordinary_priority() -> Iterator[None]:
    """Threads that become real-time inside the ``with`` are ordinary again after it.

    SVT, where it may (as root, so in most containers), gives its own threads and the one that opens it the
    highest real-time priority. Every program started from there inherits it, and one of them that is busy
    leaves the sound server, the window and the rest of the machine without a processor.
    """
    before = realtime_threads()
    try:
        yield
    finally:
        if sys.platform == "linux":
            for thread in realtime_threads() - before:
                with suppress(OSError):  # ended meanwhile
                    os.sched_setscheduler(thread, os.SCHED_OTHER, os.sched_param(0))


def realtime_threads() -> set[int]:
    """Ids of this process's threads with real-time priority; always empty elsewhere than on Linux."""
    found: set[int] = set()
    if sys.platform == "linux":
        for entry in Path("/proc/self/task").iterdir():
            with suppress(OSError):
                if os.sched_getscheduler(int(entry.name)) in (os.SCHED_FIFO, os.SCHED_RR):
                    found.add(int(entry.name))
    return found
