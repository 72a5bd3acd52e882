"""Which monitors an X server has, where they lie on its desktop, and word of their changes."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from client.capture.x11_wire import Refused, Wire
from client.errors import ScreenMissing

_SELECT_INPUT, _GET_MONITORS = 4, 42
_ANY_CHANGE = 0x7  # of the desktop, of a picture generator, of an output
_MONITORS_SINCE = (1, 5)


@dataclass(frozen=True, slots=True)
class Monitor:
    """``name``: the output's, or what the person called it; no other monitor has it at the same time.
    Place and size in pixels of the desktop."""

    name: str
    x: int
    y: int
    width: int
    height: int


class Monitors:
    """The monitors of one connection."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        extension = wire.extension("RANDR")
        self._randr, self.first_event = extension or (0, 0)
        self._listed = bool(extension) and wire.version(self._randr, *_MONITORS_SINCE) >= _MONITORS_SINCE

    def watch(self) -> None:
        """Ask for events about changes; ``is_change`` knows them."""
        if self._listed:
            self._wire.tell(struct.pack("<BBHIHH", self._randr, _SELECT_INPUT, 3, self._wire.root, _ANY_CHANGE, 0))

    def is_change(self, event: bytes) -> bool:
        return self._listed and (event[0] & 0x7F) - self.first_event in (0, 1)

    def now(self) -> list[Monitor]:
        """The primary one first, then from the left. Without RANDR 1.5 the desktop is one monitor.

        Monitors that show the same (or a piece of the same) are one: the picture is recorded once.
        Raises ``ScreenMissing`` if there is none.
        """
        width, height = self._wire.size()
        if not self._listed:
            return [Monitor("desktop", 0, 0, width, height)]
        try:
            reply = self._wire.ask(struct.pack("<BBHIBxxx", self._randr, _GET_MONITORS, 3, self._wire.root, 1))
            found = self._read(reply, width, height)
        except Refused as error:  # a name that was taken back at this moment
            raise ScreenMissing(str(error)) from error
        if not found:
            raise ScreenMissing("no monitor")
        return found

    def _read(self, reply: bytes, width: int, height: int) -> list[Monitor]:
        listed: list[tuple[bool, Monitor]] = []
        at = 32
        for _ in range(struct.unpack_from("<I", reply, 12)[0]):
            atom, primary, outputs, x, y, w, h = struct.unpack_from("<IBxHhhHH", reply, at)
            at += 24 + 4 * outputs
            left, top, right, bottom = max(x, 0), max(y, 0), min(x + w, width), min(y + h, height)
            if right - left > 1 and bottom - top > 1:  # for a moment, a monitor may lie beside the desktop
                listed.append((not primary, Monitor(self._wire.atom(atom), left, top, right - left, bottom - top)))
        listed.sort(key=lambda row: (row[0], row[1].x, row[1].y, -row[1].width * row[1].height, row[1].name))
        monitors = [monitor for _, monitor in listed]
        return [m for n, m in enumerate(monitors) if not any(_shows(o, m, k < n) for k, o in enumerate(monitors))]


def _shows(other: Monitor, monitor: Monitor, earlier: bool) -> bool:
    """Whether all of ``monitor`` is seen on ``other``; of two alike the earlier one stays."""
    if other is monitor or (other.x, other.y, other.width, other.height) == (
        monitor.x, monitor.y, monitor.width, monitor.height,
    ):  # fmt: skip
        return other is not monitor and earlier
    return (
        other.x <= monitor.x
        and other.y <= monitor.y
        and monitor.x + monitor.width <= other.x + other.width
        and monitor.y + monitor.height <= other.y + other.height
    )
