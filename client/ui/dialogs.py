"""The few questions asked in a window of their own: hand in, close, and the list of shortcuts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from client.ui.widgets import button, label

SHOWN_NUMBERS = 12


class Question(QDialog):
    """A title, some sentences, the safe answer first (it is the default), the other at the bottom right."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setModal(True)
        self.setMinimumWidth(520)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(32, 24, 24, 24)
        self.column.setSpacing(12)
        self.heading = label("heading", name=f"{name}_heading")
        self.column.addWidget(self.heading)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self.column.addLayout(self.body)
        self.column.addSpacing(12)
        row = QHBoxLayout()
        self.stay = button(f"{name}_stay")
        self.go = button(f"{name}_go", "main")
        self.stay.setDefault(True)
        self.go.setAutoDefault(False)
        self.stay.clicked.connect(self.reject)
        self.go.clicked.connect(self.accept)
        row.addWidget(self.stay)
        row.addStretch(1)
        row.addWidget(self.go)
        self.column.addLayout(row)

    def say(self, heading: str, *sentences: str) -> None:
        self.setWindowTitle(f"{heading} – Senim")
        self.setAccessibleName(heading)
        self.heading.setText(heading)
        for sentence in sentences:
            if sentence:
                line = label("")
                line.setText(sentence)
                self.body.addWidget(line)


class HandInQuestion(Question):
    """Asks once more, with what is still open."""

    jump = Signal(int)

    def __init__(self, parent: QWidget, total: int, open_questions: Sequence[int], marked: Sequence[int]) -> None:
        super().__init__("handin_question", parent)
        if open_questions:
            state = self.tr("%n question(s) have no answer yet:", "", len(open_questions))
        else:
            state = self.tr("All %n question(s) have an answer.", "", total)
        self.say(self.tr("Hand in now?"), state)
        self._numbers(open_questions)
        if marked:
            text = label("")
            text.setText(self.tr("%n question(s) are marked to look at again:", "", len(marked)))
            self.body.addWidget(text)
            self._numbers(marked)
        self.copying = label("", name="handin_question_copying", tone="amber")
        self.body.addWidget(self.copying)
        self.show_copying(0)
        last = label("muted")
        last.setText(self.tr("After handing in, answers cannot be changed. Recording ends."))
        self.body.addWidget(last)
        self.stay.setText(self.tr("Back to the questions"))
        self.go.setText(self.tr("Hand in now"))

    def show_copying(self, count: int) -> None:
        """One can wait for them here, and need not: a stick that hangs must keep nobody from handing in."""
        self.copying.setText(
            self.tr("%n file(s) are still being copied. Handed in now, they would be left out.", "", count)
        )
        self.copying.setVisible(bool(count))

    def _numbers(self, indexes: Sequence[int]) -> None:
        if not indexes:
            return
        grid = QGridLayout()
        grid.setSpacing(6)
        for place, index in enumerate(indexes[:SHOWN_NUMBERS]):
            number = QPushButton(str(index + 1))
            number.setObjectName(f"handin_jump_{index + 1}")
            number.setAccessibleName(self.tr("Go to question {number}").format(number=index + 1))
            number.setFixedSize(44, 40)
            number.setStyleSheet("padding: 0; min-height: 36px")
            number.setAutoDefault(False)
            number.clicked.connect(lambda _=False, i=index: self._jump(i))
            grid.addWidget(number, 0, place)
        more = len(indexes) - SHOWN_NUMBERS
        if more > 0:
            rest = label("muted", wrap=False)
            rest.setText(self.tr("and %n more", "", more))
            grid.addWidget(rest, 1, 0, 1, SHOWN_NUMBERS)
        grid.setColumnStretch(SHOWN_NUMBERS, 1)
        self.body.addLayout(grid)

    def _jump(self, index: int) -> None:
        self.jump.emit(index)
        self.reject()


class CloseQuestion(Question):
    """Closing never loses anything; it says what goes on and what does not."""

    def __init__(self, parent: QWidget, state: str) -> None:
        super().__init__("close_question", parent)
        if state in ("handing_in", "sealed_offline"):
            self.say(
                self.tr("Close before everything is delivered?"),
                self.tr("Your exam is handed in and sealed on this computer. The rest is sent in the background, or "
                        "when Senim is started here again."),
                self.tr("The receipt is shown once everything has arrived."),
            )  # fmt: skip
        else:
            self.say(
                self.tr("Close in the middle of the exam?"),
                self.tr("Nothing is lost: your answers and the recording until now are kept."),
                self.tr("The exam's clock goes on, the recording stops, and the gap is noted. Start Senim again to "
                        "go on; you show your face once more."),
            )  # fmt: skip
        self.stay.setText(self.tr("Stay here"))
        self.go.setText(self.tr("Close Senim"))


class Sheet(QDialog):
    """Something to read in a window of its own: a title, rows of two columns, a button that closes it."""

    def __init__(self, name: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(f"{title} – Senim")
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(32, 24, 24, 24)
        self.column.setSpacing(16)
        heading = label("heading")
        heading.setText(title)
        self.column.addWidget(heading)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(32)
        self.grid.setVerticalSpacing(10)
        self.column.addLayout(self.grid)

    def end_with(self, text: str) -> None:
        """The button, below everything else."""
        close = button(f"{self.objectName()}_close", "main")
        close.setText(text)
        close.clicked.connect(self.accept)
        self.column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)


class ShortcutList(Sheet):
    """Every shortcut, shown by F1 or ``?``."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("shortcuts", self.tr("Keyboard shortcuts"), parent)
        for row, (keys, meaning) in enumerate(self._rows()):
            key, text = label("strong", wrap=False), label("", wrap=False)
            key.setText(keys)
            text.setText(meaning)
            self.grid.addWidget(key, row, 0)
            self.grid.addWidget(text, row, 1)
        self.end_with(self.tr("Close the list"))

    def _rows(self) -> list[tuple[str, str]]:
        return [
            ("Alt + →,  Ctrl + Page Down", self.tr("next question")),
            ("Alt + ←,  Ctrl + Page Up", self.tr("previous question")),
            ("A, B, C …  1, 2, 3 …", self.tr("choose an answer")),
            ("Tab,  Shift + Tab", self.tr("to the next or previous control")),
            ("Ctrl + M", self.tr("mark this question")),
            ("Ctrl + O", self.tr("attach a file, where the question takes files")),
            ("Ctrl + Enter", self.tr("hand in (you are asked once more)")),
            ("Ctrl + +,  Ctrl + −", self.tr("larger or smaller text")),
            ("Ctrl + Shift + C", self.tr("show or hide your camera's picture")),
            ("F1,  ?", self.tr("this list")),
        ]
