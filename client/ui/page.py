"""The frame every page stands in: title, one lead sentence, body, and one main button at the bottom right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from client import messages as m
from client.ui.banner import Banner
from client.ui.bridge import RecorderBridge
from client.ui.scroll import SteadyScrollArea
from client.ui.widgets import button, label

MAX_WIDTH = 960  # wider lines read badly


class Page(QWidget):
    """``enter`` and ``leave`` are called as the page comes and goes; ``retranslate`` writes every text anew."""

    def __init__(self, name: str, bridge: RecorderBridge) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setProperty("page", name)
        self.page_name = name
        self.bridge = bridge
        self.title = label("title", name=f"{name}_title")
        self.lead = label("muted", name=f"{name}_lead")
        self.banner = Banner(f"{name}_banner")
        self.banner.left.connect(self.take_focus)
        self.main = button(f"{name}_main", "main")
        self.main.setDefault(True)
        self.next_hint = label("muted", name=f"{name}_next")
        self.next_hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.body = QVBoxLayout()
        self.body.setSpacing(16)
        self.quiet = QHBoxLayout()
        self._lay_out()
        self._last_problem: m.Problem | None = None

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        inside = QWidget()
        inside.setObjectName("scrolled")
        inside.setMaximumWidth(MAX_WIDTH)
        column = QVBoxLayout(inside)
        column.setContentsMargins(40, 32, 40, 16)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.lead)
        column.addSpacing(8)
        column.addWidget(self.banner)
        column.addSpacing(8)
        column.addLayout(self.body, 1)
        scroll = SteadyScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        self.scroll_area = scroll
        outer.addWidget(scroll, 1)
        bottom = QWidget()
        bottom.setObjectName("bottombar")
        bottom.setMinimumHeight(68)
        row = QHBoxLayout(bottom)
        row.setContentsMargins(40, 12, 24, 12)
        row.setSpacing(16)
        row.addLayout(self.quiet)
        row.addWidget(self.next_hint, 1)
        row.addWidget(self.main)
        outer.addWidget(bottom)

    def enter(self) -> None:
        """The page is shown now."""

    def leave(self) -> None:
        """Another page comes."""

    def retranslate(self) -> None:
        """Write all texts in the present language."""

    def show_problem(self, problem: m.Problem) -> None:
        """Tell a problem in the banner; the page stays usable."""
        self._last_problem = problem
        self.banner.tell_problem(problem)
        self.scroll_area.ensureVisible(0, 0)

    def clear_problem(self) -> None:
        self._last_problem = None
        self.banner.put_away()

    def take_focus(self) -> None:
        """The keyboard goes on here after the banner: at the main button, else at the page's first control."""
        controls = [self.main, *self.findChildren(QAbstractButton), *self.findChildren(QComboBox)]
        for control in controls:
            if control.isVisibleTo(self) and control.isEnabled() and control.focusPolicy() & Qt.FocusPolicy.TabFocus:
                control.setFocus()
                return
        self.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            if self._last_problem is not None and self.banner.isVisible():
                self.show_problem(self._last_problem)
