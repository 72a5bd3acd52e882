"""The exam's top bar: exam, clock, what is recorded since when, the network, where the answers are."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QElapsedTimer, QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from client import messages as m
from client.ui.answers import AnswerBook
from client.ui.languages import Words, clock_digits
from client.ui.theme import font
from client.ui.widgets import Chip, ElidedLabel, button, label, say, set_property
from client.ui.widgets_recording import RecordingLight

SOON_SECONDS, LAST_SECONDS, NEARLY_OVER_SECONDS = 300, 60, 2


class ExamBar(QWidget):
    hand_in = Signal()
    nearly_over = Signal()  # the last moment for what is typed but not yet a saved revision

    def __init__(self, book: AnswerBook) -> None:
        super().__init__()
        self.setObjectName("topbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._book = book
        self._clock: m.ClockView | None = None
        self._network: m.NetworkView | None = None
        self._recorder_gone = False
        self._told: set[int] = set()
        self._since = QElapsedTimer()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 10, 24, 10)
        column.setSpacing(6)
        column.addLayout(self._first_row())
        column.addLayout(self._second_row())
        self._tick = QTimer(self)
        self._tick.setInterval(250)
        self._tick.timeout.connect(self._show_clock)
        book.changed.connect(lambda _: self.show_saved())
        self.retranslate()

    def _first_row(self) -> QHBoxLayout:
        self.recording = RecordingLight("exam_recording")
        row = QHBoxLayout()
        row.setSpacing(16)
        self.title = ElidedLabel("exam_title", "heading")
        self.until = label("small", name="exam_until", wrap=False)
        self.clock = label("clock", name="exam_clock", wrap=False)
        self.clock.setProperty("chip", True)
        self.clock.setFont(font(20, tabular=True))
        self.hand_in_button = button("exam_hand_in")
        self.hand_in_button.clicked.connect(self.hand_in)
        row.addWidget(self.title, 1)
        for part in (self.recording.simulated, self.until, self.clock, self.hand_in_button):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _second_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(24)
        self.network = Chip("exam_network")
        self.saved = Chip("exam_saved")
        row.addWidget(self.recording, 1)
        row.addWidget(self.saved)
        row.addWidget(self.network)
        return row

    def retranslate(self) -> None:
        self.hand_in_button.setText(self.tr("Hand in…"))
        self.recording.retranslate()
        self.show_saved()
        self._show_network()
        self._show_clock()

    def show_title(self, title: str) -> None:
        self.title.show_text(title)

    def show_clock(self, view: m.ClockView) -> None:
        if view.paused and self._clock is not None and self._clock.paused:
            view = replace(view, seconds_left=self._clock.seconds_left)  # it stands still, whatever the line does
        self._clock = view
        self._since.restart()
        self._tick.start()
        self._show_clock()

    def show_network(self, view: m.NetworkView) -> None:
        self._network = view
        self._show_network()
        self.show_saved()

    def show_recorder_gone(self, gone: bool) -> None:
        self._recorder_gone = gone
        self.recording.show_gone(gone)
        self.show_saved()

    def stop(self) -> None:
        self._tick.stop()
        self._clock = None
        self._told.clear()

    @property
    def seconds_left(self) -> float | None:
        if self._clock is None:
            return None
        gone = 0.0 if self._clock.paused else self._since.elapsed() / 1000
        return self._clock.seconds_left - gone

    def show_saved(self) -> None:
        """Never more than what is known: the least safe answer decides the word."""
        if self._recorder_gone:
            self.saved.show_state("hourglass", self.tr("kept in this window"), "amber_ink")
            return
        state, waiting = self._book.state, self._book.count("disk")
        if state == "":
            self.saved.show_state("circle", self.tr("no answers yet"), "muted")
        elif state in ("typed", "sent"):
            self.saved.show_state("loader-circle", self.tr("saving…"), "muted")
        elif state == "disk":
            text = self.tr("saved on this computer, %n answer(s) on the way", "", waiting)
            self.saved.show_state("save", text, "ink")
        else:
            self.saved.show_state("circle-check", self.tr("saved and delivered"), "teal")

    def _show_network(self) -> None:
        view = self._network
        if view is None or view.state == "online":
            self.network.show_state("wifi", self.tr("online"), "teal" if view else "muted")
        elif view.state == "slow":
            text = self.tr("slow network, {size} MB waiting").format(size=Words().megabytes(view.waiting_bytes))
            self.network.show_state("wifi", text, "amber_ink")
        else:
            text = self.tr("no network, {size} MB kept here").format(size=Words().megabytes(view.waiting_bytes))
            self.network.show_state("wifi-off", text, "amber_ink")

    def _show_clock(self) -> None:
        left = self.seconds_left
        if left is None or self._clock is None:
            self.clock.setText("")
            self.until.setText("")
            return
        if left < NEARLY_OVER_SECONDS and not self._clock.paused:
            self.nearly_over.emit()
        digits = clock_digits(left)
        self.clock.setText(digits)
        self.clock.setAccessibleName(self.tr("Time left: {time}").format(time=digits))
        set_property(self.clock, "tone", "red" if left < LAST_SECONDS else "amber" if left < SOON_SECONDS else "")
        until = self.tr("until {time}").format(time=Words().time(self._clock.ends))
        if not self._clock.proven:
            until = self.tr("until {time}, by this computer's clock").format(time=Words().time(self._clock.ends))
        self.until.setText(self.tr("paused") if self._clock.paused else until)
        for limit in (SOON_SECONDS, LAST_SECONDS):
            if 0 < left < limit and limit not in self._told:
                self._told.add(limit)
                say(self.clock, self.tr("%n minute(s) left", "", limit // 60))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
