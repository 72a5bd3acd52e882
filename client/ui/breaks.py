"""A break in the window: the button that asks for it, what came of the wish, and the quiet page while it runs."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from client import messages as m
from client.ui import icons
from client.ui.banner import Banner
from client.ui.bridge import RecorderBridge
from client.ui.dialogs import Question
from client.ui.languages import Words, clock_digits
from client.ui.widgets import button, label, say

TICK_MS = 250
WIDEST = 560


class BreakTexts(QObject):
    """The rules in whole sentences, the same wherever they are told."""

    def clock(self, view: m.BreakView) -> str:
        if view.stops_clock:
            return self.tr("The exam's clock stands still meanwhile, for %n minute(s) at most.", "", view.minutes)
        return self.tr("The exam's clock runs on meanwhile.")

    def recording(self) -> str:
        return self.tr("Recording goes on. Being away is part of the break; no moment is noted for it.")

    def hidden(self) -> str:
        return self.tr("The questions are hidden until you are back.")


class BreakQuestion(Question):
    """Before a break is asked for or begun: how long, what the clock does, what goes on."""

    def __init__(self, parent: QWidget, view: m.BreakView) -> None:
        super().__init__("break_question", parent)
        texts, free = BreakTexts(), view.state == "allowed" or view.left > 0
        if free:
            heading = self.tr("Take a break of %n minute(s) now?", "", view.minutes)
            first = "" if view.state == "allowed" else self.tr("Breaks you can take without asking: %n.", "", view.left)
        else:
            heading = self.tr("Ask for a break of %n minute(s)?", "", view.minutes)
            first = self.tr("An invigilator decides. Go on working until the answer comes.")
        self.say(heading, first, texts.clock(view), texts.recording(), texts.hidden())
        self.stay.setText(self.tr("Go on with the exam"))
        self.go.setText(self.tr("Begin the break") if free else self.tr("Ask for the break"))


class BreakPanel(QWidget):
    """In the place of the questions. Counts down; once the time is over it says so and waits."""

    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("exam_break_panel")
        self._view: m.BreakView | None = None
        self._since = QElapsedTimer()
        self._over = False
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 32, 48, 32)
        column.setSpacing(12)
        self.heading = label("title", name="exam_break_heading")
        self.left = label("clock", name="exam_break_left", wrap=False)
        self.until = label("lead", name="exam_break_until")
        self.rules = label("", name="exam_break_rules")
        self.main = button("exam_break_back", "main")
        self.main.clicked.connect(self.back)
        column.addStretch(1)
        for part in (self.heading, self.left, self.until, self.rules):
            column.addWidget(part)
        for part in (self.until, self.rules):
            part.setMaximumWidth(WIDEST)  # beside it there is room for the own picture
        column.addSpacing(12)
        column.addWidget(self.main, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(2)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.retranslate)
        self.hide()

    def show_break(self, view: m.BreakView | None) -> None:
        """None: the exam goes on."""
        self._view, self._over = view, False
        self.setVisible(view is not None)
        if view is None:
            self._tick.stop()
            return
        self._since.start()
        self._tick.start()
        self.retranslate()
        say(self, f"{self.heading.text()} {self.until.text()} {self.rules.text()}")
        self.main.setFocus()

    @property
    def seconds_left(self) -> float:
        return 0.0 if self._view is None else self._view.seconds_left - self._since.elapsed() / 1000

    def retranslate(self) -> None:
        if self._view is None:
            return
        left, texts = self.seconds_left, BreakTexts()
        self.left.setText(clock_digits(max(0.0, left)))
        self.left.setAccessibleName(self.tr("Left of the break: {time}").format(time=self.left.text()))
        self.main.setText(self.tr("I am back, show the questions"))
        self.rules.setText(f"{texts.clock(self._view)} {texts.recording()}" if left > 0 else "")
        if left > 0:
            self.heading.setText(self.tr("You are on a break"))
            self.until.setText(self.tr("Please be back by {time}.").format(time=Words().time(self._view.until)))
            return
        self.heading.setText(self.tr("The time of your break is over"))
        self.until.setText(self.tr("The exam goes on. Press the button below as soon as you are back."))
        if not self._over:
            self._over = True
            say(self, f"{self.heading.text()}. {self.until.text()}")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class BreakDesk(QObject):
    """Brings button, banner and panel in step with what the recorder tells. ``runs`` tells the page whether the
    questions are to be hidden; ``leaving``: now is the last moment to save what is typed."""

    runs = Signal(bool)
    leaving = Signal()

    def __init__(self, bridge: RecorderBridge, page: QWidget) -> None:
        super().__init__(page)
        self._bridge, self._page = bridge, page
        self._view: m.BreakView | None = None
        self._dialog: BreakQuestion | None = None
        self.button = button("exam_break", "quiet")
        self.button.hide()
        self.button.clicked.connect(self.ask)
        self.banner = Banner("exam_break_banner")
        self.banner.action.clicked.connect(self._act)
        self.panel = BreakPanel()
        self.panel.back.connect(lambda: self._wish("end"))
        bridge.break_view.connect(self.show_view)
        self.retranslate()

    @property
    def on(self) -> bool:
        """A break runs."""
        return self._view is not None and self._view.state == "running"

    def show_view(self, view: m.BreakView) -> None:
        was, before = self.on, self._view.state if self._view is not None else ""
        self._view = view
        self.button.setVisible(bool(view.state) or view.left > 0 or view.on_request)
        self.button.setEnabled(view.state != "asked")
        if view.state != before:
            self._close_dialog()
            self._tell()
        if self.on != was:
            if not self.on:
                self.panel.show_break(None)
            self.runs.emit(self.on)
            if self.on:  # last, so that the keyboard stays with the way back
                self.panel.show_break(view)

    def reset(self) -> None:
        """The sitting is over."""
        self._close_dialog()
        was, self._view = self.on, None
        self.button.hide()
        self.banner.hide()
        self.panel.show_break(None)
        if was:
            self.runs.emit(False)

    def ask(self) -> None:
        if self._view is None or self._view.state in ("asked", "running") or self._dialog is not None:
            return
        self._dialog = BreakQuestion(self._page, self._view)
        self._dialog.finished.connect(self._answered)
        self._dialog.open()

    def retranslate(self) -> None:
        self.button.setAccessibleName(self.tr("Break"))
        self.button.setToolTip(self.tr("Take a break, or ask for one"))
        self.show_icons()
        if self.banner.isVisible():
            self._tell()

    def show_icons(self) -> None:
        self.button.setIcon(icons.icon("coffee", "teal"))

    def _answered(self, yes: int) -> None:
        view, self._dialog = self._view, None
        if yes and view is not None:
            self._wish("begin" if view.state == "allowed" or view.left > 0 else "ask")

    def _close_dialog(self) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.finished.disconnect(self._answered)
            dialog.reject()

    def _act(self) -> None:
        """The banner's button: back from the wish, or the break that was allowed."""
        if self._view is not None:
            self._wish("begin" if self._view.state == "allowed" else "withdraw")

    def _wish(self, wish: str) -> None:
        if wish == "begin":
            self.leaving.emit()
        self._bridge.send(m.BreakWish(wish))

    def _tell(self) -> None:
        view = self._view
        if view is None or view.state not in ("asked", "allowed"):
            self.banner.put_away()
        elif view.state == "asked":
            text = self.tr("An invigilator decides. Go on working until the answer comes.")
            self.banner.tell("info", self.tr("You asked for a break"), text, action=self.tr("I need no break any more"))
        else:
            heading = self.tr("You may take a break of %n minute(s)", "", view.minutes)
            self.banner.tell("info", heading, BreakTexts().clock(view), action=self.tr("Begin the break"))
