"""A scroll area whose parts, as assistive technology counts them, never get fewer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QScrollBar, QWidget

BAR = 12  # pixels, as the style sheet draws it


class SteadyScrollArea(QScrollArea):
    """Scrolls downwards by a bar of its own.

    Qt counts an area's own bars among its accessible parts while they are to be seen, and its bridge to screen
    readers ends the program when one is asked for that has just gone (Qt 6.11: ``QAccessibleAbstractScrollArea``
    looks into its list without a check). This area has one accessible part at all times.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportMargins(0, 0, BAR, 0)  # always: a width that changed with the bar could change the bar again
        self.bar = QScrollBar(Qt.Orientation.Vertical, self)
        self.bar.hide()
        inner = self.verticalScrollBar()
        inner.rangeChanged.connect(self._follow)
        inner.valueChanged.connect(self.bar.setValue)
        self.bar.valueChanged.connect(inner.setValue)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.bar.setGeometry(self.width() - BAR, 0, BAR, self.height())
        self.bar.setPageStep(self.viewport().height())

    def _follow(self, low: int, high: int) -> None:
        inner = self.verticalScrollBar()
        self.bar.setRange(low, high)
        self.bar.setPageStep(self.viewport().height())
        self.bar.setSingleStep(inner.singleStep())
        self.bar.setVisible(high > low)
