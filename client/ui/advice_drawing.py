"""A small drawing for each piece of advice in the identity check: what is wrong with the picture, and which way out.

Only repeats the sentence below it; ``draw`` knows the words of ``faces.gates.Gate``.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from client.ui.theme import color

Draw = Callable[[QPainter, QPointF], None]


def draw(painter: QPainter, middle: QPointF, advice: str) -> bool:
    """False where there is no drawing for this word."""
    hint = HINTS.get(advice)
    if hint is None:
        return False
    painter.save()
    hint(painter, middle)
    painter.restore()
    return True


def _ink(painter: QPainter, tone: str = "ink", width: float = 3, *, dashed: bool = False) -> None:
    style = Qt.PenStyle.DotLine if dashed else Qt.PenStyle.SolidLine
    painter.setPen(QPen(color(tone), width, style, Qt.PenCapStyle.RoundCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _face(painter: QPainter, at: QPointF, size: float = 1.0, shift: float = 0.0) -> None:
    painter.drawEllipse(at, 32 * size, 42 * size)
    for side in (-1, 1):
        painter.drawPoint(at + QPointF((side * 12 + shift) * size, -8 * size))
    painter.drawLine(at + QPointF((shift - 8) * size, 20 * size), at + QPointF((shift + 8) * size, 20 * size))


def _arrow(painter: QPainter, tail: QPointF, tip: QPointF) -> None:
    _ink(painter, "teal", 4)
    painter.drawLine(tail, tip)
    along = (tip - tail) / max(1.0, ((tip - tail).x() ** 2 + (tip - tail).y() ** 2) ** 0.5)
    across = QPointF(-along.y(), along.x())
    for side in (-1, 1):
        painter.drawLine(tip, tip - along * 9 + across * (7 * side))


def _no_face(painter: QPainter, at: QPointF) -> None:
    _ink(painter, "muted", dashed=True)
    painter.drawEllipse(at, 32, 42)
    _arrow(painter, at + QPointF(58, 0), at + QPointF(12, 0))


def _several(painter: QPainter, at: QPointF) -> None:
    _ink(painter)
    _face(painter, at - QPointF(16, 0), 0.75)
    _ink(painter, "muted", dashed=True)
    _face(painter, at + QPointF(36, 0), 0.6)
    _ink(painter, "amber", 4)
    painter.drawLine(at + QPointF(16, -24), at + QPointF(56, 24))


def _sized(size: float, outward: bool) -> Draw:
    """The face as it is now inside (or around) the size it should have, and arrows that way."""

    def hint(painter: QPainter, at: QPointF) -> None:
        _ink(painter, "muted", dashed=True)
        painter.drawEllipse(at, 32, 42)
        _ink(painter)
        _face(painter, at, size)
        for side in (-1, 1):
            near, far = at + QPointF(side * 40, 0), at + QPointF(side * 62, 0)
            _arrow(painter, *((near, far) if outward else (far, near)))

    return hint


def _light(rays: int, tone: str) -> Draw:
    """A face under a lamp with many or hardly any rays."""

    def hint(painter: QPainter, at: QPointF) -> None:
        _ink(painter, tone)
        _face(painter, at + QPointF(0, 16), 0.8)
        lamp = at - QPointF(0, 46)
        _ink(painter, "amber", 3)
        painter.drawEllipse(lamp, 7, 7)
        for ray in range(rays):
            way = QPointF((ray - (rays - 1) / 2) * 9, 12 - abs(ray - (rays - 1) / 2) * 3)
            painter.drawLine(lamp + way, lamp + way * 1.7)

    return hint


def _blurred(painter: QPainter, at: QPointF) -> None:
    for step, tone in ((-6, "muted"), (6, "muted"), (0, "ink")):
        _ink(painter, tone, 2)
        _face(painter, at + QPointF(step, 0))


def _turned(painter: QPainter, at: QPointF) -> None:
    _ink(painter)
    _face(painter, at, 1.0, 14)
    _arrow(painter, at + QPointF(52, -30), at + QPointF(4, -30))


def _covered(painter: QPainter, at: QPointF) -> None:
    _ink(painter)
    _face(painter, at)
    _ink(painter, "amber", 3)
    painter.setBrush(color("line"))
    painter.drawRoundedRect(QRectF(at.x() - 34, at.y() + 4, 68, 28), 8, 8)
    _arrow(painter, at + QPointF(0, 34), at + QPointF(0, 62))


HINTS: dict[str, Draw] = {
    "no_face": _no_face, "several_faces": _several, "too_far": _sized(0.5, True), "too_close": _sized(1.35, False),
    "too_dark": _light(1, "muted"), "too_bright": _light(7, "ink"), "blurred": _blurred, "face_turned": _turned,
    "face_covered": _covered,
}  # fmt: skip
