"""What watching costs: the judges' own work at the pace of an exam, in shares of a core."""

from __future__ import annotations

import time
from dataclasses import replace

from benchmarks.watching.actor import Actor
from benchmarks.watching.computer import Hand
from benchmarks.watching.script import drawn, scenarios
from benchmarks.watching.sounds import BLOCK_MS, Sounds
from client.engine.desk_duty import DeskDuty
from client.engine.judge import WATCH_EVERY_MS
from client.system import surroundings
from client.system.front import Front
from client.verify.watching import Watcher
from faces.describe import Describer
from faces.detect import FaceAnalyser
from faces.follow import FaceFollower
from faces.template import enrol


def cpu_percent(seconds: float, seed: int) -> float:
    """CPU time of this process over the time on the wall while it watches at 1x; pictures and sound are made before.

    An honest student: rest is what most of an exam is. The models load before the clock starts.
    """
    session = drawn(next(file for file in scenarios() if "honest" in file.name), seed)
    sounds = Sounds(session)
    actor = Actor(replace(session, acts=()), sounds)
    looks = [actor.frame(t_ms)[0] for t_ms in range(0, round(seconds * 1000), WATCH_EVERY_MS)]
    blocks = [sounds.block(t_ms) for t_ms in range(0, round(seconds * 1000), BLOCK_MS)]
    with FaceAnalyser() as analyser:
        describer = Describer()
        template = enrol(actor.still(), analyser, describer)
    watcher, follower, clock = Watcher(template=template, describer=describer), FaceFollower(), Hand()
    duty = DeskDuty(clock, lambda _content, _at_ms: None, (), surroundings.look)
    follower.look(looks[0], -WATCH_EVERY_MS)
    began, used, heard = time.monotonic(), time.process_time(), 0
    for number, picture in enumerate(looks):
        t_ms = number * WATCH_EVERY_MS
        time.sleep(max(0.0, began + t_ms / 1000 - time.monotonic()))
        while heard * BLOCK_MS + BLOCK_MS <= t_ms:
            watcher.hear(blocks[heard], heard * BLOCK_MS)
            heard += 1
        watcher.feed(picture, follower.look(picture, t_ms), t_ms)
        if number % 3 == 0:
            clock.t_ms = t_ms
            duty.second(Front("senim", "Senim", True))
    cost = 100 * (time.process_time() - used) / (time.monotonic() - began)
    follower.close()
    return cost
