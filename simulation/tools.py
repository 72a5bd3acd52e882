"""What the stand-ins that run other programs share: starting, ending, and staying until told to go."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Mapping, Sequence


class ToolMissing(Exception):
    """A program of setup/apt.txt is not installed."""


def program(name: str) -> str:
    """The full path of an installed program. Raises ``ToolMissing``."""
    found = shutil.which(name)
    if found is None:
        raise ToolMissing(f"{name} is not installed (see setup/apt.txt)")
    return found


def end(process: subprocess.Popen[bytes] | None, seconds: float = 4) -> None:
    """SIGTERM, then SIGKILL; waits for the end."""
    if process is None or process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def run(command: Sequence[str], env: Mapping[str, str], seconds: float = 20) -> str:
    """A short-lived helper program; its output. Raises ``subprocess.SubprocessError``."""
    answer = subprocess.run(command, env={**os.environ, **env}, capture_output=True, text=True, check=True,
                            timeout=seconds)  # fmt: skip
    return answer.stdout


def stay(ready: Mapping[str, object]) -> None:
    """Say that all is ready (one JSON line), then wait for SIGTERM or SIGINT."""
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    print(json.dumps({**ready, "pid": os.getpid()}), flush=True)
    while not told.wait(0.5):
        pass
