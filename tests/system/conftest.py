"""A private bus with a desktop on it, an X server of our own, and a watch that writes down what it tells."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest


class Desktop:
    """The services of ``fake_desktop`` on a bus of their own."""

    def __init__(self) -> None:
        self._bus = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self._bus.stdout is not None
        self.address = self._bus.stdout.readline().strip()
        self._services = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("fake_desktop.py")), self.address],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._said: queue.SimpleQueue[str] = queue.SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()
        self.expect("ready")

    def _read(self) -> None:
        assert self._services.stdout is not None
        for line in self._services.stdout:
            self._said.put(line.strip())

    def expect(self, line: str) -> None:
        assert self.line() == line

    def line(self) -> str:
        """The next thing it says."""
        return self._said.get(timeout=10)

    def order(self, *words: str) -> None:
        assert self._services.stdin is not None
        print(*words, file=self._services.stdin, flush=True)
        self.expect("done")

    def end_bus(self) -> None:
        self._bus.terminate()
        self._bus.wait(5)

    def close(self) -> None:
        for process in (self._services, self._bus):
            process.terminate()
            process.wait(5)
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desktop]:
    made = Desktop()
    for name in ("DBUS_SYSTEM_BUS_ADDRESS", "DBUS_SESSION_BUS_ADDRESS"):
        monkeypatch.setenv(name, made.address)
    monkeypatch.delenv("XDG_SESSION_ID", raising=False)
    yield made
    made.close()


@pytest.fixture
def no_desktop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A computer without bus and X server."""
    for name in ("DBUS_SYSTEM_BUS_ADDRESS", "DBUS_SESSION_BUS_ADDRESS"):
        monkeypatch.setenv(name, f"unix:path={tmp_path}/no-bus")
    monkeypatch.delenv("DISPLAY", raising=False)


@pytest.fixture
def x_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "320x240x24", "-noreset", "-nolisten", "tcp"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert server.stdout is not None
    name = ":" + server.stdout.readline().strip()
    monkeypatch.setenv("DISPLAY", name)
    yield name
    server.terminate()
    server.wait(5)
    server.stdout.close()


def set_saver(seconds: int) -> None:
    """After so many seconds without a key the X server's screen saver comes."""
    subprocess.run(["xset", "s", str(seconds), str(seconds)], env=os.environ, check=True, capture_output=True)


class Heard:
    """A watch's ``tell``."""

    def __init__(self) -> None:
        self.all: list[tuple[str, int, dict[str, Any]]] = []
        self._queue: queue.SimpleQueue[tuple[str, int, dict[str, Any]]] = queue.SimpleQueue()

    def __call__(self, name: str, at_ms: int, data: Mapping[str, Any]) -> None:
        self.all.append((name, at_ms, dict(data)))
        self._queue.put(self.all[-1])

    def next(self) -> tuple[str, int, dict[str, Any]]:
        """The next thing told that was not asked for before; waits for it."""
        return self._queue.get(timeout=10)

    @property
    def names(self) -> list[str]:
        return [name for name, _, _ in self.all]


@pytest.fixture
def heard() -> Heard:
    return Heard()
