"""The exam screen, live: plays a script on the X server and writes down what was shown when.

    python -m benchmarks.recording.screen --script exam --log FILE [--core 0]

Each line of the log is one step: the raw clock (ns) before it was drawn and after the X server had drawn it,
the number of events done by then, the pointer's place, and now and then a hash of the pixels, by which a replay
proves that it draws the same. The last line holds the lateness of the timer that drives it all.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QBackingStore, QGuiApplication, QPainter, QRegion, QWindow

from benchmarks.recording.drawing import SCREEN, ExamPicture
from benchmarks.recording.script import SCRIPTS, Event
from client.clock import raw_ns

TICK_MS = 16
HASH_EVERY = 20


def environment() -> dict[str, str]:
    """What both the window and the replay are started with, so that they draw the same letters."""
    return {"QT_FONT_DPI": "96", "QT_SCALE_FACTOR": "1"}


class Pointer:
    """Moves the real pointer through the XTEST extension."""

    def __init__(self) -> None:
        import Xlib.display

        self._display = Xlib.display.Display()

    def move(self, x: int, y: int) -> None:
        from Xlib import X
        from Xlib.ext import xtest

        xtest.fake_input(self._display, X.MotionNotify, x=x, y=y)
        self._display.flush()


class Stage:
    """A window over the whole screen, drawn by hand so that the moment of drawing is known."""

    def __init__(self, picture: ExamPicture) -> None:
        self._picture = picture
        self._window = QWindow()
        self._window.setFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.BypassWindowManagerHint)
        self._window.setGeometry(SCREEN)
        self._store = QBackingStore(self._window)
        self._window.show()
        self._store.resize(SCREEN.size())

    def show(self, places: list[QRect]) -> None:
        """Returns when the X server has drawn them."""
        region = QRegion()
        for place in places:
            region += place
        self._store.beginPaint(region)
        painter = QPainter(self._store.paintDevice())
        for place in places:
            painter.drawImage(place.topLeft(), self._picture.image, place)
        painter.end()
        self._store.endPaint()
        self._store.flush(region, self._window, QPoint())
        QGuiApplication.sync()


class Player:
    """Plays events when their time has come, on a timer as a window's own."""

    def __init__(self, events: Iterator[Event], log: IO[str]) -> None:
        self._events, self._log = events, log
        self._picture = ExamPicture()
        self._stage = Stage(self._picture)
        self._stage.show([SCREEN])
        self._pointer = Pointer()
        self._next: Event | None = next(events)
        self._done = self._steps = 0
        self._began = self._last = raw_ns()
        self._late: list[tuple[int, float]] = []

    def tick(self) -> None:
        now = raw_ns()
        self._late.append((now, (now - self._last) / 1e6 - TICK_MS))
        self._last = now
        at = (now - self._began) / 1e9
        if self._next is None or self._next.at > at:
            return
        places: list[QRect] = []
        place = self._picture.pointer
        while self._next is not None and self._next.at <= at:
            changed = self._picture.apply(self._next)
            if not changed.isEmpty():
                places.append(changed)
            self._done += 1
            self._next = next(self._events, None)  # at the end of the script the picture stays
        self._picture.paint(places)
        before = raw_ns()
        if places:
            self._stage.show(places)
        if self._picture.pointer != place:
            self._pointer.move(*self._picture.pointer)
        self._note(before, raw_ns())

    def _note(self, before: int, after: int) -> None:
        mark = ""
        if self._steps % HASH_EVERY == 0:
            mark = self._picture.mark()
        self._steps += 1
        x, y = self._picture.pointer
        self._log.write(f"{before} {after} {self._done} {x} {y} {mark}\n")

    def finish(self) -> None:
        self._log.write(json.dumps({"late_ms": [[t, round(ms, 3)] for t, ms in self._late]}) + "\n")
        self._log.close()


def main() -> int:
    parser = argparse.ArgumentParser(description="The exam screen of the recording benchmark.")
    parser.add_argument("--script", choices=sorted(SCRIPTS), default="exam")
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--core", type=int, help="run on this processor core only")
    options = parser.parse_args()
    if options.core is not None and sys.platform == "linux":
        os.sched_setaffinity(0, {options.core})
    app = QGuiApplication(["exam-screen"])
    with options.log.open("w", encoding="ascii") as log:
        player = Player(SCRIPTS[options.script](), log)
        timer = QTimer()
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(player.tick)
        timer.start(TICK_MS)
        # Python sees the signal at the timer's next tick.
        signal.signal(signal.SIGTERM, lambda *_: app.quit())
        print(json.dumps({"pid": os.getpid()}), flush=True)
        app.exec()
        player.finish()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
