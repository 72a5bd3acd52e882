"""What stands in the questions' place while a person has paused the exam."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from client.ui import icons
from client.ui.widgets import label, say


class PauseCover(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("exam_pause")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.heading = label("title", name="exam_pause_heading")
        self.text = label("lead", name="exam_pause_text")
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 24, 48, 24)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(icons.IconLabel("hourglass", "teal", 32), 0, Qt.AlignmentFlag.AlignHCenter)
        for part in (self.heading, self.text):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(part)
        column.addStretch(2)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        self.heading.setText(self.tr("The exam is paused"))
        self.text.setText(
            self.tr(
                "The questions are covered until an invigilator lets the exam go on. Your answers are saved and your "
                "time stands still. Recording goes on."
            )
        )
        self.setAccessibleName(self.heading.text())
        self.setAccessibleDescription(self.text.text())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        say(self, f"{self.heading.text()}. {self.text.text()}")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
