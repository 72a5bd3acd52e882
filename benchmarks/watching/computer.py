"""The student's computer in a session: what is done at it happens on a virtual screen, and is told as in the client."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from types import TracebackType
from typing import Any

import numpy as np

from benchmarks.watching.around import Around
from benchmarks.watching.clipboard import Clipboard
from benchmarks.watching.devices import Cameras
from benchmarks.watching.monitors import DESKTOP, Monitors
from benchmarks.watching.script import Act, Session
from benchmarks.watching.windows import Windows
from client.engine.desk_duty import DeskDuty
from client.verify.rules import Finding
from simulation.screen import Screen

SECOND_MS = 1000
LETTERS = "абвгғдеёжзийкқлмнңоөпрстуұүфхцчшыіэюя  "
Told = list[tuple[int, Finding]]


class Hand:
    """The session's clock: it stands where it is put."""

    t_ms = 0

    def now_ms(self) -> int:
        return self.t_ms


class Computer:
    """Raises ``ScreenFailed``. ``told``: (when, what) of every telling."""

    def __init__(self, session: Session) -> None:
        self._session, self._clock, self._second_ms = session, Hand(), 0
        self._rng = np.random.default_rng([session.seed, 10])
        self._texts: dict[str, str] = {}
        self._due = sorted(_steps(session), key=lambda step: step[0])
        self._open = ExitStack()
        self.told: Told = []

    def __enter__(self) -> Computer:
        with self._open:
            name = self._open.enter_context(Screen(DESKTOP)).env["DISPLAY"]
            self._windows = Windows(name)
            self._monitors, self._clipboard = Monitors(name), Clipboard(name)
            self._around, self._cameras = Around(), Cameras()
            for part in (self._monitors, self._clipboard, self._around, self._cameras):
                self._open.callback(part.close)
            self._duty = DeskDuty(self._clock, self._seal, (), self._around.look)
            self._open = self._open.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._open.close()

    def until(self, t_ms: int) -> None:
        """What is done up to this moment, and what the recorder asks once a second."""
        while self._due and self._due[0][0] <= t_ms:
            self._clock.t_ms, act, step = self._due.pop(0)
            self._do(act, step)
        if t_ms >= self._second_ms:
            self._second_ms += SECOND_MS
            self._clock.t_ms = t_ms
            self._duty.second(self._windows.front(_window(self._session, t_ms)))
            changed = self._monitors.look()
            if changed is not None:
                self._duty.noticed("screens", changed)

    def finish(self, t_ms: int) -> None:
        """The exam is over."""
        self._clock.t_ms = t_ms
        self._duty.finish()

    def _seal(self, content: Mapping[str, Any], _at_ms: int) -> None:
        self.told.append((self._clock.t_ms, Finding(**content)))

    def _do(self, act: Act, step: int) -> None:
        values = act.values
        if act.does == "screens":
            self._monitors.have(int(values.get("count", 2)))
        elif act.does == "camera":
            for told in self._cameras.plug(str(values["name"]), str(values["place"])):
                self._duty.noticed("devices", told)
        elif act.does == "clipboard":
            self._duty.clipboard(self._clipboard.copy(int(values["letters"])))
        elif act.does == "hint":
            self._around.become(str(values["what"]), str(values.get("word", "yes")))
        elif act.does == "answers":
            self._duty.answered(f"{values.get('from', 'q')}{step}", ["a"])
        else:
            self._write(act)

    def _write(self, act: Act) -> None:
        question = str(act.values["question"])
        before = self._texts.get(question, "")
        if act.does == "moves":
            half = len(before) // 2
            self._texts[question] = before[half:] + before[:half]
        else:
            new = self._letters(int(act.values["rate" if act.does == "types" else "letters"]))
            self._texts[question] = new if act.does == "replaces" else before + new
        self._duty.answered(question, self._texts[question])

    def _letters(self, count: int) -> str:
        return "".join(LETTERS[k] for k in self._rng.integers(0, len(LETTERS), count))


def _window(session: Session, t_ms: int) -> tuple[str, str] | None:
    """Application and title of what is in front of the exam; None: nothing."""
    act = next((a for a in session.acts if a.does == "window" and a.from_ms <= t_ms < a.to_ms), None)
    return None if act is None else (str(act.values.get("app", "")), str(act.values.get("title", "")))


def _steps(session: Session) -> list[tuple[int, Act, int]]:
    """(when, act, number within it) of all that is done at the computer, but windows."""
    found: list[tuple[int, Act, int]] = []
    for act in session.acts:
        if act.does == "types":  # a revision a second, as the window sends them
            found += [(act.from_ms + k * SECOND_MS, act, k) for k in range(1, (act.to_ms - act.from_ms) // SECOND_MS)]
        elif act.does == "answers":
            count = int(act.values["count"])
            found += [(act.from_ms + k * (act.to_ms - act.from_ms) // count, act, k) for k in range(count)]
        elif act.does in ("screens", "camera", "clipboard", "hint", "pastes", "replaces", "moves"):
            found.append((act.from_ms, act, 0))
    return found
