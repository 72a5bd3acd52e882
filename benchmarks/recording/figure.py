"""A figure with formulas, as a physics paper has them: thin lines, indices, Greek letters."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

_INK, _GRID, _CURVES = QColor("#1c1e21"), QColor("#dfe3e8"), ("#0b5cad", "#b3261e", "#2e7d32")
_FORMULAS = (
    "F = m · a,   a = Δv / Δt",
    "E = ½ m v² + m g h",
    "∫₀^π sin x dx = 2",
    "x₁,₂ = (−b ± √(b² − 4ac)) / 2a",
    "∑ₖ₌₁ⁿ k = n(n + 1) / 2",
    "λ = h / p,   ω = 2πν",
)


def draw_figure(painter: QPainter, place: QRect, number: int) -> None:
    """Three curves over a grid at the left of ``place``, formulas at the right."""
    graph = QRect(place.left() + 40, place.top() + 10, place.width() * 3 // 5, place.height() - 40)
    painter.setPen(QPen(_GRID, 1))
    for k in range(11):
        x, y = graph.left() + graph.width() * k // 10, graph.top() + graph.height() * k // 10
        painter.drawLine(x, graph.top(), x, graph.bottom())
        painter.drawLine(graph.left(), y, graph.right(), y)
    painter.setFont(_font(11))
    painter.setPen(_INK)
    for k in range(11):
        x, y = graph.left() + graph.width() * k // 10, graph.top() + graph.height() * k // 10
        painter.drawText(QRect(x - 20, graph.bottom() + 4, 40, 16), int(Qt.AlignmentFlag.AlignCenter), f"{k / 2:g}")
        painter.drawText(QRect(graph.left() - 36, y - 8, 32, 16), int(Qt.AlignmentFlag.AlignRight), f"{10 - k}")
    for k, colour in enumerate(_CURVES):
        painter.setPen(QPen(QColor(colour), 1.6))
        painter.drawPolyline(_curve(graph, k, number))
    _formulas(painter, QRect(graph.right() + 24, place.top() + 10, place.right() - graph.right() - 24, place.height()))


def _curve(graph: QRect, kind: int, number: int) -> QPolygonF:
    points = []
    for step in range(121):
        t = step / 120 * 5
        value = (0.5 + 0.4 * math.sin(t * (1.1 + 0.2 * kind) + number), math.exp(-t / (1 + kind)), t * t / 26)[kind]
        points.append(QPointF(graph.left() + graph.width() * t / 5, graph.bottom() - graph.height() * value))
    return QPolygonF(points)


def _formulas(painter: QPainter, place: QRect) -> None:
    painter.setPen(_INK)
    painter.setFont(_font(15, italic=True))
    for k, text in enumerate(_FORMULAS):
        line = QRect(place.left(), place.top() + 56 * k, place.width(), 50)
        painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap), text)


def _font(pixels: int, italic: bool = False) -> QFont:
    font = QFont("DejaVu Sans")
    font.setPixelSize(pixels)
    font.setItalic(italic)
    return font
