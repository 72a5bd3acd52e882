"""Words at a command line where there may be none: Windows gives a program with a window no console and no streams,
and a program started from a menu writes where nobody looks."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO


def provide_streams() -> None:
    """Every ``write`` to standard output and error has somewhere to go: the console the command was typed in, else
    nowhere. Streams that are there stay; a letter that they cannot write is replaced, and ends nothing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if sys.stdout is not None and sys.stderr is not None:
        return
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.AttachConsole(-1)
    sys.stdout = sys.stdout or _console()
    sys.stderr = sys.stderr or _console()


def seen_by_nobody(environ: Mapping[str, str]) -> bool:
    """Whether a line on standard error is lost, while a window could be shown."""
    if not getattr(sys, "frozen", False) or sys.stderr.isatty():
        return False
    return sys.platform != "linux" or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def _console() -> TextIO:
    if sys.platform == "win32":
        try:
            return Path("CONOUT$").open("w", encoding="utf-8", errors="replace")
        except OSError:
            pass
    return Path(os.devnull).open("w", encoding="utf-8")
