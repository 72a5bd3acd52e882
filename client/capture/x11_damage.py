"""Where something was drawn since the last question: the X server's DAMAGE extension."""

from __future__ import annotations

import struct

from client.capture.x11_wire import Wire

_DAMAGE_CREATE, _DAMAGE_SUBTRACT = 1, 3
_CREATE_REGION, _FETCH_REGION = 5, 19
_WHEN_NOT_EMPTY = 3  # one event until we ask; what was drawn is collected in the server meanwhile

Rectangle = tuple[int, int, int, int]
"""x, y, width, height in pixels of the desktop."""


class Damage:
    """Watches the whole desktop of one connection."""

    def __init__(self, wire: Wire, number: int, first_event: int, xfixes: int) -> None:
        self._wire, self._number, self._xfixes = wire, number, xfixes
        self._first_event = first_event
        self._damage, self._region = wire.new_id(), wire.new_id()
        wire.tell(struct.pack("<BBHI", xfixes, _CREATE_REGION, 2, self._region))
        wire.tell(
            struct.pack("<BBHIIBxxx", number, _DAMAGE_CREATE, 4, self._damage, wire.root, _WHEN_NOT_EMPTY)
        )  # fmt: skip

    @classmethod
    def watch(cls, wire: Wire) -> Damage | None:
        """None where the X server lacks DAMAGE or XFIXES 2."""
        damage, xfixes = wire.extension("DAMAGE"), wire.extension("XFIXES")
        if damage is None or xfixes is None or wire.version(xfixes[0], 5, 0) < (2, 0):
            return None
        wire.version(damage[0], 1, 1)
        return cls(wire, *damage, xfixes[0])

    def is_news(self, event: bytes) -> bool:
        """Whether the event says that something was drawn."""
        return event[0] & 0x7F == self._first_event

    def ask(self) -> int:
        """To be called after an event: from here on the server collects anew. ``places`` takes the result."""
        self._wire.tell(struct.pack("<BBHIII", self._number, _DAMAGE_SUBTRACT, 4, self._damage, 0, self._region))
        return self._wire.question(struct.pack("<BBHI", self._xfixes, _FETCH_REGION, 2, self._region))

    def places(self, question: int) -> list[Rectangle]:
        """What was drawn up to ``ask``; none of the rectangles overlap."""
        return list(struct.iter_unpack("<hhHH", self._wire.answer(question)[32:]))
