"""Has this camera shown these very pictures before? A recording that is played in a loop repeats itself.

Two signs. *The same*: a picture equal in every sampled pixel to one from longer ago; a sensor's noise never repeats,
so a few of them are enough. *Alike*: a loop that was encoded again is not equal, but look after look it is closest to
the picture of the same distance in the past, and closer than to that one's neighbours, which somebody who sits still
is not.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict

import cv2
import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]

_KEPT_MS = 180_000  # loops longer than this are not found
_LEAST_MS = 4000  # nearer than this a picture may well look like the one before
_SAME_WITHIN_MS = 6000
_SAME_NEEDED = 2
_LOOKS = 600  # 3 a second for the time kept
_SMALL = (16, 12)
_NEIGHBOURS = 3  # looks to both sides
_MEMORY = 0.98  # of what a lag has earned, from look to look: about 50 looks
_ALIKE_NEEDED = 7.0  # honest sessions of the tuning seeds earned 3.9 at most, a spot that wanders at random 6.6
# Grey levels between two small pictures. A look tells something when the pictures a second to both sides differ by
# more than the first, and clearly more than the one that fits; one that does not fit speaks against the lag.
_MOVED, _CLEARLY, _UNFIT = 0.6, 1.8, 0.8


class Repeats:
    """One camera; looks come 2-5 times a second, times rise."""

    def __init__(self) -> None:
        self._seen: OrderedDict[bytes, int] = OrderedDict()
        self._same_at: list[int] = []
        self._ago_ms = 0
        self._small: Floats = np.zeros((_LOOKS, _SMALL[0] * _SMALL[1]), np.float32)
        self._times: npt.NDArray[np.int64] = np.full(_LOOKS, -(10**9), np.int64)
        self._count = 0
        self._earned: Floats = np.zeros(_LOOKS, np.float32)

    def feed(self, grey: Grey, t_ms: int) -> tuple[bool, int]:
        """A small grey picture; whether it is one of a repetition, and how long ago it was there (ms)."""
        ago = self._the_same(grey, t_ms)
        alike = self._alike(grey, t_ms)
        return (True, ago) if ago else (alike > 0, alike)

    def _the_same(self, grey: Grey, t_ms: int) -> int:
        key = hashlib.blake2b(grey.tobytes(), digest_size=12).digest()
        before = self._seen.pop(key, None)
        self._seen[key] = t_ms
        while next(iter(self._seen.values())) < t_ms - _KEPT_MS:
            self._seen.popitem(last=False)
        self._same_at = [at for at in self._same_at if at > t_ms - _SAME_WITHIN_MS]
        if before is not None and t_ms - before >= _LEAST_MS:
            self._same_at.append(t_ms)
            self._ago_ms = t_ms - before
        return self._ago_ms if len(self._same_at) >= _SAME_NEEDED else 0

    def _alike(self, grey: Grey, t_ms: int) -> int:
        """The distance in time at which the pictures repeat, 0 if none does."""
        small = cv2.resize(grey, _SMALL, interpolation=cv2.INTER_AREA).astype(np.float32).ravel()
        # by looks backwards: entry k was seen k + 1 looks ago
        order = (self._count - 1 - np.arange(min(self._count, _LOOKS))) % _LOOKS
        away = np.abs(self._small[order] - small).mean(axis=1)
        place = self._count % _LOOKS
        self._small[place], self._times[place] = small, t_ms
        self._count += 1
        n = len(away)
        if n < 4 * _NEIGHBOURS:
            return 0
        side = _NEIGHBOURS
        # our looks and the loop are not in step: the fitting picture may be one look off
        fits = np.minimum(
            np.minimum(away[side - 1 : n - side - 1], away[side : n - side]), away[side + 1 : n - side + 1]
        )
        beside = np.minimum(away[: n - 2 * side], away[2 * side :])
        told = (beside > _MOVED) & (beside > _CLEARLY * fits)
        gain = np.where(told, 1.0, np.where(fits > _UNFIT, -1.0, 0.0))
        held = slice(_NEIGHBOURS, n - _NEIGHBOURS)
        self._earned *= _MEMORY
        self._earned[held] = np.maximum(0, self._earned[held] + gain)
        long_ago = t_ms - self._times[order] >= _LEAST_MS
        earned = np.where(long_ago, self._earned[:n], 0)
        best = int(earned.argmax())
        return int(t_ms - self._times[order[best]]) if earned[best] >= _ALIKE_NEEDED else 0
