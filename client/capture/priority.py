"""Keeps a library from raising the priority of our threads, and gives its threads names."""

from __future__ import annotations

import os
import sys
import threading
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


@contextmanager
def inherited_name(name: str) -> Iterator[None]:
    """Threads that a library starts inside the ``with`` are shown under ``name`` (its first 15 letters) by the
    system's own tools. Linux only; elsewhere nothing happens."""
    before = _shown_name()
    _show_name(name)
    try:
        yield
    finally:
        if before is not None:
            _show_name(before)


def _show_name(name: str) -> None:
    if sys.platform == "linux":
        with suppress(OSError):
            _name_file().write_text(name[:15])


def _shown_name() -> str | None:
    if sys.platform == "linux":
        with suppress(OSError):
            return _name_file().read_text().strip()
    return None


def _name_file() -> Path:
    return Path(f"/proc/self/task/{threading.get_native_id()}/comm")


def realtime_threads() -> set[int]:
    """Ids of this process's threads with real-time priority; always empty elsewhere than on Linux."""
    found: set[int] = set()
    if sys.platform == "linux":
        for entry in Path("/proc/self/task").iterdir():
            with suppress(OSError):
                if os.sched_getscheduler(int(entry.name)) in (os.SCHED_FIFO, os.SCHED_RR):
                    found.add(int(entry.name))
    return found
