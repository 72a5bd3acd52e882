"""Opening a camera: by device index through cv2, or at a stream address."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, Protocol

# V4L2: how long a read may hang. Beyond it we give the camera up, and a handle that still hangs would keep the
# device from being opened again. Read when the library is loaded.
os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "3")

import cv2

from client.capture.mjpeg_stream import MjpegStream, NotMjpeg
from client.capture.settings import CaptureSettings
from client.errors import CameraBusy, CameraDenied, CameraMissing

OPEN_S = 5.0
_ASKED_RATE = 15


class Grabber(Protocol):
    """What a reader needs of ``cv2.VideoCapture``."""

    def grab(self) -> bool: ...
    def retrieve(self) -> tuple[bool, Any]: ...
    def release(self) -> None: ...


def open_camera(device: str, settings: CaptureSettings) -> Grabber:
    """``device``: "0", "1" ... or an address with "://". Raises ``CameraMissing``, ``CameraBusy``, ``CameraDenied``."""
    return _open_address(device, settings) if "://" in device else _open_index(device, settings)


def _open_address(address: str, settings: CaptureSettings) -> Grabber:
    try:
        return MjpegStream(address, OPEN_S, settings.read_timeout_s)
    except NotMjpeg:
        pass  # cv2 knows more ways
    parameters = [
        *(cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, round(OPEN_S * 1000)),
        *(cv2.CAP_PROP_READ_TIMEOUT_MSEC, round(settings.read_timeout_s * 1000)),
        *(cv2.CAP_PROP_N_THREADS, 1),  # each more would hold one picture back
    ]
    capture = cv2.VideoCapture(address, cv2.CAP_FFMPEG, parameters)
    if not capture.isOpened():
        capture.release()
        raise CameraMissing(address)
    return capture


def _open_index(device: str, settings: CaptureSettings) -> Grabber:
    if not device.isdecimal():
        raise CameraMissing(device)
    if sys.platform == "linux":
        node = Path(f"/dev/video{int(device)}")
        if not node.exists():
            raise CameraMissing(device)
        if not os.access(node, os.R_OK | os.W_OK):
            raise CameraDenied(device)
    capture = cv2.VideoCapture(int(device), camera_backend())
    if not capture.isOpened():
        capture.release()
        raise CameraBusy(device)
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, settings.camera_width)
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, settings.camera_width * 3 // 4)
    capture.set(cv2.CAP_PROP_FPS, _ASKED_RATE)
    return capture


def camera_backend() -> int:
    """cv2's way to cameras on this system."""
    if sys.platform == "win32":
        return int(cv2.CAP_DSHOW)
    if sys.platform == "darwin":
        return int(cv2.CAP_AVFOUNDATION)
    return int(cv2.CAP_V4L2)
