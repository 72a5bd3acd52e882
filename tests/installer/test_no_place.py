"""People without a home folder, folders that are read only: clear words and an exit code, no half-started window."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from client import console, place, settings
from client import main as start
from client.settings import BadConfiguration, default_data_dir
from client.ui import app, cannot_start

NOBODY = 65534


def test_a_place_that_can_be_made_is_none_the_wiser(tmp_path: Path) -> None:
    assert place.fault(tmp_path / "a" / "b") == ""
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert "file is no folder" in place.fault(tmp_path / "file" / "senim")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root can be somebody else")
def test_a_home_that_is_not_there(tmp_path: Path) -> None:
    """As somebody whose home folder was never made, its parent belonging to root. The real command as such a person
    runs in the full tests."""
    tmp_path.chmod(0o755)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setresuid(NOBODY, NOBODY, NOBODY)
            os.write(writing, place.fault(tmp_path / "home" / "nobody" / ".local").encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as told:
        assert b"belongs to somebody else or is read only" in told.read()


def test_an_account_without_a_home(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def nobody() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(settings.Path, "home", nobody)
    with pytest.raises(BadConfiguration, match="no home folder"):
        default_data_dir({})
    assert start.main(["--unsent"]) == start.BAD_CONFIGURATION
    assert "no home folder" in capsys.readouterr().err


@pytest.fixture
def boxes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts of the boxes that would have been shown."""
    shown: list[str] = []

    class Box(cannot_start.QMessageBox):
        def exec(self) -> int:  # nobody is there to close it
            shown.append(self.text())
            return 0

    monkeypatch.setattr(cannot_start, "QMessageBox", Box)
    monkeypatch.setattr(app, "QApplication", lambda _argv: QApplication.instance())
    return shown


def test_the_window_says_it_in_three_languages(
    qtbot: QtBot, boxes: list[str], monkeypatch: pytest.MonkeyPatch, signed: Path, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    (tmp_path / "file").write_bytes(b"")
    given = start.load_settings(signed, tmp_path / "file" / "senim", None)
    monkeypatch.setattr(app, "prepare", lambda **_: 0)
    assert app.run(given, ["never", "started"]) == place.NO_PLACE
    for words in ("негде хранить", "орын жоқ", "no place to keep", "is no folder"):
        assert words in boxes[0]
    assert "is no folder" in capsys.readouterr().err


@pytest.mark.parametrize("display", ["", ":1"])
def test_wrong_settings_are_shown_where_nobody_reads_a_line(
    qtbot: QtBot, boxes: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, display: str
) -> None:
    """Started from a menu there is a box; without a screen, or from source, the line alone."""
    monkeypatch.setattr(app.QApplication, "instance", QApplication.instance, raising=False)
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    command = ["--config", str(tmp_path / "institution.json"), "--data", str(tmp_path)]
    assert start.main(command) == start.BAD_CONFIGURATION
    assert boxes == []
    monkeypatch.setattr(console.sys, "frozen", True, raising=False)
    assert start.main([*command, "--check"]) == start.BAD_CONFIGURATION
    assert boxes == []
    assert start.main(command) == start.BAD_CONFIGURATION
    assert len(boxes) == (1 if display else 0)
    assert all("does not start" in text and "institution.json" in text for text in boxes)


def test_a_program_without_streams_writes_nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As Windows starts a program with a window; the uninstaller needs its exit code, not its words."""
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert start.main(["--unsent", "--data", str(tmp_path)]) == 0
    assert start.main(["--check", "--config", str(tmp_path / "none")]) == start.BAD_CONFIGURATION
