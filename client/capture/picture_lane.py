"""Recording of screens and cameras: which pictures are encoded, and when a key frame is due."""

from __future__ import annotations

from abc import abstractmethod
from collections import deque

from client.capture.encode import Recipe, camera_recipe, screen_recipe
from client.capture.lane import Lane
from client.capture.pictures import FrozenWatch, camera_fault
from client.capture.settings import CaptureSettings
from client.capture.source import Frame, PictureSource, Reading, SegmentSink
from client.capture.track import SegmentCutter, VideoTrack
from client.clock import Clock

_SLEPT_NS = 10_000_000_000  # longer than any heartbeat: the computer slept, or we did
_BIG_CHANGE = 0.43  # of the tiles; a key frame is nearly free then
_SMALL_KEY_TILES = 8


class PictureLane(Lane):
    """What screens and cameras have in common."""

    rate = 10

    def __init__(self, source: PictureSource, clock: Clock, settings: CaptureSettings, sink: SegmentSink) -> None:
        super().__init__(source, clock, settings, sink)
        self._track: VideoTrack | None = None
        self._reading: Reading | None = None
        self._changed = 0.0
        self._seen_ns = 0
        self._shown_ns = 0
        self._key_ns = 0
        self._part_due = ""

    @property
    def source(self) -> PictureSource:
        return self._device  # type: ignore[return-value]  # __init__ and replace() of this class take no other

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
        if end_ms is not None and end_ms * 1_000_000 - self._shown_ns > _SLEPT_NS:
            end_ms = None
        self._track.end(None if end_ms is None else end_ms * 1_000_000)

    def _show(self, t_ns: int, reading: Reading, key: bool, changed: float) -> None:
        """Encode the source's present picture with stamp ``t_ns``; starts and changes parts as needed."""
        track = self._track
        if track is None or (self._until_ms is not None and t_ns > self._until_ms * 1_000_000):
            return
        yuv = self.source.yuv()
        size = (yuv.shape[1], yuv.shape[0] * 2 // 3)
        if track.open and t_ns - self._shown_ns > _SLEPT_NS:
            self._leave("suspended")
        if track.open and track.size != size:
            self._part_due = "size"
        if track.open and self._part_due:
            self._end_part((t_ns + 500_000) // 1_000_000)  # the new part's origin: no gap between them
            self._reason = self._part_due
        self._part_due = ""
        if not track.open:
            self._part_begins(track.begin(t_ns, *size, self._reason))
            key = True
        track.show(t_ns, yuv, key, changed)
        self._shown_ns = t_ns
        if key:
            self._key_ns = t_ns
            self._keyed()

    def _keyed(self) -> None:
        """A key frame was written."""

    @abstractmethod
    def _recipe(self) -> Recipe: ...


class ScreenLane(PictureLane):
    """Looks ten times a second, encodes what changed: small changes every 0.4 s, big ones at once, and one
    picture when a heartbeat is due or a segment is full. Pictures that cannot be encoded in time are never
    queued, the next look simply comes later."""

    def __init__(self, source: PictureSource, clock: Clock, settings: CaptureSettings, sink: SegmentSink) -> None:
        self.rate = settings.screen_rate
        super().__init__(source, clock, settings, sink)
        self._slot_ns = 1_000_000_000 // self.rate
        self._next_ns = 0
        self._tiles = 0
        self._coded = 0
        self._late: deque[bool] = deque(maxlen=10 * self.rate)
        self._low = False

    def _opened(self) -> None:
        super()._opened()
        self._next_ns = 0

    def _step(self) -> None:
        self._pace()
        reading = self.source.read(0.0)
        now_ns = self._clock.now_ns() if reading is None else reading.t_ns
        self._seen_ns = now_ns
        if reading is not None:
            self._reading = reading
            self._tiles += reading.changed_tiles
            self._changed = max(self._changed, reading.changed_tiles / reading.tiles)
            self._running()
        if self._recording and self._reading is not None:
            self._record(now_ns, self._reading)
        elif not self._recording:
            self._tiles = 0

    def _pace(self) -> None:
        """Wait for the next slot; late slots are skipped and counted."""
        now_ns = self._clock.now_ns()
        if self._next_ns > now_ns:
            self._wake.wait((self._next_ns - now_ns) / 1e9)
            self._wake.clear()
            self._late.append(False)
        elif self._next_ns:
            self._late.append(now_ns - self._next_ns > self._slot_ns)
        self._next_ns = max(self._next_ns + self._slot_ns, self._clock.now_ns())

    def _record(self, now_ns: int, reading: Reading) -> None:
        assert self._track is not None
        settings, tiles = self._settings, self._tiles
        if self._track.open:
            since = (now_ns - self._shown_ns) / 1e9
            small = tiles <= settings.screen_small_tiles
            wait = settings.screen_small_change_s if small else 1.0 / self.rate
            due = bool(tiles) and since >= wait - 0.02
            due = due or since >= settings.screen_heartbeat_s
            due = due or self._track.segment_age_ns(now_ns) >= settings.segment_s * 1e9
            if not due:
                return
        self._coded += 1
        self._show(now_ns, reading, self._key_due(now_ns, reading), min(1.0, tiles / reading.tiles))
        self._tiles = 0
        self._lower_if_late()

    def _key_due(self, now_ns: int, reading: Reading) -> bool:
        since = (now_ns - self._key_ns) / 1e9
        settings = self._settings
        if since < settings.screen_key_after_s:
            return False
        if self._tiles > _BIG_CHANGE * reading.tiles or since >= settings.screen_key_latest_s:
            return True
        return self._coded >= settings.screen_key_latest_frames and self._tiles > _SMALL_KEY_TILES

    def _keyed(self) -> None:
        self._coded = 0

    def _lower_if_late(self) -> None:
        if not self._low and len(self._late) == self._late.maxlen and sum(self._late) > 0.4 * len(self._late):
            self._low = True
            self._sink.event("quality", {"stream": self.stream, "step": "screen-preset-10"})
            self._part_due = "quality"

    def _recipe(self) -> Recipe:
        return screen_recipe(self._settings, preset=10 if self._low else None)


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
