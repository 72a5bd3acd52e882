"""A short run of the exam screen without an X server: its log, as the window would have written it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from benchmarks.recording.drawing import ExamPicture
from benchmarks.recording.script import SCRIPTS

TICK_NS = 16_000_000
BEGAN_NS = 5_000_000_000


@pytest.fixture
def played(qtbot: QtBot, tmp_path: Path) -> Path:
    """The log of twelve seconds of the script "exam", drawn tick by tick."""
    file, picture, events = tmp_path / "screen.log", ExamPicture(), SCRIPTS["exam"]()
    waiting, done, rows = next(events), 0, []
    for tick in range(12_000_000_000 // TICK_NS):
        now = tick * TICK_NS
        if waiting.at * 1e9 > now:
            continue
        places = []
        while waiting.at * 1e9 <= now:
            places.append(picture.apply(waiting))
            done += 1
            waiting = next(events)
        picture.paint([place for place in places if not place.isEmpty()])
        x, y = picture.pointer
        rows.append(f"{BEGAN_NS + now} {BEGAN_NS + now + 3_000_000} {done} {x} {y} {picture.mark()}\n")
    file.write_text("".join(rows) + '{"late_ms": [[5000000000, 0.5], [9000000000, 2.5]]}\n', encoding="ascii")
    return file
