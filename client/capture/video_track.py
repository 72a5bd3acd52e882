"""One picture stream: capture times become stamps, pictures become packets."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from client.capture.cutter import SegmentCutter
from client.capture.encode import EncoderFailed, Recipe
from client.capture.fragments import codecs_value
from client.capture.guarded_encoder import GuardedEncoder
from client.capture.source import VIDEO_TIMESCALE, PartInfo, Pixels

_log = logging.getLogger(__name__)
_NS = 1_000_000_000


class VideoTrack:
    """One picture stream. Stamps are the pictures' capture times, counted from the part's first one."""

    def __init__(self, cutter: SegmentCutter, recipe: Callable[[], Recipe], rate: int) -> None:
        self._cutter, self._recipe, self._rate = cutter, recipe, rate
        self._encoder: GuardedEncoder | None = None
        self.recipe: Recipe | None = None
        """Of the open part, or of the last one."""
        self._info: PartInfo | None = None
        self._origin_ms = 0
        self._last = -1

    @property
    def open(self) -> bool:
        """A part is being recorded."""
        return self._encoder is not None

    @property
    def size(self) -> tuple[int, int] | None:
        return (self._encoder.width, self._encoder.height) if self._encoder else None

    def segment_age_ns(self, now_ns: int) -> int:
        """How long the segment being filled already is; 0 if none is."""
        first = self._cutter.oldest_pts()
        if first is None:
            return 0
        return now_ns - self._origin_ms * 1_000_000 - first * _NS // VIDEO_TIMESCALE

    def begin(self, t_ns: int, width: int, height: int, reason: str) -> int:
        """Start a part whose first picture is of ``t_ns``; returns its origin in session ms.

        Raises ``EncoderFailed``.
        """
        self.recipe = self._recipe()
        self._encoder = GuardedEncoder(self.recipe, width, height, self._rate, self._cutter.stream)
        self._origin_ms = (t_ns + 500_000) // 1_000_000
        self._last = -1
        self._info = PartInfo(
            self._cutter.stream, 0, self._origin_ms, VIDEO_TIMESCALE, "", width, height, self._rate, b"", reason
        )
        return self._origin_ms

    def show(self, t_ns: int, yuv: Pixels, key: bool, changed: float) -> int:
        """Encode a picture of the part's size, captured at ``t_ns``; returns its bytes. Raises ``EncoderFailed``: then
        only ``abandon`` may follow."""
        assert self._encoder is not None
        pts = self._pts(t_ns) if self._last >= 0 else 0
        pts = max(self._last + 1, pts)
        packets = self._encoder.encode(yuv, pts, key)
        self._last = pts
        if packets and self._info is not None:
            init = self._encoder.init
            media = f'video/mp4; codecs="{codecs_value(init)}"'
            self._cutter.begin_part(replace(self._info, init=init, media=media))
            self._info = None
        self._cutter.add(packets, changed)
        return sum(len(packet.data) for packet in packets)

    def abandon(self, end_ns: int) -> None:
        """The encoder failed at a picture of ``end_ns``: the part ends there, what came out before it stands."""
        encoder, self._encoder = self._encoder, None
        if encoder is not None:
            encoder.close()
            self._close_part(self._pts(end_ns))

    def end(self, end_ns: int | None) -> None:
        """End the part: at ``end_ns``, or one nominal picture after the last one."""
        if self._encoder is None:
            return
        encoder, self._encoder = self._encoder, None
        try:
            rest = encoder.finish()
        except EncoderFailed as error:
            _log.warning("%s: %s", self._cutter.stream, error)  # it holds nothing back, so nothing is lost
            encoder.close()
            rest = []
        if rest and self._info is None:
            self._cutter.add(rest, 0.0)
        self._close_part(self._last + VIDEO_TIMESCALE // self._rate if end_ns is None else self._pts(end_ns))

    def _close_part(self, end: int) -> None:
        if self._info is not None:  # no picture ever came out
            self._info = None
            return
        self._cutter.end_part(max(end, self._last + 1))

    def _pts(self, t_ns: int) -> int:
        return round((t_ns - self._origin_ms * 1_000_000) * VIDEO_TIMESCALE / _NS)
