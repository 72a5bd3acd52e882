"""Plays one session before the real watchers, on a clock of its own: only the pictures they look at are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmarks.watching.actor import Actor
from benchmarks.watching.computer import Computer, Told
from benchmarks.watching.script import Session, drawn
from benchmarks.watching.sounds import BLOCK_MS, Sounds
from client.engine.judge import WATCH_EVERY_MS
from client.verify.watching import Watcher
from faces.describe import Describer
from faces.detect import FaceAnalyser
from faces.follow import FaceFollower
from faces.template import enrol


@dataclass(frozen=True)
class Played:
    """``told``: (when, what) of every telling."""

    session: Session
    told: Told


def play(file: Path, seed: int, brief: bool = False) -> Played:
    """All of one session. Twenty minutes of it take about one of a core. Raises ``BadScenario``, ``ScreenFailed``."""
    session = drawn(file, seed, brief)
    with Computer(session) as computer:
        return Played(session, _play(session, computer))


def _play(session: Session, computer: Computer) -> Told:
    sounds = Sounds(session)
    actor = Actor(session, sounds)
    with FaceAnalyser() as analyser:
        describer = Describer()
        template = enrol(actor.still(), analyser, describer)
    follower = FaceFollower()
    watcher = Watcher(template=template, describer=describer)
    told: Told = []
    end_ms, last, block_ms = round(session.minutes * 60_000), -1, 0
    try:
        for t_ms in range(0, end_ms, WATCH_EVERY_MS):
            while block_ms + BLOCK_MS <= t_ms:
                watcher.hear(sounds.block(block_ms), block_ms)
                block_ms += BLOCK_MS
            picture, number = actor.frame(t_ms)
            if number != last:
                last = number
                told += [(t_ms, f) for f in watcher.feed(picture, follower.look(picture, t_ms), t_ms)]
            computer.until(t_ms)
    finally:
        follower.close()
    computer.finish(end_ms)
    return told + computer.told + [(end_ms, f) for f in watcher.finish()]
