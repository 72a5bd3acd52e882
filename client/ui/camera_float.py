"""The own camera's small picture. Moved by mouse or arrow keys, never out of the page."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from client.ui.theme import color, font
from client.ui.widgets import Picture

STEP = 16
WIDTH, HEIGHT = 176, 132
LEAST_HEIGHT = HEIGHT // 2  # where questions and files leave no more room between them
MARGIN = 8


class CameraFloat(Picture):
    def __init__(self, parent: QWidget) -> None:
        super().__init__("exam_camera_picture", parent=parent)
        self.setFixedSize(WIDTH, HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self._grip: QPoint | None = None
        self._simulated = ""
        self.moved = False
        self._bounds = (0, HEIGHT + 16)

    def show_simulated(self, text: str) -> None:
        self._simulated = text
        self.update()

    def keep_inside(self, top: int, bottom: int) -> None:
        """Stay between ``top`` and ``bottom`` px of the page, smaller where there is less room; before it is moved, at
        the right under the strip."""
        self._bounds = (top, bottom)
        height = max(LEAST_HEIGHT, min(HEIGHT, bottom - top - 2 * MARGIN))
        self.setFixedSize(WIDTH * height // HEIGHT, height)
        self._go(self.pos() if self.moved else QPoint(self._page().width() - self.width() - 24, top + 16))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._grip = event.position().toPoint()
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            self.moved = True
            self._go(self.pos() + event.position().toPoint() - self._grip)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: QPoint(-STEP, 0), Qt.Key.Key_Right: QPoint(STEP, 0),
            Qt.Key.Key_Up: QPoint(0, -STEP), Qt.Key.Key_Down: QPoint(0, STEP),
        }  # fmt: skip
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self.moved = True
        self._go(self.pos() + step)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._simulated:
            strip = QRectF(0, self.height() - 24, self.width(), 24)
            painter.fillRect(strip, color("amber_soft"))
            painter.setPen(color("amber_ink"))
            painter.setFont(font(12, QFont.Weight.DemiBold))
            painter.drawText(strip, Qt.AlignmentFlag.AlignCenter, self._simulated)
        painter.setPen(QPen(color("teal" if self.hasFocus() else "border"), 3 if self.hasFocus() else 1))
        painter.drawRoundedRect(QRectF(1, 1, self.width() - 2, self.height() - 2), 8, 8)

    def _page(self) -> QWidget:
        parent = self.parentWidget()
        assert parent is not None
        return parent

    def _go(self, where: QPoint) -> None:
        top, bottom = self._bounds
        x = max(MARGIN, min(self._page().width() - self.width() - MARGIN, where.x()))
        # rather over the empty end of the strip above than over the files' button below
        y = min(bottom - self.height() - MARGIN, max(top + MARGIN, where.y()))
        self.move(x, y)
        self.raise_()
