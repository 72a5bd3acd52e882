"""Small parts that several pages share. Each has a word or an accessible name for what it shows in colour."""

from __future__ import annotations

import base64

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from client.ui import icons
from client.ui.theme import color, font, theme


def label(role: str = "", *, name: str = "", wrap: bool = True, tone: str = "") -> QLabel:
    """A label of the theme's ``role`` (title, lead, muted ...). Text is always plain, never markup."""
    result = QLabel()
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setWordWrap(wrap)
    if role:
        result.setProperty("role", role)
    if tone:
        result.setProperty("tone", tone)
    if name:
        result.setObjectName(name)
    return result


class ElidedLabel(QLabel):
    """One line that is shortened with an ellipsis; the whole text is its tooltip and its accessible name."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMinimumWidth(120)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = ""

    def show_text(self, text: str) -> None:
        self._whole = text
        self.setAccessibleName(text)
        self.setToolTip(text)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width()))


class SteadyButton(QPushButton):
    """Keeps the keyboard's focus while it is disabled and seen: Qt would hand it on to whatever comes next, and a
    person who pressed "go on" would find themselves in another part of the window."""

    def focusNextPrevChild(self, next: bool) -> bool:
        if not self.isEnabled() and self.isVisible():
            return True  # Qt asks this of a button that was just disabled; Tab does not come here
        return super().focusNextPrevChild(next)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Another window had the keyboard meanwhile: Qt gives a disabled button nothing back.
        if event.type() == QEvent.Type.EnabledChange and self.isEnabled() and self.window().focusWidget() is self:
            self.setFocus()


def button(name: str, kind: str = "") -> QPushButton:
    """A button with the stable id ``name``; ``kind``: main, quiet or plain."""
    result = SteadyButton()
    result.setObjectName(name)
    if kind:
        result.setProperty("kind", kind)
    result.setMinimumHeight(40)
    result.setCursor(Qt.CursorShape.PointingHandCursor)
    return result


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Change a property the style sheet looks at, and redraw."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def say(widget: QWidget, text: str) -> None:
    """Tell a screen reader about a change of state, as a live region would."""
    if QAccessible.isActive() and text:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


def picture_of(jpeg: str) -> QPixmap:
    """A picture from base64; null when it cannot be read."""
    result = QPixmap()
    try:
        result.loadFromData(base64.b64decode(jpeg, validate=True), "JPG")
    except ValueError:
        return QPixmap()
    return result


class Chip(QFrame):
    """An icon and a word: the state of something."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._icon = icons.IconLabel("circle", "muted", 16)
        self._text = label("", wrap=False, name=name)
        row.addWidget(self._icon)
        row.addWidget(self._text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        return self._text.text()

    def show_state(self, icon: str, text: str, tone: str = "ink") -> None:
        if text == self._text.text() and self._text.property("tone") == tone:
            return
        self._icon.show_icon(icon, tone)
        self._text.setText(text)
        self._text.setAccessibleName(text)
        set_property(self._text, "tone", tone)
        self.updateGeometry()


class TickBox(QCheckBox):
    """A check box whose tick is drawn in the theme's colour."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = QRectF(self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("on_teal"), 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        middle = box.center()
        painter.drawPolyline(
            QPolygonF([middle + QPointF(-5, 0.5), middle + QPointF(-1.5, 4), middle + QPointF(5, -3.5)])
        )


class Picker(QComboBox):
    """A list to choose from, with an arrow in the theme's colour."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setMinimumHeight(40)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("ink" if self.isEnabled() else "muted"), 1.8))
        tip = QPointF(self.width() - 20, self.height() / 2 + 2.5)
        painter.drawPolyline(QPolygonF([tip + QPointF(-5, -5), tip, tip + QPointF(5, -5)]))


class Level(QWidget):
    """Microphone level as a bar of steps; the word beside it says whether we hear something."""

    STEPS = 24

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = 0.0
        self.setFixedHeight(16)
        self.setMinimumWidth(120)

    def show_level(self, value: float) -> None:
        value = min(1.0, max(0.0, value))
        if int(value * self.STEPS) != int(self._value * self.STEPS):
            self.update()
        self._value = value

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        width = self.width() / self.STEPS
        for step in range(self.STEPS):
            lit = step < int(self._value * self.STEPS)
            painter.setBrush(color("teal" if lit and step < 21 else "amber" if lit else "line"))
            painter.drawRoundedRect(QRectF(step * width + 1, 1, width - 3, self.height() - 2), 2, 2)


class RecordingDot(QWidget):
    """The steady light: red and full while recording, an empty ring otherwise. Never blinks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(16, 16)
        self._on = False
        theme.changed.connect(self.update)

    def show_on(self, on: bool) -> None:
        self._on = on
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("red" if self._on else "muted"), 2))
        painter.setBrush(color("red") if self._on else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(3, 3, 10, 10))


class Picture(QWidget):
    """A live picture that keeps its shape. ``points`` (0..1) are drawn over it, an oval if asked for."""

    def __init__(self, name: str, *, oval: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._pixmap = QPixmap()
        self._points: list[list[float]] = []
        self._oval = oval
        self._waiting = ""
        self.setMinimumSize(96, 72)
        theme.changed.connect(self.update)

    @property
    def has_picture(self) -> bool:
        return not self._pixmap.isNull()

    def sizeHint(self) -> QSize:
        return QSize(320, 240)

    def hasHeightForWidth(self) -> bool:
        return False

    def show_picture(self, pixmap: QPixmap, points: list[list[float]]) -> None:
        self._pixmap, self._points = pixmap, points
        self.update()

    def show_waiting(self, text: str) -> None:
        """The words shown while there is no picture."""
        self._waiting = text
        self.update()

    def clear(self) -> None:
        self._pixmap, self._points = QPixmap(), []
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        frame = self._frame()
        clip = QPainterPath()
        clip.addRoundedRect(frame, 8, 8)
        painter.setClipPath(clip)
        painter.fillRect(frame, color("line"))
        if self._pixmap.isNull():
            painter.setPen(color("muted"))
            painter.setFont(font(13))
            inner = frame.adjusted(8, 8, -8, -8)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(inner, flags, self._waiting)
            return
        painter.drawPixmap(frame, self._pixmap, QRectF(self._pixmap.rect()))
        self._draw_points(painter, frame)
        if self._oval:
            self._draw_oval(painter, frame)

    def _frame(self) -> QRectF:
        shape = self._pixmap.size() if not self._pixmap.isNull() else QSize(4, 3)
        size = shape.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF(
            (self.width() - size.width()) / 2, (self.height() - size.height()) / 2, size.width(), size.height()
        )

    def _draw_points(self, painter: QPainter, frame: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("teal"))
        painter.setOpacity(0.8)
        for point in self._points:
            if len(point) >= 2:
                x, y = frame.x() + point[0] * frame.width(), frame.y() + point[1] * frame.height()
                painter.drawEllipse(QPointF(x, y), 1.2, 1.2)
        painter.setOpacity(1.0)

    def _draw_oval(self, painter: QPainter, frame: QRectF) -> None:
        height = frame.height() * 0.78
        oval = QRectF(0, 0, height * 0.74, height)
        oval.moveCenter(frame.center())
        shade = QPainterPath()
        shade.addRect(frame)
        shade.addEllipse(oval)
        shadow = color("paper")
        shadow.setAlpha(150)
        painter.fillPath(shade, shadow)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color("teal"), 3))
        painter.drawEllipse(oval)
