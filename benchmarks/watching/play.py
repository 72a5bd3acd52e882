"""Plays one session before the real watchers, on a clock of its own: only the pictures they look at are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.watching.actor import Actor
from benchmarks.watching.script import Act, Session, drawn
from benchmarks.watching.sounds import BLOCK_MS, Sounds
from benchmarks.watching.windows import Windows
from client.engine.judge import WATCH_EVERY_MS
from client.verify.desk import DeskWatcher
from client.verify.rules import Finding
from client.verify.watching import Watcher
from faces.describe import Describer
from faces.detect import FaceAnalyser
from faces.follow import FaceFollower
from faces.template import enrol

SECOND_MS = 1000
Told = list[tuple[int, Finding]]


@dataclass(frozen=True)
class Played:
    """``told``: (when, what) of every telling."""

    session: Session
    told: Told


def play(file: Path, seed: int, brief: bool = False) -> Played:
    """All of one session. Twenty minutes of it take about one of a core. Raises ``BadScenario``, ``ScreenFailed``."""
    session = drawn(file, seed, brief)
    with Windows() as windows:
        return _play(session, windows)


def _play(session: Session, windows: Windows) -> Played:
    sounds = Sounds(session)
    actor = Actor(session, sounds)
    with FaceAnalyser() as analyser:
        describer = Describer()
        template = enrol(actor.still(), analyser, describer)
    follower = FaceFollower()
    watcher, desk = Watcher(template=template, describer=describer), DeskWatcher()
    told: Told = []
    end_ms, last, block_ms, second_ms = round(session.minutes * 60_000), -1, 0, 0
    pending = sorted(_signals(session), key=lambda signal: signal[0])
    try:
        for t_ms in range(0, end_ms, WATCH_EVERY_MS):
            while block_ms + BLOCK_MS <= t_ms:
                watcher.hear(sounds.block(block_ms), block_ms)
                block_ms += BLOCK_MS
            picture, number = actor.frame(t_ms)
            if number != last:
                last = number
                told += [(t_ms, f) for f in watcher.feed(picture, follower.look(picture, t_ms), t_ms)]
            while pending and pending[0][0] <= t_ms:
                at, verb, values = pending.pop(0)
                told += [(at, f) for f in getattr(desk, verb)(*values, at) or []]
            if t_ms >= second_ms:
                second_ms += SECOND_MS
                told += [(t_ms, f) for f in desk.front(*windows.front(_window(session, t_ms)), t_ms)]
    finally:
        follower.close()
    return Played(session, told + [(end_ms, f) for f in watcher.finish() + desk.finish()])


def _window(session: Session, t_ms: int) -> tuple[str, str] | None:
    """Application and title of what is in front of the exam; None: nothing."""
    act = next((a for a in session.acts if a.does == "window" and a.from_ms <= t_ms < a.to_ms), None)
    return None if act is None else (str(act.values.get("app", "")), str(act.values.get("title", "")))


def _signals(session: Session) -> list[tuple[int, str, tuple[Any, ...]]]:
    """(when, the desk watcher's verb, its arguments) of all that happens at the computer."""
    found: list[tuple[int, str, tuple[Any, ...]]] = []
    for act in session.acts:
        found += _of(act)
    return found


def _of(act: Act) -> list[tuple[int, str, tuple[Any, ...]]]:
    at, values = act.from_ms, act.values
    if act.does == "screens":
        return [(at, "screens", (int(values.get("count", 2)), ["screen-2"]))]
    if act.does == "camera":
        return [(at, "camera", (str(values["name"]), str(values["origin"]), bool(values.get("replaced", True))))]
    if act.does == "clipboard":
        return [(at, "clipboard", (int(values["letters"]),))]
    if act.does == "pastes":
        return [(at, "answer", (str(values["question"]), int(values["letters"])))]
    if act.does == "types":
        # a revision a second at the latest, as the window sends them
        rate, length = float(values.get("rate", 6)), (act.to_ms - at) // SECOND_MS
        return [
            (at + k * SECOND_MS, "answer", (str(values["question"]), round(k * rate))) for k in range(1, length + 1)
        ]
    if act.does == "answers":
        count = int(values["count"])
        step = (act.to_ms - at) // count
        return [(at + k * step, "answer", (f"{values.get('from', 'q')}{k}", None)) for k in range(count)]
    if act.does == "hint":
        return [(at, "hints", ({str(values["what"]): (str(values.get("word", "yes")), "planted")},))]
    return []
