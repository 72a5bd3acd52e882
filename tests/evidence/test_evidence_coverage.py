"""Claimed coverage from a ledger's payloads."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.coverage import Gap, StreamCoverage, claimed, find_holes

Lines = list[dict[str, Any]]


def session(*middle: dict[str, Any], opened: int | None = 0, until: int | None = 20_000, last: int = 20_000) -> Lines:
    lines: Lines = [{"type": "begin", "at": 0, "streams": ["camera"]}]
    lines.append({"type": "part", "at": 0, "stream": "camera", "media": "video/mp4"})
    if opened is not None:
        lines.append({"type": "event", "at": opened, "name": "paper-opened"})
    lines += middle
    lines.append(
        {"type": "event", "at": last, "name": "hand-in"}
        if until is None
        else {"type": "end", "at": last, "until": until}
    )
    return lines


def piece(start: int, end: int, pts0: int | None = None, part: int = 0, stream: str = "camera") -> dict[str, Any]:
    pts = start if pts0 is None else pts0
    return {
        "type": "segment", "at": end, "stream": stream, "part": part, "pts0": pts, "pts1": pts + end - start,
        "start": start, "end": end, "size": 100,
    }  # fmt: skip


def gap(begin: int, end: int, cause: str = "camera-lost", stream: str = "camera") -> dict[str, Any]:
    return {"type": "gap", "at": end, "stream": stream, "from": begin, "to": end, "cause": cause}


def camera(lines: Lines) -> StreamCoverage:
    return claimed(lines)["camera"]


def test_a_whole_recording() -> None:
    found = camera(session(piece(0, 4000), piece(4000, 20_000)))
    assert (found.seconds, found.covered, found.ratio, found.gaps) == (20.0, 20.0, 1.0, [])
    assert (found.segments, found.bytes) == (2, 200)


def test_only_the_exam_counts() -> None:
    found = camera(session(piece(0, 12_000), piece(15_000, 40_000), opened=10_000, until=30_000, last=40_000))
    assert found.seconds == 20.0 and found.covered == 17.0
    assert found.gaps == [Gap(12_000, 15_000, "unexplained")]


def test_a_hole_takes_the_causes_of_its_gap_lines() -> None:
    lines = session(piece(0, 4000), gap(4050, 7000), gap(9000, 11_980, "disk"), piece(12_000, 20_000))
    assert camera(lines).gaps == [
        Gap(4000, 7000, "camera-lost"),
        Gap(7000, 9000, "unexplained"),
        Gap(9000, 12_000, "disk"),
    ]
    assert camera(lines).covered == 12.0


def test_gap_lines_overlapping_each_other_and_the_recording() -> None:
    lines = session(piece(0, 4000), gap(0, 20_000, "network"), gap(3000, 9000, "camera-lost"), piece(10_000, 20_000))
    assert camera(lines).gaps == [Gap(4000, 10_000, "network")]


def test_a_gap_line_does_not_hide_recording_nor_add_any() -> None:
    assert camera(session(piece(0, 20_000), gap(5000, 6000))).gaps == []
    assert camera(session(gap(0, 20_000))).ratio == 0.0


def test_rounded_joints_are_whole_within_a_part_only() -> None:
    rounded = [piece(0, 4000), piece(4002, 20_000, pts0=4000)]
    assert camera(session(*rounded)).covered == 20.0
    assert camera(session(rounded[0], piece(4003, 20_000, pts0=4000))).covered == 19.997
    assert camera(session(rounded[0], piece(4002, 20_000, pts0=4000, part=1))).covered == 19.998


def test_media_ticks_cannot_hide_a_hole() -> None:
    """Joints that fit by the media's clock but lie a minute apart by the session's are a hole."""
    assert camera(session(piece(0, 4000), piece(14_000, 20_000, pts0=4000))).gaps == [Gap(4000, 14_000, "unexplained")]


def test_a_short_hole_counts_but_is_not_listed() -> None:
    found = camera(session(piece(0, 19_920)))
    assert found.gaps == [] and found.ratio == pytest.approx(0.996)


def test_a_session_without_an_end() -> None:
    found = camera(session(piece(0, 4000), piece(6000, 16_000), until=None))
    assert found.gaps == [Gap(4000, 6000, "unexplained"), Gap(16_000, 20_000, "unfinished")]


def test_a_session_without_an_opened_paper_counts_from_its_first_line() -> None:
    assert camera(session(piece(0, 20_000), opened=None)).ratio == 1.0


def test_a_stream_that_recorded_nothing() -> None:
    assert camera(session()).ratio == 0.0
    assert camera(session(opened=20_000)).ratio == 0.0
    assert camera(session(piece(0, 9000), opened=20_000)).ratio == 1.0


def test_streams_of_data_are_left_out_and_unnamed_ones_kept() -> None:
    lines = session(piece(0, 9000, stream="track"), piece(0, 20_000, stream="screen-2"))
    lines.insert(2, {"type": "part", "at": 0, "stream": "track", "media": "application/x-ndjson"})
    assert set(claimed(lines)) == {"camera", "screen-2"}


def test_no_lines() -> None:
    assert claimed([]) == {}


def test_holes() -> None:
    assert find_holes([(5, 10), (0, 2), (1, 3), (12, 30)], (0, 20)) == [(3, 5), (10, 12)]
    assert find_holes([(30, 40)], (0, 20)) == [(0, 20)]
    assert find_holes([], (20, 0)) == []
    assert find_holes([(-5, 100)], (0, 20)) == []


def test_as_json() -> None:
    content = camera(session(piece(0, 4000), gap(4000, 20_000))).to_json()
    assert content["gaps"] == [{"from": 4000, "to": 20_000, "cause": "camera-lost"}]
    assert content["ratio"] == 0.2
