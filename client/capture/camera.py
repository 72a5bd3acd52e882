"""A camera: by device index, or by stream address where the exam's policy allows one."""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np

from client.capture import devices
from client.capture.asking import Asking
from client.capture.camera_reader import CameraReader
from client.capture.origins import KnownAs, linux_origin, named_origin
from client.capture.settings import CaptureSettings
from client.capture.source import CAMERA, Pixels, Reading
from client.clock import Clock
from client.errors import CameraNotAllowed

cv2.setNumThreads(1)

_LISTED = Path("/sys/class/video4linux")


class Camera:
    """``device``: "0", "1" ... (an index), or an address with "://".

    A thread of its own reads all pictures. After a time-out or a closed connection cv2's handle never
    recovers: the thread ends and ``start`` opens a new one.
    """

    def __init__(self, device: str, clock: Clock, settings: CaptureSettings) -> None:
        self.stream = CAMERA
        self.device = device
        self._clock, self._settings = clock, settings
        self._reader: CameraReader | None = None
        self._newest: tuple[int, Pixels] | None = None
        self._yuv: tuple[int, Pixels] | None = None
        self._naming: Asking[KnownAs | None] | None = None

    def start(self) -> None:
        if "://" in self.device and not self._settings.stream_cameras:
            raise CameraNotAllowed(self.device)
        self._reader = CameraReader(self.device, self._clock, self._settings)
        self._reader.start()
        self._naming = Asking("capture-camera-name", lambda: camera_name(self.device))

    def read(self, wait_s: float) -> Reading | None:
        assert self._reader is not None
        newest = self._reader.take(wait_s)
        if newest is None:
            self._reader.check()
            return None
        self._newest = newest
        height, width = newest[1].shape[:2]
        return Reading(newest[0], width, height)

    def rest_until(self, t_ns: int) -> None:
        """Pictures captured before ``t_ns`` are not needed; they are not decoded."""
        if self._reader is not None:
            self._reader.rest_until_ns = t_ns

    def known_as(self) -> KnownAs | None:
        return None if self._naming is None else self._naming.answer

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
        if self._naming is not None:
            self._naming.stop()


def _recorded(bgr: Pixels, width: int) -> Pixels:
    height = bgr.shape[0]
    if bgr.shape[1] > width:
        height = height * width // bgr.shape[1]
        bgr = cv2.resize(bgr, (width & ~1, height & ~1), interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    even = bgr[: bgr.shape[0] & ~1, : bgr.shape[1] & ~1]
    return cv2.cvtColor(np.ascontiguousarray(even), cv2.COLOR_BGR2YUV_I420).astype(np.uint8, copy=False)


def camera_name(device: str) -> KnownAs | None:
    """What the system calls the camera with this index now; None if it does not tell, or for an address.

    May take seconds. Raises ``DevicesUnreadable``.
    """
    if "://" in device:
        return None
    if sys.platform == "linux":
        return linux_camera_name(_LISTED / f"video{device}")
    found = next((known for known in devices.cameras() if known.id == device), None)
    return None if found is None else KnownAs(found.name, named_origin(found.name))


def linux_camera_name(node: Path) -> KnownAs | None:
    """``node``: the camera's folder in /sys/class/video4linux."""
    try:
        name = (node / "name").read_text("utf-8", "replace").strip()
    except OSError:
        return None
    return KnownAs(name, linux_origin(node, name))
