"""Small pictures for the window and for the review's track."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import cv2
import numpy as np

from client.capture.source import Pixels

if TYPE_CHECKING:
    from faces.landmarks import Points

PREVIEW_WIDTH = 320
# The pipe's promise: a preview is at most 30 KB.
PREVIEW_BYTES = 30 * 1024 * 3 // 4


def smaller(bgr: Pixels, width: int) -> Pixels:
    """At most ``width`` pixels wide."""
    if bgr.shape[1] <= width:
        return bgr
    height = max(1, round(bgr.shape[0] * width / bgr.shape[1]))
    return np.asarray(cv2.resize(bgr, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def jpeg(bgr: Pixels, width: int = PREVIEW_WIDTH) -> tuple[str, int, int]:
    """(base64 JPEG, width, height); the quality gives way before the size does."""
    small = smaller(bgr, width)
    data = b""
    for quality in (75, 50, 25):
        data = _encode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, quality])
        if len(data) <= PREVIEW_BYTES:
            break
    return base64.b64encode(data).decode(), int(small.shape[1]), int(small.shape[0])


def webp(bgr: Pixels, width: int, quality: int) -> str:
    """base64 WebP."""
    return base64.b64encode(_encode(".webp", smaller(bgr, width), [cv2.IMWRITE_WEBP_QUALITY, quality])).decode()


def _encode(kind: str, bgr: Pixels, options: list[int]) -> bytes:
    done, data = cv2.imencode(kind, bgr, options)
    return bytes(data.tobytes()) if done else b""


def is_empty(bgr: Pixels) -> bool:
    """Black or of one colour: what a screen without permission and a lens behind its cover look like."""
    sample = bgr[::8, ::8]
    return bool(float(sample.std(axis=(0, 1)).max()) < 1.5)


def relative(points: Points, width: int, height: int) -> list[list[float]]:
    """Landmarks in pixels as x/y in 0..1 of the picture."""
    return [[round(float(x) / width, 4), round(float(y) / height, 4)] for x, y in points[:, :2]]
