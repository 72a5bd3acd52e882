"""Medians of several runs, from what ``--json`` printed."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.figures import Result
from benchmarks.recording.goals import GOALS, with_goals


class NoResult(SystemExit):
    """A file holds no result of this benchmark."""


def of_files(files: Sequence[Path]) -> Result:
    """Each key's median over the runs that have it; tells on the way between what and what they lie.

    A file may hold several runs, and any other output around them. Raises ``NoResult``.
    """
    runs = [run for file in files for run in results(file)]
    figures = _gather((key, figure["value"]) for run in runs for key, figure in run["figures"].items())
    beside = _gather((key, value) for run in runs for key, value in run.get("beside", {}).items())
    _say(runs, figures)
    return Result(
        "recording",
        with_goals({key: median(values) for key, values in figures.items() if key in GOALS}),
        {key: median(values) for key, values in beside.items()},
    )


def results(file: Path) -> list[dict[str, Any]]:
    """The runs a file holds, in order. Raises ``NoResult`` if it holds none."""
    found = [run for line in file.read_text(encoding="utf-8").splitlines() if (run := _result(line)) is not None]
    if not found:
        raise NoResult(f"{file}: no result of ./benchmark recording --json")
    return found


def _result(line: str) -> dict[str, Any] | None:
    if not line.startswith("{"):
        return None
    try:
        body = json.loads(line)
    except ValueError:
        return None
    return body if isinstance(body, dict) and body.get("name") == "recording" and "figures" in body else None


def _gather(pairs: Iterable[tuple[str, float | None]]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = defaultdict(list)
    for key, value in pairs:
        if value is not None:
            found[key].append(float(value))
    return found


def _say(runs: Sequence[Mapping[str, Any]], figures: Mapping[str, Sequence[float]]) -> None:
    commits = ", ".join(sorted({str(run["commit"]) for run in runs}))
    print(f"{len(runs)} runs at {commits}; {runs[0]['machine']}", file=sys.stderr)
    for key, values in figures.items():
        listed = " ".join(f"{value:.4g}" for value in values)
        print(f"  {key:28} {listed}", file=sys.stderr)
