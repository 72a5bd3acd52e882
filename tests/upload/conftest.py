from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

# The spool's pieces and the real institution are those of the client's tests.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "client"))

from client_hall import Institution
from spool_delivery import Delivery


@pytest.fixture
def wait_until() -> Callable[[Callable[[], bool]], None]:
    def wait(true: Callable[[], bool]) -> None:
        until = time.monotonic() + 15
        while not true():
            assert time.monotonic() < until, "it did not happen in time"
            time.sleep(0.02)

    return wait


@pytest.fixture(scope="session")
def real_institution(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Institution]:
    made = Institution(tmp_path_factory.mktemp("institution"), students=12)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def delivery(tmp_path: Path) -> Iterator[Delivery]:
    made = Delivery(tmp_path)
    yield made
    made.room.close()
    made.transport.assert_all_used()
