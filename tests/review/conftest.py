"""The hall, a visitor without scripts, and Debian's Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from review_hall import Hall
from review_site import READER, Visitor, open_all, visit

if TYPE_CHECKING:
    from selenium import webdriver


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


@pytest.fixture
def opened(hall: Hall, visitor: Visitor) -> Visitor:
    """Signed in, with one session recorded and opened."""
    hall.record()
    open_all(visitor.site)
    assert visitor.sign_in().status_code == 303
    return visitor


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    """One for all tests of a module."""
    from review_browser import chromium

    with chromium() as driver:
        yield driver
