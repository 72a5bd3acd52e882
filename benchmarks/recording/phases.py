"""The phases of ``./benchmark recording``, one after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from benchmarks.figures import Result
from benchmarks.recording import side
from benchmarks.recording.goals import with_goals
from benchmarks.recording.hall import Hall, say

Values = dict[str, float | None]


def run_phases(names: Sequence[str], seconds: float) -> Values:
    """All figures found; each phase prints its own as soon as it has them."""
    values: Values = {}
    with Hall() as hall:
        for name in names:
            say(f"phase {name}")
            found, lines = PHASES[name](hall, seconds)
            values |= found
            print("\n".join([f"\nphase {name}", *lines, "", Result(name, with_goals(found)).table()]), flush=True)
    return values


def _side(hall: Hall, seconds: float) -> tuple[Values, list[str]]:
    measured = side.measure(hall, seconds)
    return side.figures(measured), side.details(measured)


PHASES: dict[str, Callable[[Hall, float], tuple[Values, list[str]]]] = {"side": _side}
