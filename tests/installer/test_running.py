"""Packages ask whether the program runs, for anybody of the computer, before they touch it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from client import main as start
from client.check import running


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Path]:
    """A program that runs from a folder with Kazakh letters and a space, for as long as the test does."""
    file = tmp_path / "Емтихан бағдарламасы" / "senim"
    file.parent.mkdir()
    shutil.copy(shutil.which("sleep") or "", file)
    with subprocess.Popen([str(file), "600"]) as process:
        yield file
        process.kill()


def test_a_program_of_the_folder_is_found(program: Path) -> None:
    found = running.running(program.parent)
    assert [item.program for item in found] == [str(program)]
    assert found[0].person == psutil.Process().username()
    assert running.running(program.parent.parent / "another") == []


def test_the_installed_program_says_it_with_its_exit_code(
    program: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))
    assert start.main(["--running"]) == running.RUNS
    assert capsys.readouterr().out.startswith(f"running: {program}, process ")
    assert start.main(["--running", "--json"]) == running.RUNS
    assert json.loads(capsys.readouterr().out)[0]["program"] == str(program)
    monkeypatch.setattr(sys, "executable", str(program.parent.parent / "another" / "senim"))
    assert start.main(["--running"]) == 0
    assert capsys.readouterr().out == ""


def test_the_source_is_no_installed_program() -> None:
    with pytest.raises(SystemExit, match="installed program"):
        start.main(["--running"])


def _told(pid: int, name: str, exe: str | None, status: str = psutil.STATUS_RUNNING) -> SimpleNamespace:
    def username() -> str:
        raise OSError(1789, "the domain is out of reach")

    info = {"name": name, "exe": exe}
    return SimpleNamespace(pid=pid, info=info, status=lambda: status, username=username, is_running=lambda: True)


def test_what_the_system_keeps_to_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Other people's processes may have a name alone; the system's own have a word for a place; this one counts not."""
    monkeypatch.chdir(tmp_path)
    processes = [
        _told(1, "Senim.exe", None), _told(2, "senim", ""), _told(3, "Registry", "Registry"), _told(4, "bash", None),
        _told(5, "senim", "/elsewhere/senim"), _told(6, "senim", None, psutil.STATUS_ZOMBIE),
        _told(7, "QtWebEngineProcess", str(tmp_path / "_internal" / "QtWebEngineProcess")),
        _told(os.getpid(), "senim", str(tmp_path / "senim")),
    ]  # fmt: skip
    monkeypatch.setattr(psutil, "process_iter", lambda _wanted: processes)
    assert [(item.pid, item.person) for item in running.running(tmp_path)] == [(1, ""), (2, ""), (7, "")]
