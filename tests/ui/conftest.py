"""The window with a scripted recorder behind real pipes, on Qt's off-screen platform."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Software drawing: the test machines have no graphics card, and Chromium says so at length otherwise.
os.environ.setdefault("QT_LOGGING_RULES", "*.debug=false;qt.webengine*=false;qt.rhi*=false")

import pytest
from PySide6.QtWidgets import QApplication

from client.settings import Settings
from client.ui.app import prepare, put_away
from client.ui.bridge import RecorderBridge
from client.ui.languages import Languages
from client.ui.theme import theme
from client.ui.window import MainWindow

from .helpers import CONFIG, HERE, Recorder, Walk, draw_portrait

prepare(allow_root=True)


@pytest.fixture(scope="session")
def portrait(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("picture") / "portrait.jpg"
    draw_portrait().save(str(file), "JPG", 80)
    return file


@pytest.fixture(scope="session")
def languages(qapp: QApplication) -> Languages:
    theme.apply(qapp, "light")
    return Languages(qapp)


@pytest.fixture
def recorder(tmp_path: Path) -> Recorder:
    return Recorder(tmp_path / "recorder.log")


@pytest.fixture
def make_window(
    qtbot: Any, languages: Languages, recorder: Recorder, portrait: Path, tmp_path: Path
) -> Iterator[Callable[..., MainWindow]]:
    made: list[MainWindow] = []

    def make(*options: str, language: str = "en", size: tuple[int, int] = (1366, 768)) -> MainWindow:
        command = [sys.executable, str(HERE / "fake_recorder.py"), "--log", str(recorder.log)]
        bridge = RecorderBridge([*command, "--picture", str(portrait), *options])
        window = MainWindow(Settings(CONFIG, tmp_path / "data", language=language), bridge, languages)
        window.resize(*size)
        bridge.start()
        window.show()
        qtbot.waitUntil(lambda: bool(recorder.got("SetLanguage")), timeout=10000)
        made.append(window)
        return window

    yield make
    for window in made:
        window.bridge.quit()
        window._close_allowed = True
        put_away(window)


@pytest.fixture
def walk(qtbot: Any) -> Callable[[MainWindow], Walk]:
    return lambda window: Walk(qtbot, window)
