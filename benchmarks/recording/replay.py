"""The exam screen as it was at any moment of a run, drawn again from the log."""

from __future__ import annotations

import bisect
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect

from benchmarks.recording.drawing import HEIGHT, ExamPicture
from benchmarks.recording.measures import tile_errors
from benchmarks.recording.script import SCRIPTS, Event

Luma = NDArray[np.uint8]


class NotTheSame(Exception):
    """The replay drew something else than the window had shown."""


@dataclass(frozen=True)
class Step:
    """From ``after`` (raw ns) the screen surely showed this; before ``before`` surely not yet."""

    before: int
    after: int
    events: int
    pointer: tuple[int, int]
    mark: str


@dataclass(frozen=True)
class ScreenLog:
    steps: list[Step]
    late_ms: list[tuple[int, float]]

    @classmethod
    def read(cls, file: Path) -> ScreenLog:
        """``late_ms`` is empty if the window did not end properly."""
        steps: list[Step] = []
        late: list[tuple[int, float]] = []
        for line in file.read_text(encoding="ascii").splitlines():
            if line.startswith("{"):
                late = [(int(t), float(ms)) for t, ms in json.loads(line)["late_ms"]]
                continue
            before, after, events, x, y, *mark = line.split(" ")
            steps.append(Step(int(before), int(after), int(events), (int(x), int(y)), mark[0] if mark else ""))
        return cls(steps, late)

    def between(self, begin_ns: int, end_ns: int) -> list[float]:
        """Lateness of the timer's ticks in that time, ms."""
        return [ms for t, ms in self.late_ms if begin_ns <= t < end_ns]


class Replay:
    """Forward only: ask for steps in rising order. Needs a QGuiApplication."""

    def __init__(self, log: ScreenLog, script: str) -> None:
        self._log = log
        self._events: Iterator[Event] = SCRIPTS[script]()
        self._picture = ExamPicture()
        self._at = -1
        self._done = 0
        self._before: Luma | None = None
        self.changed: list[int] = []
        """Of each step drawn so far: how many tiles differ from the step before."""
        self.playing: list[bool] = []
        """Of each step drawn so far: whether a video is shown in it."""
        self._starts = [step.before for step in log.steps]

    def candidates(self, t_ns: int, slack_ns: int = 12_000_000) -> range:
        """Numbers of the steps the screen may have shown at ``t_ns``, give or take the slack."""
        first = max(0, bisect.bisect_right(self._starts, t_ns - slack_ns) - 1)
        last = max(0, bisect.bisect_right(self._starts, t_ns + slack_ns) - 1)
        # What was shown at the earlier moment may still have been the step before, if that was being drawn.
        if self._log.steps[first].after > t_ns - slack_ns:
            first = max(0, first - 1)
        return range(first, last + 1)

    def luma(self, step: int) -> Luma:
        """The true picture of that step, brightness only, as the recorder converts it. Raises ``NotTheSame``."""
        if step < self._at:
            raise ValueError("a replay only goes forward")
        while self._at < step:
            self._at += 1
            self._forward(self._log.steps[self._at])
        assert self._before is not None
        return self._before

    def _forward(self, step: Step) -> None:
        places: list[QRect] = []
        while self._done < step.events:
            changed = self._picture.apply(next(self._events))
            if not changed.isEmpty():
                places.append(changed)
            self._done += 1
        self._picture.paint(places)
        if step.mark and self._picture.mark() != step.mark:
            raise NotTheSame(f"the replay differs after {step.events} events")
        self.playing.append(self._picture.playing)
        if places or self._before is None:
            yuv = cv2.cvtColor(self._picture.pixels(), cv2.COLOR_BGRA2YUV_I420)
            now: Luma = np.array(yuv[:HEIGHT], dtype=np.uint8)
            before = now if self._before is None else self._before
            self.changed.append(int((tile_errors(before, now) > 0).sum()))
            self._before = now
        else:
            self.changed.append(0)
