"""A disk that is full or breaks when told to, for real files and SQLite alike (Linux; ``faulty_disk.c``, preloaded).

From outside a process: ``environment`` with a switch file; while it exists nothing can be written. From inside one
that was started with ``environment``: ``FaultyDisk`` fails planned changes of files below its folder.
"""

from __future__ import annotations

import ctypes
import os
import re
import subprocess
from pathlib import Path

SOURCE = Path(__file__).with_name("faulty_disk.c")
# Names that differ from run to run: numbers and random words are taken out of a place.
_VARIES = re.compile(r"(?<=sessions/)[a-z0-9]+(?=/|$)|(?<=\.)[0-9a-f]{8}(?=\.part)|\d{6}")


def build(folder: Path) -> Path:
    """Compiles the library into ``folder``. Raises ``OSError``, ``CalledProcessError``."""
    library = folder / "faulty_disk.so"
    command = ["gcc", "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", str(library), str(SOURCE)]
    subprocess.run([*command, "-ldl", "-lpthread"], check=True)
    return library


def environment(library: Path, folder: Path, switch: Path | None = None) -> dict[str, str]:
    """This process's environment for one whose files below ``folder`` can fail."""
    told = {**os.environ, "LD_PRELOAD": str(library), "SENIM_DISK_FOLDER": f"{folder}/"}
    if switch is not None:
        told["SENIM_DISK_SWITCH"] = str(switch)
    return told


class FaultyDisk:
    """The library in this process. A place is a deed and a file, with ``*`` for what differs from run to run."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None)
        self._library.senim_disk_place.restype = ctypes.c_char_p
        for name in ("senim_disk_calls", "senim_disk_met"):
            getattr(self._library, name).restype = ctypes.c_long

    def watch(self, folder: Path) -> None:
        """Calls that change files below ``folder`` count from now on."""
        self._library.senim_disk_folder(f"{folder}/".encode())
        self.clear()

    def clear(self) -> None:
        """Count anew, with nothing planned."""
        self._library.senim_disk_clear()

    def plan(self, place: str, skip: int, error: int, times: int = 1) -> int:
        """After ``skip`` calls at ``place`` so many fail, wherever they are, with ``error`` (an ``errno`` number).
        With ENOSPC the first takes half of what is written. Returns the fault's number for ``met``."""
        return int(self._library.senim_disk_plan(place.encode(), ctypes.c_long(skip), error, ctypes.c_long(times)))

    def met(self, fault: int) -> bool:
        return int(self._library.senim_disk_met(fault)) > 0

    def places(self) -> list[str]:
        """Where each change since ``clear`` happened."""
        calls = int(self._library.senim_disk_calls())
        found = [self._library.senim_disk_place(ctypes.c_long(n + 1)) for n in range(calls)]
        return [_VARIES.sub("*", place.decode("utf-8", "replace")) for place in found]
