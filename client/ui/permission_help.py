"""Where the system lets a device through: a sentence and a drawing of its settings, for what the check found."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QByteArray, QLocale, QRectF, QSize
from PySide6.QtGui import QFontInfo, QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from client.ui.drawings.catalogue import DRAWINGS, FORBIDDEN, help_with
from client.ui.drawings.words import LANGUAGES, says
from client.ui.widgets import label


class Drawing(QWidget):
    """An SVG at its own size, or as wide as there is room."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._svg = QSvgRenderer(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_svg(self, svg: str) -> None:
        self._svg.load(QByteArray(svg.encode()))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return self._svg.defaultSize()

    def minimumSizeHint(self) -> QSize:
        return self._svg.defaultSize() / 2

    def heightForWidth(self, width: int) -> int:
        natural = self._svg.defaultSize()
        return round(natural.height() * min(1.0, width / max(1, natural.width())))

    def paintEvent(self, event: QPaintEvent) -> None:
        width = min(self.width(), self._svg.defaultSize().width())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._svg.render(painter, QRectF(0, 0, width, self.heightForWidth(width)))


class PermissionHelp(QWidget):
    """Hidden where no drawing helps. ``platform`` and ``environment`` are this system's; tests put others there."""

    platform = sys.platform
    environment = os.environ

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        self.sentence = label("", name=f"{name}_sentence")
        self.drawing = Drawing(f"{name}_drawing")
        column.addWidget(self.sentence)
        column.addWidget(self.drawing)
        self.hide()

    def show_code(self, code: str) -> None:
        """``code`` of a check line that failed, "" for any other; in the window's language as it is now."""
        name = help_with(code, self.platform, self.environment)
        self.setVisible(bool(name))
        if not name:
            return
        language = QLocale().name()[:2]
        language = language if language in LANGUAGES else "en"
        self.sentence.setText(self._sentence(name, code))
        self.drawing.show_svg(DRAWINGS[name](language, QFontInfo(self.font()).family()))
        self.drawing.setAccessibleName(says(name, language))

    def _sentence(self, name: str, code: str) -> str:
        if name.endswith("-share"):
            return self.tr("The system asks what may be shown. Choose the whole screen:")
        if code in FORBIDDEN:
            return self.tr("It is allowed here:")
        return self.tr("If that does not help, the system may be keeping Senim from it. It is allowed here:")
