"""Recording of screens: which pictures are encoded, and when a key frame is due."""

from __future__ import annotations

from client.capture.encode import Recipe, screen_recipe
from client.capture.picture_lane import PictureLane
from client.capture.quality import Quality
from client.capture.settings import CaptureSettings
from client.capture.source import PictureSource, Reading, SegmentSink
from client.clock import Clock

# Share of the tiles that must have changed for a key picture: where much is new it costs no bytes, and text has 50 dB
# after one, 36 to 39 after any other picture, for as long as it stands there. Asking for less the longer the last one
# is ago finds the change of a question rather than a window opened before it.
_KEY_SHARE_FIRST, _KEY_SHARE_LAST = 0.55, 0.25
_SMALL_KEY_TILES = 8
_QUIET_LOOKS = 3  # after so many without anything new the source says when to look
_PATIENCE_S = 0.25


class ScreenLane(PictureLane):
    """Looks ten times a second while something changes, encodes what changed: small changes every 0.4 s, big ones at
    once, and one picture when a heartbeat is due or a segment is full. Pictures that cannot be encoded in time are
    never queued, the next look simply comes later."""

    def __init__(
        self,
        source: PictureSource,
        clock: Clock,
        settings: CaptureSettings,
        sink: SegmentSink,
        quality: Quality | None = None,
    ) -> None:
        self.rate = settings.screen_rate
        super().__init__(source, clock, settings, sink, quality)
        self._next_ns = 0
        self._tiles = 0
        self._coded = 0
        self._quiet = 0

    def _opened(self) -> None:
        super()._opened()
        self._next_ns = self._quiet = 0

    def _seen_until_ms(self) -> int | None:
        return self._seen_ns // 1_000_000 if self._seen_ns > self._shown_ns else None

    def _step(self) -> None:
        self._pace()
        patient = self._quiet >= _QUIET_LOOKS and not self._tiles
        reading = self.source.read(_PATIENCE_S if patient else 0.0)
        now_ns = self._clock.now_ns() if reading is None else reading.t_ns
        self._seen_ns = now_ns
        self._quiet = self._quiet + 1 if reading is None else 0
        if patient:
            self._next_ns = now_ns + self._slot_ns()
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
        """Wait for the next slot; slots that passed while we were busy are skipped and counted."""
        now_ns, slot_ns, lost = self._clock.now_ns(), self._slot_ns(), 0
        if self._next_ns > now_ns:
            self._wake.wait((self._next_ns - now_ns) / 1e9)
            self._wake.clear()
        elif self._next_ns:
            lost = (now_ns - self._next_ns) // slot_ns
        if self._recording:
            self._quality.slots(self.stream, 1, lost)
        self._next_ns = max(self._next_ns + slot_ns, self._clock.now_ns())

    def _slot_ns(self) -> int:
        return 1_000_000_000 // self._now.screen_rate

    def _record(self, now_ns: int, reading: Reading) -> None:
        assert self._track is not None
        if self._track.open and not self._due(now_ns, self._track.segment_age_ns(now_ns)):
            return
        self._coded += 1
        changed = min(1.0, self._tiles / reading.tiles)
        self._show(now_ns, reading, self._key_due(now_ns, reading), changed)
        self._tiles = 0

    def _due(self, now_ns: int, segment_ns: int) -> bool:
        """Whether a picture is to be encoded now."""
        settings, tiles = self._now, self._tiles
        since = (now_ns - self._shown_ns) / 1e9
        small = tiles <= settings.screen_small_tiles
        wait = settings.screen_small_change_s if small else 1.0 / settings.screen_rate
        if tiles and since >= wait - 0.02:
            return True
        return since >= settings.screen_heartbeat_s or segment_ns >= settings.segment_s * 1e9

    def _key_due(self, now_ns: int, reading: Reading) -> bool:
        since = (now_ns - self._key_ns) / 1e9
        settings = self._settings
        first, last = settings.screen_key_after_s, settings.screen_key_latest_s
        if since < first:
            return False
        asked_less = min(2 * first, last)
        passed = (since - asked_less) / (last - asked_less) if last > asked_less else 1.0
        share = _KEY_SHARE_FIRST + (_KEY_SHARE_LAST - _KEY_SHARE_FIRST) * min(1.0, max(0.0, passed))
        if self._tiles > share * reading.tiles or since >= last:
            return True
        return self._coded >= settings.screen_key_latest_frames and self._tiles > _SMALL_KEY_TILES

    def _keyed(self) -> None:
        self._coded = 0

    def _lighter(self, before: CaptureSettings, now: CaptureSettings) -> bool:
        return super()._lighter(before, now) or before.screen_preset < now.screen_preset

    def _recipe(self) -> Recipe:
        return screen_recipe(self._now)
