"""A stand-in device as a child process: it says one JSON line when it is ready, and ends on SIGTERM."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Any


class StandInFailed(Exception):
    """The stand-in did not get ready. The text holds what it said."""


def _kill_all(process: subprocess.Popen[bytes]) -> None:
    """The child and what it started (it leads a session of its own)."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)


class StandIn:
    """``python -m MODULE ARGUMENTS`` from start to stop; also usable with ``with``."""

    def __init__(self, module: str, arguments: Sequence[str] = (), env: Mapping[str, str] | None = None) -> None:
        self._command = [sys.executable, "-m", module, *arguments]
        # One thread in OpenBLAS: its own pool spins when several of our threads use it at once.
        self._env = {**os.environ, "OPENBLAS_NUM_THREADS": "1", **(env or {})}
        self._process: subprocess.Popen[bytes] | None = None
        self.ready: dict[str, Any] = {}

    def start(self, seconds: float = 30) -> dict[str, Any]:
        """Start and wait until it is ready; what it said. Raises ``StandInFailed``."""
        self._process = subprocess.Popen(self._command, stdout=subprocess.PIPE, env=self._env, start_new_session=True)
        try:
            self.ready = json.loads(self._line(seconds))
        except (StandInFailed, ValueError) as error:
            self.stop()
            raise StandInFailed(f"{' '.join(self._command[1:])}: {error}") from error
        return self.ready

    @property
    def pid(self) -> int:
        """Of the running child; 0 when there is none."""
        return self._process.pid if self._process is not None else 0

    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def stop(self, seconds: float = 8) -> int | None:
        """End it (SIGTERM, then SIGKILL) and wait; its exit code. Calling it again does nothing."""
        process, self._process = self._process, None
        if process is None:
            return None
        process.terminate()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            _kill_all(process)
            process.wait()
        if process.stdout is not None:
            process.stdout.close()
        return process.returncode

    def __enter__(self) -> StandIn:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _line(self, seconds: float) -> bytes:
        assert self._process is not None and self._process.stdout is not None
        pipe, ends, data = self._process.stdout, time.monotonic() + seconds, b""
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, selectors.EVENT_READ)
            while b"\n" not in data:
                if not selector.select(max(0.0, ends - time.monotonic())):
                    raise StandInFailed(f"not ready after {seconds:.0f} s")
                piece = os.read(pipe.fileno(), 65536)
                if not piece:
                    raise StandInFailed(f"ended with {self._process.wait()}")
                data += piece
        return data.split(b"\n", 1)[0]
