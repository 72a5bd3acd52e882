"""Recording of the camera: every picture up to the rate, and a word when it shows nothing."""

from __future__ import annotations

from client.capture.encode import Recipe, camera_recipe
from client.capture.picture_lane import PictureLane
from client.capture.pictures import FrozenWatch, camera_fault
from client.capture.settings import CaptureSettings
from client.capture.source import PictureSource, Reading, SegmentSink
from client.clock import Clock


class CameraLane(PictureLane):
    """Every picture of the camera up to the recording's rate, and a word when it shows nothing."""

    def __init__(self, source: PictureSource, clock: Clock, settings: CaptureSettings, sink: SegmentSink) -> None:
        self.rate = settings.camera_rate
        super().__init__(source, clock, settings, sink)
        self._next_ns = 0
        self._looked_ns = 0
        self._fault: str | None = None
        self._frozen = FrozenWatch()

    def _step(self) -> None:
        reading = self.source.read(0.1)
        if reading is None:
            return
        self._reading = reading
        self._seen_ns = reading.t_ns
        self._changed = 1.0
        self._running()
        self._watch(reading)
        if not self._recording or reading.t_ns < self._next_ns - 10_000_000:
            return
        # keep the rhythm, but never try to catch up more than half a picture
        slot = 1_000_000_000 // self.rate
        self._next_ns = max(self._next_ns + slot, reading.t_ns + slot // 2)
        key = (reading.t_ns - self._key_ns) / 1e9 >= self._settings.camera_key_s - 0.05
        self._show(reading.t_ns, reading, key, 1.0)

    def _watch(self, reading: Reading) -> None:
        if reading.t_ns - self._looked_ns < 1_000_000_000:
            return
        self._looked_ns = reading.t_ns
        bgr = self.source.bgr()
        fault = None if bgr is None else camera_fault(bgr) or self._frozen.look(reading.t_ns, bgr)
        if fault == self._fault:
            return
        self._fault = fault
        name = "picture-back" if fault is None else f"camera-{fault.value.replace('_', '-')}"
        self._sink.event(name, {"stream": self.stream})

    def fault(self) -> str | None:
        """ "black", "one_coloured", "frozen" or None, as of the last second."""
        return self._fault

    def _recipe(self) -> Recipe:
        return camera_recipe(self._settings)
