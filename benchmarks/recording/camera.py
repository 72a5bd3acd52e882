"""The camera of both sides: a fixed sequence of a moving face with a sensor's noise, as MJPEG on this machine.

    python -m benchmarks.recording.camera --log FILE [--fps 10]

prints {"url", "pid"} when it can be read. Each line of the log: the raw clock (ns) at which a picture went out,
and its number in the sequence.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import signal
import threading
from pathlib import Path
from typing import IO

import cv2
import numpy as np

from client.clock import raw_ns
from simulation.camera import CameraServer
from simulation.performer import Performer
from simulation.puppet import Picture, Posture, Puppet

SIZE = (640, 480)
FPS = 10
LENGTH = 150  # pictures until it begins again; motion meets itself there
NOISE_SIGMA = 4.0  # grey levels: an ordinary webcam in a room in the evening; its colours' noise is half of that
JPEG_QUALITY = 88


def clean(number: int, puppet: Puppet) -> Picture:
    """Picture ``number`` of the sequence before the noise, BGR."""
    phase = 2 * math.pi * (number % LENGTH) / LENGTH
    posture = Posture(
        yaw=9 * math.sin(phase) + 2 * math.sin(5 * phase), pitch=4 * math.sin(2 * phase), roll=2 * math.sin(3 * phase),
        blink=1.0 if number % 50 in (20, 21) else 0.0,
        dx=5 * math.sin(2 * phase), dy=3 * math.sin(3 * phase),
    )  # fmt: skip
    return puppet.draw(posture, SIZE)


def noisy(picture: Picture, seed: int) -> Picture:
    """The picture with a sensor's noise: most of it in the brightness, less in each colour."""
    random, (height, width) = np.random.default_rng(seed), picture.shape[:2]
    noise = random.normal(0, NOISE_SIGMA, (height, width, 1)) + random.normal(0, NOISE_SIGMA / 2, (height, width, 3))
    return np.asarray(np.clip(picture + noise, 0, 255), dtype=np.uint8)


class Sequence(Performer):
    """Plays the sequence and writes down when which picture went out."""

    def __init__(self, fps: float, log: IO[str]) -> None:
        super().__init__(SIZE, fps)
        puppet = Puppet.of("astronaut")
        self._pictures = [jpeg(noisy(clean(k, puppet), k)) for k in range(LENGTH)]
        self._log, self._number = log, 0

    def frame(self) -> bytes:
        number, self._number = self._number, (self._number + 1) % LENGTH
        self._log.write(f"{raw_ns()} {number}\n")
        self._log.flush()
        return self._pictures[number]


def sent(log: Path) -> list[tuple[int, int]]:
    """The log: (raw ns, number) of each picture that went out."""
    rows = [line.split() for line in log.read_text(encoding="ascii").splitlines()]
    return [(int(t), int(number)) for t, number in (row for row in rows if len(row) == 2)]


def jpeg(picture: Picture) -> bytes:
    """As the camera sends it."""
    ok, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    if not ok:
        raise RuntimeError("a camera picture could not be encoded")
    return np.asarray(data).tobytes()


def main() -> int:
    parser = argparse.ArgumentParser(description="The camera of the recording benchmark.")
    parser.add_argument("--log", type=Path, required=True)
    parser.add_argument("--fps", type=float, default=FPS)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    with options.log.open("w", encoding="ascii") as log:
        server = CameraServer(0, Sequence(options.fps, log), options.fps)
        signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
        print(json.dumps({"url": f"{server.address}/camera.mjpg", "pid": os.getpid()}), flush=True)
        server.serve_forever(poll_interval=0.2)
        server.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
