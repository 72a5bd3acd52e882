"""The quiet controls below a question: where to go, the mark, the size of the text, the camera's picture, help."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from client.settings import InstitutionConfig
from client.ui import icons
from client.ui.languages import unbroken_numbers
from client.ui.theme import theme
from client.ui.widgets import button, label


class ExamFoot(QWidget):
    """Knows no question: says what was wished, shows what it is told."""

    stepped = Signal(int)  # one question back (-1) or on (+1)
    mark_toggled = Signal()
    size_stepped = Signal(int)  # -1 smaller, +1 larger
    camera_toggled = Signal()

    def __init__(self, config: InstitutionConfig, breaks: QPushButton) -> None:
        """``breaks``: the button that leads to a break."""
        super().__init__()
        self.setObjectName("bottombar")
        self._config = config
        self._camera_shown = True
        self.previous = button("exam_previous")
        self.mark = button("exam_mark")
        self.mark.setCheckable(True)
        self.smaller, self.larger = button("exam_smaller", "quiet"), button("exam_larger", "quiet")
        self.camera = button("exam_camera_toggle", "quiet")
        self.keys = button("exam_shortcuts", "quiet")
        self.help = label("small", name="exam_help")
        self.help.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.next = button("exam_main", "main")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 10, 24, 10)
        row.setSpacing(8)
        for part in (self.previous, self.mark, self.smaller, self.larger, self.camera, self.keys, breaks):
            row.addWidget(part)
        row.addWidget(self.help, 1)
        row.addSpacing(8)
        row.addWidget(self.next)
        self.previous.clicked.connect(lambda: self.stepped.emit(-1))
        self.next.clicked.connect(lambda: self.stepped.emit(1))
        self.mark.clicked.connect(self.mark_toggled)
        self.smaller.clicked.connect(lambda: self.size_stepped.emit(-1))
        self.larger.clicked.connect(lambda: self.size_stepped.emit(1))
        self.camera.clicked.connect(self.camera_toggled)
        theme.changed.connect(self._icons)

    def show_place(self, *, first: bool, last: bool, marked: bool, paused: bool) -> None:
        """Which ways there are from the present question, and whether it is marked."""
        self.previous.setEnabled(not first and not paused)
        self.next.setEnabled(not last and not paused)
        self.mark.setEnabled(not paused)
        self.mark.setChecked(marked)
        self.mark.setText(self.tr("Marked") if marked else self.tr("Mark"))

    def show_camera(self, shown: bool) -> None:
        """Whether the student's own picture is on the page: the button offers the other."""
        self._camera_shown = shown
        name = self.tr("Hide my picture") if shown else self.tr("Show my picture")
        self.camera.setAccessibleName(name)
        self.camera.setToolTip(name)
        self.camera.setIcon(icons.icon("camera" if shown else "camera-off", "teal"))

    def retranslate(self, language: str) -> None:
        """``language``: of the institution's line of help."""
        self.previous.setText(self.tr("Previous"))
        self.next.setText(self.tr("Next"))
        self.smaller.setText("A−")
        self.smaller.setAccessibleName(self.tr("Smaller text"))
        self.smaller.setToolTip(self.tr("Smaller text"))
        self.larger.setText("A+")
        self.larger.setAccessibleName(self.tr("Larger text"))
        self.larger.setToolTip(self.tr("Larger text"))
        self.keys.setAccessibleName(self.tr("Keyboard shortcuts"))
        self.keys.setToolTip(self.tr("Keyboard shortcuts (F1)"))
        self.help.setText(unbroken_numbers(self._config.help_in(language)))
        self._icons()

    def _icons(self) -> None:
        self.show_camera(self._camera_shown)
        self.keys.setIcon(icons.icon("keyboard", "teal"))
        self.mark.setIcon(icons.icon("bookmark", "amber"))
