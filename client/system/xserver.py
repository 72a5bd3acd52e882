"""The X server's screen saver: is it on, and not now please (extension MIT-SCREEN-SAVER)."""

from __future__ import annotations

import Xlib.display
import Xlib.error
from Xlib.ext import screensaver
from Xlib.protocol import rq

from client.system.keep_awake import Refused

_ON = 1
_GONE = (Xlib.error.ConnectionClosedError, Xlib.error.XError, OSError)


class _Suspend(rq.Request):  # type: ignore[misc]  # python-xlib has no types
    """ScreenSaverSuspend of version 1.1, which python-xlib does not know: the server counts it for this connection
    and forgets it with the connection."""

    _request = rq.Struct(
        rq.Card8("opcode"), rq.Opcode(5), rq.RequestLength(), rq.Card32("suspend")
    )  # fmt: skip


class XServer:
    """One connection, used from one thread. Raises ``Refused`` where there is no X server or no extension."""

    def __init__(self) -> None:
        try:
            self._display = Xlib.display.Display()
        except (Xlib.error.DisplayError, OSError) as error:
            raise Refused(f"no X server: {error!r}") from error
        if not self._display.has_extension(screensaver.extname):
            self._display.close()
            raise Refused("the X server has no screen saver")
        self._root = self._display.screen().root

    def suspend_saver(self) -> None:
        """Neither screen saver nor monitor's sleep until ``close``; one that is on already is ended."""
        refused: list[object] = []
        try:
            version = self._display.screensaver_query_version()
            if (version.major_version, version.minor_version) < (1, 1):
                raise Refused("the X server's screen saver cannot be suspended")
            opcode = self._display.display.get_extension_major(screensaver.extname)
            _Suspend(display=self._display.display, opcode=opcode, suspend=1, onerror=lambda *e: refused.append(e))
            self._display.force_screen_saver(0)
            self._display.sync()
        except _GONE as error:
            raise Refused(f"the X server: {error!r}") from error
        if refused:
            raise Refused("the X server does not suspend its screen saver")

    def saver_on(self) -> bool:
        try:
            return bool(self._root.screensaver_query_info().state == _ON)
        except _GONE as error:
            raise Refused(f"the X server: {error!r}") from error

    def close(self) -> None:
        try:
            self._display.close()
        except _GONE:
            pass  # the server closed it first
