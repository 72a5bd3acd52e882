"""Recordings to be killed: ``python recording_of_tests.py ROOT IDENTITY``.

Each line NAME on standard input starts a process that records a screen, a camera and a microphone of our own
making into ROOT/NAME until it is killed. Libraries are loaded once, in the parent, so that each start is quick.
Lines on standard output: ``pid NAME PID``, ``cut NAME STREAM INDEX`` when a segment is handed to the writer,
``sealed NAME STREAM INDEX`` when the ledger lists it, ``dead NAME``.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from capture.fakes import FakePictures, FakeSound
from spool_parts import Spooling

from client.capture.camera_lane import CameraLane
from client.capture.screen_lane import ScreenLane
from client.capture.settings import CaptureSettings
from client.capture.sound_lane import SoundLane
from client.capture.source import Next
from client.engine.sink import SpoolSink
from evidence.age import parse_identity

SETTINGS = CaptureSettings(segment_s=0.25, screen_heartbeat_s=0.2, camera_key_s=1.0)


class Telling:
    """The writer, and a word about each segment on its way."""

    def __init__(self, writer: Any, name: str) -> None:
        self._writer, self._name = writer, name
        self._cut: Counter[str] = Counter()
        self.line, self.event = writer.line, writer.event

    def segment(self, fields: Any, media: str, body: bytes, init: int) -> None:
        stream = fields["stream"]
        index, self._cut[stream] = self._cut[stream], self._cut[stream] + 1
        say("cut", self._name, stream, index)
        self._writer.segment(fields, media, body, init, lambda: say("sealed", self._name, stream, index))


def say(*words: object) -> None:
    """One line, whole even if several threads and processes speak."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def record(root: Path, identity: str, name: str) -> None:
    """Until killed."""
    spooling = Spooling(root / name, identity=parse_identity(identity))
    sink = SpoolSink(lambda *_state: None, lambda _level: None)
    sink.record(Telling(spooling.writer, name))  # as much of a writer as the sink uses
    clock = spooling.clock
    lanes = [
        ScreenLane(FakePictures("screen-1", clock, (160, 120)), clock, SETTINGS, sink),
        CameraLane(FakePictures("camera", clock, (160, 120)), clock, SETTINGS, sink),
        SoundLane(FakeSound(clock), clock, SETTINGS, sink),
    ]
    for lane in lanes:
        lane.begin(Next(part=1))
        lane.start()
    for lane in lanes:
        lane.join()


def main() -> None:
    root, identity = Path(sys.argv[1]), sys.argv[2]
    for line in sys.stdin:
        name = line.strip()
        process = os.fork()
        if process == 0:
            record(root, identity, name)
            os._exit(0)
        say("pid", name, process)
        os.waitpid(process, 0)
        say("dead", name)


if __name__ == "__main__":
    main()
