"""Between what the true rate lies, 95 %, given how little was counted: exact limits of a share (Clopper and Pearson
1934) and of a count (Garwood 1936)."""

from __future__ import annotations

import math
from collections.abc import Callable

TAIL = 0.025


def share_limits(hits: int, of: int) -> tuple[float, float]:
    """Shares 0..1; ``of`` is not 0."""

    def up_to(count: int, share: float) -> float:
        return sum(math.comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(count + 1))

    low = _where(lambda share: 1 - up_to(hits - 1, share) - TAIL, 1.0) if hits else 0.0
    high = _where(lambda share: TAIL - up_to(hits, share), 1.0) if hits < of else 1.0
    return low, high


def hourly_limits(count: int, hours: float) -> tuple[float, float]:
    """Events an hour; ``hours`` is not 0."""

    def up_to(most: int, mean: float) -> float:
        return sum(math.exp(-mean) * mean**k / math.factorial(k) for k in range(most + 1))

    most = 10.0 * count + 10.0
    low = _where(lambda mean: 1 - up_to(count - 1, mean) - TAIL, most) if count else 0.0
    return low / hours, _where(lambda mean: TAIL - up_to(count, mean), most) / hours


def _where(rising: Callable[[float], float], high: float) -> float:
    """Where it is 0, between 0 and ``high``."""
    low = 0.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if rising(middle) > 0 else (middle, high)
    return high
