"""Planted incidents against what was told: found, missed, false, and how long it took."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.watching.play import Played
from benchmarks.watching.script import Act
from client.verify.rules import Finding

SLOW = ("still_face",)  # told only after minutes by what they are; their delay is a figure of its own
# An incident belongs to what was planted if it begins about then, and is told from the true beginning on.
EARLY_MS, LATE_MS = 1500, 9000


@dataclass
class Tally:
    """Of one rule."""

    planted: int = 0
    found: int = 0
    false: int = 0
    delays_s: list[float] = field(default_factory=list)


@dataclass
class Score:
    """Over all sessions played. ``remarks``: each miss and each false flag in words."""

    rules: dict[str, Tally] = field(default_factory=dict)
    hours: float = 0.0
    honest_hours: float = 0.0
    honest_false: int = 0
    beside: int = 0  # told by a rule that may (``also``), beside the one that has to; neither found nor false
    remarks: list[str] = field(default_factory=list)

    def tally(self, rule: str) -> Tally:
        return self.rules.setdefault(rule, Tally())

    @property
    def planted(self) -> int:
        return sum(tally.planted for tally in self.rules.values())

    @property
    def found(self) -> int:
        return sum(tally.found for tally in self.rules.values())

    @property
    def false(self) -> int:
        return sum(tally.false for tally in self.rules.values())

    @property
    def delays_s(self) -> list[float]:
        """Of the rules that tell at once."""
        return [delay for rule, tally in self.rules.items() if rule not in SLOW for delay in tally.delays_s]

    @property
    def slowest_s(self) -> float | None:
        """The longest delay of a rule that needs minutes."""
        return max((delay for rule in SLOW if rule in self.rules for delay in self.rules[rule].delays_s), default=None)

    def delay_s(self, share: float, slow: bool = False) -> float | None:
        """The delay that ``share`` of the incidents found keep to; ``slow``: also those that need minutes."""
        every = [delay for tally in self.rules.values() for delay in tally.delays_s]
        delays = sorted(every if slow else self.delays_s)
        return delays[min(len(delays) - 1, int(share * len(delays)))] if delays else None


@dataclass
class _Incident:
    kind: str
    from_ms: int
    to_ms: int
    told_ms: int


def score(played: Iterable[Played]) -> Score:
    result = Score()
    for one in played:
        _add(result, one)
    return result


def _add(result: Score, played: Played) -> None:
    session = played.session
    hours = session.minutes / 60
    result.hours += hours
    result.honest_hours += hours if session.honest else 0.0
    open_incidents = _incidents(played.told)
    for act in session.acts:
        if act.finding:
            _look_for(result, act, open_incidents, f"{session.name} ({session.seed})")
    beside: set[tuple[int, str]] = set()
    for left in open_incidents:
        acts = [n for n, act in enumerate(session.acts) if _within(left, act) and left.kind in act.also]
        excused = next(((n, left.kind) for n in acts if (n, left.kind) not in beside), None)
        if excused is not None:  # once for each act and rule
            beside.add(excused)
            result.beside += 1
        else:
            result.tally(left.kind).false += 1
            result.honest_false += session.honest
            place = f"{session.name} ({session.seed}), {left.from_ms / 1000:.1f}-{left.to_ms / 1000:.1f} s"
            result.remarks.append(f"false: {left.kind} in {place}")


def _look_for(result: Score, act: Act, incidents: list[_Incident], place: str) -> None:
    """Takes the incident that tells of ``act`` out of the list; a second one stays there and counts as false."""
    match = next((i for i in incidents if i.kind in act.finding and _within(i, act)), None)
    rule = match.kind if match is not None else act.finding[0]
    tally = result.tally(rule)
    tally.planted += 1
    if match is None:
        said = f"{act.from_ms / 1000:.1f}-{act.to_ms / 1000:.1f} s ({act.does} {act.values.get('what', '')})"
        result.remarks.append(f"missed: {rule} in {place}, {said}")
        return
    incidents.remove(match)
    tally.found += 1
    tally.delays_s.append((match.told_ms - act.from_ms) / 1000)


def _within(incident: _Incident, act: Act) -> bool:
    return (
        incident.to_ms >= act.from_ms - EARLY_MS
        and incident.from_ms <= act.to_ms + EARLY_MS
        and (act.from_ms <= incident.told_ms <= act.to_ms + LATE_MS)
    )


def _incidents(told: Iterable[tuple[int, Finding]]) -> list[_Incident]:
    """One for all tellings of an incident."""
    found: dict[tuple[str, int], _Incident] = {}
    for at, finding in told:
        known = found.setdefault(
            (finding.kind, finding.incident), _Incident(finding.kind, finding.from_ms, finding.to_ms, at)
        )
        known.to_ms = max(known.to_ms, finding.to_ms)
    return list(found.values())


def table(result: Score) -> str:
    """Per rule: planted, found, missed, false and false per hour, the median and the longest delay."""
    lines = [
        f"{'rule':22} {'planted':>7} {'found':>5} {'missed':>6} {'false':>5} {'false/h':>7} {'delay':>6} {'longest':>7}"
    ]
    for rule in sorted(result.rules):
        tally = result.rules[rule]
        delays = tally.delays_s
        middle = f"{statistics.median(delays):.1f}" if delays else "-"
        longest = f"{max(delays):.1f}" if delays else "-"
        missed, hourly = tally.planted - tally.found, tally.false / max(result.hours, 1e-9)
        lines.append(
            f"{rule:22} {tally.planted:7} {tally.found:5} {missed:6} {tally.false:5} {hourly:7.2f}"
            f" {middle:>6} {longest:>7}"
        )
    return "\n".join(lines + result.remarks)
