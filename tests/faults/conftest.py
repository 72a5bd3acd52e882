from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

# Institution, spool and fake capture are those of the client's tests, the small client is the server's.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "client"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "server"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "review"))

from client_hall import Institution
from exam_hall import PASSWORD, Server
from one_student import make
from sitting import Sitting

from server.admin import institution_keys
from server.settings import DataFolder
from simulation.faulty_disk import build
from simulation.faulty_wire import FaultyWire


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The faulty disk, to be preloaded."""
    return build(tmp_path_factory.mktemp("disk"))


@pytest.fixture(scope="session")
def institution(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Institution]:
    made = Institution(tmp_path_factory.mktemp("institution"), students=40)
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="session")
def made_institution(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("served") / "made" / "data")


@pytest.fixture(scope="module")
def own_institution(made_institution: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one student, the module's own, to be served in this process by the hand-moved clock."""
    return Path(shutil.copytree(made_institution, tmp_path_factory.mktemp("own") / "data"))


@pytest.fixture(scope="module")
def sitting(running: Server, tmp_path_factory: pytest.TempPathFactory) -> Sitting:
    """A session in the middle of its exam at the module's own server, so that requests get past the doors."""
    made = Sitting.sign_in(running.client, "aigerim", PASSWORD, tmp_path_factory.mktemp("aigerim"))
    made.ready_for_paper(institution_keys.verifying_key(DataFolder(running.root)))
    made.put_all()
    made.paper()
    return made


@pytest.fixture
def wire(institution: Institution) -> Iterator[FaultyWire]:
    """A line to the institution; a fault planned on it that nobody met fails the test."""
    made = FaultyWire(institution.port, seed=20260131)
    yield made
    unmet = made.unmet()
    made.close()
    assert unmet == [], "planned, and nobody met them"


@pytest.fixture
def planned() -> Callable[[list[str], list[str]], None]:
    """``planned(wanted, met)``: every planned fault was met."""

    def check(wanted: list[str], met: list[str]) -> None:
        assert sorted(wanted) == sorted(met)

    return check
