"""Phase "static": what the recorder costs while nothing on the screen changes."""

from __future__ import annotations

import time
from dataclasses import dataclass

from benchmarks.recording import processes
from benchmarks.recording.hall import Hall, say

SECONDS = 60.0
SETTLE_S = 20.0  # the first key frame, the model's and the network's first work are over
# ours, the one that waits for the encoder, and by the names they inherit the libraries' own
SCREEN_THREADS = ("capture-screen", "encode-screen", "enc-screen", "screen-")


@dataclass(frozen=True)
class Static:
    """Percent of a core. ``threads``: as ``processes.by_thread`` gives them."""

    total: float
    x_server: float
    threads: list[tuple[str, int, float]]

    @property
    def screen(self) -> float:
        """The screen's own thread and the encoder's threads in it."""
        return sum(percent for name, _, percent in self.threads if name.startswith(SCREEN_THREADS))


def measure(hall: Hall) -> Static:
    with hall.show("still"), hall.product(judges=False) as product:
        time.sleep(SETTLE_S)
        say(f"a still screen for {SECONDS:.0f} s")
        before, x_before, began = product.usage(), processes.usage(hall.x_server).total, time.monotonic()
        time.sleep(SECONDS)
        after, x_after = product.usage(), processes.usage(hall.x_server).total
        seconds = time.monotonic() - began
        threads = processes.by_thread(before, after, product.notes().threads, seconds)
    spent = after.total - before.total
    return Static(100 * spent / seconds, 100 * (x_after - x_before) / seconds, threads)


def figures(static: Static) -> dict[str, float | None]:
    return {"static_screen_cpu_percent": static.screen, "static_total_cpu_percent": static.total}


def details(static: Static) -> list[str]:
    lines = [
        f"a still screen, camera and sound running, judges off; X server beside it {static.x_server:.2f} % of a core"
    ]
    return [*lines, *processes.thread_table(static.threads)]
