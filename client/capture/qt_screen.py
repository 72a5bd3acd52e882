"""Screens through Qt (QScreenCapture): Wayland, Windows, macOS; on X11 too.

Qt's objects live in the thread of the application, whose event loop must run; the lanes call from their
own threads. Only the newest frame is kept, and looked at when the lane asks for it.
"""

from __future__ import annotations

import threading

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
        self._grabber = _Grabber(screens[number - 1], self._clock)
        self._started_ns = self._clock.now_ns()
        self._seen = False

    def read(self, wait_s: float) -> Reading | None:
        assert self._grabber is not None
        newest = self._grabber.take()
        if newest is None:
            if not self._seen and self._clock.now_ns() - self._started_ns > _FIRST_FRAME_NS:
                raise ScreenNotShown(self.stream)
            return None
        t_ns, frame = newest
        pixels = _pixels(frame)
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


class _Grabber(QObject):
    """Owns the capture session in the application's thread; hands out its newest frame."""

    _begin = Signal()
    _end = Signal()

    def __init__(self, screen: QScreen, clock: Clock) -> None:
        super().__init__()
        self._screen, self._clock = screen, clock
        self._lock = threading.Lock()
        self._newest: tuple[int, QVideoFrame] | None = None
        self._failure: CaptureError | None = None
        self._session: QMediaCaptureSession | None = None
        self._capture: QScreenCapture | None = None
        self._sink: QVideoSink | None = None
        application = QGuiApplication.instance()
        assert application is not None
        self.moveToThread(application.thread())
        self._begin.connect(self._on_begin, Qt.ConnectionType.QueuedConnection)
        self._end.connect(self._on_end, Qt.ConnectionType.QueuedConnection)
        self._begin.emit()

    def take(self) -> tuple[int, QVideoFrame] | None:
        """The newest frame not taken yet. Raises what Qt reported."""
        with self._lock:
            if self._failure is not None:
                raise self._failure
            taken, self._newest = self._newest, None
            return taken

    def finish(self) -> None:
        self._end.emit()

    def _on_begin(self) -> None:
        self._sink, self._capture, self._session = QVideoSink(), QScreenCapture(), QMediaCaptureSession()
        self._sink.videoFrameChanged.connect(self._on_frame, Qt.ConnectionType.DirectConnection)
        self._capture.errorOccurred.connect(self._on_error)
        self._capture.setScreen(self._screen)
        self._session.setScreenCapture(self._capture)
        self._session.setVideoSink(self._sink)
        self._capture.setActive(True)

    def _on_end(self) -> None:
        if self._capture is not None:
            self._capture.setActive(False)
        self._session = self._capture = self._sink = None
        self.deleteLater()

    def _on_frame(self, frame: QVideoFrame) -> None:
        with self._lock:
            self._newest = (self._clock.now_ns(), QVideoFrame(frame))

    def _on_error(self, error: QScreenCapture.Error, text: str) -> None:
        with self._lock:
            gone = error == QScreenCapture.Error.NotFound
            self._failure = ScreenMissing(text) if gone else ScreenNotShown(text)


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
