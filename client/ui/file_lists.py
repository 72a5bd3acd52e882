"""The two lists of the file dialog: places to begin with, and what lies in a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, QSize, Qt
from PySide6.QtWidgets import QHeaderView, QListWidget, QListWidgetItem, QTreeWidget, QTreeWidgetItem

from client.ui import folders, icons

ICONS = {"stick": "usb", "drive": "hard-drive", "documents": "file-text", "desktop": "monitor",
         "downloads": "download", "home": "house"}  # fmt: skip
ICON = QSize(20, 20)
HELD = Qt.ItemDataRole.UserRole


class PlaceList(QListWidget):
    """Sticks, drives and the person's own folders."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("file_places")
        self.setAccessibleName(self.tr("Places"))
        self.setFixedWidth(200)
        self.setIconSize(ICON)
        for kind, folder in folders.places():
            item = QListWidgetItem(icons.icon(ICONS[kind]), self._word(kind, folder))
            item.setData(HELD, str(folder))
            self.addItem(item)

    def place(self) -> Path | None:
        item = self.currentItem()
        return Path(item.data(HELD)) if item is not None else None

    def _word(self, kind: str, folder: Path) -> str:
        words = {
            "documents": self.tr("Documents"),
            "desktop": self.tr("Desktop"),
            "downloads": self.tr("Downloads"),
            "home": self.tr("Home folder"),
        }
        return words.get(kind) or folder.name or folder.drive or str(folder)


class FileList(QTreeWidget):
    """Folders first; by name, or the newest first where the head of that column is pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("file_list")
        self.setRootIsDecorated(False)
        self.setIconSize(ICON)
        self.setUniformRowHeights(True)
        self.setColumnCount(2)
        self.setHeaderLabels([self.tr("Name"), self.tr("Changed")])
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.header().setSectionsClickable(True)
        self.header().sectionClicked.connect(self._sort)
        self._by_time = False
        self._entries: Sequence[folders.Entry] = ()

    def show_entries(self, entries: Sequence[folders.Entry]) -> None:
        """``entries`` by name, as ``folders.read`` gives them."""
        self._entries = entries
        if self._by_time:
            entries = sorted(entries, key=lambda e: (not e.is_folder, -e.changed))
        self.clear()
        self.addTopLevelItems([self._row(entry) for entry in entries])

    def entry(self) -> folders.Entry | None:
        """The selected one."""
        chosen = self.selectedItems()
        return chosen[0].data(0, HELD) if chosen else None

    def named(self, shown: str) -> str | None:
        """The real name of what is listed as ``shown``."""
        return next((entry.name for entry in self._entries if entry.shown == shown), None)

    def _row(self, entry: folders.Entry) -> QTreeWidgetItem:
        changed = QDateTime.fromSecsSinceEpoch(int(entry.changed))
        item = QTreeWidgetItem([entry.shown, QLocale().toString(changed, QLocale.FormatType.ShortFormat)])
        item.setIcon(0, icons.icon("folder" if entry.is_folder else "file"))
        item.setData(0, HELD, entry)
        if entry.is_folder:
            spoken = self.tr("{name}, folder").format(name=entry.shown)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken)
        return item

    def _sort(self, column: int) -> None:
        self._by_time = column == 1
        self.show_entries(self._entries)
