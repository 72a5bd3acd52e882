"""A session's coverage in lines for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evidence.coverage import Gap, StreamCoverage
from server.review.recording import Recording, stream_order


@dataclass(frozen=True)
class CoverageLine:
    """One stream's row in the coverage table; ``opened`` None while nothing was opened."""

    stream: str
    claimed: StreamCoverage
    opened: float | None

    @property
    def short(self) -> float:
        """Seconds missing in pieces too short to be listed as gaps (a packet of sound has 60 ms): ``none`` must not
        stand beside less than 100 %."""
        listed = sum(gap.to_ms - gap.from_ms for gap in self.claimed.gaps) / 1000
        return max(0.0, round(self.claimed.seconds - self.claimed.covered - listed, 3))


def coverage_lines(recording: Recording, row: Mapping[str, Any]) -> list[CoverageLine]:
    """One line per recorded stream, screens first."""
    opened = row["coverage_opened"] or {}
    return [
        CoverageLine(name, cover, opened[name]["ratio"] if name in opened else None)
        for name, cover in sorted(recording.claimed.items(), key=lambda item: stream_order(item[0]))
    ]


def gap_key(gap: Gap, rests: Sequence[tuple[int, int]]) -> str:
    """The sentence of a gap: one that began in a break says so."""
    return "proof.gap_break" if any(start <= gap.from_ms < end for start, end in rests) else "proof.gap"
