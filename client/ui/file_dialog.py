"""Asks where a file is to be saved, or which file to take: the same window on every system, which remembers nothing.

Qt's own ``QFileDialog`` writes the last folder, its history and its size into "QtProject" whenever it is deleted, after
a system's dialog too (``QFileDialogPrivate::saveSettings``, a ``QSettings`` of native format): on Windows into the
registry, on macOS into ~/Library/Preferences, where ``QSettings.setPath`` has no say. The systems' dialogs keep their
own lists besides. An exam leaves nothing outside its own folders, so neither is used.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from client.ui import folders
from client.ui.file_lists import FileList, PlaceList
from client.ui.widgets import button, label, say, set_property

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def ask_where_to_save(parent: QWidget, title: str, proposed: Path, then: Callable[[Path], object]) -> SaveDialog:
    """Opens at ``proposed``'s folder with its name filled in, so that Enter is enough. ``then`` gets the file; its
    ending is always the proposed one, and writing over another file was agreed to."""
    dialog = SaveDialog(parent, title, proposed)
    dialog.chosen.connect(then)
    dialog.open()
    return dialog


def ask_which_file(parent: QWidget, title: str, folder: Path, suffixes: Sequence[str],
                   then: Callable[[Path], object]) -> OpenDialog:  # fmt: skip
    """``then`` gets a file that is there. ``suffixes``: the only kinds that are offered (``.pdf``); empty: all."""
    dialog = OpenDialog(parent, title, folder, suffixes)
    dialog.chosen.connect(then)
    dialog.open()
    return dialog


class FileDialog(QDialog):
    """Places at the left, a folder at the right, a name below. ``chosen`` brings a ``Path``, after it has closed."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget, title: str, folder: Path, suffixes: Sequence[str] = ()) -> None:
        super().__init__(parent)
        self.setObjectName("file_dialog")
        self.setWindowTitle(f"{title} – Senim")
        self.setAccessibleName(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(820, 560)
        self.folder = folder
        self.heading = label("heading", name="file_heading")
        self.heading.setText(title)
        self.places, self.files = PlaceList(), FileList()
        self.path, self.name = self._line("file_path", self.tr("Folder")), self._line("file_name", self.tr("File name"))
        self.up = button("file_up")
        self.up.setText(self.tr("Up"))
        one_up = self.tr("One folder up")
        self.up.setToolTip(f"{one_up}: Alt + ↑")
        self.told = label("", name="file_told")
        self.cancel, self.main = button("file_cancel"), button("file_main", "main")
        self.cancel.setText(self.tr("Cancel"))
        self._lay_out()
        self._reader = folders.Reader(suffixes)
        self._connect()
        self.go(folder)

    def go(self, folder: Path) -> None:
        """Show another folder; what cannot be read is said."""
        self.folder = folder
        self.path.setText(folders.shown(str(folder)))
        self.up.setEnabled(folder.parent != folder)
        self.files.show_entries(())
        self.files.setAccessibleName(
            self.tr("Files in {folder}").format(folder=folders.shown(folder.name or str(folder)))
        )
        self.tell(self.tr("Reading the folder…"))
        self._reader.ask(folder)

    def tell(self, text: str, tone: str = "") -> None:
        """What is the matter; amber: look here."""
        set_property(self.told, "tone", tone)
        self.told.setText(text)
        if tone:
            say(self.told, text)

    def end_with(self, file: Path) -> None:
        self.accept()
        self.chosen.emit(file)

    def take(self) -> None:
        """The main button."""
        name = self.files.named(self.name.text()) or self.name.text().strip()
        try:
            if "\0" not in name:
                self._take(self.folder / name)
                return
        except OSError:  # too long, or signs that no file's name may have here
            pass
        self.tell(self.tr("This name cannot be used here. Choose another."), "amber")

    def _take(self, target: Path) -> None:
        if target.is_dir():
            self.go(target)
        else:
            self.take_file(target)

    def take_file(self, target: Path) -> None:
        raise NotImplementedError

    def name_changed(self) -> None:
        self.main.setEnabled(bool(self.name.text().strip()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter means what has the focus; left to Qt it would press the main button besides."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in ENTER:
                return self._enter(watched)
            if event.key() == Qt.Key.Key_Backspace and watched is self.files:
                self.up.click()
                return True
        return super().eventFilter(watched, event)

    def _enter(self, watched: QObject) -> bool:
        if watched is self.path:
            typed = self.path.text().strip()
            self.go(self.folder if typed == folders.shown(str(self.folder)) else self.folder / typed)
        elif watched is self.places:
            self._to_place()
        elif watched is self.files:
            self._open_entry()
        else:
            return False
        return True

    def _to_place(self) -> None:
        place = self.places.place()
        if place is not None:
            self.go(place)

    def _open_entry(self) -> None:
        entry = self.files.entry()
        if entry is None:
            return
        if entry.is_folder:
            self.go(self.folder / entry.name)
            self.files.setFocus()
        else:
            self.name.setText(entry.shown)
            self.main.click()

    def _entry_shown(self) -> None:
        """A file's name comes into the line below when it is selected."""
        entry = self.files.entry()
        if entry is not None and not entry.is_folder:
            self.name.setText(entry.shown)

    def _show(self, listing: folders.Listing) -> None:
        if listing.folder != self.folder:
            return  # the person is somewhere else by now
        self.files.show_entries(listing.entries)
        if listing.fault:
            self.tell(self.tr("This folder cannot be read. Choose another."), "amber")
        else:
            empty = "" if listing.entries else self.tr("There is nothing to show in this folder.")
            self.tell(f"{empty} {self.shown_note()}".strip())

    def shown_note(self) -> str:
        """What of a folder is listed, where it is not all."""
        return ""

    def _connect(self) -> None:
        self._reader.found.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self.places.itemClicked.connect(self._to_place)
        self.files.itemDoubleClicked.connect(self._open_entry)
        self.files.itemSelectionChanged.connect(self._entry_shown)
        self.name.textChanged.connect(self.name_changed)
        self.up.clicked.connect(lambda: self.go(self.folder.parent))
        QShortcut(QKeySequence("Alt+Up"), self, self.up.click)
        self.cancel.clicked.connect(self.reject)
        self.main.clicked.connect(self.take)
        self.main.setDefault(True)
        for other in (self.cancel, self.up):
            other.setAutoDefault(False)
        for watched in (self.path, self.places, self.files):
            watched.installEventFilter(self)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 24, 24)
        column.setSpacing(12)
        column.addWidget(self.heading)
        where = QHBoxLayout()
        where.addWidget(self._caption(self.path))
        where.addWidget(self.path, 1)
        where.addWidget(self.up)
        lists = QHBoxLayout()
        lists.addWidget(self.places)
        lists.addWidget(self.files, 1)
        named = QHBoxLayout()
        named.addWidget(self._caption(self.name))
        named.addWidget(self.name, 1)
        row = QHBoxLayout()
        row.addWidget(self.cancel)
        row.addStretch(1)
        row.addWidget(self.main)
        column.addLayout(where)
        column.addLayout(lists, 1)
        column.addLayout(named)
        column.addWidget(self.told)
        column.addLayout(row)

    def _line(self, name: str, caption: str) -> QLineEdit:
        line = QLineEdit()
        line.setObjectName(name)
        line.setAccessibleName(caption)
        line.setMinimumHeight(40)
        return line

    def _caption(self, line: QLineEdit) -> QWidget:
        caption = label("", wrap=False)
        caption.setText(line.accessibleName())
        caption.setBuddy(line)
        caption.setMinimumWidth(96)
        return caption


class SaveDialog(FileDialog):
    """Asks in its own window before another file is written over."""

    def __init__(self, parent: QWidget, title: str, proposed: Path) -> None:
        self._agreed: Path | None = None
        self._suffix = proposed.suffix
        super().__init__(parent, title, proposed.parent)
        self.name.setText(proposed.name)
        self.name.setSelection(0, len(proposed.stem))
        self.name.setFocus()

    def go(self, folder: Path) -> None:
        super().go(folder)
        self.name_changed()

    def name_changed(self) -> None:
        super().name_changed()
        self._agreed = None
        self.main.setText(self.tr("Save"))

    def take_file(self, target: Path) -> None:
        if target.suffix.lower() != self._suffix.lower():
            target = target.with_name(target.name + self._suffix)
        if not target.parent.is_dir():
            self.tell(self.tr("There is no such folder. Choose another."), "amber")
        elif not os.access(target.parent, os.W_OK):
            self.tell(self.tr("Nothing can be saved in this folder. Choose another."), "amber")
        elif target.exists() and target != self._agreed:
            self._agreed = target
            self.tell(self.tr("A file of this name is there already. “Replace” writes over it."), "amber")
            self.main.setText(self.tr("Replace"))
        else:
            self.end_with(target)


class OpenDialog(FileDialog):
    """Offers what is there."""

    def __init__(self, parent: QWidget, title: str, folder: Path, suffixes: Sequence[str]) -> None:
        self._suffixes = tuple(suffixes)
        super().__init__(parent, title, folder, suffixes)
        self.main.setText(self.tr("Choose"))
        self.name_changed()
        self.files.setFocus()

    def shown_note(self) -> str:
        if not self._suffixes:
            return ""
        kinds = ", ".join(suffix.removeprefix(".") for suffix in self._suffixes)
        return self.tr("Only files of these kinds are taken: {kinds}.").format(kinds=kinds)

    def take_file(self, target: Path) -> None:
        if not target.is_file():
            self.tell(self.tr("There is no such file."), "amber")
        elif self._suffixes and not target.name.lower().endswith(self._suffixes):
            self.tell(self.shown_note(), "amber")
        else:
            self.end_with(target)
