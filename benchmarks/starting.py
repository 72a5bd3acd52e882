"""How long the client takes until its first page is drawn, and until its recorder is ready."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from pathlib import Path

import mss
import numpy as np

from client.spool.lock import SpoolLock, SpoolLocked
from installer import places
from simulation.process import StandIn

STARTS = 5
LONGEST_S = 60.0
DRAWN = 100  # colours: letters have smooth edges, a bare screen or an empty window has one or two
TITLE = 40  # rows of the screen's top that the window manager draws, before the window has drawn anything


def starts(command: list[str], config: Path, data: Path) -> tuple[float, float]:
    """Median seconds until the first page is drawn and until the recorder is ready. Warm: one start goes before that
    is not counted; each has a data folder of its own below ``data``. Ends the program with ``SystemExit`` where it
    does not get ready."""
    with StandIn("simulation.screen", ["--size", "1366x768"]) as screen:
        env = {**os.environ, **screen.ready["env"]}
        env.pop("QT_QPA_PLATFORM", None)
        times = [_start(command, config, data / str(number), env) for number in range(STARTS + 1)][1:]
    return statistics.median(t[0] for t in times), statistics.median(t[1] for t in times)


def _start(command: list[str], config: Path, data: Path, env: dict[str, str]) -> tuple[float, float]:
    root = ["--allow-root"] if getattr(os, "getuid", lambda: -1)() == 0 else []
    page = ready = 0.0
    with mss.MSS(display=env["DISPLAY"]) as eye:
        begun = time.monotonic()
        process = subprocess.Popen([*command, "--config", str(config), "--data", str(data), *root], env=env,
                                   cwd=places.ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
        try:
            while time.monotonic() - begun < LONGEST_S and not (page and ready):
                if not page and _drawn(eye):
                    page = time.monotonic() - begun
                if not ready and _locked(data / "spool"):
                    ready = time.monotonic() - begun
                time.sleep(0.02)
        finally:
            process.terminate()
            process.wait(30)
    if not (page and ready):
        raise SystemExit(f"{command[0]} did not get ready in {LONGEST_S:g} s")
    while _locked(data / "spool"):  # the recorder of this start goes before the next comes
        time.sleep(0.1)
    return page, ready


def _drawn(eye: mss.MSS) -> bool:
    """Every fifth pixel tells enough, and costs a few milliseconds."""
    shot = eye.grab(eye.monitors[0])
    pixels = np.frombuffer(shot.raw, np.uint32).reshape(shot.height, shot.width)
    return len(np.unique(pixels[TITLE:, ::5])) > DRAWN


def _locked(folder: Path) -> bool:
    """The recorder takes the spool's lock just before it says that it is ready."""
    if not (folder / "lock").exists():
        return False
    lock = SpoolLock(folder)
    try:
        lock.take(0)
    except SpoolLocked:
        (folder / "lock.wanted").unlink(missing_ok=True)
        return True
    lock.release()
    return False
