"""The steady light with its word: what is recorded, since when, what is missing, what is a stand-in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from client import messages as m
from client.ui.languages import Words
from client.ui.widgets import RecordingDot, label, say, set_property


class RecordingLight(QWidget):
    """``narrow``: for the side of the window, everything under each other; else the owner places ``simulated``."""

    def __init__(self, name: str, *, narrow: bool = False) -> None:
        super().__init__()
        self._view = m.RecordingView({}, "")
        self._gone = False
        self.dot = RecordingDot()
        self.text = label("", name=name)  # a small window breaks it; nothing of it may be cut
        self.simulated = label("strong", name=f"{name}_simulated", wrap=narrow, tone="amber")
        self.simulated.setProperty("chip", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.dot, 0, Qt.AlignmentFlag.AlignTop if narrow else Qt.AlignmentFlag.AlignVCenter)
        if narrow:
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(self.text)
            column.addWidget(self.simulated)
            row.addLayout(column, 1)
        else:
            row.addWidget(self.text, 1)
        self.retranslate()

    @property
    def recording(self) -> bool:
        return not self._gone and "running" in self._view.sources.values()

    def show_view(self, view: m.RecordingView) -> None:
        self._view = view
        self.retranslate()

    def show_gone(self, gone: bool) -> None:
        self._gone = gone
        self.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def retranslate(self) -> None:
        self.dot.show_on(self.recording)
        text = self._words()
        if text != self.text.text():
            self.text.setText(text)
            self.text.setAccessibleName(text)
            say(self.text, text)
        missing = self._gone or any(state == "lost" for state in self._view.sources.values())
        set_property(self.text, "tone", "amber" if missing else "")
        self.simulated.setText(self._simulated_words())
        self.simulated.setVisible(bool(self._view.simulated))

    def _words(self) -> str:
        if self._gone:
            return self.tr("Recording interrupted, being restarted")
        if not self.recording:
            return self.tr("Not recording")
        running = {stream.split("-")[0] for stream, state in self._view.sources.items() if state == "running"}
        lost = {stream.split("-")[0] for stream, state in self._view.sources.items() if state == "lost"}
        since = Words().time_of_day(self._view.since)
        what = ", ".join(self._kind(kind) for kind in ("screen", "camera", "sound") if kind in running)
        if lost:
            gone = ", ".join(self._kind(kind) for kind in ("screen", "camera", "sound") if kind in lost)
            return self.tr("Recording: {what}. Missing: {missing}").format(what=what, missing=gone)
        if since:
            return self.tr("Recording since {time}: {what}").format(time=since, what=what)
        return self.tr("Recording: {what}").format(what=what)

    def _kind(self, kind: str) -> str:
        return {"screen": self.tr("screen"), "camera": self.tr("camera"), "sound": self.tr("sound")}[kind]

    def _simulated_words(self) -> str:
        simulated = set(self._view.simulated)
        if {"camera", "microphone"} <= simulated:
            return self.tr("Simulated camera and microphone")
        if "camera" in simulated:
            return self.tr("Simulated camera")
        return self.tr("Simulated microphone") if simulated else ""
