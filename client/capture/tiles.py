"""What changed between two pictures of a screen, and the picture as the encoder wants it.

Pictures are compared in tiles of 60 x 60 px and bands of 60 rows. Whole pictures are first compared by a fast
hash of each band; of what a system reports as drawn only the tiles it lies in are looked at. Converted is
what differs: on an exam screen one tile around the caret.
"""

from __future__ import annotations

import threading

import cv2
import numpy as np
import xxhash
from numpy.typing import NDArray

from client.capture.source import Pixels

TILE = 60


class Marked:
    """Tiles that may have changed: in each band the columns from the first to the last one marked."""

    def __init__(self, width: int, height: int) -> None:
        """Of a picture of ``width`` x ``height`` pixels."""
        self.width, self.height = width, height
        self._spans: dict[int, tuple[int, int]] = {}

    def mark(self, x: int, y: int, width: int, height: int) -> None:
        """What lies outside the picture is left out."""
        left, right = max(x, 0), min(x + width, self.width)
        top, bottom = max(y, 0), min(y + height, self.height)
        if left >= right or top >= bottom:
            return
        first, last = left // TILE, (right - 1) // TILE
        for band in range(top // TILE, (bottom - 1) // TILE + 1):
            span = self._spans.get(band)
            self._spans[band] = (first, last) if span is None else (min(first, span[0]), max(last, span[1]))

    def areas(self) -> list[tuple[int, int, int, int]]:
        """x, y, width, height of rectangles of whole tiles that hold all marked ones; clears the marks."""
        found: list[tuple[int, int, int, int]] = []
        begun, before, open_span = 0, -1, (0, -1)
        for band, span in sorted(self._spans.items()):
            if band != before + 1 or span != open_span:
                self._close(found, begun, before, open_span)
                begun, open_span = band, span
            before = band
        self._close(found, begun, before, open_span)
        self._spans = {}
        return found

    def _close(self, found: list[tuple[int, int, int, int]], band: int, last: int, span: tuple[int, int]) -> None:
        if span[1] < 0:
            return
        x, y = span[0] * TILE, band * TILE
        right, bottom = min((span[1] + 1) * TILE, self.width), min((last + 1) * TILE, self.height)
        found.append((x, y, right - x, bottom - y))


class TilePicture:
    """Keeps the newest picture of one screen. ``update`` and ``update_area`` from one thread, ``bgr`` from any."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width & ~1, height & ~1  # 4:2:0 needs even sizes
        self._lock = threading.Lock()
        self._kept: Pixels = np.zeros((self.height, self.width, 4), np.uint8)
        self._words: NDArray[np.uint32] = self._kept.view(np.uint32)[..., 0]
        self._bgr: Pixels | None = None
        self.yuv: Pixels = np.full((self.height * 3 // 2, self.width), 128, np.uint8)
        self.yuv[: self.height] = 16  # black, as ``_kept`` is
        quarter = self.height // 2 * (self.width // 2)
        chroma = self.yuv[self.height :].reshape(-1)
        self._u = chroma[:quarter].reshape(self.height // 2, self.width // 2)
        self._v = chroma[quarter:].reshape(self.height // 2, self.width // 2)
        bands, columns = -(-self.height // TILE), -(-self.width // TILE)
        self._hashes: list[int | None] = [None] * bands
        self._seen = False
        self.tiles = bands * columns

    def update(self, bgra: Pixels) -> int:
        """Take a picture (height x width x 4 or larger); returns how many tiles differ from the one before."""
        changed, first = 0, not self._seen
        for number, top in enumerate(range(0, self.height, TILE)):
            band = np.ascontiguousarray(bgra[top : min(top + TILE, self.height), : self.width])
            digest = xxhash.xxh3_64_intdigest(band.data)
            if digest != self._hashes[number]:
                changed += self._update_band(band, 0, top)
                self._hashes[number] = digest
        self._seen = True
        return self.tiles if first else changed

    def update_area(self, x: int, y: int, pixels: Pixels) -> int:
        """Take a piece (height x width x 4) whose first pixel, a tile's first, is at ``x``, ``y``; else as ``update``,
        which takes the first picture."""
        changed = 0
        for top in range(y, min(y + pixels.shape[0], self.height), TILE):
            band = pixels[top - y : min(top - y + TILE, self.height - y), : self.width - x]
            found = self._update_band(band, x, top)
            if found:
                self._hashes[top // TILE] = None
                changed += found
        return changed

    def bgr(self) -> Pixels:
        """The picture as BGR; the same array until the picture changes."""
        with self._lock:
            if self._bgr is None:
                self._bgr = cv2.cvtColor(self._kept, cv2.COLOR_BGRA2BGR).astype(np.uint8, copy=False)
            return self._bgr

    def _update_band(self, band: Pixels, x: int, top: int) -> int:
        """Keep and convert what differs of a piece of one band; returns how many tiles do."""
        height, width = band.shape[:2]
        new: NDArray[np.uint32] = band.view(np.uint32)[..., 0]
        differs = new != self._words[top : top + height, x : x + width]
        if not differs.any():
            return 0
        tiles = np.logical_or.reduceat(differs.any(axis=0), np.arange(0, width, TILE))
        places = np.flatnonzero(tiles)
        left, right = int(places[0]) * TILE, min((int(places[-1]) + 1) * TILE, width)
        piece = band[:, left:right]
        with self._lock:
            self._kept[top : top + height, x + left : x + right] = piece
            self._bgr = None
        self._convert(piece, x + left, top)
        return len(places)

    def _convert(self, piece: Pixels, x: int, top: int) -> None:
        rows, width = piece.shape[:2]
        converted = cv2.cvtColor(piece, cv2.COLOR_BGRA2YUV_I420)
        self.yuv[top : top + rows, x : x + width] = converted[:rows]
        chroma = converted[rows:].reshape(2, rows // 2, width // 2)
        down, across = slice(top // 2, (top + rows) // 2), slice(x // 2, (x + width) // 2)
        self._u[down, across] = chroma[0]
        self._v[down, across] = chroma[1]
