"""Saving an exam into a file for a stick: where to, how far it is, and what became of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from client import messages as m
from client.ui import folders
from client.ui.bridge import RecorderBridge
from client.ui.file_dialog import ask_where_to_save
from client.ui.languages import Words
from client.ui.problems import ProblemTexts
from client.ui.widgets import button, label, say, set_property

STEPS = 1000
SUFFIX = ".senim"


class DeliverySaver(QWidget):
    """One session's button with what happens after it. ``session`` "": the one that is open."""

    def __init__(self, name: str, bridge: RecorderBridge, session: str = "", title: str = "") -> None:
        super().__init__()
        self._bridge, self._session, self._title = bridge, session, title
        self._view: m.SavingView | None = None
        self._path = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.save = button(f"{name}_save")
        self.bar = QProgressBar()
        self.bar.setObjectName(f"{name}_save_progress")
        self.bar.setRange(0, STEPS)
        self.bar.setTextVisible(False)
        self.told = label("", name=f"{name}_saved")
        column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.bar)
        column.addWidget(self.told)
        self.save.clicked.connect(self._ask)
        bridge.saving_view.connect(self.show_view)
        self.retranslate()

    def forget(self) -> None:
        """Another exam."""
        self._view, self._path = None, ""
        self.retranslate()

    def show_view(self, view: m.SavingView) -> None:
        if view.file != self._path:
            return  # another one's
        changed = self._view is None or view.stage != self._view.stage
        self._view = view
        self.retranslate()
        if changed:
            say(self.told, self.told.text())

    def retranslate(self) -> None:
        view = self._view
        busy = view is not None and view.stage == "saving"
        again = view is not None and view.stage == "failed"
        self.save.setText(self.tr("Save somewhere else…") if again else self.tr("Save for delivery…"))
        self.save.setAccessibleDescription(self._title)
        self.save.setEnabled(not busy)
        self.bar.setVisible(busy)
        self.told.setVisible(view is not None)
        if view is None:
            return
        self.bar.setValue(int(STEPS * view.done_bytes / view.total_bytes) if view.total_bytes else 0)
        self.bar.setAccessibleName(self.told.text())
        set_property(self.told, "tone", {"saved": "teal", "failed": "red"}.get(view.stage, ""))
        self.told.setText(self._sentence(view))

    def _sentence(self, view: m.SavingView) -> str:
        words, name = Words(), Path(view.file).name
        if view.stage == "saving":
            return self.tr("Writing {done} of {total} MB. Leave the stick in.").format(
                done=words.megabytes(view.done_bytes), total=words.megabytes(view.total_bytes)
            )
        if view.stage == "saved":
            return self.tr(
                "Saved as {file}, {size} MB. You may take the stick out now. Bring the file to the institution, or "
                "hand it in at its site from any computer: it ends in the same receipt. Code to compare: {code}."
            ).format(file=name, size=words.megabytes(view.total_bytes), code=view.code)
        sentence = ProblemTexts().sentence(view.problem, view.values)
        parts = (sentence.what, sentence.means, sentence.remedy, ProblemTexts().code_line(view.problem))
        return " ".join(part for part in parts if part)

    def _ask(self) -> None:
        sticks = folders.sticks()
        folder = sticks[-1] if sticks else folders.documents()
        proposed = folders.free_name(folder / f"exam{SUFFIX}")
        ask_where_to_save(self, self.tr("Save for delivery"), proposed, lambda file: self.save_to(str(file)))

    def save_to(self, path: str) -> None:
        """Ask the recorder to write the file; it tells how far it is."""
        self._path = path
        self._view = m.SavingView(self._session, "saving", 0, 0, path)
        self.retranslate()
        self._bridge.send(m.SaveForDelivery(self._session, path))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
