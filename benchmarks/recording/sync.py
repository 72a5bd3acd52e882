"""Phase "sync": do picture and sound of the recording stand together? Flashes and beeps against the same clock."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from benchmarks.recording.drawing import FLASH
from benchmarks.recording.hall import Hall, replay_log, say
from benchmarks.recording.measures import Luma
from benchmarks.recording.replay import ScreenLog
from benchmarks.recording.script import SCRIPTS
from benchmarks.recording.sound import Beeper, beeps_in, offsets_ms

SECONDS = 45.0
BEEP_EVERY_S = 2.3
SLOT_MS = 100.0  # the screen is looked at so often: a picture may be that much younger than the change it shows
DARK = 100


@dataclass
class Sync:
    """Milliseconds by which the recording puts things later than they were."""

    sound: list[float] = field(default_factory=list)
    picture: list[float] = field(default_factory=list)

    @property
    def offset(self) -> float | None:
        if not self.sound or not self.picture:
            return None
        return abs(float(np.median(self.sound)) - float(np.median(self.picture)))


def measure(hall: Hall) -> Sync:
    beeper = Beeper(hall.folder, BEEP_EVERY_S)
    with hall.show("flashes") as log, hall.product(judges=False) as product:
        beeper.start()
        say(f"flashes and beeps for {SECONDS:.0f} s")
        time.sleep(SECONDS)
        product.hand_in()
        beeper.stop()
        origin = product.origin_ns()
        session = hall.opened(product)
    recorded = [origin + round(ms * 1e6) for ms in beeps_in(session.sound())]
    sync = Sync([offset for _, offset in offsets_ms(recorded, beeper.heard_ns)])
    frames = ((origin + round(ms * 1e6), picture) for ms, picture in session.pictures("screen-1"))
    sync.picture = picture_offsets(flash_times(replay_log(log)), list(flashes_seen(frames)))
    return sync


def flash_times(log: ScreenLog) -> list[tuple[int, int]]:
    """(before, after) in raw ns: the flash appeared between them."""
    found, events = [], SCRIPTS["flashes"]()
    done = 0
    for step in log.steps:
        while done < step.events:
            event = next(events)
            done += 1
            if event.kind == "flash" and event.value:
                found.append((step.before, step.after))
    return found


def flashes_seen(frames: Iterator[tuple[int, Luma]]) -> Iterator[int]:
    """Stamps of frames that are the first to show a flash."""
    area = np.s_[FLASH.top() + 20 : FLASH.bottom() - 20, FLASH.left() + 20 : FLASH.right() - 20]
    before = True  # a recording may begin within one
    for t_ns, picture in frames:
        dark = float(picture[area].mean()) < DARK
        if dark and not before:
            yield t_ns
        before = dark


def picture_offsets(true: list[tuple[int, int]], seen: list[int]) -> list[float]:
    """Of each flash: how far its picture's stamp lies outside the time in which it had to be taken; early < 0."""
    found = []
    for t_ns in seen:
        begun = [(before, after) for before, after in true if abs(t_ns - before) < 1e9]
        if begun:
            before, after = begun[0]
            late = max(0.0, (t_ns - after) / 1e6 - SLOT_MS)
            found.append(late if late else min(0.0, (t_ns - before) / 1e6))
    return found


def figures(sync: Sync) -> dict[str, float | None]:
    return {"av_offset_ms": sync.offset}


def details(sync: Sync) -> list[str]:
    lines = []
    for name, values in (("sound", sync.sound), ("picture", sync.picture)):
        if values:
            low, middle, high = np.percentile(values, [5, 50, 95])
            lines.append(
                f"{name}: {len(values)} recorded, later than true by {middle:.1f} ms ({low:.1f} to {high:.1f})"
            )
    return lines
