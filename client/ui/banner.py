"""The panel in which a page tells a problem, or a person's message."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from client import messages as m
from client.ui import icons
from client.ui.problems import DURING, RANK, ProblemTexts, topic
from client.ui.widgets import button, label, say, set_property

GOOD_NEWS_MS = 10_000  # long enough to be read twice


class Banner(QFrame):
    """What happened, what it means for the exam, what to do now, and a short code. Can be put away."""

    left = Signal()  # it was put away while the keyboard's focus was in it

    ICONS: ClassVar = {"info": ("info", "teal"), "amber": ("triangle-alert", "amber"), "red": ("circle-x", "red")}

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        self._icon = icons.IconLabel("info", "teal", 20)
        row.addWidget(self._icon)
        self._row = row
        column = QVBoxLayout()
        column.setSpacing(4)
        self.headline = label("strong", name=f"{name}_headline")
        self.text = label("", name=f"{name}_text")
        self.code = label("small", name=f"{name}_code")
        for part in (self.headline, self.text, self.code):
            column.addWidget(part)
        self.action = button(f"{name}_action")
        self.action.hide()
        # Under the text: beside it, two buttons would leave it a narrow column in a small window.
        column.addWidget(self.action, 0, Qt.AlignmentFlag.AlignLeft)
        row.addLayout(column, 1)
        self.dismiss = button(f"{name}_dismiss", "quiet")
        row.addWidget(self.dismiss, 0, Qt.AlignmentFlag.AlignVCenter)
        self.dismiss.clicked.connect(self.put_away)
        self._good_news = QTimer(self)
        self._good_news.setSingleShot(True)
        self._good_news.setInterval(GOOD_NEWS_MS)
        self._good_news.timeout.connect(self.put_away)
        self.tone, self.topic = "", ""
        self.hide()

    def put_away(self) -> None:
        """Hide. If the keyboard's focus was in here, ``left`` lets the page take it; else Qt would choose who."""
        focused = self.window().focusWidget()
        inside = focused is not None and self.isAncestorOf(focused)
        self.hide()
        if inside:
            self.left.emit()

    def tell_problem(self, problem: m.Problem) -> None:
        """The sentence of a problem. Good news does not push a graver, other thing aside, and goes by itself."""
        texts = ProblemTexts()
        code = DURING.get((problem.code, problem.during), problem.code)
        sentence = texts.sentence(code, problem.values)
        other = topic(code) != self.topic
        if self.isVisible() and other and RANK[sentence.tone] < RANK.get(self.tone, 0):
            return
        text = " ".join(part for part in (sentence.means, sentence.remedy) if part)
        good_news = sentence.tone == "info" and not problem.during
        self.tell(sentence.tone, sentence.what, text, "" if good_news else texts.code_line(code))
        self.topic = topic(code)
        if good_news:
            self._good_news.start()

    def tell(self, tone: str, headline: str, text: str, code: str = "", *, action: str = "") -> None:
        self._good_news.stop()
        self.tone, self.topic = tone, ""
        set_property(self, "panel", tone)
        self._icon.show_icon(*self.ICONS[tone])
        self.headline.setText(headline)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.code.setText(code)
        self.code.setVisible(bool(code))
        # Beside the headline: one line alone stands in the middle of the row.
        top = bool(text or code)
        self._row.setAlignment(self._icon, Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignVCenter)
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self.dismiss.setText(self.tr("Put away"))
        self.setAccessibleName(headline)
        self.show()
        say(self, f"{headline} {text}")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.dismiss.setText(self.tr("Put away"))
