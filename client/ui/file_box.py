"""The attached files of one question, below it: a line each, and the button that attaches more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from client.ui import icons
from client.ui.banner import Banner
from client.ui.scroll import SteadyScrollArea
from client.ui.theme import theme
from client.ui.widgets import Chip, ElidedLabel, button, label, set_property

LINE_HEIGHT = 44
MOST_LINES = 3  # seen at once; more are scrolled to


@dataclass(frozen=True)
class Line:
    """A file as it is shown, every text ready. ``busy``: still being copied."""

    id: str
    name: str
    size: str
    state: str
    delivered: bool = False
    busy: bool = False


class FileLine(QWidget):
    """``number`` from 1 gives the controls their ids."""

    def __init__(self, number: int, line: Line) -> None:
        super().__init__()
        self.line = line
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self.setFixedHeight(LINE_HEIGHT)
        row.addWidget(icons.IconLabel("file", "teal"))
        self.name = ElidedLabel(f"file_name_{number}", "strong")
        self.size_label = label("muted", wrap=False, name=f"file_size_{number}")
        self.state = Chip(f"file_state_{number}")
        self.replace, self.remove = button(f"file_replace_{number}", "quiet"), button(f"file_remove_{number}", "quiet")
        row.addWidget(self.name, 1)
        for part in (self.size_label, self.state, self.replace, self.remove):
            row.addWidget(part)
        self.show_line(line)

    def show_line(self, line: Line) -> None:
        self.line = line
        self.name.show_text(line.name)
        self.size_label.setText(line.size)
        self.size_label.setVisible(bool(line.size))
        icon = "hourglass" if line.busy else "cloud-check" if line.delivered else "hard-drive"
        self.state.show_state(icon, line.state, "muted" if line.busy else "teal" if line.delivered else "ink")
        self.replace.setText(self.tr("Replace…"))
        self.replace.setAccessibleName(self.tr("Replace “{name}”").format(name=line.name))
        self.remove.setText(self.tr("Remove"))
        self.remove.setAccessibleName(self.tr("Remove “{name}”").format(name=line.name))
        for part in (self.replace, self.remove):
            part.setVisible(not line.busy)


class FileBox(QFrame):
    """Knows no answers: shows what it is told, says what was wished."""

    attach_asked = Signal()
    replace_asked = Signal(str)
    removed = Signal(str)
    undone = Signal()
    dropped = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("exam_files")
        self.setProperty("card", True)
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._lines: list[FileLine] = []
        self.rule = label("muted", name="exam_files_rule")
        self.attach = button("exam_attach")
        self.banner = Banner("exam_files_banner")
        self.removed_text, self.undo = ElidedLabel("exam_files_removed", ""), button("exam_files_undo", "quiet")
        self._list = QWidget()
        self._list.setObjectName("scrolled")
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._area = SteadyScrollArea()
        self._area.setObjectName("exam_files_list")
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._list)
        self._lay_out()
        self.attach.clicked.connect(self.attach_asked)
        self.undo.clicked.connect(self.undone)
        theme.changed.connect(self._icons)
        self.retranslate()
        self.show_lines([])
        self.show_removed("")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.rule, 1)
        head.addWidget(self.attach)
        column.addLayout(head)
        column.addWidget(self.banner)
        column.addWidget(self._area)
        gone = QHBoxLayout()
        gone.addWidget(self.removed_text, 1)
        gone.addWidget(self.undo)
        column.addLayout(gone)

    def show_rule(self, rule: str, may_attach: bool) -> None:
        self.rule.setText(rule)
        self.attach.setEnabled(may_attach)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Lines that stay keep their controls, and with them the keyboard's focus."""
        if [row.line.id for row in self._lines] != [line.id for line in lines]:
            self._make(lines)
        for row, line in zip(self._lines, lines, strict=True):
            if row.line != line:
                row.show_line(line)
        self._area.setVisible(bool(lines))
        self._area.setFixedHeight(LINE_HEIGHT * min(len(lines), MOST_LINES))

    def _make(self, lines: Sequence[Line]) -> None:
        had_focus = any(
            row.isAncestorOf(self.window().focusWidget()) for row in self._lines if self.window().focusWidget()
        )
        for row in self._lines:
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._lines = [FileLine(number, line) for number, line in enumerate(lines, start=1)]
        for row in self._lines:
            self._rows.addWidget(row)
            row.replace.clicked.connect(lambda _=False, file=row.line.id: self.replace_asked.emit(file))
            row.remove.clicked.connect(lambda _=False, file=row.line.id: self.removed.emit(file))
        if had_focus:  # a button that is disabled takes none
            ready = (row.replace for row in self._lines if not row.line.busy)
            (self.attach if self.attach.isEnabled() else next(ready, self.attach)).setFocus()

    def show_removed(self, name: str) -> None:
        """A file that can be brought back; "" for none."""
        self.removed_text.show_text(self.tr("“{name}” was removed.").format(name=name) if name else "")
        self.removed_text.setVisible(bool(name))
        self.undo.setVisible(bool(name))

    # ---- files dropped on it

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.attach.isEnabled() and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            set_property(self, "chosen", True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        set_property(self, "chosen", False)

    def dropEvent(self, event: QDropEvent) -> None:
        set_property(self, "chosen", False)
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    # ---- how it looks

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Attached files"))
        self.attach.setText(self.tr("Attach a file…"))
        self.attach.setToolTip(self.tr("Attach a file. Files can also be dropped here."))
        self.undo.setText(self.tr("Bring it back"))
        for row in self._lines:
            row.show_line(row.line)
        self._icons()

    def _icons(self) -> None:
        self.attach.setIcon(icons.icon("paperclip", "teal"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
