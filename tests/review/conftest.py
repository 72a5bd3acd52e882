from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from review_hall import Hall
from review_site import READER, Visitor, visit


@pytest.fixture(scope="session", autouse=True)
def reader_ends() -> Iterator[None]:
    yield
    READER.close()


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    built = Hall.make(tmp_path / "data")
    yield built
    built.close()


@pytest.fixture
def visitor(hall: Hall) -> Iterator[Visitor]:
    """A browser without scripts at the site; its opening worker is run by hand."""
    with visit(hall) as found:
        yield found
