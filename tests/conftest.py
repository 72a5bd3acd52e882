"""What every test owes the machine, and the face models, whose loading takes longer than judging."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from client.capture.priority import realtime_threads

if TYPE_CHECKING:
    from faces.describe import Describer
    from faces.detect import FaceAnalyser


@pytest.fixture(autouse=True)
def no_thread_stays_realtime() -> Iterator[None]:
    """A thread left with real-time priority hands it to every program of the tests after it and starves the
    machine: the test that leaves one fails, not one of those that come later."""
    before = realtime_threads()
    yield
    left = realtime_threads() - before
    assert not left, f"threads left with real-time priority: {left}"


@pytest.fixture(scope="session")
def analyser() -> Iterator[FaceAnalyser]:
    """One for all tests."""
    from faces.detect import FaceAnalyser

    with FaceAnalyser() as one:
        yield one


@pytest.fixture(scope="session")
def describer() -> Describer:
    """One for all tests."""
    from faces.describe import Describer

    return Describer()
