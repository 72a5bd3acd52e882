"""What happens at moments and comes in bursts: a loose cable, a text copied in pieces. One burst is one incident."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from client.verify.rules import Finding, Kind, Phase, Values, once

Join = Callable[[Values | None], Values]


@dataclass
class Burst:
    """What follows within ``calm_ms`` belongs to the same incident, which is told again when there is more to say, or
    after ``again_ms``."""

    kind: Kind
    calm_ms: int
    again_ms: int = 30_000
    _told: Finding | None = None
    _last_ms: int = 0

    def happened(self, t_ms: int, join: Join, from_ms: int | None = None) -> list[Finding]:
        """``join`` makes the values of those told so far in this incident; None: it begins, at ``from_ms``."""
        told = self._told if t_ms - self._last_ms < self.calm_ms else None
        self._last_ms = t_ms
        values = join(None if told is None else told.values)
        if told is None:
            self._told = once(self.kind, t_ms, values, from_ms)
            return [self._told]
        if values == told.values and t_ms - told.to_ms < self.again_ms:
            return []
        self._told = replace(told, to_ms=t_ms, phase=str(Phase.LASTS), values=values)
        return [self._told]


def most(name: str, value: float) -> Join:
    """The largest number so far."""
    return lambda before: {name: value if before is None else max(value, float(before[name]))}


def total(name: str, value: float) -> Join:
    """All numbers together."""
    return lambda before: {name: value + (0 if before is None else float(before[name]))}


def first(name: str, value: float) -> Join:
    """The number that it began with."""
    return lambda before: {name: value} if before is None else before


def also(name: str, words: str, between: str, longest: int) -> Join:
    """Every word so far, each once, as long as there is room."""

    def join(before: Values | None) -> Values:
        known = [] if before is None else str(before[name]).split(between)
        new = [word for word in words.split(between) if word not in known]
        return {name: between.join([*known, *new])[:longest]}

    return join
