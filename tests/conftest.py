"""What every test owes the machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from client.capture.priority import realtime_threads


@pytest.fixture(autouse=True)
def no_thread_stays_realtime() -> Iterator[None]:
    """A thread left with real-time priority hands it to every program of the tests after it and starves the
    machine: the test that leaves one fails, not one of those that come later."""
    before = realtime_threads()
    yield
    left = realtime_threads() - before
    assert not left, f"threads left with real-time priority: {left}"
