"""Frames as they arrive from Qt's screen capture, and their pixels."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication, QImage, QScreen
from PySide6.QtMultimedia import QMediaCaptureSession, QScreenCapture, QVideoFrame, QVideoFrameFormat, QVideoSink

from client.capture.qt_desktop import application, leave_errand, screen_named
from client.capture.source import Pixels
from client.clock import Clock
from client.errors import CaptureError, ScreenMissing, ScreenNotShown, ScreenRemoved

_DIRECT = {QVideoFrameFormat.PixelFormat.Format_BGRA8888, QVideoFrameFormat.PixelFormat.Format_BGRX8888}


@dataclass(frozen=True, slots=True)
class Arrived:
    """A frame, when it arrived (session time) and its screen's scale then."""

    t_ns: int
    frame: QVideoFrame
    scale: float


class QtFrames:
    """A capture session that lives in the application's thread; keeps its newest frame for whoever takes it.

    Frames are announced through the application's event queue: a slot that Qt called in its grabbing thread
    would wait there for the interpreter, while the application's thread, holding it, waits for that thread to end.
    """

    def __init__(self, name: str, number: int, clock: Clock) -> None:
        """Begins soon. Raises ``ScreenMissing`` if no QGuiApplication runs."""
        self._name, self._number, self._clock = name, number, clock
        self._failure: CaptureError | None = None
        self._newest: Arrived | None = None
        self._arrived = threading.Event()
        self._session: _Session | None = None
        leave_errand(self._on_begin)

    def take(self, wait_s: float) -> Arrived | None:
        """The newest frame, or None if none came within ``wait_s`` since the last call. Raises what Qt reported."""
        self._arrived.wait(wait_s)
        self._arrived.clear()
        if self._failure is not None:
            raise self._failure
        newest, self._newest = self._newest, None
        return newest

    def finish(self) -> None:
        """Release the screen; harmless when it never began."""
        try:
            leave_errand(self._on_end)
        except ScreenMissing:
            return  # Qt's application is gone, and everything with it

    # ---- in the application's thread ----------------------------------------------------

    def _on_begin(self) -> None:
        screen = screen_named(self._name, self._number)
        if screen is None:
            self.fail(ScreenRemoved(self._name) if QGuiApplication.screens() else ScreenMissing(self._name))
        else:
            self._session = _Session(self, screen)

    def _on_end(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.end()
        self._newest = None

    def keep(self, frame: QVideoFrame, scale: float) -> None:
        self._newest = Arrived(self._clock.now_ns(), frame, scale)
        self._arrived.set()

    def fail(self, problem: CaptureError) -> None:
        self._failure = self._failure or problem
        self._arrived.set()


class _Session(QObject):
    """Qt's parts of one capture; made, used and ended in the application's thread."""

    def __init__(self, frames: QtFrames, screen: QScreen) -> None:
        super().__init__()
        self._frames, self._screen = frames, screen
        self._ending = False
        self._parts = QMediaCaptureSession(), QScreenCapture(), QVideoSink()
        session, capture, sink = self._parts
        queued = Qt.ConnectionType.QueuedConnection
        sink.videoFrameChanged.connect(self.on_frame, queued)
        capture.errorOccurred.connect(self.on_error, queued)
        capture.activeChanged.connect(self.on_active, queued)
        application().screenRemoved.connect(self.on_removed)
        capture.setScreen(screen)
        session.setScreenCapture(capture)
        session.setVideoSink(sink)
        capture.setActive(True)

    def end(self) -> None:
        self._ending = True
        self._parts[2].videoFrameChanged.disconnect(self.on_frame)
        application().screenRemoved.disconnect(self.on_removed)
        self._parts[1].setActive(False)

    @Slot(QVideoFrame)
    def on_frame(self, frame: QVideoFrame) -> None:
        if not self._ending and frame.isValid():
            self._frames.keep(frame, float(self._screen.devicePixelRatio()))

    @Slot(QScreenCapture.Error, str)
    def on_error(self, error: QScreenCapture.Error, text: str) -> None:
        gone = error == QScreenCapture.Error.NotFound
        self._frames.fail(ScreenMissing(text) if gone else ScreenNotShown(text))

    @Slot(bool)
    def on_active(self, active: bool) -> None:
        """The person may end the sharing of a screen at any time (Wayland, macOS)."""
        if not active and not self._ending:
            self._frames.fail(ScreenNotShown("the system ended the capture"))

    @Slot(QScreen)
    def on_removed(self, screen: QScreen) -> None:
        if screen is self._screen:
            self._ending = True  # its scale must not be asked for any more
            others = [other for other in QGuiApplication.screens() if other is not screen]
            self._frames.fail(ScreenRemoved(screen.name()) if others else ScreenMissing(screen.name()))


@contextmanager
def pixels(frame: QVideoFrame) -> Iterator[Pixels | None]:
    """Height x width x 4 in the order B, G, R, unused, valid inside the ``with``; None for an empty frame."""
    if frame.pixelFormat() in _DIRECT and frame.map(QVideoFrame.MapMode.ReadOnly):
        try:
            line = frame.bytesPerLine(0)
            rows = np.frombuffer(frame.bits(0), np.uint8)[: line * frame.height()]
            yield rows.reshape(frame.height(), line // 4, 4)[:, : frame.width()]
        finally:
            frame.unmap()
        return
    image = frame.toImage().convertToFormat(QImage.Format.Format_RGB32)
    if image.isNull():
        yield None
        return
    rows = np.frombuffer(image.constBits(), np.uint8)
    yield rows.reshape(image.height(), image.bytesPerLine() // 4, 4)[:, : image.width()]
