"""The mouse pointer: an X server leaves it out of its pictures, so it is asked for and drawn in here."""

from __future__ import annotations

import struct

import numpy as np
from numpy.typing import NDArray

from client.capture.source import Pixels
from client.capture.x11_damage import Rectangle
from client.capture.x11_wire import Refused, Wire

_QUERY_POINTER = 38
_SELECT_CURSOR_INPUT, _GET_CURSOR_IMAGE = 3, 4
_DISPLAYED = 1
_SELECT_EVENTS, _RAW_MOTION, _ALL_MASTERS = 46, 17, 1


class Pointer:
    """Where the pointer is and what it looks like; nothing where the server lacks XFIXES."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        extension = wire.extension("XFIXES")
        self._xfixes, first_event = extension or (0, 0)
        self._event = first_event + 1  # CursorNotify
        self._place: tuple[int, int] | None = None
        self._hot = (0, 0)
        self._colours: NDArray[np.uint16] = np.zeros((0, 0, 3), np.uint16)
        self._see_through: NDArray[np.uint16] = np.zeros((0, 0, 1), np.uint16)
        if extension:
            wire.version(self._xfixes, 5, 0)
            wire.tell(struct.pack("<BBHII", self._xfixes, _SELECT_CURSOR_INPUT, 3, wire.root, _DISPLAYED))
            self.look()
        self._watch_motion()

    def _watch_motion(self) -> None:
        """Have every motion reported, in whichever window: that wakes who waits. The place is asked for all the same:
        programs may move the pointer without a hand on it."""
        extension = self._wire.extension("XInputExtension")
        if extension is not None:
            self._wire.ask(struct.pack("<BBHHH", extension[0], 47, 2, 2, 2))
            self._wire.tell(
                struct.pack("<BBHIHHHHI", extension[0], _SELECT_EVENTS, 5, self._wire.root, 1, 0, _ALL_MASTERS, 1,
                            1 << _RAW_MOTION)
            )  # fmt: skip

    def is_news(self, event: bytes) -> bool:
        """Whether the event says that the pointer looks different now; then ``look``."""
        return bool(self._xfixes) and event[0] & 0x7F == self._event

    def look(self) -> None:
        """Fetch the pointer's picture."""
        try:
            reply = self._wire.ask(struct.pack("<BBH", self._xfixes, _GET_CURSOR_IMAGE, 1))
        except Refused:
            return  # of a program that ended: drawn as it looked before
        width, height, hot_x, hot_y = struct.unpack_from("<HHHH", reply, 12)
        picture = np.frombuffer(reply, np.uint8, width * height * 4, 32).reshape(height, width, 4)
        self._hot = hot_x, hot_y
        self._colours = picture[..., :3].astype(np.uint16)  # already multiplied with their opacity
        self._see_through = (255 - picture[..., 3:]).astype(np.uint16)

    def ask(self) -> int:
        """Ask where it is; ``moved`` takes the result."""
        return self._wire.question(struct.pack("<BBHI", _QUERY_POINTER, 0, 2, self._wire.root))

    def moved(self, question: int) -> bool:
        """Whether it is somewhere else than the last time."""
        reply = self._wire.answer(question)
        place = struct.unpack_from("<hh", reply, 16) if reply[1] else None  # else on another desktop
        before, self._place = self._place, place
        return place != before

    @property
    def covers(self) -> Rectangle | None:
        """The part of the desktop it hides; None if it is not there."""
        height, width = self._colours.shape[:2]
        if self._place is None or not width:
            return None
        return self._place[0] - self._hot[0], self._place[1] - self._hot[1], width, height

    def draw(self, pixels: Pixels, x: int, y: int) -> None:
        """Draw it into a picture (height x width x 4: B, G, R, unused) whose first pixel is ``x``, ``y``."""
        covers = self.covers
        if covers is None:
            return
        left, top = covers[0] - x, covers[1] - y
        height, width = pixels.shape[:2]
        x0, y0, x1, y1 = max(left, 0), max(top, 0), min(left + covers[2], width), min(top + covers[3], height)
        if x0 >= x1 or y0 >= y1:
            return
        rows, columns = slice(y0 - top, y1 - top), slice(x0 - left, x1 - left)
        under = pixels[y0:y1, x0:x1, :3]
        mixed = self._colours[rows, columns] + (under * self._see_through[rows, columns] + 127) // 255
        under[...] = np.minimum(mixed, 255)
