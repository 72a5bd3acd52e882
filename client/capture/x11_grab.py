"""Pixels of an X server's desktop: through memory shared with the server, or over the connection."""

from __future__ import annotations

import mmap
import os
import struct
import sys
from collections.abc import Iterator, Sequence

import numpy as np

from client.capture.source import Pixels
from client.capture.x11_damage import Rectangle
from client.capture.x11_wire import Refused, Wire
from client.errors import ScreenMissing

_GET_IMAGE = 73
_SHM_GET_IMAGE, _SHM_ATTACH_FILE = 4, 6
_WHOLE_PIXELS, _ALL_PLANES = 2, 0xFFFFFFFF
_FILES_SINCE = (1, 2)  # shared memory by file: what dies with the process and nobody else can open


class Grabber:
    """Takes pieces of the desktop, together at most ``width`` x ``height`` pixels."""

    def __init__(self, wire: Wire, width: int, height: int) -> None:
        self._wire = wire
        self._shm = 0
        self._segment = 0
        self._shared: Pixels | None = None
        if extension := wire.extension("MIT-SHM"):
            self._shm = extension[0]
            self._share(width * height * 4)

    @property
    def shares(self) -> bool:
        """False where every pixel goes over the connection (another computer's screen)."""
        return self._shared is not None

    def _share(self, size: int) -> None:
        version = struct.unpack_from("<HH", self._wire.ask(struct.pack("<BBH", self._shm, 0, 1)), 8)
        if version < _FILES_SINCE or sys.platform != "linux":
            return
        file = os.memfd_create("senim-screen")
        os.ftruncate(file, size)
        shared: Pixels = np.frombuffer(mmap.mmap(file, size), np.uint8)
        self._segment = self._wire.new_id()
        self._wire.tell_with_file(
            struct.pack("<BBHIBxxx", self._shm, _SHM_ATTACH_FILE, 3, self._segment, 0), file
        )  # fmt: skip
        try:
            self._wire.answer(self._ask((0, 0, 1, 1), 0))
        except Refused:
            return  # a server that speaks of shared memory but lives elsewhere
        self._shared = shared

    def grab(self, areas: Sequence[Rectangle]) -> Iterator[tuple[Rectangle, Pixels]]:
        """The pixels of each area, height x width x 4 (B, G, R, unused); to be written to, valid until the next.

        Raises ``Refused`` when an area is not on the desktop (any more).
        """
        if self._shared is None:
            for area in areas:
                yield area, self._sent(area)
            return
        asked, at = [], 0
        for area in areas:
            asked.append((self._ask(area, at), area, at))
            at += area[2] * area[3] * 4
        refused = None
        for question, _, _ in asked:  # all answers are fetched, also after a refusal
            try:
                self._wire.answer(question)
            except Refused as error:
                refused = error
        if refused is not None:
            raise refused
        for _, area, at in asked:
            _, _, width, height = area
            yield area, self._shared[at : at + width * height * 4].reshape(height, width, 4)

    def _ask(self, area: Rectangle, at: int) -> int:
        return self._wire.question(
            struct.pack("<BBHIhhHHIBxxxII", self._shm, _SHM_GET_IMAGE, 8, self._wire.root, *area, _ALL_PLANES,
                        _WHOLE_PIXELS, self._segment, at)
        )  # fmt: skip

    def _sent(self, area: Rectangle) -> Pixels:
        _, _, width, height = area
        reply = self._wire.ask(
            struct.pack("<BBHIhhHHI", _GET_IMAGE, _WHOLE_PIXELS, 5, self._wire.root, *area, _ALL_PLANES)
        )
        if len(reply) < 32 + width * height * 4:
            raise ScreenMissing("a picture without pixels")
        return np.frombuffer(bytearray(reply[32 : 32 + width * height * 4]), np.uint8).reshape(height, width, 4)
