"""A camera through cv2: by device index, or by stream address where the exam's policy allows one."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from client.capture.settings import CaptureSettings
from client.capture.source import CAMERA, Pixels, Reading
from client.clock import Clock
from client.errors import CameraBusy, CameraLost, CameraMissing, CameraNotAllowed

cv2.setNumThreads(1)

_OPEN_TIMEOUT_S = 5.0


class Camera:
    """``device``: "0", "1" ... (an index), or an address with "://".

    A thread of its own reads all pictures, because cv2 hands out seconds-old ones otherwise; only the
    newest is kept. After a time-out or a closed connection cv2's handle never recovers: the thread ends
    and ``start`` opens a new one.
    """

    def __init__(self, device: str, clock: Clock, settings: CaptureSettings) -> None:
        self.stream = CAMERA
        self.device = device
        self._clock, self._settings = clock, settings
        self._reader: _Reader | None = None
        self._newest: tuple[int, Pixels] | None = None
        self._yuv: tuple[int, Pixels] | None = None

    def start(self) -> None:
        if "://" in self.device and not self._settings.stream_cameras:
            raise CameraNotAllowed(self.device)
        self._reader = _Reader(self.device, self._clock, self._settings)
        self._reader.start()

    def read(self, wait_s: float) -> Reading | None:
        assert self._reader is not None
        newest = self._reader.take(wait_s)
        if newest is None:
            self._reader.check()
            return None
        self._newest = newest
        height, width = newest[1].shape[:2]
        return Reading(newest[0], width, height)

    def yuv(self) -> Pixels:
        """At most ``camera_width`` wide, even sizes."""
        assert self._newest is not None
        t_ns, bgr = self._newest
        if self._yuv is None or self._yuv[0] != t_ns:
            self._yuv = (t_ns, _recorded(bgr, self._settings.camera_width))
        return self._yuv[1]

    def bgr(self) -> Pixels | None:
        return None if self._newest is None else self._newest[1]

    def stop(self) -> None:
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.leave()


def _recorded(bgr: Pixels, width: int) -> Pixels:
    height = bgr.shape[0]
    if bgr.shape[1] > width:
        height = height * width // bgr.shape[1]
        bgr = cv2.resize(bgr, (width & ~1, height & ~1), interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    even = bgr[: bgr.shape[0] & ~1, : bgr.shape[1] & ~1]
    return cv2.cvtColor(np.ascontiguousarray(even), cv2.COLOR_BGR2YUV_I420).astype(np.uint8, copy=False)


class _Reader(threading.Thread):
    """Opens the device, reads until it fails or is told to leave, releases it."""

    def __init__(self, device: str, clock: Clock, settings: CaptureSettings) -> None:
        super().__init__(name="capture-camera-reader", daemon=True)
        self._device, self._clock, self._settings = device, clock, settings
        self._fresh = threading.Condition()
        self._slot: tuple[int, Pixels] | None = None
        self._failure: CameraBusy | CameraLost | CameraMissing | None = None
        self._leaving = False
        self._last_ns = clock.now_ns()
        self._delivered = False

    def take(self, wait_s: float) -> tuple[int, Pixels] | None:
        """The newest picture not taken yet."""
        with self._fresh:
            if self._slot is None and self._failure is None:
                self._fresh.wait(wait_s)
            taken, self._slot = self._slot, None
            return taken

    def check(self) -> None:
        """Raises what ended the reading, or ``CameraLost`` when no picture came for too long."""
        with self._fresh:
            if self._failure is not None:
                raise self._failure
        silent_s = (self._clock.now_ns() - self._last_ns) / 1e9
        if self._delivered and silent_s > self._settings.read_timeout_s:
            raise CameraLost("no picture")
        if silent_s > _OPEN_TIMEOUT_S + self._settings.read_timeout_s:
            raise CameraBusy("does not open")

    def leave(self) -> None:
        """End soon; a read that hangs is left behind (the thread releases the device when it returns)."""
        self._leaving = True
        self.join(0.5)

    def run(self) -> None:
        capture = None
        try:
            capture = _open(self._device, self._settings)
            while not self._leaving:
                good, picture = capture.read()
                t_ns = self._clock.now_ns()
                if not good or picture is None:
                    raise CameraLost("read failed") if self._delivered else CameraBusy("gives no picture")
                with self._fresh:
                    self._slot, self._last_ns, self._delivered = (t_ns, picture), t_ns, True
                    self._fresh.notify()
        except (CameraBusy, CameraLost, CameraMissing) as error:
            self._fail(error)
        except cv2.error as error:
            self._fail(CameraLost(str(error)))
        finally:
            if capture is not None:
                capture.release()

    def _fail(self, error: CameraBusy | CameraLost | CameraMissing) -> None:
        with self._fresh:
            self._failure = error
            self._fresh.notify()


def _open(device: str, settings: CaptureSettings) -> Any:
    if "://" in device:
        parameters = [
            cv2.CAP_PROP_OPEN_TIMEOUT_MSEC,
            round(_OPEN_TIMEOUT_S * 1000),
            cv2.CAP_PROP_READ_TIMEOUT_MSEC,
            round(settings.read_timeout_s * 1000),
        ]
        capture = cv2.VideoCapture(device, cv2.CAP_FFMPEG, parameters)
        if not capture.isOpened():
            raise CameraMissing(device)
        return capture
    if not device.isdecimal():
        raise CameraMissing(device)
    index = int(device)
    missing = sys.platform == "linux" and not Path(f"/dev/video{index}").exists()
    if missing:
        raise CameraMissing(device)
    capture = cv2.VideoCapture(index, camera_backend())
    if not capture.isOpened():
        capture.release()
        raise CameraBusy(device)
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, settings.camera_width)
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, settings.camera_width * 3 // 4)
    capture.set(cv2.CAP_PROP_FPS, 15)
    return capture


def camera_backend() -> int:
    """cv2's way to cameras on this system."""
    if sys.platform == "win32":
        return int(cv2.CAP_DSHOW)
    if sys.platform == "darwin":
        return int(cv2.CAP_AVFOUNDATION)
    return int(cv2.CAP_V4L2)
