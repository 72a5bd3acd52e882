from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from exam_hall import PASSPHRASES, PASSWORD, SAMPLES, HandClock, Server, no_pictures, plan
from sitting import Sitting

from server.admin import exams, institution, institution_keys, people, seat_keys
from server.admin.console import Console, opened
from server.settings import DataFolder, Settings


@pytest.fixture(scope="session")
def made_institution(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once: keys take a moment. Tests work on copies."""
    root = tmp_path_factory.mktemp("institution") / "data"
    clock = HandClock()
    institution.init(Settings(folder=DataFolder(root), name="Test university"), PASSPHRASES, None, clock)
    with opened(root, clock, "tests") as console:
        students = root.parent / "students.csv"
        students.write_text(
            "login,name,number,language,password\n"
            f"aigerim,Әйгерім Қасымқызы,1001,kk,{PASSWORD}\n"
            f"ivan,Иван Петров,1002,ru,{PASSWORD}\n",
            encoding="utf-8",
        )
        people.import_students(console, students, no_pictures)
        people.add_user(console, "inv", "Invigilator", "invigilator", PASSWORD)
        for name in ("physics", "statistika"):
            exams.import_exam(console, SAMPLES / f"{name}.xml", exams.ExamWanted(name, name, "en", False, False))
        key = institution_keys.open_configuration_key(console.settings.folder, PASSPHRASES.configuration)
        seat_keys.make(console, key, 4)
        exams.schedule(console, plan("physics"), None, None)
        exams.schedule(console, plan("statistika", opens="2026-02-01T09:00Z", closes="2026-02-01T11:00Z"), None, None)
    return root


@pytest.fixture
def root(made_institution: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "data"
    shutil.copytree(made_institution, copy)
    return copy


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def server(root: Path, clock: HandClock) -> Iterator[Server]:
    running = Server(root, clock)
    yield running
    running.stop()


@pytest.fixture
def console(root: Path, clock: HandClock) -> Iterator[Console]:
    with opened(root, clock, "tests") as found:
        yield found


@pytest.fixture
def sitting(server: Server, tmp_path: Path) -> Sitting:
    """aigerim, signed in, nothing else done yet."""
    return Sitting.sign_in(server.client, "aigerim", PASSWORD, tmp_path / "aigerim")
