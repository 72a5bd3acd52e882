"""A camera's grain is taken out before it is encoded; everything else stays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from client.capture.camera_lane import CameraLane
from client.capture.grain import smoothed
from client.capture.settings import CaptureSettings
from simulation.manual_clock import ManualClock

from .fakes import FakePictures, Kept


def page(sigma: float) -> NDArray[np.uint8]:
    """I420: height * 3 / 2 x width."""
    random = np.random.default_rng(3)
    yuv = np.full((720, 640), 120, np.float64)
    yuv[100:300, 200:500] = 180
    return np.clip(yuv + random.normal(0, sigma, yuv.shape), 0, 255).astype(np.uint8)


def test_grain_goes_and_the_picture_comes_nearer_to_what_was_there() -> None:
    noisy, clean = page(4.0), page(0.0)
    soft = smoothed(noisy)

    def error(picture: NDArray[np.uint8]) -> float:
        return float(np.mean((picture[:480].astype(float) - clean[:480]) ** 2))

    assert error(soft) < 0.8 * error(noisy)
    assert np.array_equal(soft[480:], noisy[480:]), "colours are left alone"
    assert np.array_equal(noisy, page(4.0)), "the picture belongs to the source, whose judges see it as it came"


def test_the_camera_is_recorded_so() -> None:
    clock = ManualClock()
    source = FakePictures("camera", clock)
    lane = CameraLane(source, clock, CaptureSettings(), Kept())
    assert source.read(0) is not None
    assert np.array_equal(lane._yuv(), smoothed(source.yuv()))
