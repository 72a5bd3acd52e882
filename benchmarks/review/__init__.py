"""How fast a three-hour recording opens, seeks and plays in Debian's Chromium, and how the board bears 500 sessions."""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from benchmarks.figures import Figure, Result
from benchmarks.review.board import measure_board
from benchmarks.review.hall import SESSION, Hall
from benchmarks.review.material import Material, encode
from benchmarks.review.plain import measure_plain
from benchmarks.review.player import Played, measure_player
from evidence.verify import verify

# The goals of docs/design.md, section 11.
GOALS = {
    "first_picture_s": "<= 0.5", "seek_median_s": "<= 0.35", "seek_p95_s": "<= 0.7", "drift_ms": "<= 40",
    "dropped_frames": "0", "plain_ratio": "<= 2", "line_seek_median_s": "<= 0.5", "verify_s": "<= 5",
    "board_interactive_s": "<= 1", "board_update_ms": "<= 100",
}  # fmt: skip
UNITS = {
    "drift_ms": "ms", "drift_1x_ms": "ms", "drift_4x_ms": "ms", "drift_16x_ms": "ms", "dropped_frames": "",
    "reached_16x": "", "server_1x_percent": "%", "server_16x_percent": "%", "server_seek_ms": "ms",
    "server_rss_mb": "MB", "server_viewer_mb": "MB", "sent_open_mb": "MB", "sent_seek_kb": "kB", "sent_1x_mb": "MB/min",
    "board_filter_ms": "ms", "plain_ratio": "", "session_mb": "MB", "board_update_ms": "ms", "board_sessions": "",
    "board_update_all_ms": "ms", "board_kb": "kB",
}  # fmt: skip


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--board", action="store_true", help="only the board with 500 sessions")
    parser.add_argument("--hours", type=float, default=3.0, help="length of the recording (3)")
    parser.add_argument("--seeks", type=int, default=30, help="random seeks in each player (30)")
    parser.add_argument("--seconds", type=float, default=60.0, help="of playing at each of 1x, 4x and 16x (60)")


def run(chosen: argparse.Namespace) -> Result:
    """Builds a data folder with real keys, ledger and sealed segments, then drives the real site in a browser."""
    with tempfile.TemporaryDirectory(prefix="senim-review-") as place:
        hall = Hall(Path(place) / "data")
        try:
            found = measure_board(hall, 500) if chosen.board else _recording(hall, Path(place), chosen)
        finally:
            hall.close()
    return Result(
        "review", {key: Figure(value, UNITS.get(key, "s"), GOALS.get(key, "")) for key, value in found.items()}
    )


def _recording(hall: Hall, place: Path, chosen: argparse.Namespace) -> dict[str, float | None]:
    material: dict[str, Material] = encode()
    size = hall.record(material, chosen.hours)
    played: Played = measure_player(hall, seeks=chosen.seeks, seconds=chosen.seconds)
    plain = measure_plain(place, material, chosen.hours, chosen.seeks)
    return {
        "first_picture_s": played.first_picture,
        "seek_median_s": played.seek(0.5),
        "seek_p95_s": played.seek(0.95),
        **_playing(played, chosen.seconds),
        "plain_ratio": played.seek(0.5) / plain if plain else None,
        "plain_seek_median_s": plain,
        "line_first_picture_s": played.line_first_picture,
        "line_seek_median_s": played.line_seek(0.5),
        "line_seek_p95_s": played.line_seek(0.95),
        "cold_first_picture_s": played.cold_first_picture,
        "server_seek_ms": played.seek_cpu,
        "server_rss_mb": played.memory[0],
        "server_viewer_mb": played.memory[1] - played.memory[0],
        "sent_open_mb": played.opened,
        "sent_seek_kb": played.seek_sent,
        "verify_s": _verify(hall),
        "session_mb": size / 1e6,
    }


def _playing(played: Played, seconds: float) -> dict[str, float | None]:
    of = played.playing
    if not of:
        return {"drift_ms": None, "dropped_frames": None}
    return {
        "drift_ms": max(one.drift for one in of.values()),
        **{f"drift_{rate}x_ms": one.drift for rate, one in of.items()},
        "dropped_frames": sum(one.dropped for one in of.values()),
        "reached_16x": of[16].reached,
        "server_1x_percent": of[1].cpu,
        "server_16x_percent": of[16].cpu,
        "sent_1x_mb": of[1].sent * 60 / seconds,
    }


def _verify(hall: Hall) -> float:
    """Seconds to check the whole record as the site does it. Raises ``AssertionError`` if it is not good."""
    begun = time.perf_counter()
    report = verify(hall.store.path(SESSION), hall.configuration.verifying)
    took = time.perf_counter() - begun
    assert report.ok, [problem.code for problem in report.problems[:5]]
    return took
