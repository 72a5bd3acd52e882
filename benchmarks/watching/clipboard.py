"""The student's clipboard: another program fills it, and what counts in the exam's window tells how much."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from pathlib import Path

from simulation.screen import ScreenFailed

ROOT = Path(__file__).parents[2]
WAITS_SECONDS = 30.0  # not of the session's clock, which stands still meanwhile


class Clipboard:
    """Two programs on one display, started with the first copy. Raises ``ScreenFailed``."""

    def __init__(self, name: str) -> None:
        """``name``: of the X server."""
        self._env = {**os.environ, "DISPLAY": name, "QT_QPA_PLATFORM": "xcb", "QT_LOGGING_RULES": "*.debug=false"}
        self._running: dict[str, subprocess.Popen[str]] = {}

    def copy(self, letters: int) -> int:
        """Another program copies so many letters; the number that the exam's window sends."""
        other, exam = self._program("other"), self._program("exam")
        assert other.stdin is not None
        other.stdin.write(f"{letters}\n")
        other.stdin.flush()
        return int(_line(exam))

    def close(self) -> None:
        for one in self._running.values():
            assert one.stdin is not None and one.stdout is not None
            one.stdin.close()
            one.terminate()
            one.wait()
            one.stdout.close()
        self._running.clear()

    def _program(self, what: str) -> subprocess.Popen[str]:
        if what not in self._running:
            self._running[what] = subprocess.Popen(
                [sys.executable, "-m", "benchmarks.watching.clipboard_process", what],
                cwd=ROOT, env=self._env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
            )  # fmt: skip
            if _line(self._running[what]) != "ready":
                raise ScreenFailed(f"the program {what!r} did not start")
        return self._running[what]


def _line(one: subprocess.Popen[str]) -> str:
    assert one.stdout is not None
    if not select.select([one.stdout], [], [], WAITS_SECONDS)[0]:
        raise ScreenFailed("the clipboard's programs do not answer")
    return one.stdout.readline().strip()
