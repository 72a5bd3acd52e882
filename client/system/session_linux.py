"""The session on Linux: login1 for lock, user switch, lid and sleep; desktops and the X server for the saver."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

from jeepney import HeaderFields

from client.system.awake_linux import LOGIN, LOGIN_PATH
from client.system.dbus import SESSION, SYSTEM, Bus
from client.system.keep_awake import Refused
from client.system.session import Session, Waitable
from client.system.xserver import XServer

T = TypeVar("T")

# Signals say when to ask again; a lid sends none, and a signal may be missed.
_ASK_ANYWAY = 5  # looks
_SAVERS = (
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
    ("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver"),
    ("org.mate.ScreenSaver", "/org/mate/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
)


class LinuxSession:
    """Whatever of the three is there; a part that fails is left out from then on."""

    def __init__(self) -> None:
        self._login = _or_none(_Login)
        self._savers = _or_none(_Savers)
        self._server = _or_none(XServer)

    def look(self) -> Session:
        away = locked = lid_closed = saver = None
        going_to_sleep = False
        if self._login is not None:
            try:
                self._login.look()
                away, locked, lid_closed = self._login.away, self._login.locked, self._login.lid_closed
                going_to_sleep = self._login.going_to_sleep
            except Refused:
                self._login.close()
                self._login = None
        if self._savers is not None:
            try:
                self._savers.look()
                saver = self._savers.on
            except Refused:
                self._savers.close()
                self._savers = None
        if self._server is not None:
            try:
                saver = self._server.saver_on() or saver or False
            except Refused:
                self._server.close()
                self._server = None
        return Session(away, locked, saver, lid_closed, going_to_sleep)

    def sources(self) -> Sequence[Waitable]:
        return [part.bus for part in (self._login, self._savers) if part is not None]

    def close(self) -> None:
        for part in (self._login, self._savers, self._server):
            if part is not None:
                part.close()
        self._login = self._savers = self._server = None


class _Login:
    """login1's word about our session. Raises ``Refused`` when it has none."""

    def __init__(self) -> None:
        self.away: bool | None = None
        self.locked: bool | None = None
        self.lid_closed: bool | None = None
        self.going_to_sleep = False
        self._looks = 0
        self.bus = Bus(SYSTEM)
        try:
            self._path = self._session()
            self.bus.listen(sender=LOGIN, path=LOGIN_PATH, interface=f"{LOGIN}.Manager", member="PrepareForSleep")
            changed = {"interface": "org.freedesktop.DBus.Properties", "member": "PropertiesChanged"}
            self.bus.listen(sender=LOGIN, path=self._path, **changed)
        except Refused:
            self.bus.close()
            raise

    def _session(self) -> str:
        """Ours by name, by process, or (started by the user's manager) the one on the user's screen."""
        number = os.environ.get("XDG_SESSION_ID", "")
        asked: list[Callable[[], str]] = [
            lambda: str(self.bus.call(LOGIN, LOGIN_PATH, f"{LOGIN}.Manager.GetSession", "s", number)[0]),
            lambda: str(self.bus.call(LOGIN, LOGIN_PATH, f"{LOGIN}.Manager.GetSessionByPID", "u", os.getpid())[0]),
            self._on_screen,
        ]
        problem = Refused("no session")
        for ask in asked if number else asked[1:]:
            try:
                return ask()
            except Refused as refused:
                problem = refused
        raise problem

    def _on_screen(self) -> str:
        if sys.platform == "win32":
            raise Refused("this is not Linux")
        (user,) = self.bus.call(LOGIN, LOGIN_PATH, f"{LOGIN}.Manager.GetUser", "u", os.getuid())
        _, path = self.bus.property(LOGIN, user, f"{LOGIN}.User.Display")
        if path == "/":
            raise Refused("the user has no session on a screen")
        return str(path)

    def look(self) -> None:
        heard = self.bus.signals()
        for signal in heard:
            if signal.header.fields.get(HeaderFields.member) == "PrepareForSleep":
                self.going_to_sleep = bool(signal.body[0])
        if heard or self._looks % _ASK_ANYWAY == 0:
            ask = self.bus.property
            self.away = not ask(LOGIN, self._path, f"{LOGIN}.Session.Active")
            self.locked = bool(ask(LOGIN, self._path, f"{LOGIN}.Session.LockedHint"))
            self.lid_closed = bool(ask(LOGIN, LOGIN_PATH, f"{LOGIN}.Manager.LidClosed"))
        self._looks += 1

    def close(self) -> None:
        self.bus.close()


class _Savers:
    """The desktop's screen savers that answer. Raises ``Refused`` when none does."""

    def __init__(self) -> None:
        self.on: bool | None = None
        self._looks = 0
        self.bus = Bus(SESSION)
        self._answering: list[tuple[str, str]] = []
        for service, path in _SAVERS:
            try:
                self.bus.call(service, path, f"{service}.GetActive")
                self.bus.listen(sender=service, interface=service, member="ActiveChanged")
            except Refused:
                if not self.bus.open:
                    raise
            else:
                self._answering.append((service, path))
        if not self._answering:
            self.bus.close()
            raise Refused("no screen saver answers")

    def look(self) -> None:
        if self.bus.signals() or self._looks % _ASK_ANYWAY == 0:
            asked = [self.bus.call(service, path, f"{service}.GetActive") for service, path in self._answering]
            self.on = any(bool(answer[0]) for answer in asked)
        self._looks += 1

    def close(self) -> None:
        self.bus.close()


def _or_none(make: Callable[[], T]) -> T | None:
    try:
        return make()
    except Refused:
        return None
