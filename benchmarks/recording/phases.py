"""The phases of ``./benchmark recording``, one after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from benchmarks.figures import Figure, Result
from benchmarks.recording import floor, side, soak, static, sync, tick, window
from benchmarks.recording.goals import with_goals
from benchmarks.recording.hall import Hall, say

Values = dict[str, float | None]
Found = tuple[Values, list[str], dict[str, float]]  # figures, lines for people, what stands beside


def run_phases(names: Sequence[str], seconds: float) -> tuple[Values, dict[str, float]]:
    """(all figures found, what stands beside them); each phase prints its own as soon as it has them."""
    values: Values = {}
    beside: dict[str, float] = {}
    with Hall() as hall:
        for name in names:
            say(f"phase {name}")
            found, lines, more = PHASES[name](hall, seconds)
            values |= found
            beside |= more
            print("\n".join([f"\nphase {name}", *lines, "", Result(name, with_goals(found)).table()]), flush=True)
    return values, beside


def run_soak(hours: float) -> dict[str, Figure]:
    """The recorder alone for so long; prints what it came to."""
    found = soak.measure(hours)
    print("\n".join(soak.lines(found)), flush=True)
    return {
        "soak_hours": Figure(found.seconds / 3600, "h", ""),
        "rss_mb_per_hour": Figure(found.growth, "MB/h", ""),
        "sound_drift_ms_per_hour": Figure(found.drift, "ms/h", ""),
        "coverage_least": Figure(min(found.coverage.values(), default=None), "", ""),
    }


def _side(hall: Hall, seconds: float) -> Found:
    measured = side.measure(hall, seconds)
    return side.figures(measured), side.details(measured), side.beside(measured)


def _static(hall: Hall, _seconds: float) -> Found:
    measured = static.measure(hall)
    return static.figures(measured), static.details(measured), {}


def _sync(hall: Hall, _seconds: float) -> Found:
    measured = sync.measure(hall)
    return sync.figures(measured), sync.details(measured), {}


def _tick(hall: Hall, _seconds: float) -> Found:
    measured = tick.measure(hall)
    return tick.figures(measured), tick.details(measured), {}


def _window(hall: Hall, _seconds: float) -> Found:
    measured = window.measure(hall)
    return window.figures(measured), window.details(measured), {}


def _floor(hall: Hall, _seconds: float) -> Found:
    return {}, floor.details(floor.measure(hall)), {}


PHASES: dict[str, Callable[[Hall, float], Found]] = {
    "side": _side, "static": _static, "sync": _sync, "tick": _tick, "window": _window, "floor": _floor,
}  # fmt: skip
