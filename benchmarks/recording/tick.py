"""Phase "tick": how late a window's timer is when the whole recorder works on the same processor core."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass

import numpy as np

from benchmarks.recording import processes
from benchmarks.recording.hall import Hall, replay_log, say
from client.clock import raw_ns

CORE = 0
ALONE_S = 15.0
SECONDS = 60.0


@dataclass(frozen=True)
class Tick:
    """Lateness of the timer's ticks, ms, without and with a recorder."""

    alone: list[float]
    beside: list[float]
    recorder_percent: float


def measure(hall: Hall) -> Tick:
    """Window, X server and recorder (with judges) share one core; camera, sound and server keep to the others."""
    everywhere = processes.cores()
    others = everywhere - {CORE} or everywhere
    around = [pid for pid in processes.descendants(os.getpid()) if pid != hall.x_server]
    try:
        processes.pin([*around, os.getpid()], others)
        processes.pin([hall.x_server], {CORE})
        with hall.show("exam", core=CORE) as log:
            time.sleep(3)
            alone = raw_ns()
            time.sleep(ALONE_S)
            alone_end = raw_ns()
            with hall.product(judges=True, core=CORE) as product:
                time.sleep(5)
                say(f"window and recorder on one core for {SECONDS:.0f} s")
                begin, before = raw_ns(), product.usage().total
                time.sleep(SECONDS)
                end, after = raw_ns(), product.usage().total
    finally:
        processes.pin([*around, hall.x_server, os.getpid()], everywhere)
    late = replay_log(log)
    percent = 100 * (after - before) / ((end - begin) / 1e9)
    return Tick(late.between(alone, alone_end), late.between(begin, end), percent)


def figures(tick: Tick) -> dict[str, float | None]:
    return {"tick_p99_ms": float(np.percentile(tick.beside, 99)), "tick_max_ms": max(tick.beside)}


def details(tick: Tick) -> list[str]:
    lines = []
    for name, values in (("without a recorder", tick.alone), ("with the recorder", tick.beside)):
        middle, high, most = np.percentile(values, [50, 95, 99])
        lines.append(
            f"{name}: p50 {middle:.2f}, p95 {high:.2f}, p99 {most:.2f}, max {max(values):.1f} ms ({len(values)})"
        )
    return [*lines, f"the recorder with judges took {tick.recorder_percent:.1f} % of that core"]
