"""What the recording of screens and of the camera has in common."""

from __future__ import annotations

import logging
from abc import abstractmethod

from client.capture.cutter import SegmentCutter
from client.capture.encode import EncoderFailed, Recipe
from client.capture.encoder_faults import EncoderFaults
from client.capture.lane import Lane
from client.capture.quality import Quality
from client.capture.settings import CaptureSettings
from client.capture.source import Frame, PictureSource, Pixels, Reading, SegmentSink
from client.capture.video_track import VideoTrack
from client.clock import Clock

_log = logging.getLogger(__name__)
_STALLED_NS = 10_000_000_000  # longer than any heartbeat: something held us up
_NAP_NS = 500_000_000  # asleep for longer than this is no recording


class PictureLane(Lane[PictureSource]):
    """A thread that encodes a source's pictures; which of them is for screens and cameras to say."""

    rate = 10

    def __init__(
        self,
        source: PictureSource,
        clock: Clock,
        settings: CaptureSettings,
        sink: SegmentSink,
        quality: Quality | None = None,
    ) -> None:
        """``quality``: shared by all picture streams of a recording; by default one of the lane's own."""
        super().__init__(source, clock, settings, sink)
        self._quality = quality or Quality(clock, settings, sink.event)
        self._opened_with = settings
        self._track: VideoTrack | None = None
        self._reading: Reading | None = None
        self._changed = 0.0
        self._seen_ns = 0
        self._shown_ns = 0
        self._asleep_ns = 0
        self._key_ns = 0
        self._scale = 1.0
        self._part_due = ""
        self._faults = EncoderFaults()
        self._made = 0  # bytes since the last key picture, that included

    @property
    def _now(self) -> CaptureSettings:
        """How to record at this moment."""
        return self._quality.settings

    def latest(self) -> Frame | None:
        """The newest picture and when it was last seen to be so. The same array until it changes; no queue."""
        reading, bgr = self._reading, self.source.bgr()
        return None if reading is None or bgr is None else Frame(self._seen_ns // 1_000_000, bgr)

    def changed(self) -> float:
        """Largest share that changed at once since the last call."""
        changed, self._changed = self._changed, 0.0
        return changed

    def _opened(self) -> None:
        self._reading = None

    def _begun(self, cutter: SegmentCutter) -> None:
        self._track = VideoTrack(cutter, self._recipe, self.rate)

    def _ready_to_end(self, until_ms: int) -> bool:
        return self._clock.now_ms() >= until_ms

    def _end_track(self, end_ms: int | None) -> None:
        if self._track is None or not self._track.open:
            return
        if end_ms is not None and self._interruption(end_ms * 1_000_000):
            end_ms = None
        self._track.end(None if end_ms is None else end_ms * 1_000_000)

    def _show(self, t_ns: int, reading: Reading, key: bool, changed: float) -> None:
        """Encode the source's present picture with stamp ``t_ns``; starts and changes parts as needed."""
        track = self._track
        if track is None or (self._until_ms is not None and t_ns > self._until_ms * 1_000_000):
            return
        interruption = self._interruption(t_ns)
        if track.open and interruption:
            self._leave(interruption)
        if self._faults.waiting(t_ns):
            return
        yuv = self._yuv()
        size = (yuv.shape[1], yuv.shape[0] * 2 // 3)
        if track.open:
            self._part_due = self._other_part(track, size, reading.scale, key)
        self._scale = reading.scale
        if track.open and self._part_due:
            self._end_part((t_ns + 500_000) // 1_000_000)  # the new part's origin: no gap between them
            self._reason = self._part_due
        self._part_due = ""
        try:
            if not track.open:
                self._opened_with = self._now
                origin_ms = track.begin(t_ns, *size, self._reason)
                self._part_begins(origin_ms)
                self._covered_ms = max(self._covered_ms, origin_ms)
                key = True
            made = track.show(t_ns, yuv, key, changed)
        except EncoderFailed as error:
            self._encoder_failed(track, t_ns, error)
            return
        self._shown_ns = t_ns
        self._made += made
        if key:
            self._key_ns, self._made = t_ns, made
            self._keyed()

    def _other_part(self, track: VideoTrack, size: tuple[int, int], scale: float, key: bool) -> str:
        """Why the picture belongs into a new part, "" if it does not. Another quality waits for a key picture, which
        is due then anyway, unless the present one is too much for the computer."""
        if track.size != size:
            return "size"
        if scale != self._scale:
            return "scale"
        lighter = self._lighter(self._opened_with, self._now)
        return "quality" if (key or lighter) and self._recipe() != track.recipe else self._part_due

    def _encoder_failed(self, track: VideoTrack, t_ns: int, error: EncoderFailed) -> None:
        """The part ends here, the source goes on, the next picture gets a new encoder."""
        _log.warning("%s: %s", self.stream, error)
        track.abandon(t_ns)
        self._end_part(None)
        self._cause, self._reason = "encoder_failed", "encoder"
        self._sink.event("encoder-failed", {"stream": self.stream, "codec": self._now.video_codec})
        if self._faults.note(t_ns):
            self._quality.fall_back(self.stream)

    def _yuv(self) -> Pixels:
        """The source's picture as it is to be recorded."""
        return self.source.yuv()

    def _lighter(self, before: CaptureSettings, now: CaptureSettings) -> bool:
        """The new settings ask less of the processor, and only a new encoder brings that."""
        return before.video_codec != now.video_codec

    def _interruption(self, t_ns: int) -> str:
        """What kept us from looking since the last picture: "suspended", "stalled" or ""; asked once about each."""
        before, self._asleep_ns = self._asleep_ns, self._clock.asleep_ns()
        if self._asleep_ns - before > _NAP_NS:
            return "suspended"
        return "stalled" if t_ns - self._shown_ns > _STALLED_NS else ""

    def _keyed(self) -> None:
        """A key frame was written."""

    @abstractmethod
    def _recipe(self) -> Recipe: ...
