"""The benchmark's server, which can be killed."""

from __future__ import annotations

import threading
from pathlib import Path

import psutil

from benchmarks.recording.institution import Institution


class MortalInstitution(Institution):
    """``alive``: hold it while something needs the server; a kill waits for that, and gives the server back."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, camera="", minutes=120)
        self.alive = threading.Lock()
        self.folder = folder

    @property
    def port(self) -> int:
        return self._port

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def cpu_seconds(self) -> float:
        """Used so far by everything that serves."""
        if self._process is None:
            return 0.0
        started = psutil.Process(self._process.pid)
        times = [process.cpu_times() for process in (started, *started.children(recursive=True))]
        return float(sum(one.user + one.system for one in times))

    def kill(self) -> None:
        """At once and without a word: what serves, and what started it; then a start on the same folder."""
        with self.alive:
            if self._process is not None:
                for child in psutil.Process(self._process.pid).children(recursive=True):
                    child.kill()
                self._process.kill()
                self._process.wait(30)
                self._process = None
            self.start()
