"""Screens through Qt (QScreenCapture): Wayland, Windows, macOS; on X11 too.

Qt's objects live in the thread of the application, whose event loop must run; the lanes call from their
own threads. Only the newest frame is looked at, when the lane asks for it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QScreen
from PySide6.QtMultimedia import QMediaCaptureSession, QScreenCapture, QVideoFrame, QVideoFrameFormat, QVideoSink

from client.capture.source import Pixels, Reading, ScreenInfo
from client.capture.tiles import TilePicture
from client.clock import Clock
from client.errors import CaptureError, ScreenMissing, ScreenNotShown

_FIRST_FRAME_NS = 8_000_000_000  # Wayland's portal asks the person first
_DIRECT = {QVideoFrameFormat.PixelFormat.Format_BGRA8888, QVideoFrameFormat.PixelFormat.Format_BGRX8888}


def qt_screens() -> list[ScreenInfo]:
    """All screens, the primary one first. Raises ``ScreenMissing`` without a running QGuiApplication."""
    return [
        ScreenInfo(f"screen-{number}", screen.name(), geometry.x(), geometry.y(), geometry.width(), geometry.height())
        for number, (screen, geometry) in enumerate(((s, s.geometry()) for s in _screens()), 1)
    ]


def _screens() -> list[QScreen]:
    if not isinstance(QGuiApplication.instance(), QGuiApplication):
        raise ScreenMissing("no QGuiApplication")
    return list(QGuiApplication.screens())


class QtScreen:
    """One screen, by its number."""

    def __init__(self, stream: str, clock: Clock) -> None:
        self.stream = stream
        self._clock = clock
        self._grabber: _Grabber | None = None
        self._picture: TilePicture | None = None
        self._started_ns = 0
        self._seen = False

    def start(self) -> None:
        number = int(self.stream.rpartition("-")[2])
        screens = _screens()
        if number > len(screens):
            raise ScreenMissing(self.stream)
        self._grabber = _Grabber(screens[number - 1])
        self._started_ns = self._clock.now_ns()
        self._seen = False

    def read(self, wait_s: float) -> Reading | None:
        assert self._grabber is not None
        newest = self._grabber.take()
        if newest is None:
            if not self._seen and self._clock.now_ns() - self._started_ns > _FIRST_FRAME_NS:
                raise ScreenNotShown(self.stream)
            return None
        t_ns, pixels = self._clock.now_ns(), _pixels(newest)
        if pixels is None:
            return None
        height, width = pixels.shape[:2]
        picture = self._picture
        if picture is None or (picture.width, picture.height) != (width & ~1, height & ~1):
            picture = self._picture = TilePicture(width, height)
            self._seen = False
        changed = picture.update(pixels)
        first, self._seen = not self._seen, True
        if not changed and not first:
            return None
        return Reading(t_ns, picture.width, picture.height, changed, picture.tiles)

    def yuv(self) -> Pixels:
        assert self._picture is not None
        return self._picture.yuv

    def bgr(self) -> Pixels | None:
        return self._picture.bgr() if self._picture is not None and self._seen else None

    def stop(self) -> None:
        grabber, self._grabber = self._grabber, None
        if grabber is not None:
            grabber.finish()


class _Grabber:
    """A capture session that lives in the application's thread; hands out its newest frame.

    The frame is fetched, not announced: a signal from Qt's grabbing thread into Python would wait for the
    interpreter while the application's thread, holding it, waits for that thread to end.
    """

    def __init__(self, screen: QScreen) -> None:
        self._screen = screen
        self._failure: CaptureError | None = None
        self._parts: tuple[QMediaCaptureSession, QScreenCapture, QVideoSink] | None = None
        self._last = -1
        _in_application(self._on_begin)

    def take(self) -> QVideoFrame | None:
        """The newest frame; None if it was taken already. Raises what Qt reported."""
        if self._failure is not None:
            raise self._failure
        if self._parts is None:
            return None
        frame = self._parts[2].videoFrame()
        if not frame.isValid() or (frame.startTime() >= 0 and frame.startTime() == self._last):
            return None
        self._last = frame.startTime()
        return frame

    def finish(self) -> None:
        _in_application(self._on_end)

    def _on_begin(self) -> None:
        session, capture, sink = QMediaCaptureSession(), QScreenCapture(), QVideoSink()
        capture.errorOccurred.connect(self._on_error)
        capture.setScreen(self._screen)
        session.setScreenCapture(capture)
        session.setVideoSink(sink)
        capture.setActive(True)
        self._parts = (session, capture, sink)

    def _on_end(self) -> None:
        if self._parts is not None:
            capture = self._parts[1]
            capture.errorOccurred.disconnect(self._on_error)
            capture.setActive(False)
            self._parts = None

    def _on_error(self, error: QScreenCapture.Error, text: str) -> None:
        gone = error == QScreenCapture.Error.NotFound
        self._failure = ScreenMissing(text) if gone else ScreenNotShown(text)


class _Errands(QObject):
    """Runs what other threads ask for in the application's thread. One, for as long as the process lives:
    a QObject that another thread lets go of would be deleted under Qt's feet."""

    asked = Signal(object)

    def run(self, errand: Callable[[], None]) -> None:
        errand()


_errands: _Errands | None = None
_errands_lock = threading.Lock()


def _in_application(errand: Callable[[], None]) -> None:
    global _errands
    application = QGuiApplication.instance()
    if application is None:
        raise ScreenMissing("no QGuiApplication")
    with _errands_lock:
        if _errands is None:
            _errands = _Errands()
            _errands.moveToThread(application.thread())
            _errands.asked.connect(_errands.run, Qt.ConnectionType.QueuedConnection)
    _errands.asked.emit(errand)


def _pixels(frame: QVideoFrame) -> Pixels | None:
    """Height x width x 4 in the order B G R x; None for an empty frame."""
    if frame.pixelFormat() in _DIRECT and frame.map(QVideoFrame.MapMode.ReadOnly):
        try:
            line = frame.bytesPerLine(0)
            rows = np.frombuffer(frame.bits(0), np.uint8)[: line * frame.height()]
            return rows.reshape(frame.height(), line // 4, 4)[:, : frame.width()].copy()
        finally:
            frame.unmap()
    image = frame.toImage().convertToFormat(QImage.Format.Format_RGB32)
    if image.isNull():
        return None
    rows = np.frombuffer(image.constBits(), np.uint8)
    return rows.reshape(image.height(), image.bytesPerLine() // 4, 4)[:, : image.width()].copy()
