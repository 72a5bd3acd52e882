"""``./benchmark recording``: what recording costs and how true it is, against ffmpeg in the same minutes."""

from __future__ import annotations

import argparse

from benchmarks.figures import Result
from benchmarks.recording.goals import with_goals

PHASES = ("side", "static", "sync", "tick", "window")


def options(parser: argparse.ArgumentParser) -> None:
    """What ``./benchmark recording`` takes."""
    parser.add_argument("--seconds", type=float, default=180.0, help="of the phase side by side (default 180)")
    parser.add_argument("--phase", choices=PHASES, action="append", help="only this phase; may be repeated")
    parser.add_argument("--soak", type=float, metavar="HOURS", help="the recorder alone for so long")


def run(chosen: argparse.Namespace) -> Result:
    """Runs the phases and prints what each found as soon as it is known."""
    from benchmarks.recording import phases

    if chosen.soak:
        return Result("recording", phases.run_soak(chosen.soak))
    return Result("recording", with_goals(phases.run_phases(chosen.phase or list(PHASES), chosen.seconds)))
