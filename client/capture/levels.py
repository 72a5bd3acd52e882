"""How loud a block of sound is."""

from __future__ import annotations

import numpy as np

from client.capture.source import Samples

RANGE_DB = 60.0


def level(samples: Samples) -> float:
    """RMS on a 60 dB scale: 0 at -60 dB of full scale and below, 1 at a full-scale square wave."""
    if not samples.size:
        return 0.0
    values = samples.astype(np.float32)
    power = float(np.dot(values, values)) / len(values) / 32768.0**2
    if power <= 0.0:
        return 0.0
    return min(1.0, max(0.0, 1.0 + 10.0 * float(np.log10(power)) / RANGE_DB))
