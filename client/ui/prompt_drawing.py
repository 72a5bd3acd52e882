"""The ring that fills and, inside it, a simple head that shows what to do, or what to mend. A drawing of no one in
particular."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from client.ui import advice_drawing
from client.ui.theme import color, theme

SIDE = 176
TURNS = {"turn_left": (-1, 0), "turn_right": (1, 0), "nod_down": (0, 1), "nod_up": (0, -1)}  # to the right, downwards


class PromptRing(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("identity_ring")
        self.setFixedSize(SIDE, SIDE)
        self._prompt = ""
        self._progress, self._advice = 0.0, ""
        theme.changed.connect(self.update)

    def show_prompt(self, prompt: str, progress: float, advice: str = "") -> None:
        """``progress`` 0..1; ``prompt`` and ``advice``: words of ``IdentityView``; advice comes before the prompt."""
        self._prompt, self._progress, self._advice = prompt, min(1.0, max(0.0, progress)), advice
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(8, 8, SIDE - 16, SIDE - 16)
        painter.setPen(QPen(color("line"), 8))
        painter.drawEllipse(frame)
        pen = QPen(color("teal"), 8)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        if self._progress > 0:
            painter.drawArc(frame, 90 * 16, -int(360 * 16 * self._progress))
        if self._prompt == "done":
            self._tick(painter)
        elif not advice_drawing.draw(painter, QPointF(SIDE / 2, SIDE / 2), self._advice):
            self._head(painter)

    def _tick(self, painter: QPainter) -> None:
        middle = SIDE / 2
        painter.setPen(QPen(color("teal"), 8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(
            QPolygonF(
                [QPointF(middle - 28, middle), QPointF(middle - 8, middle + 20), QPointF(middle + 30, middle - 22)]
            )
        )

    def _head(self, painter: QPainter) -> None:
        """An oval with eyes, nose and mouth, shifted to where it should turn (as in a mirror)."""
        middle = SIDE / 2
        aside, down = TURNS.get(self._prompt, (0, 0))
        size = 1.25 if self._prompt == "come_closer" else 1.0
        painter.setPen(QPen(color("ink"), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(middle, middle), 32 * size, 42 * size)
        x, y = middle + aside * 12, middle + down * 10
        for side in (-1, 1):
            eye = QPointF(x + side * 12 * size, y - 8 * size)
            if self._prompt == "blink":
                painter.drawLine(eye - QPointF(5, 0), eye + QPointF(5, 0))
            else:
                painter.setBrush(color("ink"))
                painter.drawEllipse(eye, 2, 2)
                painter.setBrush(Qt.BrushStyle.NoBrush)
        nose = QPointF(middle + aside * 18, y + 4)
        painter.drawLine(nose - QPointF(0, 6), nose + QPointF(0, 4))
        if self._prompt == "open_mouth":
            painter.drawEllipse(QPointF(x, y + 22), 7, 9)
        else:
            painter.drawLine(QPointF(x - 8 * size, y + 20 * size), QPointF(x + 8 * size, y + 20 * size))
        if aside or down:
            self._arrow(painter, aside, down)

    def _arrow(self, painter: QPainter, aside: int, down: int) -> None:
        middle = QPointF(SIDE / 2, SIDE / 2)
        along, across = QPointF(aside, down), QPointF(down, aside)
        tip = middle + along * 62
        painter.setPen(QPen(color("teal"), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(tip - along * (20 if aside else 14), tip)
        painter.drawLine(tip, tip - along * 8 - across * 8)
        painter.drawLine(tip, tip - along * 8 + across * 8)
