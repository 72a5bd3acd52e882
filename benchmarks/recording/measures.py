"""Arithmetic on pictures: likeness in dB, tiles that still show what was before, letters read back."""

from __future__ import annotations

import difflib
import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

Luma = NDArray[np.uint8]
Mask = NDArray[np.bool_]

TILE = 60
CHANGED = 4.0  # mean squared difference per pixel from which a tile counts as changed
BEST_DB = 99.0
INK = 160  # brightness below which a pixel belongs to a letter
LINE_LEAST, LINE_MOST = 8, 36  # pixels
LINE_MARGIN = 4
ENLARGED = 1.5


def psnr(one: Luma, other: Luma, keep: Mask | None = None) -> float:
    """Peak signal to noise ratio in dB of two pictures of brightness, over the pixels to ``keep``."""
    difference = one.astype(np.float32) - other.astype(np.float32)
    if keep is not None:
        difference = difference[keep]
    error = float(np.mean(difference**2)) if difference.size else 0.0
    return BEST_DB if error < 1e-5 else min(BEST_DB, 10 * float(np.log10(255**2 / error)))


def tile_errors(one: Luma, other: Luma) -> NDArray[np.float64]:
    """Mean squared difference of each tile (rows x columns of tiles)."""
    difference = (one.astype(np.int32) - other.astype(np.int32)) ** 2
    height, width = difference.shape
    rows, columns = np.arange(0, height, TILE), np.arange(0, width, TILE)
    sums = np.add.reduceat(np.add.reduceat(difference, rows, axis=0), columns, axis=1).astype(np.float64)
    areas = np.minimum(TILE, height - rows)[:, None] * np.minimum(TILE, width - columns)[None]
    return np.asarray(sums / areas, dtype=np.float64)


def stale(before: Luma, now: Luma, shown: Luma, ignore: Mask | None = None) -> tuple[int, int]:
    """(tiles that changed from ``before`` to ``now``, of those: how many are shown nearer to before than to now).

    ``ignore``: tiles (rows x columns) not to be counted.
    """
    changed = tile_errors(before, now) > CHANGED
    if ignore is not None:
        changed &= ~ignore
    late = changed & (tile_errors(shown, now) > tile_errors(shown, before))
    return int(changed.sum()), int(late.sum())


def tiles_of(boxes: Sequence[tuple[int, int, int, int]], shape: tuple[int, int]) -> Mask:
    """Tiles that boxes (left, top, right, bottom in pixels) touch."""
    rows, columns = -(-shape[0] // TILE), -(-shape[1] // TILE)
    found = np.zeros((rows, columns), bool)
    for left, top, right, bottom in boxes:
        found[max(0, top // TILE) : bottom // TILE + 1, max(0, left // TILE) : right // TILE + 1] = True
    return found


def pixels_of(tiles: Mask, shape: tuple[int, int]) -> Mask:
    """The tiles' pixels."""
    return np.repeat(np.repeat(tiles, TILE, axis=0), TILE, axis=1)[: shape[0], : shape[1]]


def likeness(one: str, other: str) -> float:
    """0..1: share of letters two readings have in common, in order; 1 for two empty ones."""
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def text_lines(panel: Luma) -> list[slice]:
    """Rows of each whole line of dark text on a light panel; what is cut at its edges or is too high to be a line
    of text (a figure) is left out."""
    height = panel.shape[0]
    dark = np.concatenate(([True], (panel < INK).any(axis=1), [True]))  # a line at the edge may be cut
    edges = np.flatnonzero(np.diff(dark.astype(np.int8)))
    lines = zip(edges[1::2], edges[2::2], strict=False)
    return [
        slice(max(0, int(top) - LINE_MARGIN), min(height, int(bottom) + LINE_MARGIN))
        for top, bottom in lines
        if LINE_LEAST <= bottom - top <= LINE_MOST
    ]


def read_letters(panel: Luma, lines: Sequence[slice], language: str) -> str:
    """What tesseract reads in these lines. Raises ``FileNotFoundError`` where it is not installed."""
    text = np.concatenate([panel[rows] for rows in lines])
    enlarged = cv2.resize(text, None, fx=ENLARGED, fy=ENLARGED, interpolation=cv2.INTER_CUBIC)
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "panel.png"
        cv2.imwrite(str(file), enlarged)
        command = ["tesseract", str(file), "-", "--psm", "6", "-l", language]
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"}
        )
    return done.stdout
