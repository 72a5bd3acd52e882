"""What a sitting lost to the network and to a program that stood still, read from its ledger; and what is given back.

Client and server work it out from the same lines, so both come to the same end of the exam.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

OPENED, AGAIN, RESTARTED = "paper-opened", "paper-reopened", "recorder-restarted"
GONE, BACK = "network-lost", "network-back"

_Span = tuple[int, int]


@dataclass(frozen=True)
class LostTime:
    """Milliseconds since the paper was opened. Time in which both were gone counts as stopped alone."""

    network_ms: int = 0
    stopped_ms: int = 0


@dataclass(frozen=True)
class GiveBack:
    """The institution's rule: which losses are added to the exam's time, and at most how much in all."""

    stopped: bool = False
    network: bool = False
    most_ms: int = 0

    @classmethod
    def from_json(cls, body: object) -> GiveBack:
        """Nothing is given back by a policy that does not say so, or says it in a form that is not known."""
        if not isinstance(body, Mapping) or type(body.get("most_minutes")) is not int:
            return cls()
        return cls(body.get("stopped") is True, body.get("network") is True, max(0, body["most_minutes"]) * 60_000)

    def of(self, lost: LostTime) -> LostTime:
        """What is given back of each: a program that stood still first, because nobody could work then."""
        stopped = min(lost.stopped_ms, self.most_ms) if self.stopped else 0
        network = min(lost.network_ms, self.most_ms - stopped) if self.network else 0
        return LostTime(network, stopped)


def lost_time(payloads: Iterable[Mapping[str, Any]]) -> LostTime:
    """Over the whole ledger. An interruption lasts from the line before it (at most some seconds before, because
    segments are listed as they are cut) to the moment the questions were there again."""
    stops: list[_Span] = []
    outages: list[_Span] = []
    opened, stopped_at, gone_at, last = False, None, None, 0
    for payload in payloads:
        at, name = int(payload["at"]), payload.get("name") if payload["type"] == "event" else None
        if name == OPENED:
            opened = True
        if opened:
            if payload["type"] == "resume":
                stopped_at = last if stopped_at is None else stopped_at
            elif name == AGAIN and stopped_at is not None:
                stops.append((stopped_at, at))
                stopped_at = None
            elif name == RESTARTED:
                stops.append((last, at))
            elif name == GONE:
                gone_at = at if gone_at is None else gone_at
            elif name == BACK and gone_at is not None:
                outages.append((gone_at, at))
                gone_at = None
        last = at
    if gone_at is not None:
        outages.append((gone_at, last))
    both = sum(max(0, min(b, d) - max(a, c)) for a, b in stops for c, d in outages)
    return LostTime(_sum(outages) - both, _sum(stops))


def _sum(spans: list[_Span]) -> int:
    return sum(end - start for start, end in spans)
