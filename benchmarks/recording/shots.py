"""What the leading open screen proctoring does: a grey 4-bit PNG of the screen every few seconds.

    python -m benchmarks.recording.shots --every 5

prints the size of each picture in bytes, a line each, until SIGTERM.
"""

from __future__ import annotations

import argparse
import signal
import struct
import threading
import zlib

import cv2
import mss
import numpy as np
from numpy.typing import NDArray

COMPRESSION = 6  # zlib's own choice


def grey_png(bgra: NDArray[np.uint8]) -> bytes:
    """PNG with 16 shades of grey, two pixels a byte."""
    grey = cv2.cvtColor(bgra, cv2.COLOR_BGRA2GRAY)
    height, width = grey.shape
    shades = np.asarray(grey, dtype=np.uint8) >> 4
    rows = np.zeros((height, width // 2 + 1), np.uint8)  # the first byte of a row: no filter
    rows[:, 1:] = shades[:, 0::2] << 4 | shades[:, 1::2]
    head = struct.pack(">IIBBBBB", width, height, 4, 0, 0, 0, 0)
    data = zlib.compress(rows.tobytes(), COMPRESSION)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def main() -> int:
    parser = argparse.ArgumentParser(description="Grey screenshots for the recording benchmark.")
    parser.add_argument("--every", type=float, default=5.0)
    options = parser.parse_args()
    told = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: told.set())
    with mss.MSS() as shooter:
        while not told.wait(options.every):
            shot = shooter.grab(shooter.monitors[1])
            pixels = np.frombuffer(shot.raw, np.uint8).reshape(shot.height, shot.width, 4)
            print(len(grey_png(pixels)), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
