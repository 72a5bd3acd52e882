"""A clip for the exam screen: moving colours with film grain."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SIZE = (640, 360)
FPS = 15
GRAIN = 12  # steps of 256
_Y, _X = np.mgrid[0 : SIZE[1], 0 : SIZE[0]].astype(np.float32)
_NOISE = [np.random.default_rng(5 + k).integers(0, GRAIN, (SIZE[1], SIZE[0], 1), dtype=np.uint8) for k in range(7)]


def video_frame(number: int) -> NDArray[np.uint8]:
    """Frame ``number`` as BGRA, height x width x 4."""
    t = number / FPS
    first = 110 + 60 * np.sin(_X / 70 + t * 1.3) + 50 * np.cos(_Y / 50 - t)
    second = 110 + 80 * np.sin((_X + _Y) / 90 + t * 0.7)
    picture = np.stack([second, (first + second) / 2, first, np.full_like(first, 255)], -1).clip(0, 240)
    frame = picture.astype(np.uint8)
    x, y = int(320 + 200 * np.sin(t)), int(180 + 100 * np.cos(t * 1.4))
    frame[max(0, y - 40) : y + 40, max(0, x - 40) : x + 40, :3] = (40, 60, 220)
    frame[..., :3] += _NOISE[number % len(_NOISE)]
    return np.asarray(frame, dtype=np.uint8)
