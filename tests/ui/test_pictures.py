"""Every page and every state in three languages and two sizes: no text is cut.

Set ``SENIM_PICTURES`` to a folder to keep a picture of each, light and dark, and look at them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from client.ui.theme import theme
from client.ui.window import MainWindow

from .helpers import Walk
from .states import WAY

SIZES = [(1366, 768), (1024, 640)]
STATES = 100  # at least so many, or a part of the way was left out
SETTLES_IN = 100
KEPT = os.environ.get("SENIM_PICTURES")


class Looker:
    """Looks for cut texts in each state; keeps pictures of it if there is a folder."""

    def __init__(self, way: Walk, folder: Path | None) -> None:
        self.window, self.way, self._folder = way.window, way, folder
        self.cut: list[str] = []
        self.taken: list[str] = []

    def take(self, name: str, widget: QWidget | None = None) -> None:
        shown = widget or self.window
        self.taken.append(name)
        if self._folder is not None:
            self._keep(self._folder, name, shown)
        for _ in range(SETTLES_IN):  # layouts settle over a few rounds of events
            self.way.qtbot.wait(10)
            if not cut_texts(shown):
                return
        self.cut += [f"{name}: {text}" for text in cut_texts(shown)]

    def _keep(self, folder: Path, name: str, shown: QWidget) -> None:
        self.way.qtbot.wait(150 if self.window.page == "exam" else 10)  # the web page draws in its own time
        folder.mkdir(parents=True, exist_ok=True)
        size = f"{self.window.width()}x{self.window.height()}"
        assert shown.grab().save(str(folder / f"{len(self.taken):03}-{name}-{size}.png"))


def cut_texts(widget: QWidget) -> list[str]:
    """Texts of visible labels and buttons that need more room than they have."""
    cut = []
    for part in widget.findChildren(QWidget):
        if not part.isVisible() or not isinstance(part, QLabel | QAbstractButton) or not part.text():
            continue
        if part.objectName() == "exam_title":
            continue  # shortened on purpose, the whole title is its tooltip
        need = part.sizeHint().width()
        if isinstance(part, QLabel) and part.wordWrap():
            if part.heightForWidth(part.width()) > part.height() + 2:
                cut.append(part.text())
        elif need > part.width() + 2:
            cut.append(part.text())
    return cut


@pytest.fixture
def appearance(request: pytest.FixtureRequest, qapp: QApplication, languages: object) -> Iterator[str]:
    theme.apply(qapp, request.param)
    yield request.param
    theme.apply(qapp, "light")


@pytest.mark.parametrize("appearance", ["light", "dark"] if KEPT else ["light"], indirect=True)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_nothing_is_cut(
    language: str, size: tuple[int, int], appearance: str,
    make_window: Callable[..., MainWindow], walk: Callable[[MainWindow], Walk],
) -> None:  # fmt: skip
    window = make_window("--manual", language=language, size=size)
    look = Looker(walk(window), Path(KEPT) / f"{language}-{appearance}" if KEPT else None)
    for part in WAY:
        part(look)
    assert len(look.taken) == len(set(look.taken)) > STATES
    assert look.cut == []
