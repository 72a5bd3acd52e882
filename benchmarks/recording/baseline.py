"""What the recorder is measured against: ffmpeg with its usual settings, and grey screenshots."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import av

from benchmarks.recording import processes
from simulation.tools import end, program

SIZE = "1920x1080"
SHOT_EVERY_S = 5.0


def commands(display: str, camera: str, folder: Path) -> dict[str, list[str]]:
    """The two ffmpeg command lines: screen; camera and sound."""
    common = ["ffmpeg", "-nostdin", "-loglevel", "error", "-y"]
    x264 = ["-c:v", "libx264", "-preset", "veryfast", "-threads", "1", "-pix_fmt", "yuv420p"]
    screen = ["-f", "x11grab", "-framerate", "10", "-video_size", SIZE, "-i", display]
    both = ["-f", "mpjpeg", "-use_wallclock_as_timestamps", "1", "-i", camera, "-f", "pulse", "-i", "mic"]
    opus = ["-c:a", "libopus", "-b:a", "24k"]
    return {
        "screen": [*common, *screen, *x264, str(folder / "screen.mkv")],
        "camera and sound": [*common, *both, "-r", "10", *x264, *opus, str(folder / "camera.mkv")],
    }


@dataclass(frozen=True)
class Sizes:
    """Bytes of media in a stretch of time. ``frames``: how many pictures of screen and camera they hold."""

    screen: float
    camera: float
    sound: float
    frames: tuple[int, int] = (0, 0)

    @property
    def total(self) -> float:
        return self.screen + self.camera + self.sound


class Baseline:
    """Both ffmpeg processes, from ``start`` to ``stop``."""

    def __init__(self, folder: Path, display: str, camera: str) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self._commands = commands(display, camera, folder)
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._started = 0.0

    @property
    def lines(self) -> list[str]:
        """As one would type them."""
        return [shlex.join(command) for command in self._commands.values()]

    def start(self) -> None:
        self._started = time.monotonic()
        for name, command in self._commands.items():
            log = (self._folder / f"{name}.log").open("wb")
            self._running[name] = subprocess.Popen([program(command[0]), *command[1:]], stdout=log, stderr=log)

    def usage(self) -> dict[str, float]:
        """Processor seconds by command so far. Raises ``FileNotFoundError`` if one has ended."""
        return {name: processes.usage(process.pid).total for name, process in self._running.items()}

    def rss_mb(self) -> float:
        return sum(processes.rss_mb(process.pid) for process in self._running.values())

    def stop(self) -> None:
        for process in self._running.values():
            end(process, 20)  # SIGTERM: the files are finished properly

    def sizes(self, begin: float, until: float) -> Sizes:
        """Bytes of packets between two moments of ``time.monotonic``."""
        first, last = begin - self._started, until - self._started
        screen = _packets(self._folder / "screen.mkv", first, last)
        camera = _packets(self._folder / "camera.mkv", first, last)
        frames = len(screen["video"]), len(camera["video"])
        return Sizes(sum(screen["video"]), sum(camera["video"]), sum(camera["audio"]), frames)


def _packets(file: Path, first: float, last: float) -> dict[str, list[int]]:
    """Sizes of packets by kind of stream with stamps in first..last, seconds from the file's first packet."""
    found: dict[str, list[int]] = {"video": [], "audio": []}
    origin: float | None = None
    with av.open(str(file)) as container:
        for packet in container.demux():
            if packet.pts is None or packet.time_base is None:
                continue
            at = float(packet.pts * packet.time_base)
            origin = at if origin is None else origin
            if first <= at - origin < last:
                found[packet.stream.type].append(packet.size)
    return found


class Screenshots:
    """Grey 4-bit PNGs in a process of their own; it prints what they took when it is told to end."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "benchmarks.recording.shots", "--every", str(SHOT_EVERY_S)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ})

    def usage(self) -> float:
        assert self._process is not None
        return processes.usage(self._process.pid).total

    def stop(self) -> list[int]:
        """Bytes of each picture."""
        assert self._process is not None
        self._process.terminate()
        said, _ = self._process.communicate(timeout=20)
        return [int(line) for line in said.decode().split()]
