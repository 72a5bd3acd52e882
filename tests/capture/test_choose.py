"""Which way to the screens on which system; and the way through Qt, tried out on X11."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from client.capture.choose import QtScreens, System, X11Screens, needs_qt_loop, screen_system

from .conftest import Display


@pytest.mark.parametrize(
    ("system", "through_qt"),
    [
        (System("linux", {"DISPLAY": ":0"}), False),
        (System("linux", {"DISPLAY": ":0", "XDG_SESSION_TYPE": "x11"}), False),
        (System("linux", {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}), True),
        (System("linux", {"DISPLAY": ":0", "XDG_SESSION_TYPE": "wayland"}), True),
        (System("win32", {}), True),
        (System("darwin", {}), True),
    ],
)
def test_each_system_has_its_way(system: System, through_qt: bool) -> None:
    assert needs_qt_loop(system) is through_qt
    assert isinstance(screen_system(system), QtScreens if through_qt else X11Screens)


def test_screens_through_qt(display: Display, tmp_path: Path) -> None:
    display.draw(0, 0, 1280, 720, 0x204060)
    child = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("qt_sitting.py"))],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": ".", "XDG_RUNTIME_DIR": str(tmp_path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdin is not None and child.stdout is not None
    assert child.stdout.readline() == "recording\n"
    display.draw(300, 200, 200, 200, 0xFF0000)
    out, _ = child.communicate("drawn\n", timeout=30)
    told = json.loads(out.splitlines()[-1])
    assert child.returncode == 0
    assert told["states"] == {"screen-1": "running"}
    assert told["size"] == [1280, 720]
    assert told["colours"] == [[0x60, 0x40, 0x20], [0, 0, 0xFF]]  # BGR: before and after the drawing
    assert told["decoded"] == told["frames"] >= 2
    assert told["end"] == told["until"]
    assert told["after"] == "stopped"
