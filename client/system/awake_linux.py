"""Keeping a Linux computer awake: login1 for sleep and lid, the desktop and the X server for the screen."""

from __future__ import annotations

from typing import Any

from client.system.dbus import SESSION, SYSTEM, Bus
from client.system.keep_awake import REASON, Refused
from client.system.xserver import XServer

LOGIN, LOGIN_PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
SAVER, SAVER_PATH = "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"
# Some computers allow the student to hold off idleness only; half is better than nothing.
_WISHES = ("idle:sleep:handle-lid-switch", "idle:sleep", "idle")


class LoginInhibitor:
    """systemd-logind (or elogind): a descriptor whose end, in whatever way, ends the inhibition."""

    name = "login1"

    def __init__(self) -> None:
        self._held: Any = None

    def hold(self) -> None:
        bus = Bus(SYSTEM)
        try:
            self._held = self._ask(bus)
        finally:
            bus.close()

    def _ask(self, bus: Bus) -> Any:
        problem = Refused("no wish")
        for wish in _WISHES:
            try:
                (descriptor,) = bus.call(
                    LOGIN, LOGIN_PATH, f"{LOGIN}.Manager.Inhibit", "ssss", wish, "Senim", REASON, "block"
                )
            except Refused as refused:
                problem = refused
            else:
                return descriptor
        raise problem

    def release(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            held.close()


class ScreenSaverInhibitor:
    """The desktop (GNOME, KDE, Xfce, MATE, xscreensaver): holds as long as our connection to the session bus."""

    name = "screensaver"

    def __init__(self) -> None:
        self._bus: Bus | None = None

    def hold(self) -> None:
        self._bus = Bus(SESSION)
        try:
            self._bus.call(SAVER, SAVER_PATH, f"{SAVER}.Inhibit", "ss", "Senim", REASON)
        except Refused:
            self.release()
            raise

    def release(self) -> None:
        """Closing the connection ends it, the same way as our death would."""
        bus, self._bus = self._bus, None
        if bus is not None:
            bus.close()


class XServerTimer:
    """The X server's own timer for screen saver and monitor (DPMS), suspended for as long as we are connected."""

    name = "x11"

    def __init__(self) -> None:
        self._server: XServer | None = None

    def hold(self) -> None:
        self._server = XServer()
        try:
            self._server.suspend_saver()
        except Refused:
            self.release()
            raise

    def release(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.close()
