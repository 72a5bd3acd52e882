"""Has this camera shown these very pictures before? A recording that is played in a loop repeats itself.

Two signs. *The same*: a picture equal in every sampled pixel to one from longer ago; a sensor's noise never repeats,
so a few of them are enough. *Alike*: a loop that was encoded again is not equal, nor are the pictures that our looks
happen to take from it; but each time somebody moves, the same movement is found at the same distance in the past, and
nothing else than noise is left between the two. Somebody who sits still is like every past of his: that tells nothing.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict, deque

import cv2
import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]

_KEPT_MS = 180_000  # loops longer than this are not found
_LEAST_MS = 4000  # nearer than this a picture may well look like the one before
_SAME_WITHIN_MS = 6000
_SAME_NEEDED = 2
_LOOKS = 540  # 3 a second for the time kept
_SMALL = (16, 12)  # each cell the mean of a thousand pixels and more: hardly any of the sensor's noise is left in it
_NEIGHBOURS = 3  # looks to both sides
_MEMORY = 0.99  # of what a lag has earned, from look to look: about 100 looks
# Tuning seeds: honest pictures earned 3.9 at most, loops encoded again 8.0 and more.
_ALIKE_NEEDED = 6.0
# In multiples of what noise alone makes of two pictures of the same: how far the nearest past is away, of the last
# half minute the 20th percentile. A look tells something when the pictures a second to both sides differ by more than
# the first, and clearly more than the one that fits; one that does not fit speaks twice as loudly against the lag.
_MOVED, _FITS, _CLEARLY, _UNFIT, _LOSS = 1.8, 1.4, 1.8, 1.7, 2.0
_NOISE_LOOKS, _NOISE_PERCENT, _LEAST_NOISE, _EQUAL = 90, 20, 0.02, 1e-3


def small_of(full: Grey) -> Floats:
    """The means of 16 x 12 cells of a grey picture, as one row of numbers; nothing is rounded."""
    cells = cv2.resize(full.astype(np.float32), _SMALL, interpolation=cv2.INTER_AREA)
    return np.asarray(cells, dtype=np.float32).ravel()


class Repeats:
    """One camera; looks come 2-5 times a second, times rise."""

    def __init__(self) -> None:
        self._seen: OrderedDict[bytes, int] = OrderedDict()
        self._same_at: list[int] = []
        self._ago_ms = 0
        self._small: Floats = np.zeros((0, _SMALL[0] * _SMALL[1]), np.float32)  # in the order of time
        self._times: npt.NDArray[np.int64] = np.zeros(0, np.int64)
        self._earned: Floats = np.zeros(_LOOKS, np.float32)  # entry k: between the looks k + 1 and k + 2 ago
        self._nearest: deque[float] = deque(maxlen=_NOISE_LOOKS)

    def feed(self, sampled: Grey, small: Floats, t_ms: int) -> tuple[bool, int]:
        """Some pixels of a picture and its ``small_of``; whether it is one of a repetition, and how long ago it was
        there (ms)."""
        ago = self._the_same(sampled, t_ms)
        alike = self._alike(small, t_ms)
        return (True, ago) if ago else (alike > 0, alike)

    def _the_same(self, sampled: Grey, t_ms: int) -> int:
        key = hashlib.blake2b(sampled.tobytes(), digest_size=12).digest()
        before = self._seen.pop(key, None)
        self._seen[key] = t_ms
        while next(iter(self._seen.values())) < t_ms - _KEPT_MS:
            self._seen.popitem(last=False)
        self._same_at = [at for at in self._same_at if at > t_ms - _SAME_WITHIN_MS]
        if before is not None and t_ms - before >= _LEAST_MS:
            self._same_at.append(t_ms)
            self._ago_ms = t_ms - before
        return self._ago_ms if len(self._same_at) >= _SAME_NEEDED else 0

    def _alike(self, small: Floats, t_ms: int) -> int:
        """The distance in time at which the pictures repeat, 0 if none does."""
        past, times = self._small, self._times
        self._small, self._times = np.vstack([past, small])[-_LOOKS:], np.append(times, t_ms)[-_LOOKS:]
        side = _NEIGHBOURS
        if len(past) < 6 * side:
            return 0
        away = _away(small, past)
        n = len(away)
        nearest = float(away[side:].min())
        if nearest > _EQUAL:  # a picture that is the very same tells nothing of the noise
            self._nearest.append(nearest)
        noise = max(float(np.percentile(self._nearest, _NOISE_PERCENT)), _LEAST_NOISE) if self._nearest else 0.0
        # our looks and the loop are not in step: the fitting picture may be one look off
        fits = np.minimum(
            np.minimum(away[side - 1 : n - side - 1], away[side : n - side]), away[side + 1 : n - side + 1]
        )
        beside = np.minimum(away[: n - 2 * side], away[2 * side :])
        told = (beside > _MOVED * noise) & (fits < _FITS * noise) & (beside > _CLEARLY * fits)
        gain = np.where(told, 1.0, np.where(fits > _UNFIT * noise, -_LOSS, 0.0))
        held = slice(side, n - side)
        self._earned *= _MEMORY
        self._earned[held] = np.maximum(0, self._earned[held] + gain)
        ago = t_ms - times[::-1][:n]
        earned = np.where(ago >= _LEAST_MS, self._earned[:n], 0)
        best = int(earned.argmax())
        return int(ago[best]) if earned[best] >= _ALIKE_NEEDED else 0


def _away(small: Floats, past: Floats) -> Floats:
    """RMS distances to what lay between each two looks of the past, the newest first: a look may fall between two of
    then, and what moves little in a third of a second is then about a mixture of both."""
    begin, step = past[:-1], np.diff(past, axis=0)
    rest = small - begin
    share = np.clip((rest * step).sum(axis=1) / np.maximum((step * step).sum(axis=1), 1e-9), 0, 1)
    left = rest - share[:, None] * step
    return np.asarray(np.sqrt((left * left).mean(axis=1))[::-1], dtype=np.float32)
