"""A camera that another program streams from, as far as this machine can show it.

There is no kernel camera here. A preloaded library (``busy_camera.c``) stands in for the driver: it answers the way a
driver does while somebody else streams, and everything above it, from cv2's own V4L2 code on, is real.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from client_hall import ROOT

# The node is in no folder of this machine: that it exists and may be opened is said for it.
LOOK = """
import os, sys
from client.capture import camera_open
from client.capture.settings import CaptureSettings
from client.errors import CameraBusy

camera_open.Path.exists = lambda path: str(path) == "/dev/video7"
camera_open.os.access = lambda path, how: True
try:
    camera_open.open_camera("7", CaptureSettings())
except CameraBusy as error:
    sys.stdout.write(error.code)
"""


@pytest.fixture
def driver(tmp_path: Path) -> Path:
    library = tmp_path / "busy_camera.so"
    source = Path(__file__).with_name("busy_camera.c")
    subprocess.run(["gcc", "-shared", "-fPIC", "-Wall", "-Werror", "-o", library, source, "-ldl"], check=True)
    return library


def test_the_driver_says_busy(driver: Path) -> None:
    environ = {**os.environ, "LD_PRELOAD": str(driver), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", LOOK], env=environ, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert "VIDIOC_S_FMT: EBUSY" in done.stderr  # it was cv2 that was told so
    assert done.stdout == "camera_busy"
