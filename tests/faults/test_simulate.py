"""The load generator against a server that is killed twice and whose disk is full once: nothing is lost."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from client_hall import ROOT, Institution

from evidence.signing import VerifyingKey
from evidence.verify import verify
from server import moodle_xml, papers
from server.__main__ import main
from server.answer_values import fits
from server.simulate import hall
from server.simulate.student import is_typed, typed
from simulation.faulty_disk import environment

STUDENTS, SECONDS = 6, 9
SAMPLES = ROOT / "server" / "samples"


@pytest.fixture
def served(tmp_path: Path, library: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Institution, Path]]:
    """An institution whose disk is full while the switch file is there."""
    made, switch = Institution(tmp_path, students=STUDENTS), tmp_path / "full"
    for name, value in environment(library, made.folder, switch).items():
        monkeypatch.setenv(name, value)
    made.start()
    monkeypatch.delenv("LD_PRELOAD")
    yield made, switch
    made.stop()


def test_killed_twice_and_full_once(
    served: tuple[Institution, Path], library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    institution, switch = served
    command = [sys.executable, "-m", "server", "--data", str(institution.folder), "simulate", "--exam", "main"]
    command += ["--students", str(STUDENTS), "--seconds", str(SECONDS), "--patience", "120", "--json"]
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    heard: list[str] = []
    threading.Thread(target=lambda: heard.extend(running.stderr or []), daemon=True).start()
    monkeypatch.setenv("LD_PRELOAD", str(library))
    time.sleep(3)
    for _ in range(2):
        institution.kill()
        institution.start()
        time.sleep(1)
    switch.touch()
    time.sleep(2)
    switch.unlink()
    out, _ = running.communicate(timeout=200)
    done = json.loads(out.splitlines()[-1])
    assert running.returncode == 0, (done, heard)
    assert done["receipts"] == STUDENTS and done["lost"] == [] and done["refused"]
    key = VerifyingKey.from_text(institution.verifying_key)
    sessions = sorted((institution.folder / "sessions").iterdir())
    assert len(sessions) == STUDENTS
    for session in sessions:
        report = verify(session, key)
        assert report.ok and report.state == "complete", report.problems


def test_what_it_says_when_it_cannot_begin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path), "simulate"]) == 1
    assert "--exam, or --codes" in capsys.readouterr().err
    (tmp_path / "codes.csv").write_text("login,name\na,b\n")
    assert main(["--data", str(tmp_path), "simulate", "--codes", str(tmp_path / "codes.csv")]) == 1
    assert "holds no codes" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["statistika", "physics", "rehearsal", "praktika"])
def test_what_it_types_fits_the_question(name: str) -> None:
    """An exam that takes files too."""
    exam = moodle_xml.read((SAMPLES / f"{name}.xml").read_bytes(), title=name, language="kk").paper
    asked = [one for one in papers.for_session(exam, "00")["questions"] if is_typed(one)]
    assert asked
    for one in asked:
        question = exam.question(one["id"])
        assert question is not None and fits(question, typed(one, "a text"))


def test_it_asks_the_institution_s_own_server_with_its_own_authority(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[hall.Wanted] = []

    def simulate(wanted: hall.Wanted, _say: object) -> dict[str, object]:
        asked.append(wanted)
        return {"receipts": 0, "students": 0, "lost": []}

    monkeypatch.setattr(hall, "simulate", simulate)
    institution = Institution(tmp_path, students=1)
    settings_file = institution.folder / "settings.toml"
    (institution.folder / "pinned-ca.pem").write_text("stands here", encoding="ascii")
    text = settings_file.read_text(encoding="utf-8")
    settings_file.write_text(text.replace("[institution]\n", '[institution]\npinned_ca = "ca.pem"\n'), encoding="utf-8")
    command = ["--data", str(institution.folder), "simulate", "--exam", "main", "--students", "1", "--json"]
    assert main(command) == main([*command, "--ca", "other.pem"]) == 0
    assert [one.ca for one in asked] == [institution.folder / "pinned-ca.pem", Path("other.pem")]
