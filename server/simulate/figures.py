"""What the simulated students meet, counted while they sit."""

from __future__ import annotations

import statistics
from collections import Counter, deque
from typing import Any

KEPT_TIMES = 20_000  # newest answer times kept: memory stays the same however long it runs


class Figures:
    def __init__(self, students: int) -> None:
        self.students = students
        self.stages: Counter[str] = Counter()
        self.refusals: Counter[str] = Counter()  # by code, or the kind of a failed connection
        self.requests = self.bytes_sent = self.bytes_waiting = self.segments = self.answers = 0
        self.load, self.highest_load = 0, 0
        self.highest_memory_mb = 0.0
        self.lost: list[str] = []  # acknowledged by the server, and not there at the end
        self._times: deque[float] = deque(maxlen=KEPT_TIMES)

    def answered(self, seconds: float) -> None:
        self.requests += 1
        self._times.append(seconds)

    def heard_load(self, load: int) -> None:
        self.load, self.highest_load = load, max(self.highest_load, load)

    def moved(self, before: str, now: str) -> None:
        if before:
            self.stages[before] -= 1
        self.stages[now] += 1

    def line(self, passed: float) -> str:
        """One line for a person who watches."""
        stages = ", ".join(f"{count} {stage}" for stage, count in self.stages.items() if count)
        refused = ", ".join(f"{count} {code}" for code, count in self.refusals.most_common(3)) or "none"
        return (
            f"{passed:6.0f} s  {stages}; {self.requests} requests, {self.bytes_sent / 1e6:.1f} MB sent, "
            f"{self.bytes_waiting / 1e6:.1f} MB waiting, load {self.load}; refused: {refused}"
        )

    def to_json(self, seconds: float) -> dict[str, Any]:
        times = sorted(self._times) or [0.0]
        return {
            "students": self.students, "receipts": self.stages["handed in"], "seconds": round(seconds, 1),
            "requests": self.requests, "requests_per_second": round(self.requests / max(seconds, 0.001), 1),
            "megabytes": round(self.bytes_sent / 1e6, 1), "segments": self.segments, "answers": self.answers,
            "answer_ms": {"median": round(statistics.median(times) * 1000, 1),
                          "p95": round(times[int(len(times) * 0.95) - 1] * 1000, 1),
                          "max": round(times[-1] * 1000, 1)},
            "highest_load": self.highest_load, "refused": dict(self.refusals), "lost": self.lost,
            "memory_mb": round(self.highest_memory_mb, 1),
        }  # fmt: skip
