"""Screens of an X server, looked at only where something was drawn or the pointer moved.

DAMAGE collects in the server what was drawn. Ten times a second one question (the pointer's place) goes to
the server; pixels are fetched of the tiles that were drawn to, that the pointer left or that it covers now.
"""

from __future__ import annotations

import threading
import time

from client.capture.source import Pixels, Reading, ScreenInfo
from client.capture.tiles import Marked, TilePicture
from client.capture.x11_damage import Damage, Rectangle
from client.capture.x11_grab import Grabber
from client.capture.x11_monitors import Monitor, Monitors
from client.capture.x11_pointer import Pointer
from client.capture.x11_wire import Refused, Wire
from client.clock import Clock
from client.errors import ScreenMissing, ScreenNotShown, ScreenRemoved

# Drivers exist that draw without reporting it: all is looked at now and then, oftener once that found something.
_SOONEST_NS, _LATEST_NS = 100_000_000, 2_000_000_000
_SETTLE_S = 0.02  # programs draw in several strokes; half a picture is not worth a look
_MEASURE_NS = 1_000_000_000  # changes are reported; this is for servers that forget to


class X11Desktop:
    """The list of screens, asked again and again over one connection. From any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wire: Wire | None = None
        self._monitors: Monitors | None = None

    def screens(self) -> list[ScreenInfo]:
        """The primary one first, then from the left. Raises ``ScreenMissing`` if there is none or no server."""
        with self._lock:
            try:
                if self._wire is None or self._monitors is None:
                    self._wire = Wire()
                    self._monitors = Monitors(self._wire)
                found = self._monitors.now()
            except ScreenMissing:
                self._forget()
                raise
        return [ScreenInfo(f"screen-{n}", m.name, m.x, m.y, m.width, m.height) for n, m in enumerate(found, 1)]

    def close(self) -> None:
        with self._lock:
            self._forget()

    def _forget(self) -> None:
        wire, self._wire, self._monitors = self._wire, None, None
        if wire is not None:
            wire.close()


class X11Screen:
    """One monitor, known by its name wherever it lies and however many others there are."""

    def __init__(self, stream: str, clock: Clock, name: str = "") -> None:
        """Without a name it is, from the first start on, the monitor at the place of the stream's number."""
        self.stream, self.name = stream, name
        self._clock = clock
        self._wire: Wire | None = None
        self._picture: TilePicture | None = None
        self._looked = False

    def start(self) -> None:
        self.stop()
        wire = self._wire = Wire()
        self._monitors = Monitors(wire)
        monitor = self._find()
        if not wire.plain:
            raise ScreenNotShown(f"a desktop of depth {wire.depth}")
        self._monitors.watch()
        self._damage = Damage.watch(wire)
        self._pointer = Pointer(wire)
        self._anyway_ns = _LATEST_NS // 2
        self._monitor = Monitor("", 0, 0, 0, 0)
        self._place(monitor)

    def read(self, wait_s: float) -> Reading | None:
        """Waits, if it may, until something is drawn or the pointer moves."""
        assert self._wire is not None
        events = self._wire.events()
        if not events and wait_s > 0 and self._damage is not None:
            self._wire.wait(wait_s)
            events = self._wire.events()
            if events:
                time.sleep(_SETTLE_S)
                events += self._wire.events()
        question = self._pointer.ask()
        now_ns = self._clock.now_ns()
        drawn = self._follow(events, now_ns)
        self._mark_drawn(drawn)
        self._mark_pointer(question)
        try:
            return self._look(now_ns)
        except Refused as error:  # our place is not on the desktop any more
            before = self._monitor
            self._measure(now_ns)
            if self._monitor == before:
                raise ScreenMissing(str(error)) from error
            return None

    def yuv(self) -> Pixels:
        assert self._picture is not None
        return self._picture.yuv

    def bgr(self) -> Pixels | None:
        return None if self._picture is None or not self._looked else self._picture.bgr()

    def stop(self) -> None:
        wire, self._wire = self._wire, None
        if wire is not None:
            wire.close()

    # ---- where it is ------------------------------------------------------------------------

    def _find(self) -> Monitor:
        """Raises ``ScreenRemoved`` if there are others but not ours."""
        monitors = self._monitors.now()
        if not self.name:
            number = int(self.stream.rpartition("-")[2])
            if number > len(monitors):
                raise ScreenRemoved(self.stream)
            self.name = monitors[number - 1].name
        ours = next((monitor for monitor in monitors if monitor.name == self.name), None)
        if ours is None:
            raise ScreenRemoved(f"{self.stream}: {self.name}")
        return ours

    def _measure(self, now_ns: int) -> None:
        self._place(self._find())
        self._measured_ns = now_ns

    def _place(self, monitor: Monitor) -> None:
        """Begin anew when the monitor is not what and where it was; another size makes another picture."""
        assert self._wire is not None
        before, self._monitor = self._monitor, monitor
        self._measured_ns = self._clock.now_ns()
        if before == monitor:
            return
        if self._picture is None or (before.width, before.height) != (monitor.width, monitor.height):
            self._looked = False
            self._picture = TilePicture(monitor.width, monitor.height)
            self._grabber = Grabber(self._wire, monitor.width, monitor.height)
        self._marked = Marked(monitor.width, monitor.height)
        self._due_ns = 0

    # ---- what is new ------------------------------------------------------------------------

    def _follow(self, events: list[bytes], now_ns: int) -> bool:
        """Obey what the server reported; returns whether something was drawn."""
        drawn = False
        if now_ns - self._measured_ns > _MEASURE_NS or any(map(self._monitors.is_change, events)):
            self._measure(now_ns)
        if any(map(self._pointer.is_news, events)):
            self._mark(self._pointer.covers)
            self._pointer.look()
            self._mark(self._pointer.covers)
        if self._damage is not None:
            drawn = any(map(self._damage.is_news, events))
        return drawn

    def _mark_drawn(self, drawn: bool) -> None:
        if self._damage is None:
            self._due_ns = 0
        elif drawn:
            for place in self._damage.places(self._damage.ask()):
                self._mark(place)

    def _mark_pointer(self, question: int) -> None:
        before = self._pointer.covers
        if self._pointer.moved(question):
            self._mark(before)
            self._mark(self._pointer.covers)

    def _mark(self, place: Rectangle | None) -> None:
        if place is not None:
            self._marked.mark(place[0] - self._monitor.x, place[1] - self._monitor.y, place[2], place[3])

    # ---- looking ----------------------------------------------------------------------------

    def _look(self, now_ns: int) -> Reading | None:
        assert self._picture is not None
        areas = self._marked.areas()
        changed = self._take(areas) if areas and self._looked else 0
        if now_ns >= self._due_ns:
            found = self._take([(0, 0, self._monitor.width, self._monitor.height)])
            changed += found
            self._anyway_ns = _SOONEST_NS if found and self._looked else min(2 * self._anyway_ns, _LATEST_NS)
            self._due_ns = now_ns + self._anyway_ns
        first, self._looked = not self._looked, True
        if not changed and not first:
            return None
        picture = self._picture
        return Reading(self._grabbed_ns, picture.width, picture.height, min(changed, picture.tiles), picture.tiles)

    def _take(self, areas: list[Rectangle]) -> int:
        """Fetch parts of our picture; returns how many tiles differ."""
        assert self._picture is not None
        left, top, changed = self._monitor.x, self._monitor.y, 0
        at_ns: int | None = None
        for (x, y, width, height), pixels in self._grabber.grab([(x + left, y + top, w, h) for x, y, w, h in areas]):
            if at_ns is None:
                at_ns = self._grabbed_ns = self._clock.now_ns()
            self._pointer.draw(pixels, x, y)
            if (width, height) == (self._monitor.width, self._monitor.height):
                changed += self._picture.update(pixels)
            else:
                changed += self._picture.update_area(x - left, y - top, pixels)
        return changed
