"""Places on the computer where files are kept: sticks, the person's folders, and what lies in a folder."""

from __future__ import annotations

import os
import stat
import sys
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QDir, QObject, QStandardPaths, Signal

# Where systems show volumes that were plugged in; Windows gives them letters.
MOUNTS = (Path("/media"), Path("/run/media"), Path("/Volumes"))
_STANDARD = {
    "documents": QStandardPaths.StandardLocation.DocumentsLocation,
    "desktop": QStandardPaths.StandardLocation.DesktopLocation,
    "downloads": QStandardPaths.StandardLocation.DownloadLocation,
    "home": QStandardPaths.StandardLocation.HomeLocation,
}


@dataclass(frozen=True)
class Entry:
    """One line of a folder. ``changed``: seconds since 1970."""

    name: str
    is_folder: bool
    changed: float = 0.0

    @property
    def shown(self) -> str:
        return shown(self.name)


@dataclass(frozen=True)
class Listing:
    """What a folder holds, folders first; ``fault``: why it cannot be read."""

    folder: Path
    entries: tuple[Entry, ...] = ()
    fault: str = ""


def shown(name: str) -> str:
    """A name as a window can show it: bytes that are no letters (sticks written with another code) stand as �, and so
    does what would break the line."""
    return "".join("\ufffd" if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") else sign for sign in name)


def documents() -> Path:
    """Where this person's documents lie, else their home."""
    place = QStandardPaths.writableLocation(_STANDARD["documents"])
    return Path(place) if place and Path(place).is_dir() else Path.home()


def sticks() -> list[Path]:
    """Volumes that were plugged in, by name."""
    found: list[Path] = []
    for root in MOUNTS:
        try:
            inside = [folder for owner in sorted(root.iterdir()) for folder in (owner, *_below(owner))]
        except OSError:
            continue
        found += [folder for folder in inside if os.path.ismount(folder)]
    return found


def places() -> list[tuple[str, Path]]:
    """Where somebody would look first, as kind (stick, drive, documents, desktop, downloads, home) and folder."""
    found = [("stick", folder) for folder in sticks()]
    if sys.platform == "win32":
        found += [("drive", Path(drive.path())) for drive in QDir.drives()]
    for kind, where in _STANDARD.items():
        place = QStandardPaths.writableLocation(where)
        if place and Path(place).is_dir() and Path(place) not in [known for _, known in found]:
            found.append((kind, Path(place)))
    return found


def free_name(file: Path) -> Path:
    """``receipt.txt``, else ``receipt-2.txt`` and so on: an older file is not the one that is proposed."""
    number, free = 1, file
    while free.exists():
        number += 1
        free = file.with_stem(f"{file.stem}-{number}")
    return free


def read(folder: Path, suffixes: Sequence[str] = ()) -> Listing:
    """Folders and files of ``folder`` that are not hidden; of the files those that end in one of ``suffixes``
    (``.pdf``, small letters), all without any."""
    try:
        with os.scandir(folder) as inside:
            entries = [entry for found in inside if (entry := _entry(found)) is not None]
    except OSError as error:
        return Listing(folder, fault=error.strerror or type(error).__name__)
    wanted = [e for e in entries if e.is_folder or not suffixes or e.name.lower().endswith(tuple(suffixes))]
    return Listing(folder, tuple(sorted(wanted, key=lambda e: (not e.is_folder, e.name.casefold(), e.name))))


class Reader(QObject):
    """Reads folders beside the window, which must not stand still for a drive that does not answer.

    Nobody's child: a thread that still reads keeps it, whatever became of the dialog that asked.
    """

    found = Signal(object)

    def __init__(self, suffixes: Sequence[str]) -> None:
        super().__init__()
        self._suffixes = tuple(suffixes)

    def ask(self, folder: Path) -> None:
        """``found`` brings the ``Listing``; whoever asks again may get the earlier answer too."""
        threading.Thread(target=self._read, args=(folder,), name="folder", daemon=True).start()

    def _read(self, folder: Path) -> None:
        self.found.emit(read(folder, self._suffixes))


def _below(folder: Path) -> Iterator[Path]:
    try:
        yield from sorted(folder.iterdir())
    except OSError:
        return


def _entry(found: os.DirEntry[str]) -> Entry | None:
    """None for what is hidden, is neither file nor folder, or is just gone."""
    try:
        facts = found.stat()
    except OSError:
        return None
    hidden = getattr(facts, "st_file_attributes", 0) & stat.FILE_ATTRIBUTE_HIDDEN
    hidden |= getattr(facts, "st_flags", 0) & stat.UF_HIDDEN
    is_folder = stat.S_ISDIR(facts.st_mode)
    if found.name.startswith(".") or hidden or not (is_folder or stat.S_ISREG(facts.st_mode)):
        return None
    return Entry(found.name, is_folder, facts.st_mtime)
