from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from client_hall import Institution, Wire
from fake_capture import FakeCapture
from fake_window import ProcessWindow, Window, fake_workshop, recorders


@pytest.fixture(scope="session")
def institution(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Institution]:
    made = Institution(tmp_path_factory.mktemp("institution"))
    made.start()
    yield made
    made.stop()


@pytest.fixture
def wire(institution: Institution) -> Iterator[Wire]:
    made = Wire(institution.port)
    yield made
    made.close()


@pytest.fixture
def captures() -> list[FakeCapture]:
    return []


@pytest.fixture
def open_window(
    institution: Institution, captures: list[FakeCapture], tmp_path: Path
) -> Iterator[Callable[..., Window]]:
    """``open_window(data="a", server=address)``; every engine must have ended when the test ends."""
    made: list[Window] = []

    def make(data: str = "client", server: str = "", **other: Any) -> Window:
        address = server or institution.address
        made.append(Window(fake_workshop(tmp_path / data, address, institution.verifying_key, captures, **other)))
        return made[-1]

    yield make
    for window in made:
        window.close()


@pytest.fixture
def window(open_window: Callable[..., Window]) -> Window:
    return open_window()


@pytest.fixture
def start(institution: Institution, tmp_path: Path) -> Iterator[Callable[..., ProcessWindow]]:
    with recorders(tmp_path, institution) as made:
        yield made
