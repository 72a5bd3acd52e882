"""Screens of an X server: mss takes the picture, XDamage says when it is worth taking one."""

from __future__ import annotations

import sys
from typing import Any

import mss
import numpy as np
from mss.exception import ScreenShotError

from client.capture.source import Pixels, Reading, ScreenInfo
from client.capture.tiles import TilePicture
from client.clock import Clock
from client.errors import ScreenMissing

_LOOK_ANYWAY_NS = 1_000_000_000  # drivers exist that draw without reporting it
_GEOMETRY_NS = 2_000_000_000


def x11_screens() -> list[ScreenInfo]:
    """All monitors, in the X server's order. Raises ``ScreenMissing`` if no X server answers."""
    try:
        with mss.MSS() as shooter:
            return _screens(shooter)
    except ScreenShotError as error:
        raise ScreenMissing(str(error)) from error


def _screens(shooter: Any) -> list[ScreenInfo]:
    found = shooter.monitors[1:] or shooter.monitors[:1]
    return [
        ScreenInfo(
            stream=f"screen-{number}",
            name=str(m.get("name") or m.get("output") or f"{m['width']} x {m['height']}"),
            x=m["left"],
            y=m["top"],
            width=m["width"],
            height=m["height"],
        )
        for number, m in enumerate(found, 1)
    ]


class X11Screen:
    """One monitor, found again by its number after a change of the layout."""

    def __init__(self, stream: str, clock: Clock) -> None:
        self.stream = stream
        self._clock = clock
        self._shooter: Any = None
        self._damage: Damage | None = None
        self._info: ScreenInfo | None = None
        self._picture: TilePicture | None = None
        self._looked_ns = self._measured_ns = 0

    def start(self) -> None:
        try:
            self._shooter = mss.MSS(with_cursor=True)
            self._damage = Damage.watch()
            self._measure()
        except ScreenShotError as error:
            raise ScreenMissing(str(error)) from error

    def _measure(self) -> None:
        """Find our monitor's place and size; a new size makes a new picture."""
        with mss.MSS() as other:  # a fresh connection: mss remembers monitors
            info = next((s for s in _screens(other) if s.stream == self.stream), None)
        if info is None:
            raise ScreenMissing(self.stream)
        if info != self._info or self._picture is None:
            if self._info is not None:
                self._shooter.close()
                self._shooter = mss.MSS(with_cursor=True)  # its buffer fits the old size
            self._info = info
            self._picture = TilePicture(info.width, info.height)
            self._looked_ns = 0
        self._measured_ns = self._clock.now_ns()

    def read(self, wait_s: float) -> Reading | None:
        """``wait_s`` is not used: a look takes a millisecond, the caller sets the pace."""
        now_ns = self._clock.now_ns()
        try:
            if now_ns - self._measured_ns > _GEOMETRY_NS:
                self._measure()
            assert self._info is not None and self._picture is not None
            quiet = self._damage is not None and not self._damage.happened()
            if quiet and self._looked_ns and now_ns - self._looked_ns < _LOOK_ANYWAY_NS:
                return None
            info = self._info
            area = {"left": info.x, "top": info.y, "width": info.width, "height": info.height}
            shot = self._shooter.grab(area)
        except ScreenShotError as error:
            self._measured_ns = 0
            raise ScreenMissing(str(error)) from error
        t_ns = self._clock.now_ns()
        first, self._looked_ns = self._looked_ns == 0, t_ns
        pixels: Pixels = np.frombuffer(shot.raw, np.uint8).reshape(shot.height, shot.width, 4)
        changed = self._picture.update(pixels)
        if not changed and not first:
            return None
        picture = self._picture
        return Reading(t_ns, picture.width, picture.height, changed, picture.tiles)

    def yuv(self) -> Pixels:
        assert self._picture is not None
        return self._picture.yuv

    def bgr(self) -> Pixels | None:
        return None if self._picture is None or not self._looked_ns else self._picture.bgr()

    def stop(self) -> None:
        shooter, self._shooter = self._shooter, None
        if shooter is not None:
            shooter.close()
        if self._damage is not None:
            self._damage.close()
            self._damage = None
        self._info = None


class Damage:
    """Tells whether anything was drawn, or the pointer moved, since the last question."""

    def __init__(self, display: Any, root: Any, handle: int) -> None:
        self._display, self._root, self._handle = display, root, handle
        self._pointer = (-1, -1)

    @classmethod
    def watch(cls) -> Damage | None:
        """None where the X server has no DAMAGE extension."""
        if sys.platform != "linux":
            return None
        import Xlib.display
        import Xlib.error
        from Xlib.ext import damage

        try:
            display = Xlib.display.Display()
        except (Xlib.error.DisplayError, OSError) as error:
            raise ScreenMissing(str(error)) from error
        if not display.has_extension(damage.extname):
            display.close()
            return None
        display.damage_query_version()
        root = display.screen().root
        handle = root.damage_create(damage.DamageReportNonEmpty)
        display.flush()
        return cls(display, root, handle)

    def happened(self) -> bool:
        """Raises ``ScreenMissing`` when the X server is gone."""
        import Xlib.error

        try:
            pointer = self._root.query_pointer()
            drawn = False
            while self._display.pending_events():
                self._display.next_event()
                drawn = True
            if drawn:
                self._display.damage_subtract(self._handle)
                self._display.flush()
        except (Xlib.error.ConnectionClosedError, OSError) as error:
            raise ScreenMissing(str(error)) from error
        place = (pointer.root_x, pointer.root_y)
        moved, self._pointer = place != self._pointer, place
        return drawn or moved

    def close(self) -> None:
        import Xlib.error

        try:
            self._display.close()
        except (Xlib.error.ConnectionClosedError, OSError):
            pass  # the server closed it first
