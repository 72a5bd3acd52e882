"""A recorder process whose main thread runs Qt, as on Wayland, Windows and macOS: records until told."""

from __future__ import annotations

import io
import json
import sys
import threading
import time
from collections.abc import Callable

import av
from PySide6.QtCore import QMetaObject, Qt
from PySide6.QtGui import QGuiApplication

from client.capture.capture import Capture
from client.capture.choose import QtScreens
from client.capture.settings import CaptureSettings
from client.capture.source import PartInfo, SegmentInfo, SourceState
from client.clock import SessionClock


class Sink:
    def __init__(self) -> None:
        self.segments: list[SegmentInfo] = []
        self.states: list[SourceState] = []

    def part(self, info: PartInfo) -> None: ...

    def segment(self, info: SegmentInfo) -> None:
        self.segments.append(info)

    def event(self, name: str, data: object) -> None: ...

    def gap(self, stream: str, from_ms: int, to_ms: int, cause: str) -> None: ...

    def state(self, stream: str, state: SourceState, problem: object) -> None:
        self.states.append(state)

    def level(self, value: float) -> None: ...


def pixel(capture: Capture) -> list[int]:
    frame = capture.latest("screen-1")
    assert frame is not None
    return [int(value) for value in frame.bgr[300, 400]]


def wait(what: Callable[[], object]) -> None:
    deadline = time.monotonic() + 10
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def sit(application: QGuiApplication) -> None:
    clock, sink = SessionClock(), Sink()
    capture = Capture(clock, CaptureSettings(), sink, QtScreens())
    try:
        capture.open(None, None, None)
        wait(lambda: capture.latest("screen-1"))
        capture.begin_recording()
        time.sleep(0.3)
        before = pixel(capture)
        print("recording", flush=True)
        sys.stdin.readline()
        wait(lambda: pixel(capture) != before)
        time.sleep(0.5)
        told = {"states": {k: v.value for k, v in capture.states().items()}, "colours": [before, pixel(capture)]}
        told["until"] = clock.now_ms()
        told["end"] = capture.stop(told["until"])["screen-1"]
        body = b"".join(s.body for s in sink.segments)
        with av.open(io.BytesIO(body)) as container:
            frames = list(container.decode(container.streams[0]))
        told |= {"decoded": len(frames), "frames": sum(s.frames for s in sink.segments)}
        told["size"] = [frames[0].width, frames[0].height]
        capture.close()
        told["after"] = sink.states[-1].value
        print(json.dumps(told), flush=True)
    finally:
        capture.close()
        # QGuiApplication.quit() called from here would hold the interpreter while it waits for the main thread
        QMetaObject.invokeMethod(application, "quit", Qt.ConnectionType.QueuedConnection)


def main() -> None:
    application = QGuiApplication([])
    sitter = threading.Thread(target=sit, args=(application,))
    sitter.start()
    application.exec()
    sitter.join()


main()
