"""The track's pictures while somebody has them on a board, and while nobody has."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from typing import Any, cast

import numpy as np
import pytest

from client.capture.source import SourceState
from client.clock import Clock, SessionClock
from client.engine import observer
from client.engine.observer import Observer
from client.engine.workshop import CaptureLike


class Frame:
    bgr = np.zeros((90, 160, 3), np.uint8)
    t_ms = 0


class Capture:
    def states(self) -> dict[str, SourceState]:
        return {"screen-1": SourceState.RUNNING, "camera": SourceState.RUNNING}

    def changed(self, _stream: str) -> float:
        return 0.0

    def sound_level(self) -> float:
        return 0.0

    def latest(self, _source: str) -> Frame:
        return Frame()


@pytest.fixture
def taken() -> Iterator[tuple[Observer, list[str]]]:
    """Its lines in short: a picture's stream, or ``send``."""
    done: list[str] = []

    def track(line: Mapping[str, Any]) -> None:
        if "thumb" in line:
            done.append(str(line["thumb"]))

    yield Observer(
        cast(CaptureLike, Capture()), cast(Clock, None), track=track, send=lambda: done.append("send"),
        fields=dict, preview=lambda _: None,
    ), done  # fmt: skip


def seconds(watcher: Observer, start: int, end: int) -> None:
    for second in range(start, end):
        watcher._write_track(second * 1000)


def test_nobody_looks_and_pictures_are_kept_every_ten_seconds(taken: tuple[Observer, list[str]]) -> None:
    watcher, done = taken
    seconds(watcher, 0, 30)
    assert done == ["screen-1", "camera"] * 3 and observer.THUMB_EVERY_MS == 10_000


def test_somebody_looks_and_each_picture_is_sent_at_once(taken: tuple[Observer, list[str]]) -> None:
    watcher, done = taken
    seconds(watcher, 0, 8)
    watcher.watched = True
    seconds(watcher, 8, 20)
    assert done == ["screen-1", "camera", *["screen-1", "camera", "send"] * 2]
    watcher.watched = False
    del done[:]
    seconds(watcher, 20, 31)
    assert done == ["screen-1", "camera"], "as before"


def test_one_second_s_trouble_does_not_end_the_looking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(observer, "TRACK_EVERY_MS", 20)
    lines, enough, seconds_told = list[object](), threading.Event(), 0

    def fields() -> dict[str, object]:
        nonlocal seconds_told
        seconds_told += 1
        if seconds_told == 2:
            raise ValueError("a title that cannot be written down")
        return {}

    def track(line: Mapping[str, Any]) -> None:
        lines.append(line)
        if seconds_told > 2:
            enough.set()

    watcher = Observer(
        cast(CaptureLike, Capture()), SessionClock(), track=track, send=lambda: None, fields=fields,
        preview=lambda _: None,
    )  # fmt: skip
    watcher.start()
    watcher.begin_track()
    assert enough.wait(20)
    watcher.stop()
