"""An encoder must not take the machine for itself."""

from __future__ import annotations

import numpy as np

from client.capture.encode import VideoEncoder, screen_recipe
from client.capture.priority import realtime_threads
from client.capture.settings import CaptureSettings


def test_no_thread_is_real_time_after_the_encoder_works() -> None:
    before = realtime_threads()
    encoder = VideoEncoder(screen_recipe(CaptureSettings()), 320, 240, 10)
    encoder.encode(np.zeros((360, 320), np.uint8), 0, key=True)
    while_it_works = realtime_threads()
    encoder.finish()
    assert while_it_works == before
    assert realtime_threads() == before
