"""The session on Windows: one question to the terminal services tells lock and user switch, without a window."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Sequence
from typing import Any

from client.system.keep_awake import Refused
from client.system.session import Session, Waitable

_SESSION_INFO_EX, _THIS_SERVER, _THIS_SESSION = 25, None, -1
_ACTIVE = 0  # WTS_CONNECTSTATE_CLASS
_LOCKED, _UNLOCKED = 0, 1  # WTS_SESSIONSTATE_*
_SCREEN_SAVER_RUNNING = 0x72  # SPI_GETSCREENSAVERRUNNING


class SessionInfo(ctypes.Structure):
    """WTSINFOEXW with its one level; its times make it begin on eight bytes."""

    _fields_ = (
        ("level", ctypes.c_uint32),
        ("padding", ctypes.c_uint32),
        ("session", ctypes.c_uint32),
        ("state", ctypes.c_int32),
        ("flags", ctypes.c_int32),
    )


def libraries() -> tuple[Any, Any]:
    """wtsapi32 and user32. Raises ``Refused`` elsewhere."""
    if sys.platform == "win32":
        return ctypes.WinDLL("wtsapi32"), ctypes.WinDLL("user32")
    raise Refused("this is not Windows")


class WindowsSession:
    """Locked, another user in front, screen saver. Sleep and lid show in the clocks alone."""

    def __init__(self, services: Any, user: Any) -> None:
        self._services, self._user = services, user
        services.WTSQuerySessionInformationW.argtypes = (
            ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int,
            ctypes.POINTER(ctypes.POINTER(SessionInfo)), ctypes.POINTER(ctypes.c_uint32),
        )  # fmt: skip
        services.WTSFreeMemory.argtypes = (ctypes.c_void_p,)
        services.WTSFreeMemory.restype = None

    def look(self) -> Session:
        away, locked = self._session()
        return Session(away=away, locked=locked, saver=self._saver())

    def _session(self) -> tuple[bool | None, bool | None]:
        told, size = ctypes.POINTER(SessionInfo)(), ctypes.c_uint32()
        this = ctypes.c_uint32(_THIS_SESSION).value
        query = self._services.WTSQuerySessionInformationW
        if not query(_THIS_SERVER, this, _SESSION_INFO_EX, ctypes.byref(told), ctypes.byref(size)):
            return None, None
        try:
            if size.value < ctypes.sizeof(SessionInfo) or told.contents.level != 1:
                return None, None
            info = told.contents
            locked = {_LOCKED: True, _UNLOCKED: False}.get(info.flags)
            return info.state != _ACTIVE, locked
        finally:
            self._services.WTSFreeMemory(told)

    def _saver(self) -> bool | None:
        running = ctypes.c_int(0)
        if not self._user.SystemParametersInfoW(_SCREEN_SAVER_RUNNING, 0, ctypes.byref(running), 0):
            return None
        return bool(running.value)

    def sources(self) -> Sequence[Waitable]:
        return ()

    def close(self) -> None:
        """Nothing is open."""
