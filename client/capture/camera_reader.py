"""The thread that reads a camera."""

from __future__ import annotations

import threading

import cv2

from client.capture.camera_open import OPEN_S, Grabber, open_camera
from client.capture.settings import CaptureSettings
from client.capture.source import Pixels
from client.clock import Clock
from client.errors import CameraBusy, CameraLost, CaptureError

_BROKEN = 10  # pictures that cannot be decoded, in a row: a cable is loose; a single one happens


class CameraReader(threading.Thread):
    """Opens the device, reads until it fails or is told to leave, releases it.

    All pictures are fetched, because drivers hand out seconds-old ones otherwise; only those that are due are
    decoded, and only the newest is kept.
    """

    def __init__(self, device: str, clock: Clock, settings: CaptureSettings) -> None:
        super().__init__(name="capture-camera-reader", daemon=True)
        self._device, self._clock, self._settings = device, clock, settings
        self._fresh = threading.Condition()
        self._slot: tuple[int, Pixels] | None = None
        self._failure: CaptureError | None = None
        self._leaving = False
        self._began_ns = clock.now_ns()
        self._last_ns = 0  # when the newest picture came, decoded or not; 0 before the first
        self.rest_until_ns = 0
        """Pictures that come before this time are not needed. Set from the outside."""

    def take(self, wait_s: float) -> tuple[int, Pixels] | None:
        """The newest picture not taken yet, and when it was captured."""
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
            last_ns = self._last_ns
        now_ns = self._clock.now_ns()
        if last_ns and (now_ns - last_ns) / 1e9 > self._settings.read_timeout_s:
            raise CameraLost("no picture")
        if not last_ns and (now_ns - self._began_ns) / 1e9 > OPEN_S + self._settings.read_timeout_s:
            raise CameraBusy("does not open")

    def leave(self) -> None:
        """End soon; a read that hangs is left behind (the thread releases the device when it returns)."""
        self._leaving = True
        self.join(0.5)

    def run(self) -> None:
        try:
            capture = open_camera(self._device, self._settings)
            try:
                broken = 0
                while not self._leaving and broken < _BROKEN:
                    broken = 0 if self._next(capture) else broken + 1
            finally:
                capture.release()
            if not self._leaving:
                raise CameraLost("pictures cannot be decoded")
        except CaptureError as error:
            self._fail(error)
        except cv2.error as error:
            self._fail(CameraLost(str(error)))

    def _next(self, capture: Grabber) -> bool:
        """One picture; False if it cannot be decoded."""
        if not capture.grab():
            raise CameraLost("read failed") if self._last_ns else CameraBusy("gives no picture")
        t_ns = self._clock.now_ns()
        if t_ns < self.rest_until_ns:
            self._last_ns = t_ns
            return True
        good, picture = capture.retrieve()
        if not good or picture is None:
            return False
        with self._fresh:
            self._slot, self._last_ns = (t_ns, picture), t_ns
            self._fresh.notify()
        return True

    def _fail(self, error: CaptureError) -> None:
        with self._fresh:
            self._failure = error
            self._fresh.notify()
