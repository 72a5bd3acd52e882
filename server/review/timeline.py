"""The lanes below the player: one wall-clock axis, what was recorded, what is missing and why, what happened when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from server.review.contact import nearest
from server.review.contents import Contents
from server.review.recording import Recording, Stream, stream_order
from server.review.track_lanes import Span, TrackLane
from server.review.track_lanes import build as track_lanes

MERGE_MS = 100  # joints closer than this are one bar
TICKS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)  # seconds
MOST_TICKS = 12
TICK_EDGE = 0.025  # of the width: half a tick's text
THUMBS = 14


@dataclass(frozen=True)
class Bar:
    """``x``, ``width``: percent of the axis. ``kind``: claimed, opened, gap, broken, break."""

    x: str
    width: str
    kind: str
    from_ms: int
    to_ms: int
    cause: str = ""


@dataclass(frozen=True)
class Mark:
    """``word`` names the text, ``detail`` fills it (hostile)."""

    x: str
    at_ms: int
    kind: str
    word: str
    detail: str = ""
    number: str = ""
    width: str = ""


@dataclass
class Lane:
    name: str
    kind: str  # video, sound, events, answers, flags
    bars: list[Bar] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    @property
    def place(self) -> int:
        """From above: what a person looks for stands nearest to the clock."""
        return {"flags": 0, "events": 1, "answers": 2}.get(self.kind, 3)


@dataclass(frozen=True)
class Tick:
    x: str
    wall: str


@dataclass(frozen=True)
class Timeline:
    """Everything the lanes are drawn from; ``bar`` places a stretch of ``curves`` on the axis."""

    from_ms: int
    to_ms: int
    exam_from_ms: int
    exam_x: str
    ticks: list[Tick]
    lanes: list[Lane]
    thumbs: list[tuple[str, int]]  # (stream, t)
    curves: list[TrackLane]  # what the recorder noted second by second

    @property
    def has_breaks(self) -> bool:
        return any(bar.kind == "break" for lane in self.lanes for bar in lane.bars)

    def bar(self, span: Span) -> Bar:
        return Axis(self.from_ms, self.to_ms).bar(span.from_ms, span.to_ms, span.kind)


class Axis:
    def __init__(self, from_ms: int, to_ms: int) -> None:
        self.from_ms = from_ms
        self.to_ms = max(from_ms + 1, to_ms)

    def x(self, at_ms: float) -> str:
        clipped = min(max(at_ms, self.from_ms), self.to_ms)
        return f"{(clipped - self.from_ms) * 100 / (self.to_ms - self.from_ms):.5f}%"

    def bar(self, start: int, end: int, kind: str, cause: str = "") -> Bar:
        a, b = max(start, self.from_ms), min(end, self.to_ms)
        width = max(0, b - a) * 100 / (self.to_ms - self.from_ms)
        return Bar(self.x(a), f"{width:.5f}%", kind, start, end, cause)


def bars(recording: Recording, segment_rows: Iterable[Mapping[str, Any]], *, over: bool) -> list[Lane]:
    """A lane for each stream that plays: claimed, opened, broken, missing. ``segment_rows``: of ``segments``; ``over``:
    nothing of it is on its way any more."""
    axis = Axis(*recording.axis)
    good: dict[str, set[int]] = {}
    bad: dict[str, set[int]] = {}
    for row in segment_rows:
        if row["opened_at"] is not None:
            (good if row["opened_ok"] else bad).setdefault(row["stream"], set()).add(row["index"])
        elif row["held_at"] is None and over:
            bad.setdefault(row["stream"], set()).add(row["index"])
    media = sorted(
        (stream for stream in recording.streams.values() if stream.kind != "data"),
        key=lambda stream: stream_order(stream.name),
    )
    return [_recorded(stream, recording, axis, good=good, bad=bad) for stream in media]


def build(
    recording: Recording, contents: Contents, recorded: list[Lane], flag_rows: Iterable[Mapping[str, Any]]
) -> Timeline:
    """``recorded``: what ``bars`` gave; ``flag_rows``: rows of ``flags``."""
    axis = Axis(*recording.axis)
    lanes = [*recorded, _events(recording, contents, axis), _answers(recording, axis), _flags(flag_rows, axis)]
    start, _ = recording.exam
    return Timeline(
        axis.from_ms, axis.to_ms, start, axis.x(start), _ticks(recording, axis), lanes, _thumbs(contents, axis),
        _curves(contents, axis),
    )  # fmt: skip


def _curves(contents: Contents, axis: Axis) -> list[TrackLane]:
    key = axis.from_ms, axis.to_ms
    curves = contents.drawn.get(key)
    if curves is None:
        curves = track_lanes(contents.seconds, *key)
        contents.drawn = {key: curves}  # another thread may be reading the old one
    return curves


def _recorded(
    stream: Stream, recording: Recording, axis: Axis, *, good: Mapping[str, set[int]], bad: Mapping[str, set[int]]
) -> Lane:
    """Claimed below, what was opened over it, then what failed to open and what is missing."""
    lane = Lane(stream.name, stream.kind)
    listed = set(stream.segments)
    layers = (("claimed", listed), ("opened", good.get(stream.name, set())), ("broken", bad.get(stream.name, set())))
    for kind, wanted in layers:
        lines = [stream.segments[index] for index in wanted & listed]
        spans = [(int(line["start"]), int(line["end"])) for line in lines]
        lane.bars += [axis.bar(start, end, kind) for start, end in merged(spans)]
    coverage = recording.claimed.get(stream.name)
    lane.bars += [axis.bar(gap.from_ms, gap.to_ms, "gap", gap.cause) for gap in (coverage.gaps if coverage else [])]
    return lane


def merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Joined where they touch or nearly touch."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if result and start - result[-1][1] <= MERGE_MS:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return result


def _events(recording: Recording, contents: Contents, axis: Axis) -> Lane:
    marks = [Mark(axis.x(line["at"]), line["at"], "event", str(line["name"])) for line in recording.of_type("event")]
    marks += [
        Mark(axis.x(finding.at_ms), finding.at_ms, "identity", "identity-check")
        for finding in contents.findings
        if finding.kind == "identity"
    ]
    marks += [Mark(axis.x(line["at"]), line["at"], "event", "resumed") for line in recording.of_type("resume")]
    pauses = [axis.bar(start, end, "break") for start, end in recording.breaks]
    return Lane("events", "events", pauses, sorted(marks, key=lambda mark: mark.at_ms))


def _answers(recording: Recording, axis: Axis) -> Lane:
    lines = recording.of_type("answer")
    marks = [Mark(axis.x(line["at"]), line["at"], "answer", "answer", str(line["id"])[:60]) for line in lines]
    return Lane("answers", "answers", marks=marks)


def _flags(rows: Iterable[Mapping[str, Any]], axis: Axis) -> Lane:
    marks = []
    for row in rows:
        bar = axis.bar(row["from_ms"], row["to_ms"], "flag")
        marks.append(
            Mark(bar.x, row["from_ms"], f"look-at {row['state']}", row["kind"], number=row["id"], width=bar.width)
        )
    return Lane("flags", "flags", marks=marks)


def _ticks(recording: Recording, axis: Axis) -> list[Tick]:
    """Round wall-clock times, none so near an end that its text would be cut."""
    seconds = (axis.to_ms - axis.from_ms) / 1000
    step = next((step for step in TICKS if seconds / step <= MOST_TICKS), TICKS[-1])
    zero = recording.wall_zero.timestamp() * 1000
    edge = TICK_EDGE * (axis.to_ms - axis.from_ms)
    at = (int((zero + axis.from_ms + edge) / 1000) // step + 1) * step
    ticks = []
    while at * 1000 < zero + axis.to_ms - edge:
        session_ms = int(at * 1000 - zero)
        ticks.append(Tick(axis.x(session_ms), recording.wall(session_ms)))
        at += step
    return ticks


def _thumbs(contents: Contents, axis: Axis) -> list[tuple[str, int]]:
    """Pictures of the first screen at even distances, nearest kept one each."""
    length = axis.to_ms - axis.from_ms
    wanted = [axis.from_ms + int(length * (i + 0.5) / THUMBS) for i in range(THUMBS)]
    found = [nearest(contents, "screen-1", moment, length) for moment in wanted]
    return [("screen-1", at) for at in found if at is not None]
