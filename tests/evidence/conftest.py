"""Small sessions to damage: made once, copied for every test that changes one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from evidence.bundle import SessionFolder
from evidence.vectors.maker import Maker, make_session


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Maker:
    """The vectors' tiny good session; never write into its folder."""
    return make_session(tmp_path_factory.mktemp("pristine") / "session")


@pytest.fixture
def copy(pristine: Maker, tmp_path: Path) -> Callable[[], SessionFolder]:
    """Fresh copies of the good session."""
    count = iter(range(1000))

    def make() -> SessionFolder:
        return SessionFolder(shutil.copytree(pristine.folder.path, tmp_path / f"copy-{next(count)}"))

    return make
