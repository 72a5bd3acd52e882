"""The windows of a session: opened for real, and told by what asks the system in the client."""

from __future__ import annotations

import time
from typing import Any

from client.system.front import Front, X11Front
from simulation.screen import ScreenFailed

OURS = ("senim", "Senim")
OUR_PID, OTHER_PID = 4711, 4712  # as windows name them
SETTLES_SECONDS = 20.0  # not of the session's clock, which stands still meanwhile
ASKS_SECONDS = 0.5
FROM_A_PAGER = 2  # EWMH: a person's wish, so nothing that keeps programs from taking the focus applies
SIZE = (10, 10, 320, 200)


class Windows:
    """The exam's window, and at most one other in front of it. Raises ``ScreenFailed``; ``Refused`` without the library
    that asks."""

    def __init__(self, name: str) -> None:
        """``name``: of the X server, with a window manager."""
        from Xlib import display

        self._display = display.Display(name)
        self._front = X11Front(OUR_PID, display.Display(name))
        self._other: Any = None
        self._shown: tuple[str, str] | None = None
        self._own = self._open(OURS, OUR_PID)
        self._settle(self._own, OURS, True)

    def front(self, wanted: tuple[str, str] | None) -> Front:
        """What the client is told. ``wanted``: application and title of the window that is to be in front, opened or
        closed if it is another one than before; None: the exam's own."""
        if wanted != self._shown:
            if self._other is not None:
                self._other.destroy()
                self._display.sync()
                self._settle(
                    self._own, OURS, True
                )  # else the window manager may bring ours to the front after the next one
                self._other = None
            if wanted is not None:
                self._other = self._open(wanted, OTHER_PID)
                self._settle(self._other, wanted, False)
            self._shown = wanted
        return self._front()

    def _open(self, named: tuple[str, str], pid: int) -> Any:
        """Without an application or a title it has no property of that name, as windows of some programs have none."""
        from Xlib import X, Xatom

        (app, title), screen = named, self._display.screen()
        window = screen.root.create_window(*SIZE, 0, screen.root_depth)
        if app:
            window.set_wm_class(app, app)
        if title:
            name, utf8 = (self._display.intern_atom(atom) for atom in ("_NET_WM_NAME", "UTF8_STRING"))
            window.change_property(name, utf8, 8, title.encode())
        window.change_property(self._display.intern_atom("_NET_WM_PID"), Xatom.CARDINAL, 32, [pid], X.PropModeReplace)
        window.map()
        self._display.sync()
        return window

    def _settle(self, window: Any, named: tuple[str, str], ours: bool) -> None:
        """The window manager takes its time to bring a window to the front; one that was there before the manager
        looked has to be asked for, as a task bar does."""
        ends, asks = time.monotonic() + SETTLES_SECONDS, time.monotonic() + ASKS_SECONDS
        while (found := self._front()) != (*named, ours):
            now = time.monotonic()
            if now > ends:
                raise ScreenFailed(f"the window {named} did not come to the front, but {found}")
            if now > asks:
                asks = now + ASKS_SECONDS
                self._ask_for(window)
            time.sleep(0.02)

    def _ask_for(self, window: Any) -> None:
        from Xlib import X
        from Xlib.protocol.event import ClientMessage

        active = self._display.intern_atom("_NET_ACTIVE_WINDOW")
        event = ClientMessage(window=window, client_type=active, data=(32, [FROM_A_PAGER, X.CurrentTime, 0, 0, 0]))
        mask = X.SubstructureRedirectMask | X.SubstructureNotifyMask
        self._display.screen().root.send_event(event, event_mask=mask)
        self._display.sync()
