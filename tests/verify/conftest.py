"""One analyser and one describer for all tests of the room: loading takes longer than judging."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from faces.describe import Describer
from faces.detect import FaceAnalyser


@pytest.fixture(scope="session")
def analyser() -> Iterator[FaceAnalyser]:
    with FaceAnalyser() as one:
        yield one


@pytest.fixture(scope="session")
def describer() -> Describer:
    return Describer()
