"""What the check before the exam took of memory is given back when the exam runs."""

from __future__ import annotations

import ctypes
import sys
from typing import Any

import pytest

from client.capture import memory, recorder
from client.capture.recorder import Capture
from client.capture.settings import CaptureSettings
from client.clock import ManualClock

from .fakes import Kept, wait_for


class NoScreens:
    def screens(self) -> list[Any]:
        return []

    def source(self, screen: Any, clock: Any) -> Any:
        raise AssertionError("there is none")

    def close(self) -> None: ...


def test_memory_is_given_back_once_and_not_before_the_exam_has_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(recorder, "_LOOK_FOR_SCREENS_S", 0.01)
    monkeypatch.setattr(recorder, "give_back", lambda: asked.append(1))
    monkeypatch.setattr(Capture, "_arrange", lambda self, found: [])
    looks: list[int] = []
    clock = ManualClock()
    capture = Capture(clock, CaptureSettings(), Kept(), NoScreens())

    def find() -> list[Any]:
        looks.append(1)
        return []

    monkeypatch.setattr(capture, "_find_screens", find)
    capture.open(None, None)
    capture.begin_recording()
    before = len(looks)
    wait_for(lambda: len(looks) > before + 3)
    assert asked == []
    clock.advance(21)
    wait_for(lambda: asked)
    after = len(looks)
    wait_for(lambda: len(looks) > after + 3)
    capture.close()
    assert asked == [1]


def test_only_glibc_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert memory.give_back() in {True, False}
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: object())
    assert memory.give_back() is False
    monkeypatch.setattr(sys, "platform", "win32")
    assert memory.give_back() is False
