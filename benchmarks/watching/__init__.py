"""Planted incidents in simulated sessions: which rules find them, how soon, and what they tell of honest students."""

from __future__ import annotations

import argparse
import logging
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.figures import Figure, Result
from benchmarks.limits import hourly_limits, share_limits
from benchmarks.watching.cost import cpu_percent
from benchmarks.watching.play import Played, play
from benchmarks.watching.score import Score, score, table
from benchmarks.watching.script import SCENARIOS, BadScenario, scenarios
from benchmarks.watching.sounds import voices_missing

# Limits were chosen on seeds below this one; the figures of docs/watching.md are of seeds from it on.
FIRST_HELD_OUT = 1000
PHASES = ("all", "sessions", "cpu")


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=int, default=FIRST_HELD_OUT, help="draws people, light, timing and noise")
    parser.add_argument("--seeds", type=int, default=1, metavar="N", help="N seeds from --seed on (default 1)")
    parser.add_argument("--sessions", type=int, default=0, metavar="N", help="only the first N scenarios")
    parser.add_argument("--scenarios", type=Path, default=SCENARIOS, metavar="DIR", help="a folder of your own")
    parser.add_argument("--only", default="", metavar="TEXT", help="only scenarios with TEXT in their name")
    parser.add_argument("--brief", action="store_true", help="idle time cut short: the same acts in half the time")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1), help="processes at a time")
    parser.add_argument("--phase", choices=PHASES, default="all", help="the sessions, or the cost at 1x, alone")
    parser.add_argument("--cpu-seconds", type=float, default=60.0, help="how long the cost is measured")


def run(chosen: argparse.Namespace) -> Result:
    """All scenarios with each seed, then the cost at 1x. Ends with a word when a scenario cannot be read."""
    try:
        files = [file for file in scenarios(chosen.scenarios) if chosen.only in file.name]
    except BadScenario as error:
        raise SystemExit(str(error)) from error
    if voices_missing():
        raise SystemExit(voices_missing())
    files = files[: chosen.sessions or None]
    found: dict[str, Figure] = {}
    if chosen.phase != "cpu":
        found = figures(_sessions(files, chosen))
    if chosen.phase != "sessions":
        found["cpu_percent"] = Figure(cpu_percent(chosen.cpu_seconds, chosen.seed), "%", "<= 6")
    return Result("watching", found)


def _sessions(files: list[Path], chosen: argparse.Namespace) -> Score:
    jobs = [(file, chosen.seed + k) for k in range(chosen.seeds) for file in files]
    result = score(_played(jobs, chosen.jobs, chosen.brief))
    print(table(result))
    if chosen.seed < FIRST_HELD_OUT:
        print(f"note: seeds below {FIRST_HELD_OUT} were used to choose the limits; do not quote these figures")
    return result


def figures(result: Score) -> dict[str, Figure]:
    """The keys of docs/design.md, section 11. ``delay_s``: what 95 of 100 incidents found keep to, without
    those of the rules that need minutes, which are ``slow_delay_s``; ``_low`` and ``_high``: 95 % limits of what so
    little time can show."""
    found = share_limits(result.found, result.planted) if result.planted else (None, None)
    false = hourly_limits(result.false, result.hours) if result.hours else (None, None)
    honest = hourly_limits(result.honest_false, result.honest_hours) if result.honest_hours else (None, None)
    return {
        "found": Figure(result.found / result.planted if result.planted else None, "", ">= 0.95"),
        "found_low": Figure(found[0], "", ""),
        "found_high": Figure(found[1], "", ""),
        "false_per_hour": Figure(result.false / result.hours if result.hours else None, "1/h", "<= 0.5"),
        "false_per_hour_low": Figure(false[0], "1/h", ""),
        "false_per_hour_high": Figure(false[1], "1/h", ""),
        "honest_false_per_hour": Figure(
            result.honest_false / result.honest_hours if result.honest_hours else None, "1/h", "< 0.3"
        ),
        "honest_false_per_hour_low": Figure(honest[0], "1/h", ""),
        "honest_false_per_hour_high": Figure(honest[1], "1/h", ""),
        "delay_s": Figure(result.delay_s(0.95), "s", "<= 5"),
        "delay_with_slow_s": Figure(result.delay_s(0.95, slow=True), "s", ""),
        "delay_median_s": Figure(result.delay_s(0.5), "s", ""),
        "slow_delay_s": Figure(result.slowest_s, "s", ""),
        "planted": Figure(float(result.planted), "", ""),
        "told_beside": Figure(float(result.beside), "", ""),
        "hours": Figure(result.hours, "h", ""),
        "honest_hours": Figure(result.honest_hours, "h", ""),
    }


def _played(jobs: list[tuple[Path, int]], processes: int, brief: bool) -> list[Played]:
    """A process of its own for each session: the models' memory is given back, and sessions share nothing."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    context = get_context("spawn")
    with ProcessPoolExecutor(max(1, processes), context, _quiet, max_tasks_per_child=1) as pool:
        waiting = [pool.submit(_one, file, seed, brief) for file, seed in jobs]
        return [done.result() for done in waiting]


def _quiet() -> None:
    logging.getLogger().setLevel(logging.ERROR)


def _one(file: Path, seed: int, brief: bool) -> Played:
    try:
        return play(file, seed, brief)
    except BadScenario as error:
        raise SystemExit(str(error)) from error
