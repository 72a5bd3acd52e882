from __future__ import annotations

from client.capture.screen_x11 import X11Desktop
from client.capture.source import ScreenInfo


def x11_screens() -> list[ScreenInfo]:
    """``X11Desktop.screens``, once."""
    desktop = X11Desktop()
    try:
        return desktop.screens()
    finally:
        desktop.close()
