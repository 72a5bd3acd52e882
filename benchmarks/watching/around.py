"""What the student's computer is and runs: asked as the recorder asks, of programs that really run under such a name.

Its /proc has only these, so that what runs beside the benchmark changes nothing; its maker is written into a folder.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from client.system import surroundings
from client.system.surroundings import Hints
from simulation.tools import end, program

PROGRAMS = {"remote_desktop": "anydesk", "screen_sharing": "obs"}
MAKERS = {"yes": "QEMU", "no": "LENOVO"}
STAYS_SECONDS = 3600


class Around:
    """A computer of its own maker on which nothing runs that matters."""

    def __init__(self) -> None:
        self._place = tempfile.TemporaryDirectory(prefix="senim-around-")
        self._root = Path(self._place.name)
        self._running: list[subprocess.Popen[bytes]] = []
        self._made_by("no")
        self._show(os.getpid())

    def look(self) -> Hints:
        return surroundings.look(self._root, {"DISPLAY": ":0"})

    def become(self, what: str, word: str) -> None:
        """``what``: a hint; ``word``: yes (the program starts, or the maker is another one) or unknown (the system
        tells nothing any more)."""
        if word == "unknown":
            shutil.rmtree(self._root / ("sys" if what == "virtual_machine" else "proc"))
        elif what == "virtual_machine":
            self._made_by("yes")
        else:
            self._start(PROGRAMS[what])

    def close(self) -> None:
        for one in self._running:
            end(one)
        self._place.cleanup()

    def _start(self, name: str) -> None:
        copy = self._root / name
        shutil.copy(program("sleep"), copy)
        self._running.append(subprocess.Popen([str(copy), str(STAYS_SECONDS)]))
        self._show(self._running[-1].pid)

    def _show(self, pid: int) -> None:
        place = self._root / "proc"
        place.mkdir(exist_ok=True)
        (place / str(pid)).symlink_to(f"/proc/{pid}")

    def _made_by(self, word: str) -> None:
        place = self._root / "sys" / "class" / "dmi" / "id"
        place.mkdir(parents=True, exist_ok=True)
        (place / "sys_vendor").write_text(MAKERS[word] + "\n")
