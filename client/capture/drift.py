"""A sound device's crystal is not this computer's: small differences are taken up where nobody hears them.

A block is stretched or shortened by at most 0.2 % (a thirtieth of a semitone), by straight lines between its
samples. Crystals are off by 20 to 200 ppm, so a correction of 5 ms is due every half a minute at the most.
"""

from __future__ import annotations

import numpy as np

from client.capture.source import SOUND_RATE, Samples

_START = SOUND_RATE // 200  # 5 ms: beyond what arrival times waver by
_STOP = SOUND_RATE // 2000
_MOST = 0.002


class Drift:
    """``corrections``: how often one was begun; ``samples``: added in all (taken away: negative)."""

    def __init__(self) -> None:
        self.corrections = 0
        self.samples = 0
        self._correcting = False

    def correction(self, behind: int, count: int) -> int:
        """By how many samples a block of ``count`` should be longer, if our stamps are ``behind`` samples behind."""
        if abs(behind) <= _STOP:
            self._correcting = False
        elif abs(behind) >= _START and not self._correcting:
            self._correcting = True
            self.corrections += 1
        if not self._correcting:
            return 0
        most = min(abs(behind), int(count * _MOST))
        extra = most if behind > 0 else -most
        self.samples += extra
        return extra


def stretch(samples: Samples, extra: int) -> Samples:
    """The same sound in ``extra`` samples more (less, if negative)."""
    count = len(samples)
    if not extra or count < 2:
        return samples
    at = np.arange(count + extra) * (count / (count + extra))
    return np.rint(np.interp(at, np.arange(count), samples)).astype(np.int16)
