"""The benchmark's server, which can be killed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from benchmarks.recording.institution import PASSWORD, STUDENTS, Institution


class Alive:
    """``with`` it while something needs the server, any number at once; ``nobody`` waits for all of them to end, and
    whoever comes meanwhile waits for the server that is started anew."""

    def __init__(self) -> None:
        self._change, self._inside, self._away = threading.Condition(), 0, False

    def __enter__(self) -> None:
        with self._change:
            self._change.wait_for(lambda: not self._away)
            self._inside += 1

    def __exit__(self, *_error: object) -> None:
        with self._change:
            self._inside -= 1
            self._change.notify_all()

    @contextmanager
    def nobody(self) -> Iterator[None]:
        with self._change:
            self._change.wait_for(lambda: not self._inside and not self._away)
            self._away = True
        try:
            yield
        finally:
            with self._change:
                self._away = False
                self._change.notify_all()


class MortalInstitution(Institution):
    """``alive``: hold it while something needs the server; a kill waits for that, and gives the server back."""

    def __init__(self, folder: Path, students: int = STUDENTS, password: str = PASSWORD) -> None:
        super().__init__(folder, camera="", minutes=120, students=students, password=password)
        self.alive = Alive()
        self.folder = folder

    @property
    def port(self) -> int:
        return self._port

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def cpu_seconds(self) -> float:
        """Used so far by everything that serves."""
        times = [process.cpu_times() for process in self._serving()]
        return float(sum(one.user + one.system for one in times))

    def memory_mb(self) -> float:
        """Resident, of everything that serves; 0 while nothing does."""
        try:
            return float(sum(process.memory_info().rss for process in self._serving())) / 1e6
        except psutil.NoSuchProcess:
            return 0.0

    def _serving(self) -> list[psutil.Process]:
        if self._process is None:
            return []
        started = psutil.Process(self._process.pid)
        return [started, *started.children(recursive=True)]

    def kill(self) -> None:
        """At once and without a word: what serves, and what started it; then a start on the same folder."""
        with self.alive.nobody():
            if self._process is not None:
                for child in psutil.Process(self._process.pid).children(recursive=True):
                    child.kill()
                self._process.kill()
                self._process.wait(30)
                self._process = None
            self.start()
