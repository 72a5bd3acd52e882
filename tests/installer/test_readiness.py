"""senim --check, the named list of missing libraries, and the programs that are hinted at."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from client import console
from client import main as start
from client.check import libraries
from client.check.readiness import Readiness
from client.system import programs

ROOT = Path(__file__).resolve().parents[2]


def check(tmp_path: Path, signed: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The real command, without screen, devices or server."""
    body = json.loads(signed.read_text(encoding="utf-8")) | {"server": "http://127.0.0.1:9", "logo": None}
    config = tmp_path / "institution.json"
    config.write_text(json.dumps(body), encoding="utf-8")
    environ = {**os.environ, "PULSE_SERVER": "none", "DISPLAY": "", "WAYLAND_DISPLAY": "", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "client.main", "--check", "--config", str(config), *options]
    command += ["--data", str(tmp_path / "data")]
    return subprocess.run(
        command, cwd=ROOT, env=environ, capture_output=True, encoding="utf-8", check=False, timeout=120
    )


def test_a_bare_computer_is_told_item_by_item(tmp_path: Path, signed: Path) -> None:
    """It ends, names each item, and leaves nothing behind."""
    done = check(tmp_path, signed, "--json")
    assert done.returncode == 1, done.stderr
    result = json.loads(done.stdout)
    states = {item["item"]: (item["state"], item["code"]) for item in result["items"]}
    assert states["server"] == ("failed", "server_unreachable")
    assert states["clock"] == ("failed", "clock_no_answer")
    assert states["screen-1"][0] == "failed"
    assert states["disk"][0] == "ok"
    assert set(states) >= {"server", "clock", "disk", "uplink", "camera", "microphone", "screen-1", "programs"}
    assert (result["ready"], result["system"]) == (False, "Linux")
    assert not any("picture" in item for item in result["items"])
    assert not (tmp_path / "data").exists()


def test_a_terminal_without_kazakh_letters_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="koi8-r", write_through=True))
    console.provide_streams()
    sys.stdout.write("Оқу орны")
    assert written.getvalue().decode("koi8-r") == "О?у орны"


def test_warnings_leave_a_computer_ready() -> None:
    row = {"item": "uplink", "code": "uplink_slow", "values": {"kbit": "100"}}
    assert Readiness([{**row, "state": "warning"}], {}).ready
    assert not Readiness([{**row, "state": "failed"}], {}).ready
    assert Readiness([{**row, "state": "warning"}], {}).lines() == ["warning  uplink      uplink_slow kbit=100"]


def test_a_person_at_a_terminal_reads_what_to_do(tmp_path: Path, signed: Path) -> None:
    done = check(tmp_path, signed, "--language", "kk")
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert done.returncode == 1, done.stderr
    at = lines.index("Оқу орны: Оқу орнымен байланыс жоқ.")
    assert lines[at - 1].split() == ["failed", "server", "server_unreachable"]
    assert "Wi-Fi" in lines[at + 1], "what to do stands below it"
    assert lines[-1] == "Бұл компьютер әлі дайын емес."
    assert not (tmp_path / "data").exists()


def test_programs_are_known_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    class Process:
        def __init__(self, name: str) -> None:
            self.name = lambda: name

    running = [Process(name) for name in ("AnyDesk.exe", "bash", "obs", "obs")]
    monkeypatch.setattr(programs.psutil, "process_iter", lambda: running)
    assert programs.disturbing_programs() == ["anydesk", "obs"]


def test_missing_libraries_are_a_list_with_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libraries, "_loads", lambda name: name not in ("libGL.so.1", "libnss3.so"))
    told = libraries.explain(ImportError("libGL.so.1: cannot open shared object file"))
    assert told.endswith("apt-get install libgl1 libnss3")
    assert "libnss3.so (libnss3)" in told


def test_a_window_that_cannot_be_loaded_is_explained(
    monkeypatch: pytest.MonkeyPatch, signed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "client.ui.app", None)
    monkeypatch.setattr(libraries, "_loads", lambda name: name != "libEGL.so.1")
    assert start.main(["--config", str(signed), "--data", str(tmp_path)]) == libraries.MISSING
    assert "apt-get install libegl1" in capsys.readouterr().err


def test_a_damaged_folder_is_no_missing_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libraries, "_loads", lambda _name: True)
    assert "install it again: no Qt" in libraries.explain(ImportError("no Qt"))
