"""Recording of the camera: every picture up to the rate, and a word when it shows nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol, runtime_checkable

from client.capture.byte_guard import ByteGuard
from client.capture.cutter import SegmentCutter
from client.capture.encode import Recipe, camera_recipe
from client.capture.grain import smoothed
from client.capture.naming import Naming
from client.capture.narrow import narrower
from client.capture.picture_faults import CameraWatch
from client.capture.picture_lane import PictureLane
from client.capture.quality import Quality
from client.capture.settings import CaptureSettings
from client.capture.source import PictureSource, Pixels, Reading, SegmentSink
from client.clock import Clock

_EARLY_NS = 10_000_000  # cameras are not punctual
_LOOK_NS = 1_000_000_000
_PATIENCE_S = 0.25  # a wait as long as a picture takes would end in vain every other time


@runtime_checkable
class Rests(Protocol):
    """A source that can save itself the work for pictures that nobody needs."""

    def rest_until(self, t_ns: int) -> None: ...


class CameraLane(PictureLane):
    """Every picture of the camera up to the recording's rate, and a word when it shows nothing."""

    def __init__(
        self,
        source: PictureSource,
        clock: Clock,
        settings: CaptureSettings,
        sink: SegmentSink,
        quality: Quality | None = None,
    ) -> None:
        self.rate = settings.camera_rate
        super().__init__(source, clock, settings, sink, quality)
        self._guard = ByteGuard(settings.camera_crf)
        self.closely = False
        """Somebody wants every picture there is (blinks are short), not only those that are recorded."""
        self._next_ns = 0
        self._looked_ns = 0
        self._watch = CameraWatch()
        self._fault: str | None = None
        self._naming = Naming(self.stream, sink)

    def _begun(self, cutter: SegmentCutter) -> None:
        super()._begun(cutter)
        self._naming.begin()
        if self._fault is not None:
            self._tell(self._fault)

    def _step(self) -> None:
        reading = self.source.read(_PATIENCE_S)
        if reading is None:
            return
        self._reading = reading
        self._seen_ns = reading.t_ns
        self._changed = 1.0
        self._running()
        self._look(reading)
        if reading.t_ns < self._next_ns - _EARLY_NS:
            return
        # keep the rhythm, but never try to catch up more than half a picture
        slot = 1_000_000_000 * (2 if self._guard.half_rate else 1) // self._now.camera_rate
        self._next_ns = max(self._next_ns + slot, reading.t_ns + slot // 2)
        if isinstance(self.source, Rests):
            self.source.rest_until(0 if self.closely else self._next_ns - _EARLY_NS)
        if self._recording:
            self._record(reading, slot)

    def _record(self, reading: Reading, slot_ns: int) -> None:
        since_s = (reading.t_ns - self._key_ns) / 1e9
        key = since_s >= self._settings.camera_key_s - 0.05
        if key and self._track is not None and self._track.open:
            self._look_at_bytes(since_s)
        self._show(reading.t_ns, reading, key, 1.0)
        self._quality.slots(self.stream, 1, (self._clock.now_ns() - reading.t_ns) // slot_ns)

    def _look_at_bytes(self, seconds: float) -> None:
        """Between two key pictures: the next one may begin another part at no cost."""
        verdict = self._guard.stretch(self._made, seconds)
        if verdict is not None:
            direction = "down" if verdict.down else "up"
            said = {"stream": self.stream, "step": verdict.word, "direction": direction, "reason": "bytes"}
            self._sink.event("quality", said)

    def _look(self, reading: Reading) -> None:
        """Once a second: is there anything to see?"""
        if reading.t_ns - self._looked_ns < _LOOK_NS:
            return
        self._looked_ns = reading.t_ns
        self._naming.look(self.source)
        bgr = self.source.bgr()
        fault = None if bgr is None else self._watch.look(reading.t_ns, bgr)
        if fault == self._fault:
            return
        self._fault = fault
        self._tell(fault)

    def _tell(self, fault: str | None) -> None:
        name = "picture-back" if fault is None else f"camera-{fault.replace('_', '-')}"
        self._sink.event(name, {"stream": self.stream})

    def fault(self) -> str | None:
        """ "black", "one_coloured", "covered", "frozen" or None, as of the last seconds."""
        return self._fault

    def _recipe(self) -> Recipe:
        return camera_recipe(replace(self._now, camera_crf=self._now.camera_crf + self._guard.more_crf))

    def _yuv(self) -> Pixels:
        return smoothed(narrower(super()._yuv(), self._now.camera_width))
