"""The contact sheet: kept pictures of the moments worth seeing, before any video is played."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.review.contents import Contents

AROUND_MS = 10_000  # before and after a moment
MOST_FLAGS = 30
EVEN = 12  # pictures of the rest of the exam, at even distances
STREAMS = ("screen-1", "camera")


@dataclass(frozen=True)
class Picture:
    """``flag``: the moment it belongs to, "" for the even sample."""

    stream: str
    at_ms: int
    flag: str


def sheet(contents: Contents, flags: Sequence[Mapping[str, Any]], exam: tuple[int, int]) -> list[Picture]:
    """Each kept picture once, in the order of time."""
    chosen: dict[tuple[str, int], str] = {}
    start, end = exam
    even = [start + int((end - start) * (n + 0.5) / EVEN) for n in range(EVEN)]
    for moment in even:
        _take(chosen, contents, moment, "", max(AROUND_MS, (end - start) // EVEN // 2))
    for flag in flags[:MOST_FLAGS]:
        for moment in (flag["from_ms"] - AROUND_MS, flag["from_ms"], flag["to_ms"] + AROUND_MS):
            _take(chosen, contents, moment, flag["id"], AROUND_MS)
    pictures = [Picture(stream, at, flag) for (stream, at), flag in chosen.items()]
    return sorted(pictures, key=lambda picture: (picture.at_ms, picture.stream))


def nearest(contents: Contents, stream: str, moment: int, reach: int) -> int | None:
    """Session ms of the kept picture of ``stream`` closest to ``moment``, if one lies within ``reach`` ms."""
    times = contents.kept_pictures.get(stream, [])
    after = bisect_left(times, moment)
    near = [at for at in times[max(0, after - 1) : after + 1] if abs(at - moment) <= reach]
    return min(near, key=lambda at: abs(at - moment), default=None)


def _take(chosen: dict[tuple[str, int], str], contents: Contents, moment: int, flag: str, reach: int) -> None:
    for stream in STREAMS:
        at = nearest(contents, stream, moment, reach)
        if at is not None:
            chosen[stream, at] = flag or chosen.get((stream, at), "")
