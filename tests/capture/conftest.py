"""Devices for the tests of capture: an X server, a sound server, a camera on loopback."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from .mjpeg import MjpegCamera


class Display:
    """An X server of our own with a window one can draw into; ``without``: extensions it shall not have."""

    def __init__(self, size: str = "1280x720", depth: int = 24, without: Sequence[str] = ()) -> None:
        less = [word for name in without for word in ("-extension", name)]
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", "1", "-screen", "0", f"{size}x{depth}", "-noreset", "-nolisten", "tcp", *less],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._server.stdout is not None
        self.name = ":" + self._server.stdout.readline().decode().strip()
        self._painter: subprocess.Popen[str] | None = None

    def run(self, *words: str) -> None:
        subprocess.run(words, env={**os.environ, "DISPLAY": self.name}, check=True, capture_output=True)

    def draw(self, x: int, y: int, width: int, height: int, colour: int) -> None:
        """Returns when the X server has drawn it."""
        if self._painter is None:
            self._painter = subprocess.Popen(
                [sys.executable, str(Path(__file__).with_name("painter.py"))],
                env={**os.environ, "DISPLAY": self.name},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            assert self._painter.stdout is not None and self._painter.stdout.readline() == "ready\n"
        assert self._painter.stdin is not None and self._painter.stdout is not None
        self._painter.stdin.write(f"{x} {y} {width} {height} {colour}\n")
        self._painter.stdin.flush()
        assert self._painter.stdout.readline() == "drawn\n"

    def monitor(self, name: str, width: int, height: int, x: int = 0, y: int = 0, output: str = "none") -> None:
        """Have a monitor there; with the output "screen" in place of the one that is the whole desktop."""
        self.run("xrandr", "--setmonitor", name, f"{width}/160x{height}/180+{x}+{y}", output)

    def unplug(self, name: str) -> None:
        self.run("xrandr", "--delmonitor", name)

    def close(self) -> None:
        if self._painter is not None:
            assert self._painter.stdin is not None and self._painter.stdout is not None
            self._painter.stdin.close()
            self._painter.stdout.close()
            self._painter.wait(5)
        self._server.terminate()
        self._server.wait(5)
        assert self._server.stdout is not None
        self._server.stdout.close()


@pytest.fixture
def display(monkeypatch: pytest.MonkeyPatch) -> Iterator[Display]:
    shown = Display()
    monkeypatch.setenv("DISPLAY", shown.name)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("XDG_SESSION_TYPE", raising=False)
    yield shown
    shown.close()


@pytest.fixture
def camera() -> Iterator[MjpegCamera]:
    served = MjpegCamera()
    yield served
    served.close()


class SoundServer:
    """PulseAudio with one virtual microphone, "mic", fed by the null sink "mic_in"."""

    CONFIG = """load-module module-native-protocol-unix auth-anonymous=1 socket={folder}/native
load-module module-null-sink sink_name=mic_in rate=48000 channels=1
load-module module-virtual-source source_name=mic master=mic_in.monitor
set-default-source mic
"""

    def __init__(self, folder: Path) -> None:
        config = folder / "default.pa"
        config.write_text(self.CONFIG.format(folder=folder))
        self.address = f"unix:{folder}/native"
        self._server = subprocess.Popen(
            ["pulseaudio", "-n", "-F", str(config), "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"],
            env={**os.environ, "XDG_RUNTIME_DIR": str(folder), "HOME": str(folder)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 15
        while not (folder / "native").exists() or self.ask("info").returncode:
            assert time.monotonic() < deadline, "PulseAudio does not start"
            time.sleep(0.05)

    def ask(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        environment = {**os.environ, "PULSE_SERVER": self.address}
        return subprocess.run(["pactl", *words], env=environment, capture_output=True, check=False)

    def mute(self, on: bool) -> None:
        assert self.ask("set-source-mute", "mic", str(int(on))).returncode == 0

    def play(self, file: Path) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "PULSE_SERVER": self.address}
        return subprocess.Popen(["paplay", "--device=mic_in", str(file)], env=environment)

    def close(self) -> None:
        self._server.terminate()
        self._server.wait(5)


@pytest.fixture
def sound_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    server = SoundServer(tmp_path)
    monkeypatch.setenv("PULSE_SERVER", server.address)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    yield server
    server.close()
