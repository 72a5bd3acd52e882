"""What processes cost, from /proc: processor time by thread, memory."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

TICK_S = 1 / os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 0.01
PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


@dataclass(frozen=True)
class Usage:
    """Processor seconds since the start. ``threads``: (name, id) -> seconds, of the first process only;
    ``process``: of that process with all its threads, also ended ones; ``children``: of ended and living children."""

    process: float
    children: float
    threads: Mapping[tuple[str, int], float] = field(default_factory=dict)

    @property
    def total(self) -> float:
        return self.process + self.children


def usage(pid: int) -> Usage:
    """Of a process and everything it started. Raises ``FileNotFoundError`` when it is gone."""
    own, waited = _stat(Path(f"/proc/{pid}/stat"))
    threads: dict[tuple[str, int], float] = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(OSError):  # ended meanwhile
            name = (task / "comm").read_text().strip()
            threads[name, int(task.name)] = int((task / "schedstat").read_text().split()[0]) / 1e9
    living = 0.0
    for child in descendants(pid):
        with contextlib.suppress(OSError):
            living += sum(_stat(Path(f"/proc/{child}/stat")))
    return Usage(own, waited + living, threads)


def descendants(pid: int) -> list[int]:
    """Living children, their children, and so on."""
    parents: dict[int, list[int]] = defaultdict(list)
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with contextlib.suppress(OSError):
                parents[int(_fields(entry / "stat")[1])].append(int(entry.name))
    found, waiting = [], [pid]
    while waiting:
        for child in parents[waiting.pop()]:
            found.append(child)
            waiting.append(child)
    return found


def rss_mb(pid: int) -> float:
    """Resident memory of one process, MB (10^6 bytes)."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE / 1e6


def pss_mb(pids: Iterable[int]) -> float:
    """Memory of processes with each shared page counted once, MB."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
            total += sum(int(row.split()[1]) for row in rows if row.startswith("Pss:"))
    return total * 1024 / 1e6


def _fields(stat: Path) -> list[str]:
    """The fields behind the name, which may hold anything; the first is the state."""
    return stat.read_text().rsplit(")", 1)[1].split()


def _stat(stat: Path) -> tuple[float, float]:
    fields = _fields(stat)
    return (int(fields[11]) + int(fields[12])) * TICK_S, (int(fields[13]) + int(fields[14])) * TICK_S


def by_thread(before: Usage, after: Usage, names: Mapping[int, str], seconds: float) -> list[tuple[str, int, float]]:
    """(name, how many, percent of a core), dearest first. ``names``: thread id -> full name, of the threads that
    our own code started; a thread that is not in it was made by a library in the thread whose name it carries."""
    sums: dict[str, float] = defaultdict(float)
    counts: dict[str, int] = defaultdict(int)
    for (comm, thread), spent in after.threads.items():
        owned = names.get(thread)
        name = owned if owned is not None else f"{comm}: library threads"
        sums[name] += spent - before.threads.get((comm, thread), before.threads.get(_same(before, thread), 0.0))
        counts[name] += 1
    sums["children"] += after.children - before.children
    named = sum(sums.values())
    rest = after.total - before.total - named
    rows = [(name, counts.get(name, 0), 100 * spent / seconds) for name, spent in sums.items()]
    rows.append(("ended threads and rounding", 0, 100 * rest / seconds))
    return sorted(rows, key=lambda row: -row[2])


def _same(usage_before: Usage, thread: int) -> tuple[str, int]:
    """The key under which a thread was known, should it have taken another name since."""
    return next((key for key in usage_before.threads if key[1] == thread), ("", -1))


def name(pid: int) -> str:
    """The process's short name, "" when it is gone."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def cores() -> set[int]:
    """Processor cores this process may use."""
    if sys.platform == "linux":
        return set(os.sched_getaffinity(0))
    return set(range(os.cpu_count() or 1))


def pin(pids: Iterable[int], wanted: set[int]) -> None:
    """Every thread of these processes to these cores; threads made later inherit it."""
    if sys.platform != "linux":
        return
    for pid in pids:
        for task in Path(f"/proc/{pid}/task").glob("*"):
            with contextlib.suppress(OSError):
                os.sched_setaffinity(int(task.name), wanted)


def end_all(pids: Iterable[int], seconds: float = 15.0) -> None:
    """Waits until these processes are gone; the last are killed."""
    until, left = time.monotonic() + seconds, list(pids)
    while left and time.monotonic() < until:
        left = [pid for pid in left if name(pid)]
        time.sleep(0.1)
    for pid in left:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)


def thread_table(rows: Sequence[tuple[str, int, float]], least: float = 0.005) -> list[str]:
    """Lines for people; what costs less than ``least`` percent is left out."""
    lines = [f"  {'thread':40} {'count':>5}  % of a core"]
    return lines + [f"  {name:40} {count:5}  {percent:9.3f}" for name, count, percent in rows if percent >= least]
