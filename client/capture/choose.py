"""Picks the way to this system's screens."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from client.capture.source import PictureSource, ScreenInfo
from client.clock import Clock


class ScreenSystem(Protocol):
    """A way to all screens of this computer."""

    def screens(self) -> list[ScreenInfo]:
        """All screens there are now. Raises ``ScreenMissing`` if none can be reached."""
        ...

    def source(self, screen: ScreenInfo, clock: Clock) -> PictureSource:
        """The screen of that name, as ``screen.stream``."""
        ...

    def close(self) -> None:
        """Let go of what ``screens`` keeps open; sources stay as they are."""
        ...


class X11Screens:
    """Looks where the X server says that something was drawn."""

    def __init__(self) -> None:
        from client.capture.screen_x11 import X11Desktop

        self._desktop = X11Desktop()

    def screens(self) -> list[ScreenInfo]:
        return self._desktop.screens()

    def source(self, screen: ScreenInfo, clock: Clock) -> PictureSource:
        from client.capture.screen_x11 import X11Screen

        return X11Screen(screen.stream, clock, screen.name)

    def close(self) -> None:
        self._desktop.close()


class QtScreens:
    """QScreenCapture; a QGuiApplication must run in the process's main thread."""

    def screens(self) -> list[ScreenInfo]:
        from client.capture.qt_desktop import qt_screens

        return qt_screens()

    def source(self, screen: ScreenInfo, clock: Clock) -> PictureSource:
        from client.capture.qt_screen import QtScreen

        return QtScreen(screen.stream, clock, screen.name)

    def close(self) -> None:
        """Nothing is kept open."""


@dataclass(frozen=True)
class System:
    """What ``choose`` looks at; tests pretend to be another system with it."""

    platform: str
    environment: Mapping[str, str]


def this_system() -> System:
    return System(sys.platform, os.environ)


def needs_qt_loop(system: System | None = None) -> bool:
    """True where the recorder's main thread must run a QGuiApplication for the screens' sake."""
    system = system or this_system()
    if system.platform != "linux":
        return True
    session = system.environment.get("XDG_SESSION_TYPE", "")
    return session == "wayland" or (bool(system.environment.get("WAYLAND_DISPLAY")) and session != "x11")


def screen_system(system: System | None = None) -> ScreenSystem:
    """X11 is looked at directly; under Wayland its screens would be black, so there Qt asks the portal."""
    return QtScreens() if needs_qt_loop(system) else X11Screens()
