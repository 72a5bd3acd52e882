"""Line icons of the ``lucide-static`` package, drawn in the colours of the theme.

Icons repeat what a word beside them says, so a missing file costs a picture and never a meaning.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QLabel, QWidget

from client.ui.theme import theme

SCALE = 2  # drawn at twice the size, so that a dense screen shows no steps


@lru_cache(maxsize=1)
def folder() -> Path | None:
    """Where the SVG files lie: beside a packaged program, else in the set-up's folder."""
    here = Path(__file__).resolve()
    beside = Path(sys.executable).resolve().parent
    places = [
        Path(getattr(sys, "_MEIPASS", beside)) / "icons",
        beside / "icons",
        here.parents[2] / "var" / "web" / "node_modules" / "lucide-static" / "icons",
    ]
    return next((place for place in places if (place / "check.svg").is_file()), None)


@lru_cache(maxsize=256)
def pixmap(name: str, ink: str, size: int) -> QPixmap:
    """The icon in colour ``ink`` (``#rrggbb``) at ``size`` px; transparent where the file is missing."""
    result = QPixmap(size * SCALE, size * SCALE)
    result.fill(Qt.GlobalColor.transparent)
    place = folder()
    file = place / f"{name}.svg" if place else None
    if file is not None and file.is_file():
        svg = file.read_text(encoding="utf-8").replace("currentColor", ink)
        painter = QPainter(result)
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size * SCALE, size * SCALE))
        painter.end()
    result.setDevicePixelRatio(SCALE)
    return result


def icon(name: str, tone: str = "ink", size: int = 20) -> QIcon:
    """For buttons; ``tone`` is a field of the palette."""
    result = QIcon(pixmap(name, getattr(theme.palette, tone), size))
    result.addPixmap(pixmap(name, theme.palette.muted, size), QIcon.Mode.Disabled)
    return result


class IconLabel(QLabel):
    """An icon that follows the theme. It has no accessible name: the text beside it says the same."""

    def __init__(self, name: str, tone: str = "ink", size: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._tone, self._size = name, tone, size
        self.setFixedSize(size, size)
        theme.changed.connect(self._draw)
        self._draw()

    def show_icon(self, name: str, tone: str) -> None:
        if (name, tone) != (self._name, self._tone):
            self._name, self._tone = name, tone
            self._draw()

    def _draw(self) -> None:
        self.setPixmap(pixmap(self._name, getattr(theme.palette, self._tone), self._size))
