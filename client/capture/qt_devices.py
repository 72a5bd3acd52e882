"""Names of cameras where only Qt knows them (Windows, macOS). Runs in the child of ``devices``."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtMultimedia import QMediaDevices


def camera_names() -> list[str]:
    """In the system's order, which is the order of cv2's indexes."""
    application = QCoreApplication.instance() or QCoreApplication([])
    names = [device.description() for device in QMediaDevices.videoInputs()]
    del application
    return names
