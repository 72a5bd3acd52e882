"""How fast a three-hour recording opens, seeks and plays in Debian's Chromium, and how the board bears 500 sessions."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.figures import Figure, Result
from benchmarks.review.board import measure_board
from benchmarks.review.hall import Hall
from benchmarks.review.material import Material, encode
from benchmarks.review.plain import measure_plain
from benchmarks.review.player import Played, measure_player

# The goals of docs/design.md, section 11.
GOALS = {
    "first_picture_s": "<= 0.5", "seek_median_s": "<= 0.35", "seek_p95_s": "<= 0.7", "drift_ms": "<= 40",
    "plain_ratio": "<= 2", "board_interactive_s": "<= 1", "board_update_ms": "<= 100",
}  # fmt: skip
UNITS = {
    "drift_ms": "ms",
    "drift_1x_ms": "ms",
    "drift_4x_ms": "ms",
    "drift_16x_ms": "ms",
    "board_filter_ms": "ms",
    "plain_ratio": "",
    "session_mb": "MB",
    "board_update_ms": "ms",
    "board_sessions": "",
}


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
        "drift_ms": max(played.drift.values(), default=None),
        "plain_ratio": played.seek(0.5) / plain if plain else None,
        "plain_seek_median_s": plain,
        "cold_first_picture_s": played.cold_first_picture,
        "session_mb": size / 1e6,
        **{f"drift_{rate}x_ms": drift for rate, drift in played.drift.items()},
    }
