"""A stand-in screen: Xvfb with the window manager openbox.

    python -m simulation.screen [--size 1366x768]

prints one JSON line {"env": {"DISPLAY": ...}, "pid"} when windows can be opened and runs until SIGTERM.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import time
from types import TracebackType

from simulation.tools import end, program, run, stay


class ScreenFailed(Exception):
    """The X server or the window manager did not start."""


class Screen:
    """One X server of its own. ``env`` holds what programs need to show themselves on it."""

    def __init__(self, size: str = "1366x768") -> None:
        self._size = size
        self._server: subprocess.Popen[bytes] | None = None
        self._manager: subprocess.Popen[bytes] | None = None
        self.env: dict[str, str] = {}

    def start(self, seconds: float = 20) -> dict[str, str]:
        """Start both and wait for them. Raises ``ScreenFailed``."""
        ends = time.monotonic() + seconds
        command = [program("Xvfb"), "-displayfd", "1", "-screen", "0", f"{self._size}x24", "-nolisten", "tcp",
                   "-dpi", "96", "-noreset"]  # fmt: skip
        self._server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert self._server.stdout is not None
        number = self._server.stdout.readline().decode().strip()  # empty when the server ends at once
        if not number:
            self.stop()
            raise ScreenFailed("Xvfb did not start")
        self.env = {"DISPLAY": f":{number}"}
        env = {**os.environ, **self.env}
        quiet = subprocess.DEVNULL
        self._manager = subprocess.Popen([program("openbox")], env=env, stdout=quiet, stderr=quiet)
        while not self._managed():
            if time.monotonic() > ends or self._manager.poll() is not None:
                self.stop()
                raise ScreenFailed("openbox did not start")
            time.sleep(0.1)
        return self.env

    def running(self) -> bool:
        return self._server is not None and self._server.poll() is None

    def stop(self) -> None:
        """End both. A second call does nothing."""
        end(self._manager)
        end(self._server)
        if self._server is not None and self._server.stdout is not None:
            self._server.stdout.close()
        self._manager = self._server = None

    def __enter__(self) -> Screen:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.stop()

    def _managed(self) -> bool:
        """Window managers announce themselves on the root window."""
        try:
            answer = run([program("xprop"), "-root", "_NET_SUPPORTING_WM_CHECK"], self.env, 5)
        except subprocess.SubprocessError:
            return False
        return "window id" in answer


def main() -> None:
    parser = argparse.ArgumentParser(description="A stand-in screen: Xvfb with openbox.")
    parser.add_argument("--size", default="1366x768")
    with Screen(parser.parse_args().size) as screen:
        stay({"env": screen.env})


if __name__ == "__main__":
    main()
