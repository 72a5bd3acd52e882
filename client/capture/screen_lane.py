"""Recording of screens: which pictures are encoded, and when a key frame is due."""

from __future__ import annotations

from collections import deque

from client.capture.encode import Recipe, screen_recipe
from client.capture.picture_lane import PictureLane
from client.capture.settings import CaptureSettings
from client.capture.source import PictureSource, Reading, SegmentSink
from client.clock import Clock

_BIG_CHANGE = 0.43  # of the tiles; a key frame is nearly free then
_SMALL_KEY_TILES = 8


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
