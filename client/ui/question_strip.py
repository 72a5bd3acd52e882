"""The numbered strip: answered, marked, open. Each number says its state in its accessible name."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QWidget

from client.ui.scroll import SteadyScrollArea
from client.ui.theme import color, font, theme

CELL, GAP, ROWS = 40, 6, 2


class NumberButton(QAbstractButton):
    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.number = number
        self.answered = self.marked = self.current = False
        self.setFixedSize(CELL, CELL)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(CELL, CELL)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(2, 2, CELL - 4, CELL - 4)
        width = 2.5 if self.current else 1
        border = "teal" if self.current or self.answered else "border"
        painter.setPen(QPen(color(border), width))
        painter.setBrush(color("teal_soft" if self.answered else "surface"))
        painter.drawRoundedRect(frame, 8, 8)
        painter.setPen(color("ink"))
        weight = QFont.Weight.Bold if self.current else QFont.Weight.Normal
        painter.setFont(font(14, weight, tabular=True))
        painter.drawText(
            frame.adjusted(0, 0, 0, -6 if self.answered else 0), Qt.AlignmentFlag.AlignCenter, str(self.number)
        )
        if self.answered:
            painter.setPen(QPen(color("teal"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPolyline(QPolygonF([QPointF(15, 31), QPointF(18.5, 34), QPointF(25, 28)]))
        if self.marked:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("amber"))
            painter.drawPolygon(
                QPolygonF([QPointF(28, 2), QPointF(36, 2), QPointF(36, 14), QPointF(32, 10), QPointF(28, 14)])
            )
        if self.hasFocus():
            painter.setPen(QPen(color("ink"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(1, 1, CELL - 2, CELL - 2), 9, 9)


class QuestionStrip(SteadyScrollArea):
    """Flows over at most two rows, then scrolls. Tab reaches the present number, arrows the others."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("exam_strip")
        self._inner = QWidget()
        self._inner.setObjectName("scrolled")
        self.setWidget(self._inner)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.buttons: list[NumberButton] = []

    def show_count(self, count: int) -> None:
        for old in self.buttons:
            old.hide()
            old.deleteLater()
        self.buttons = []
        for index in range(count):
            number = NumberButton(index + 1, self._inner)
            number.setObjectName(f"exam_number_{index + 1}")
            number.clicked.connect(lambda _=False, i=index: self.chosen.emit(i))
            number.show()
            self.buttons.append(number)
        self._place()

    def show_state(self, index: int, *, answered: bool, marked: bool, current: bool, name: str) -> None:
        number = self.buttons[index]
        number.answered, number.marked, number.current = answered, marked, current
        number.setFocusPolicy(Qt.FocusPolicy.StrongFocus if current else Qt.FocusPolicy.ClickFocus)
        number.setAccessibleName(name)
        number.setToolTip(name)
        number.update()
        if current:
            self.ensureWidgetVisible(number, 0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        focused = next((i for i, b in enumerate(self.buttons) if b.hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
            return
        self.buttons[max(0, min(len(self.buttons) - 1, focused + step))].setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        columns = max(1, (self.width() - 12) // (CELL + GAP))
        for index, number in enumerate(self.buttons):
            number.move(index % columns * (CELL + GAP), index // columns * (CELL + GAP))
        rows = max(1, -(-len(self.buttons) // columns))
        self._inner.resize(columns * (CELL + GAP), rows * (CELL + GAP) - GAP)
        self.setFixedHeight(min(rows, ROWS) * (CELL + GAP) - GAP + 2)
