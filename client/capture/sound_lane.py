"""Recording of the microphone."""

from __future__ import annotations

import logging
from collections.abc import Callable

from client.capture.cutter import SegmentCutter
from client.capture.encode import OPUS_PRE_SKIP, EncoderFailed
from client.capture.encoder_faults import EncoderFaults
from client.capture.hearing import Hearing, Silence
from client.capture.lane import Lane
from client.capture.levels import level
from client.capture.naming import Naming
from client.capture.origins import Replaceable
from client.capture.settings import CaptureSettings
from client.capture.sound_track import SoundTrack
from client.capture.source import SOUND_RATE, SegmentSink, SoundBlock, SoundSource
from client.clock import Clock
from client.errors import CaptureError, MicrophoneMissing

_log = logging.getLogger(__name__)
_NS = 1_000_000_000
_STALLED_S = 1.0  # a jump of the stamps beyond this is a gap, not a correction
_PATIENCE_S = 0.25  # longer than a block
_ON_ITS_WAY_MS = 1000  # how long after the end a block of before may still arrive


class SoundLane(Lane[SoundSource]):
    """Level, and a part for as long as the microphone goes on."""

    def __init__(self, source: SoundSource, clock: Clock, settings: CaptureSettings, sink: SegmentSink) -> None:
        super().__init__(source, clock, settings, sink)
        self._track: SoundTrack | None = None
        self._complete = False  # what was heard before the ordered end has arrived
        self._hearing = Hearing()
        self._told: Silence | None = None
        self._naming = Naming(self.stream, sink)
        self._faults = EncoderFaults()
        self.level = 0.0
        self.hear: Callable[[SoundBlock], None] | None = None
        """Gets each block; must return at once."""

    @property
    def heard(self) -> bool:
        """The microphone gave sound, and is not muted now."""
        return self._hearing.heard and self._hearing.silence is not Silence.MUTED

    def _opened(self) -> None:
        self.level = 0.0
        self._hearing.forget()

    def _begun(self, cutter: SegmentCutter) -> None:
        self._track = SoundTrack(cutter, self._settings.sound_bits)
        self._complete = False
        self._naming.begin()
        if self._told is not None:
            self._tell(self._told)

    def _step(self) -> None:
        block = self.source.read(_PATIENCE_S)
        if block is None:
            return
        self._obey()  # an order that came during the wait is about this block, too
        self._running()
        self.level = level(block.samples)
        self._listen(block)
        if self.hear is not None:
            self.hear(block)
        self._sink.level(self.level)
        self._naming.look(self.source)
        if self._recording:
            try:
                self._record(block)
            except EncoderFailed as error:
                self._encoder_failed(block.t_ns, error)
        self._return_to_chosen()

    def _return_to_chosen(self) -> None:
        source = self.source
        if isinstance(source, Replaceable) and source.chosen_is_back() and self._replacement is None:
            self._replacement = source  # closed, and opened again: then it is found

    def _lose(self, problem: CaptureError) -> None:
        super()._lose(problem)
        if self._recording and isinstance(problem, MicrophoneMissing) and isinstance(self.source, Replaceable):
            self.source.allow_stand_in()

    def _listen(self, block: SoundBlock) -> None:
        """A microphone that gives nothing is told of when that is certain, and when it is over."""
        before = self._told
        self._hearing.feed(block.samples)
        self._told = self._hearing.silence
        if self._told is before:
            return
        if self._told is not None:
            self._tell(self._told)
        else:
            self._sink.event("sound-back", {"stream": self.stream})

    def _tell(self, silence: Silence) -> None:
        self._sink.event(f"microphone-{silence}", {"stream": self.stream})

    def _record(self, block: SoundBlock) -> None:
        track = self._track
        assert track is not None
        until_ns = None if self._until_ms is None else self._until_ms * 1_000_000
        if until_ns is not None and block.t_ns > until_ns + round(track.FOLLOW_S * _NS):
            self._complete = True  # whatever is missing before the end does not come any more
            return
        if track.open and track.behind_s(block.t_ns) > _STALLED_S:
            self._leave("sound_stalled")
        if not track.open:
            if self._faults.waiting(block.t_ns):
                return
            block = self._not_before(block, self._covered_ms * 1_000_000 + OPUS_PRE_SKIP * _NS // SOUND_RATE)
            if not block.samples.size or (until_ns is not None and block.t_ns >= until_ns):
                return
            origin_ms = track.begin(block.t_ns, self._reason)
            self._part_begins(origin_ms)
            self._covered_ms = max(self._covered_ms, origin_ms)
        lost_s = track.take(block.t_ns, block.samples, until_ns)
        if lost_s:
            self._sink.event("sound-lost", {"stream": self.stream, "ms": round(lost_s * 1000)})
        self._complete = until_ns is not None and track.missing(until_ns) <= 0

    def _encoder_failed(self, t_ns: int, error: EncoderFailed) -> None:
        """The part ends with what came out; the microphone goes on, the next block gets a new encoder."""
        assert self._track is not None
        _log.warning("%s: %s", self.stream, error)
        self._track.abandon()
        self._end_part(None)
        self._cause, self._reason = "encoder_failed", "encoder"
        self._sink.event("encoder-failed", {"stream": self.stream, "codec": "opus"})
        self._faults.note(t_ns)

    @staticmethod
    def _not_before(block: SoundBlock, start_ns: int) -> SoundBlock:
        """What was heard before the part may begin is left out."""
        early = max(0, (start_ns - block.t_ns) * SOUND_RATE // _NS)
        return SoundBlock(block.t_ns + early * _NS // SOUND_RATE, block.samples[early:])

    def _ready_to_end(self, until_ms: int) -> bool:
        recording = self._track is not None and self._track.open
        if recording and self._complete:
            return True
        return self._clock.now_ms() >= until_ms + (_ON_ITS_WAY_MS if recording else 0)

    def _end_track(self, end_ms: int | None) -> None:
        if self._track is not None:
            self._track.end(None if end_ms is None else end_ms * 1_000_000)
