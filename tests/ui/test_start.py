"""Starting: refusals, the environment, what is never loaded, colours that can be read, names for everything."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QWidget

from client.ui import app, icons
from client.ui.theme import DARK, LIGHT, Palette
from client.ui.window import MainWindow

from .helpers import HERE, Walk

ROOT = HERE.parents[1]
FORBIDDEN = ("client.engine", "client.capture", "client.verify", "client.upload", "client.spool", "evidence", "faces",
             "server", "cv2", "mediapipe", "av", "requests", "sqlite3", "sqlalchemy")  # fmt: skip


def test_root_is_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(app, "running_as_root", lambda: True)
    environ: dict[str, str] = {}
    assert app.prepare(environ=environ) == app.ROOT_REFUSED
    assert environ == app.NO_TRACES
    assert "root" in capsys.readouterr().err
    assert app.prepare(allow_root=True, environ=environ) == 0
    assert environ == {"QTWEBENGINE_DISABLE_SANDBOX": "1", **app.NO_TRACES}
    assert "sandbox" in capsys.readouterr().err


def test_doors_are_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "running_as_root", lambda: False)
    environ = {"QTWEBENGINE_REMOTE_DEBUGGING": "9222", "QTWEBENGINE_CHROMIUM_FLAGS": "--remote-debugging-port=9222",
               "QTWEBENGINE_DISABLE_SANDBOX": "1", "PATH": "/bin"}  # fmt: skip
    assert app.prepare(environ=environ) == 0
    assert environ == {"PATH": "/bin", **app.NO_TRACES}


def test_window_loads_no_engine() -> None:
    script = "import sys, client.ui.app; print([m for m in sys.argv[1:] if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script, *FORBIDDEN], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.display
def test_real_window_starts_and_ends(tmp_path: Path) -> None:
    """Under a real X server: ``run`` shows the window, the recorder starts, closing ends both without a complaint, and
    nothing lies in the person's home afterwards."""
    home = tmp_path / "home"
    home.mkdir()
    script = f"""
import sys
from pathlib import Path
sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / "tests")!r}]
from PySide6.QtCore import QTimer, qInstallMessageHandler
from client.settings import Settings
from client.ui import app, bridge
from ui.helpers import CONFIG
said = []
qInstallMessageHandler(lambda kind, where, text: said.append(text))
ready = bridge.RecorderBridge._on_ready
def close(self, message):
    ready(self, message)
    from PySide6.QtWidgets import QApplication
    windows = [w for w in QApplication.topLevelWidgets() if w.objectName() == "senim_window"]
    QTimer.singleShot(300, windows[0].close)
bridge.RecorderBridge._on_ready = close
recorder = [sys.executable, {str(HERE / "fake_recorder.py")!r}, "--log", {str(tmp_path / "log")!r}]
code = app.run(Settings(CONFIG, Path({str(tmp_path)!r}), language="kk"), recorder, allow_root=True)
# What a machine without a graphics card says about itself is no defect of ours.
about_graphics = ("ulkan", "GPU", "GBM", "QRhi", "RHI", "Sandboxing", "Qt WebEngine")
print("CODE", code, [text for text in said if not any(word in text for word in about_graphics)])
"""
    left_out = ("QT_QPA_PLATFORM", "QT_LOGGING_RULES", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
    environ = {**{k: v for k, v in os.environ.items() if k not in left_out}, "HOME": str(home)}
    environ["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"  # D-Bus would start one, with a file there
    command = ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24", sys.executable, "-c", script]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=60, check=False)
    assert "CODE 0 []" in done.stdout, done.stdout + done.stderr
    assert "Quit" in (tmp_path / "log").read_text(encoding="utf-8")
    assert [path.relative_to(home).as_posix() for path in home.rglob("*")] == []


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_contrast(palette: Palette) -> None:
    p = palette
    for ground in (p.paper, p.surface):
        assert contrast(p.ink, ground) >= 7
        assert min(contrast(p.muted, ground), contrast(p.teal, ground), contrast(p.red, ground)) >= 4.5
        assert contrast(p.border, ground) >= 3
    assert contrast(p.on_teal, p.teal) >= 4.5
    assert contrast(p.ink, p.teal_soft) >= 7
    assert contrast(p.ink, p.amber_soft) >= 7
    assert contrast(p.ink, p.red_soft) >= 7
    assert contrast(p.amber_ink, p.amber_soft) >= 4.5


def test_every_icon_exists() -> None:
    folder = icons.folder()
    assert folder is not None
    names: set[str] = set()
    for file in (ROOT / "client" / "ui").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        names |= {
            word for word in text.replace("(", " ").replace(",", " ").replace(")", " ").split()
            if word.startswith('"') and word.endswith('"') and (folder / f"{word[1:-1]}.svg").is_file()
        }  # fmt: skip
    assert {'"circle-check"', '"triangle-alert"', '"camera-off"', '"bookmark"', '"keyboard"', '"wifi-off"'} <= names


def nameless(window: QWidget) -> list[str]:
    """Visible controls that a screen reader could not name, or a driver not find."""
    bad = []
    for part in window.findChildren(QWidget):
        control = isinstance(part, QAbstractButton | QLineEdit | QComboBox)
        if not control or not part.isVisible() or part.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        text = part.text() if isinstance(part, QAbstractButton) else ""
        if not part.objectName() or not (part.accessibleName() or text):
            bad.append(f"{type(part).__name__} {part.objectName()!r}")
    return bad


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_control_has_a_name(make_window: Callable[..., MainWindow], walk: Callable[[MainWindow], Walk],
                                  language: str) -> None:  # fmt: skip
    window = make_window(language=language)
    way = walk(window)
    seen = [nameless(window)]
    for step in (way.to_consent, way.to_check, way.to_identity, way.to_exam):
        if window.page != "sign_in":
            window._sign_out()
        step()
        seen.append(nameless(window))
    assert seen == [[]] * 5
