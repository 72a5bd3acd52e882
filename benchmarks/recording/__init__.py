"""``./benchmark recording``: what recording costs and how true it is, against ffmpeg in the same minutes."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.figures import Result
from benchmarks.recording.goals import with_goals

PHASES = ("side", "static", "sync", "tick", "window")
EXTRA = ("floor",)  # says what bounds a figure; only when asked for


def options(parser: argparse.ArgumentParser) -> None:
    """What ``./benchmark recording`` takes."""
    parser.add_argument("--seconds", type=float, default=180.0, help="of the phase side by side (default 180)")
    parser.add_argument("--phase", choices=PHASES + EXTRA, action="append", help="only this phase; may be repeated")
    parser.add_argument("--soak", type=float, metavar="HOURS", help="the recorder alone for so long")
    parser.add_argument(
        "--median", type=Path, nargs="+", metavar="FILE", help="measure nothing, read the runs in these"
    )
    parser.add_argument("--chart", type=Path, metavar="FILE", help="draw processor time and bytes (SVG) of this run")


def run(chosen: argparse.Namespace) -> Result:
    """Runs the phases and prints what each found as soon as it is known."""
    from benchmarks.recording import chart, medians

    result = medians.of_files(chosen.median) if chosen.median else _measured(chosen)
    if chosen.chart and result.beside:
        chosen.chart.write_text(chart.svg(result.beside), encoding="utf-8")
    return result


def _measured(chosen: argparse.Namespace) -> Result:
    from benchmarks.recording import phases

    if chosen.soak:
        return Result("recording", phases.run_soak(chosen.soak))
    values, beside = phases.run_phases(chosen.phase or list(PHASES), chosen.seconds)
    return Result("recording", with_goals(values), beside)
