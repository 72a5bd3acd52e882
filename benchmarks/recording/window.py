"""Phase "window": the memory of the whole client, window and recorder, in the middle of an exam."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from benchmarks.recording import processes
from benchmarks.recording.hall import Hall, say
from benchmarks.recording.institution import PASSWORD
from benchmarks.recording.wire import Wire
from simulation.tools import end

SECONDS = 30.0
OPENING_S = 120.0


class WindowFailed(Exception):
    """The window did not come as far as the exam."""


@dataclass(frozen=True)
class WindowCost:
    """Of each process: name, MB resident, MB proportional, percent of a core. ``threads``: of the window's own
    process, as ``processes.by_thread`` gives them."""

    rows: list[tuple[str, float, float, float]]
    threads: list[tuple[str, int, float]]

    @property
    def proportional(self) -> float:
        """MB, a page that several of them share counted once."""
        return sum(row[2] for row in self.rows)


def measure(hall: Hall) -> WindowCost:
    folder = hall.folder / "window"
    folder.mkdir()
    wire = Wire()
    config = hall.institution.configuration(folder, wire)
    command = [sys.executable, "-m", "benchmarks.recording.window_process", "--login", hall.institution.student()]
    command += ["--password", PASSWORD, "--", "--config", str(config), "--data", str(folder / "client")]
    if sys.platform != "win32" and os.getuid() == 0:
        command.append("--allow-root")
    with (folder / "window.log").open("wb") as log:
        window = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        ledgers = folder / "client" / "spool"
        _wait(lambda: any('"paper-opened"' in f.read_text("utf-8") for f in ledgers.glob("*/ledger.txt")), window)
        time.sleep(10)
        say(f"the client's window in an exam for {SECONDS:.0f} s")
        tree = [window.pid, *processes.descendants(window.pid)]
        before, began = [processes.usage(pid) for pid in tree], time.monotonic()
        time.sleep(SECONDS)
        seconds = time.monotonic() - began
        after = [processes.usage(pid) for pid in tree]
        spent = [b.process - a.process for a, b in zip(before, after, strict=True)]
        rows = [
            (processes.name(pid), processes.rss_mb(pid), processes.pss_mb([pid]), 100 * took / seconds)
            for pid, took in zip(tree, spent, strict=True)
        ]
        own = [replace(usage, children=0.0) for usage in (before[0], after[0])]
        return WindowCost(rows, processes.by_thread(own[0], own[1], {}, seconds))
    finally:
        children = processes.descendants(window.pid)
        end(window, 20)
        processes.end_all(children)
        wire.close()


def _wait(reached: Callable[[], bool], window: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + OPENING_S
    while time.monotonic() < until and window.poll() is None:
        if reached():
            return
        time.sleep(0.5)
    raise WindowFailed(f"no paper within {OPENING_S:.0f} s (exit code {window.poll()})")


def figures(cost: WindowCost) -> dict[str, float | None]:
    return {"client_rss_mb": cost.proportional}


def details(cost: WindowCost) -> list[str]:
    lines = [f"  {'process':24} {'RSS MB':>8} {'PSS MB':>8} {'% of a core':>12}   (PSS: shared pages counted once)"]
    together = ("together", sum(row[1] for row in cost.rows), cost.proportional, sum(row[3] for row in cost.rows))
    lines += [f"  {n:24} {rss:8.0f} {pss:8.0f} {percent:12.1f}" for n, rss, pss, percent in [*cost.rows, together]]
    return [*lines, "", "the window's own process: where the time goes", *processes.thread_table(cost.threads, 0.1)]
