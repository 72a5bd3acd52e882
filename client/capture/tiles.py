"""What changed between two pictures of a screen, and the picture as the encoder wants it.

A picture is compared in bands of 60 rows by a fast hash; only bands that differ are looked at in tiles
of 60 x 60 px and converted. On an exam screen that is a few rows around the caret.
"""

from __future__ import annotations

import threading

import cv2
import numpy as np
import xxhash
from numpy.typing import NDArray

from client.capture.source import Pixels

TILE = 60


class TilePicture:
    """Keeps the newest picture of one screen. ``update`` from one thread, ``bgr`` from any."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width & ~1, height & ~1  # 4:2:0 needs even sizes
        self._lock = threading.Lock()
        self._kept: Pixels = np.zeros((self.height, self.width, 4), np.uint8)
        self._bgr: Pixels | None = None
        self.yuv: Pixels = np.full((self.height * 3 // 2, self.width), 128, np.uint8)
        quarter = self.height // 2 * (self.width // 2)
        chroma = self.yuv[self.height :].reshape(-1)
        self._u = chroma[:quarter].reshape(self.height // 2, self.width // 2)
        self._v = chroma[quarter:].reshape(self.height // 2, self.width // 2)
        self._bands = [(top, min(top + TILE, self.height)) for top in range(0, self.height, TILE)]
        self._hashes: list[int | None] = [None] * len(self._bands)
        self._columns = np.arange(0, self.width, TILE)
        self.tiles = len(self._bands) * len(self._columns)

    def update(self, bgra: Pixels) -> int:
        """Take a picture (height x width x 4 or larger); returns how many tiles differ from the one before."""
        changed = 0
        for number, (top, bottom) in enumerate(self._bands):
            band = np.ascontiguousarray(bgra[top:bottom, : self.width])
            digest = xxhash.xxh3_64_intdigest(band.data)
            if digest == self._hashes[number]:
                continue
            changed += self._changed_tiles(band, top, bottom, first=self._hashes[number] is None)
            self._hashes[number] = digest
            with self._lock:
                self._kept[top:bottom] = band
                self._bgr = None
            self._convert(band, top, bottom)
        return changed

    def bgr(self) -> Pixels:
        """The picture as BGR; the same array until the picture changes."""
        with self._lock:
            if self._bgr is None:
                self._bgr = cv2.cvtColor(self._kept, cv2.COLOR_BGRA2BGR).astype(np.uint8, copy=False)
            return self._bgr

    def _changed_tiles(self, band: Pixels, top: int, bottom: int, first: bool) -> int:
        if first:
            return len(self._columns)
        new: NDArray[np.uint32] = band.view(np.uint32)[..., 0]
        old: NDArray[np.uint32] = self._kept[top:bottom].view(np.uint32)[..., 0]
        columns = (new != old).any(axis=0)
        return int(np.logical_or.reduceat(columns, self._columns).sum())

    def _convert(self, band: Pixels, top: int, bottom: int) -> None:
        rows = bottom - top
        converted = cv2.cvtColor(band, cv2.COLOR_BGRA2YUV_I420)
        self.yuv[top:bottom] = converted[:rows]
        chroma = converted[rows:].reshape(-1)
        quarter = rows // 2 * (self.width // 2)
        half = slice(top // 2, bottom // 2)
        self._u[half] = chroma[:quarter].reshape(rows // 2, -1)
        self._v[half] = chroma[quarter:].reshape(rows // 2, -1)
