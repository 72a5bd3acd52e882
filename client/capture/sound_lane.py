"""Recording of the microphone."""

from __future__ import annotations

from client.capture.cutter import SegmentCutter
from client.capture.lane import Lane
from client.capture.levels import level
from client.capture.settings import CaptureSettings
from client.capture.sound_track import SoundTrack
from client.capture.source import SOUND_RATE, SegmentSink, SoundBlock, SoundSource
from client.clock import Clock

_STALLED_S = 1.0  # a jump of the stamps beyond this is a gap, not a correction
_ON_ITS_WAY_MS = 500  # how long after the end a block of before may still arrive


class SoundLane(Lane):
    """Level, and a part for as long as the microphone goes on."""

    def __init__(self, source: SoundSource, clock: Clock, settings: CaptureSettings, sink: SegmentSink) -> None:
        super().__init__(source, clock, settings, sink)
        self._track: SoundTrack | None = None
        self._complete = False  # what was heard before the ordered end has arrived
        self.level = 0.0
        self.heard = False

    @property
    def source(self) -> SoundSource:
        return self._device  # type: ignore[return-value]  # __init__ and replace() of this class take no other

    def _opened(self) -> None:
        self.level = 0.0

    def _begun(self, cutter: SegmentCutter) -> None:
        self._track = SoundTrack(cutter, self._settings.sound_bits)
        self._complete = False

    def _step(self) -> None:
        block = self.source.read(0.1)
        if block is None:
            return
        self._running()
        self.level = level(block.samples)
        self.heard = self.heard or bool(block.samples.any())
        self._sink.level(self.level)
        if self._recording:
            self._record(block)

    def _record(self, block: SoundBlock) -> None:
        track, samples = self._track, block.samples
        assert track is not None
        if self._until_ms is not None:
            left = (self._until_ms * 1_000_000 - block.t_ns) * SOUND_RATE // 1_000_000_000
            self._complete = left <= len(samples)
            samples = samples[: max(0, left)]
            if not samples.size:
                return
        if track.open and track.behind_s(block.t_ns) > _STALLED_S:
            self._leave("sound_stalled")
        if not track.open:
            self._part_begins(track.begin(block.t_ns, self._reason))
        track.take(block.t_ns, samples)

    def _ready_to_end(self, until_ms: int) -> bool:
        recording = self._track is not None and self._track.open
        if recording and self._complete:
            return True
        return self._clock.now_ms() >= until_ms + (_ON_ITS_WAY_MS if recording else 0)

    def _end_track(self, end_ms: int | None) -> None:
        if self._track is not None:
            self._track.end(None if end_ms is None else end_ms * 1_000_000)
