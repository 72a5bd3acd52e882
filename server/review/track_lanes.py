"""Lanes drawn from the recorder's own account of each second: activity of the screen, program in front, faces, head
pose, loudness, network. Numbers come from the sealed track; every one is hostile and clipped."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

COLUMNS = 600  # of a curve: finer than any screen shows
SECOND_MS = 1000
BREAK_MS = 3000  # seconds further apart than this are no stretch
MOST_SPANS = 400
FULL_YAW = 60.0  # degrees that fill the lane
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Span:
    """``kind`` is one of ours, ``detail`` hostile text."""

    from_ms: int
    to_ms: int
    kind: str
    detail: str = ""


@dataclass(frozen=True)
class TrackLane:
    """``path``: an SVG path in a box of 1000 x 100; ``spans``: stretches with one value."""

    name: str
    path: str = ""
    spans: list[Span] = field(default_factory=list)


def build(seconds: Sequence[Row], from_ms: int, to_ms: int) -> list[TrackLane]:
    """Lanes of what was noted; a lane nothing was noted for is left out."""
    inside = [row for row in seconds if from_ms <= _time(row) <= to_ms]
    lanes = [
        TrackLane("activity", path=curve(inside, _changed, from_ms, to_ms)),
        TrackLane("application", spans=spans(inside, _application)),
        TrackLane("faces", spans=spans(inside, _faces)),
        TrackLane("pose", path=curve(inside, _pose, from_ms, to_ms)),
        TrackLane("loudness", path=curve(inside, _sound, from_ms, to_ms)),
        TrackLane("network", spans=spans(inside, _network)),
    ]
    return [lane for lane in lanes if lane.path or lane.spans]


def curve(seconds: Sequence[Row], value: Callable[[Row], float | None], from_ms: int, to_ms: int) -> str:
    """The highest value of each column as a filled step line; "" if nothing was noted."""
    width = max(1, to_ms - from_ms)
    highest: dict[int, float] = {}
    for row in seconds:
        found = value(row)
        if found is not None:
            column = min(COLUMNS - 1, int((_time(row) - from_ms) * COLUMNS / width))
            highest[column] = max(highest.get(column, 0.0), min(max(found, 0.0), 1.0))
    if not highest:
        return ""
    least = max(1, int(SECOND_MS * COLUMNS / width))  # in a short recording a second is wider than a column
    step = 1000 / COLUMNS
    parts = []
    for column in sorted(highest):
        top, left = 100 - highest[column] * 100, column * step
        right = min(1000.0, left + least * step)
        parts.append(f"M{left:.1f} 100V{top:.0f}H{right:.1f}V100Z")
    return "".join(parts)


def spans(seconds: Sequence[Row], value: Callable[[Row], tuple[str, str] | None]) -> list[Span]:
    """Neighbouring seconds with the same value as one stretch."""
    found: list[Span] = []
    for row in seconds:
        said = value(row)
        if said is None:
            continue
        at = _time(row)
        last = found[-1] if found else None
        if last is not None and (last.kind, last.detail) == said and at - last.to_ms <= BREAK_MS:
            found[-1] = Span(last.from_ms, at + SECOND_MS, *said)
        elif len(found) < MOST_SPANS:
            found.append(Span(at, at + SECOND_MS, *said))
    return found


def _time(row: Row) -> int:
    return int(row["t"])


def _number(found: object) -> float | None:
    return float(found) if isinstance(found, int | float) and not isinstance(found, bool) and abs(found) < 1e6 else None


def _changed(row: Row) -> float | None:
    shares = row.get("changed")
    numbers = [_number(share) for share in (shares.values() if isinstance(shares, Mapping) else [shares])]
    known = [number for number in numbers if number is not None]
    return max(known) ** 0.5 if known and max(known) >= 0 else None  # small changes are to be seen too


def _application(row: Row) -> tuple[str, str] | None:
    name = row.get("app")
    if not isinstance(name, str) or not name:
        return None
    return "own" if name == "senim" else "other", name[:80]


def _faces(row: Row) -> tuple[str, str] | None:
    count = row.get("faces")
    if not isinstance(count, int) or isinstance(count, bool) or count < 0:
        return None
    return ("none", "one")[count] if count < 2 else "several", str(min(count, 99))


def _pose(row: Row) -> float | None:
    turns = [abs(number) for number in (_number(row.get("yaw")), _number(row.get("pitch"))) if number is not None]
    return max(turns) / FULL_YAW if turns else None


def _sound(row: Row) -> float | None:
    return _number(row.get("sound"))


def _network(row: Row) -> tuple[str, str] | None:
    return ("lost", "") if row.get("net") == "offline" else None
