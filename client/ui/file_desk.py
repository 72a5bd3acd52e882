"""Attaching files to answers in the window: what was wished, what the recorder copied, what the answer names."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from client import messages as m
from client.ui import folders
from client.ui.answers import AnswerBook
from client.ui.bridge import RecorderBridge
from client.ui.file_box import FileBox, Line
from client.ui.file_dialog import OpenDialog, ask_which_file
from client.ui.file_texts import FileTexts
from client.ui.refused_files import RefusedFiles
from client.ui.widgets import say


@dataclass(frozen=True)
class Coming:
    """A file that the recorder is copying. ``replaces``: the id of the one whose place it takes, or ""; ``most``: files
    of its question."""

    question: str
    name: str
    replaces: str
    most: int


class FileDesk(QObject):
    """``box`` shows the files of the question on the screen; files of other questions go on being copied.

    A file is part of an answer once the recorder has all of it sealed: what the list shows without "being copied" is
    kept, whatever becomes of the original.
    """

    changed = Signal()

    def __init__(self, bridge: RecorderBridge, book: AnswerBook, parent: QWidget) -> None:
        super().__init__(parent)
        self._bridge, self._book = bridge, book
        self._question: Mapping[str, Any] | None = None
        self._coming: dict[str, Coming] = {}
        self._view = m.FilesView()
        self._became: dict[str, str] = {}  # a file that was replaced -> the one in its place
        self._refused: dict[str, list[m.FileRefused]] = {}  # by question, since the student last attached something
        self._removed: tuple[str, int, m.AttachedFile] | None = None
        self._folder: Path | None = None
        self._dialog: OpenDialog | None = None
        self.box = FileBox()
        self.box.hide()
        self.box.attach_asked.connect(self.ask)
        self.box.replace_asked.connect(self.ask)
        self.box.dropped.connect(self.attach)
        self.box.removed.connect(self.remove)
        self.box.undone.connect(self.bring_back)
        self.box.banner.dismiss.clicked.connect(self._forget_refused)
        self.box.installEventFilter(self)
        bridge.file_attached.connect(self._on_attached)
        bridge.file_refused.connect(self._on_refused)
        bridge.files_view.connect(self._on_view)
        book.changed.connect(lambda question: self._draw() if question == self._here else None)

    @property
    def _here(self) -> str:
        return str(self._question["id"]) if self._question is not None else ""

    @property
    def coming(self) -> int:
        """Files that are still being copied, of all questions."""
        return len(self._coming)

    def enough(self, question: Mapping[str, Any]) -> bool:
        """Whether as many files are attached as the question wants."""
        rule = question.get("files")
        return not rule or len(self._book.files(str(question["id"]))) >= int(rule.get("required") or 0)

    def show(self, question: Mapping[str, Any]) -> None:
        """The question on the screen is another one now."""
        self._question, self._removed = question, None
        self.close_dialog()
        self.box.setVisible(bool(question.get("files")))
        self._draw()

    def cover(self, covered: bool) -> None:
        """In a pause and in a break nothing is seen, and nothing attached."""
        if covered:
            self.close_dialog()
        self.box.setVisible(not covered and self._question is not None and bool(self._question.get("files")))

    def reset(self) -> None:
        """Another exam."""
        for part in (self._coming, self._became, self._refused):
            part.clear()
        self._question, self._removed, self._view = None, None, m.FilesView()
        self.box.hide()

    # ---- what the student does

    def ask(self, replaces: str = "") -> None:
        """Choose a file in a dialog of the window; the exam, its clock and the recording go on behind it."""
        if self._dialog is not None or self._question is None or not (replaces or self._room(self._question)):
            return
        kinds = [str(kind) for kind in self._question["files"].get("types") or []]
        title, folder = self.tr("Attach a file"), self._folder or folders.documents()
        self._dialog = ask_which_file(self.box, title, folder, kinds, lambda path: self.attach([path], replaces))
        self._dialog.finished.connect(self._dialog_gone)

    def _dialog_gone(self) -> None:
        if self._dialog is not None:
            self._folder = self._dialog.folder
        self._dialog = None

    def close_dialog(self) -> None:
        if self._dialog is not None:
            self._dialog.reject()

    def attach(self, paths: Sequence[Path], replaces: str = "") -> None:
        """Have the recorder copy them. Those beyond what the question takes are refused here, by name."""
        if self._question is None or not self._question.get("files"):
            return
        self._removed = None
        self._refused.pop(self._here, None)
        while replaces in self._became:  # meanwhile another one took its place
            replaces = self._became[replaces]
        for path in paths:
            held = any(file.id == replaces for file in self._book.files(self._here))
            if not held and not self._room(self._question):
                self._refuse(m.FileRefused(self._here, "", folders.shown(path.name), "file_too_many"))
                continue
            file = secrets.token_hex(8)
            self._coming[file] = Coming(
                self._here, folders.shown(path.name), replaces, int(self._question["files"]["most"])
            )
            self._bridge.send(m.AttachFile(self._here, file, str(path)))
        self._draw()
        self.changed.emit()

    def remove(self, file: str) -> None:
        files = self._book.files(self._here)
        place = next((place for place, held in enumerate(files) if held.id == file), None)
        if place is not None:
            self._removed = (self._here, place, files[place])
            self._book.attach(self._here, files[:place] + files[place + 1 :])
            say(self.box, self.box.removed_text.accessibleName())

    def bring_back(self) -> None:
        """The file that was removed last: its pieces are in the recording still."""
        if self._removed is None or self._question is None or not self._room(self._question):
            return
        question, place, file = self._removed
        self._removed = None
        files = self._book.files(question)
        self._book.attach(question, [*files[:place], file, *files[place:]])
        self.box.attach.setFocus()

    def _room(self, question: Mapping[str, Any]) -> int:
        """How many more files the question takes. One that comes needs no room while the one it replaces is there."""
        name = str(question["id"])
        held = {file.id for file in self._book.files(name)}
        coming = sum(entry.question == name and entry.replaces not in held for entry in self._coming.values())
        return max(0, int(question["files"]["most"]) - len(held) - coming)

    def _forget_refused(self) -> None:
        self._refused.pop(self._here, None)

    # ---- what the recorder tells

    def _on_attached(self, told: m.FileAttached) -> None:
        coming = self._coming.pop(told.file.id, None)
        if coming is None:
            return  # of an exam that is over here
        files = self._book.files(told.question)
        places = [place for place, held in enumerate(files) if held.id == coming.replaces]
        if places or len(files) < coming.most:
            self._put(told, files, places)
        else:  # the institution would take no answer with more
            self._refuse(m.FileRefused(told.question, told.file.id, told.file.name, "file_too_many"))
        self._draw()
        self.changed.emit()

    def _put(self, told: m.FileAttached, files: list[m.AttachedFile], places: list[int]) -> None:
        """Into the answer: at the place of the one it replaces, else behind the others."""
        at = places[0] if places else len(files)
        for replaced in files[at : at + len(places)]:
            self._became[replaced.id] = told.file.id
            for file, other in self._coming.items():
                if other.replaces == replaced.id:
                    self._coming[file] = replace(other, replaces=told.file.id)
        self._book.attach(told.question, [*files[:at], told.file, *files[at + len(places) :]])
        say(self.box, self.tr("“{name}” is attached").format(name=told.file.name))

    def _on_refused(self, told: m.FileRefused) -> None:
        if self._coming.pop(told.file, None) is not None:
            self._refuse(told)
            self._draw()
            self.changed.emit()

    def _refuse(self, told: m.FileRefused) -> None:
        self._refused.setdefault(told.question, []).append(told)

    def _on_view(self, view: m.FilesView) -> None:
        self._view = view
        self._draw()

    # ---- how it looks

    def _draw(self) -> None:
        question = self._question
        if question is None or not question.get("files"):
            return
        texts = FileTexts()
        self.box.show_rule(texts.rule(question["files"]), bool(self._room(question)))
        self.box.show_lines([*self._held(texts), *self._on_the_way()])
        gone = self._removed
        self.box.show_removed(gone[2].name if gone is not None and self._room(question) else "")
        refused = self._refused.get(self._here)
        if not refused:
            self.box.banner.put_away()
        else:
            RefusedFiles().tell(self.box.banner, refused)

    def _held(self, texts: FileTexts) -> list[Line]:
        there = self._book.where(self._here) == "server"
        lines = []
        for file in self._book.files(self._here):
            share = self._view.delivered.get(file.id, 0.0)
            state = texts.state(there and share >= 1, share < 0)
            lines.append(Line(file.id, file.name, texts.size(file.size), state, there and share >= 1))
        return lines

    def _on_the_way(self) -> list[Line]:
        lines = []
        for file, coming in self._coming.items():
            if coming.question == self._here:
                percent = int(100 * self._view.copying.get(file, 0.0))
                state = self.tr("being copied, {percent} %").format(percent=percent)
                lines.append(Line(file, coming.name, "", state, busy=True))
        return lines

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.box and event.type() == QEvent.Type.LanguageChange:
            self.box.banner.hide()
            self._draw()
        return super().eventFilter(watched, event)
