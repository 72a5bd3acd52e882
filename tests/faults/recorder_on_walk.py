"""A recorder process whose capture makes media that the institution can open, and whose wall clock can be set:
``python recorder_on_walk.py DATA SERVER VERIFYING_KEY``.

``DATA-cuts.jsonl`` gets what was captured, before anybody seals it, and where each stream began; ``DATA/clock`` holds
by how many ms the computer's clock was set wrong.
"""

from __future__ import annotations

import json
import logging
import os
import struct
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fake_capture import FakeCapture, _Lane
from fake_window import fake_workshop

from client import clock as clocks
from client.capture.fragments import Packet, fragment
from client.capture.source import SOUND, Next, PartInfo, SegmentInfo
from client.engine.engine import Engine
from client.pipe import Pipe, standard_streams

FRAMES, FRAME_BYTES = 4, int(os.environ.get("SENIM_FRAME_BYTES", "700"))
SEGMENT_MS = int(os.environ.get("SENIM_SEGMENT_MS", "400"))  # in life 4000
DATA = Path(sys.argv[1])
CUTS = DATA.with_name(f"{DATA.name}-cuts.jsonl")  # beside the disk that can be full


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def init_segment(sound: bool) -> bytes:
    """As much of ``ftyp`` and ``moov`` as a reader needs, with some bytes that no other part has."""
    entry = box(b"Opus", bytes(28)) if sound else box(b"av01", bytes(24) + struct.pack(">HH", 160, 120) + bytes(50))
    stbl = box(b"stbl", box(b"stsd", struct.pack(">II", 0, 1) + entry))
    hdlr = box(b"hdlr", bytes(8) + (b"soun" if sound else b"vide") + bytes(13))
    mdhd = box(b"mdhd", bytes(12) + struct.pack(">I", 1000) + bytes(8))
    trak = box(b"trak", box(b"mdia", mdhd + hdlr + box(b"minf", stbl)))
    mvex = box(b"mvex", box(b"trex", bytes(24)))
    return box(b"ftyp", b"iso5" + bytes(4)) + box(b"moov", trak + mvex) + box(b"free", os.urandom(16))


class MediaLane(_Lane):
    """One stream's segments, end to end without a gap."""

    _noting = threading.Lock()

    def run(self) -> None:
        origin = start = self._clock.now_ms()
        sound = self._stream == SOUND
        media, self._init = ("audio/mp4" if sound else "video/mp4"), init_segment(sound)
        self._sink.part(PartInfo(self._stream, self._part, origin, 1000, media, 160, 120, 10, self._init, "start"))
        self._note(origin, origin)
        first = True
        while True:
            ended = self._stopping.wait(SEGMENT_MS / 1000)
            end = self._until if ended else self._clock.now_ms()
            if end - start >= FRAMES:
                step = (end - start) // FRAMES
                pts = [start - origin + step * n for n in range(FRAMES)]
                packets = [Packet(at, sound or (first and n == 0), os.urandom(FRAME_BYTES)) for n, at in enumerate(pts)]
                head = self._init if first else b""
                body = head + fragment(self._index + 1, packets, end - origin)
                keys = (pts[0],) if first and not sound else ()
                self._note(start, end)
                self._sink.segment(SegmentInfo(
                    self._stream, self._part, self._index, start - origin, end - origin, start, end,
                    frames=FRAMES, keys=keys, changed=0.1, init=len(head), body=body,
                ))  # fmt: skip
                self._index, start, first = self._index + 1, end, False
            if ended:
                return

    def _note(self, start: int, end: int) -> None:
        with self._noting, CUTS.open("a") as file:
            file.write(json.dumps([self._stream, self._part, start, end]) + "\n")


class MediaCapture(FakeCapture):
    def begin_recording(self, following: Mapping[str, Next] | None = None) -> None:
        for stream in self._states:
            self._lanes[stream] = MediaLane(stream, self.clock, self.sink, (following or {}).get(stream, Next()))
            self._lanes[stream].start()


def set_wrong(wall: Any) -> int:
    """The computer's clock, as wrong as it was set."""
    file = DATA / "clock"
    return int(wall()) + (int(file.read_text()) if file.exists() else 0)


def main() -> None:
    reading, writing = standard_streams()
    DATA.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(level=logging.INFO, filename=DATA / "recorder.log")
    wall = clocks.unix_now_ms
    vars(clocks)["unix_now_ms"] = lambda: set_wrong(wall)
    captures: list[FakeCapture] = []
    pipe = Pipe(reading, writing)
    workshop = fake_workshop(DATA, sys.argv[2], sys.argv[3], captures, capture=MediaCapture)
    engine = Engine(workshop, pipe)
    pipe.start(engine.receive, engine.window_lost)
    engine.start()
    engine.wait()
    pipe.close()


if __name__ == "__main__":
    main()
