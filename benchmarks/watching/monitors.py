"""The student's monitors: real ones of the virtual screen, listed and told of by what does so in the recorder."""

from __future__ import annotations

import os
from typing import Any

from client.capture.choose import X11Screens
from client.capture.screen_streams import ScreenStreams, change
from client.capture.source import ScreenInfo
from simulation.tools import program, run

DESKTOP = "1280x480"
FIRST, SECOND = "laptop", "beamer"


class Monitors:
    """One at the beginning. Needs RANDR 1.5, and a screen of the size ``DESKTOP``."""

    def __init__(self, name: str) -> None:
        """``name``: of the X server."""
        self._env = {"DISPLAY": name}
        self._put(FIRST, 0, "screen")  # the server's only output, which would be the whole desktop
        self._system, self._streams = X11Screens(), ScreenStreams()
        before = os.environ.get("DISPLAY")
        os.environ["DISPLAY"] = name  # it connects with its first question and stays there
        try:
            self._known = self._found()
        finally:
            if before is None:
                del os.environ["DISPLAY"]
            else:
                os.environ["DISPLAY"] = before

    def have(self, count: int) -> None:
        """Plug the second one in (2) or out (1)."""
        plugged = len(self._known) > 1
        if count > 1 and not plugged:
            self._put(SECOND, 640, "none")
        elif count < 2 and plugged:
            run([program("xrandr"), "--delmonitor", SECOND], self._env)

    def look(self) -> dict[str, Any] | None:
        """Once a second: the event ``screens`` of the recorder, if there is one."""
        found = self._found()
        if found == self._known:
            return None
        before, self._known = self._known, found
        return change(before, found)

    def close(self) -> None:
        self._system.close()

    def _found(self) -> list[ScreenInfo]:
        return self._streams.assign(self._system.screens())

    def _put(self, monitor: str, x: int, output: str) -> None:
        run([program("xrandr"), "--setmonitor", monitor, f"640/160x480/120+{x}+0", output], self._env)
