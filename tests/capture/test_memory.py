"""What the check before the exam took of memory is given back when the exam runs."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from client.capture import memory
from client.capture.capture import Capture
from client.capture.settings import CaptureSettings
from simulation.manual_clock import ManualClock

from .fakes import Kept, wait_for

ROOT = Path(__file__).parents[2]


class NoScreens:
    def screens(self) -> list[Any]:
        return []

    def source(self, screen: Any, clock: Any) -> Any:
        raise AssertionError("there is none")

    def close(self) -> None: ...


def test_memory_is_given_back_once_and_not_before_the_exam_has_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr("client.capture.capture._LOOK_FOR_SCREENS_S", 0.01)
    monkeypatch.setattr("client.capture.capture.give_back", lambda: asked.append(1))
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


@pytest.mark.parametrize("asked", [memory.give_back, memory.use_few_heaps])
def test_only_glibc_is_asked(asked: Callable[[], bool], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: object())
    assert asked() is False
    monkeypatch.setattr(sys, "platform", "win32")
    assert asked() is False


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there are no such heaps")
def test_all_threads_share_few_heaps() -> None:
    """In a process of its own: glibc keeps to it from then on, and says at the end how many heaps there were."""
    program = """
import ctypes, sys, threading
from client.capture.memory import use_few_heaps
assert not sys.argv[1:] or use_few_heaps()
gate = threading.Barrier(12)
def work():
    gate.wait()
    kept = [bytearray(50_000 + n) for n in range(50)]
    gate.wait()
threads = [threading.Thread(target=work) for _ in range(12)]
for thread in threads: thread.start()
for thread in threads: thread.join()
ctypes.CDLL(None).malloc_stats()
"""

    def heaps(*arguments: str) -> int:
        command = [sys.executable, "-c", program, *arguments]
        told = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True, cwd=ROOT)
        return told.stderr.count("Arena ")

    assert heaps("few") <= 2 < heaps()
