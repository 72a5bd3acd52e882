"""The left side: the institution, the way in quiet steps, the recording light, help, colours."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from client.settings import InstitutionConfig
from client.ui import icons
from client.ui.about import logo_label
from client.ui.languages import unbroken_numbers
from client.ui.theme import theme
from client.ui.widgets import button, label, set_property
from client.ui.widgets_recording import RecordingLight

WIDTH = 248
STEPS = ("sign_in", "exams", "consent", "check", "identity", "exam", "handin")


class Side(QWidget):
    shortcuts = Signal()
    appearance = Signal(str)
    about = Signal()

    def __init__(self, config: InstitutionConfig) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self._config = config
        self._language = ""
        self._page = "sign_in"
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 32, 16, 16)
        column.setSpacing(12)
        self.logo = logo_label(config.logo)
        column.addWidget(self.logo)
        self.institution = label("strong", name="side_institution")
        self.institution.setIndent(8)
        column.addWidget(self.institution)
        column.addSpacing(16)
        self._marks: dict[str, icons.IconLabel] = {}
        self._steps = {}
        for step in STEPS:
            row = QHBoxLayout()
            row.setSpacing(10)
            row.setContentsMargins(8, 0, 0, 0)
            self._marks[step] = icons.IconLabel("circle", "muted", 18)
            self._steps[step] = label("muted", name=f"side_step_{step}")
            row.addWidget(self._marks[step], 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(self._steps[step], 1)
            column.addLayout(row)
        column.addStretch(1)
        self.recording = RecordingLight("side_recording", narrow=True)
        self.recording.setContentsMargins(8, 0, 0, 0)
        self.help = label("small", name="side_help")
        self.help.setIndent(8)
        self.keys = button("side_shortcuts", "quiet")
        self.colours = button("side_appearance", "quiet")
        self.about_senim = button("side_about", "quiet")
        self.keys.clicked.connect(self.shortcuts)
        self.colours.clicked.connect(lambda: self.appearance.emit("light" if theme.palette.dark else "dark"))
        self.about_senim.clicked.connect(self.about)
        for part in (self.recording, self.help, self.keys, self.colours, self.about_senim):
            column.addWidget(part)
        theme.changed.connect(self.retranslate)
        self.retranslate()

    def show_page(self, page: str) -> None:
        self._page = "handin" if page == "receipt" else page
        self.recording.setVisible(page in ("check", "identity"))
        self.retranslate()

    def show_language(self, language: str) -> None:
        self._language = language
        self.retranslate()

    def retranslate(self) -> None:
        names = {
            "sign_in": self.tr("Sign in"), "exams": self.tr("Choose the exam"), "consent": self.tr("Consent"),
            "check": self.tr("System check"), "identity": self.tr("Identity"), "exam": self.tr("Exam"),
            "handin": self.tr("Hand in"),
        }  # fmt: skip
        self.institution.setText(self._config.name_in(self._language))
        present = STEPS.index(self._page)
        for index, step in enumerate(STEPS):
            name = self._steps[step]
            name.setText(names[step])
            done, now = index < present, index == present
            state = self.tr("done") if done else self.tr("now") if now else self.tr("later")
            name.setAccessibleName(f"{names[step]}: {state}")
            set_property(name, "role", "strong" if now else "muted")
            look = ("circle-check", "teal") if done else ("circle-dot", "teal") if now else ("circle", "muted")
            self._marks[step].show_icon(*look)
        self.help.setText(unbroken_numbers(self._config.help_in(self._language)))
        self.keys.setText(self.tr("Keyboard shortcuts"))
        self.keys.setIcon(icons.icon("keyboard", "teal"))
        dark = theme.palette.dark
        self.colours.setText(self.tr("Light colours") if dark else self.tr("Dark colours"))
        self.colours.setIcon(icons.icon("sun" if dark else "moon", "teal"))
        self.about_senim.setText(self.tr("About Senim"))
        self.about_senim.setIcon(icons.icon("info", "teal"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
