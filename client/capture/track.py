"""From packets to parts and segments: the numbers that the ledger will hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from client.capture.encode import OPUS_FRAME, OPUS_PRE_SKIP, Recipe, SoundEncoder, VideoEncoder
from client.capture.fragments import Packet, codecs_value, fragment
from client.capture.source import (
    SOUND,
    SOUND_RATE,
    VIDEO_TIMESCALE,
    Next,
    PartInfo,
    Pixels,
    Samples,
    SegmentInfo,
    SegmentSink,
)

_NS = 1_000_000_000


class SegmentCutter:
    """Numbers the parts and segments of one stream and hands them to the sink.

    A segment is cut at the first packet that comes ``segment_s`` or more after the segment's first one.
    """

    def __init__(self, stream: str, sink: SegmentSink, segment_s: float, following: Next) -> None:
        self.stream = stream
        self._sink = sink
        self._segment_s = segment_s
        self._part, self._index = following.part, following.index
        self._pending: list[Packet] = []
        self._changed = 0.0
        self._open: PartInfo | None = None
        self._fragments = 0
        self.end_ms: int | None = None

    def begin_part(self, info: PartInfo) -> None:
        """``info.part`` is replaced by the next number."""
        self._open = replace(info, part=self._part)
        self._fragments = 0
        self._sink.part(self._open)

    def add(self, packets: list[Packet], changed: float) -> None:
        """``changed``: share of the picture that is new in these packets."""
        assert self._open is not None
        for packet in packets:
            if self._pending and packet.pts - self._pending[0].pts >= self._segment_s * self._open.timescale:
                self._close_segment(packet.pts)
            self._pending.append(packet)
        self._changed = max(self._changed, changed)

    def end_part(self, end: int) -> None:
        """The part's last packet lasts until pts ``end``."""
        if self._pending:
            self._close_segment(max(end, self._pending[-1].pts + 1))
        self._open = None
        self._part += 1

    def oldest_pts(self) -> int | None:
        """First stamp of the segment being filled."""
        return self._pending[0].pts if self._pending else None

    def _close_segment(self, end: int) -> None:
        part, packets = self._open, self._pending
        assert part is not None
        self._fragments += 1
        init = part.init if self._fragments == 1 else b""
        info = SegmentInfo(
            stream=self.stream,
            part=part.part,
            index=self._index,
            pts0=packets[0].pts,
            pts1=end,
            start_ms=part.origin_ms + _ms(packets[0].pts, part.timescale),
            end_ms=part.origin_ms + _ms(end, part.timescale),
            frames=len(packets),
            keys=tuple(p.pts for p in packets if p.key) if self.stream != SOUND else (packets[0].pts,),
            changed=round(self._changed, 4),
            init=len(init),
            body=init + fragment(self._fragments, packets, end),
        )
        self._index += 1
        self._pending, self._changed = [], 0.0
        self.end_ms = info.end_ms
        self._sink.segment(info)


def _ms(pts: int, timescale: int) -> int:
    return round(pts * 1000 / timescale)


class VideoTrack:
    """One picture stream. Stamps are the pictures' capture times, counted from the part's first one."""

    def __init__(self, cutter: SegmentCutter, recipe: Callable[[], Recipe], rate: int) -> None:
        self._cutter, self._recipe, self._rate = cutter, recipe, rate
        self._encoder: VideoEncoder | None = None
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
        """Start a part whose first picture is of ``t_ns``; returns its origin in session ms."""
        self._origin_ms = (t_ns + 500_000) // 1_000_000
        self._encoder = VideoEncoder(self._recipe(), width, height, self._rate)
        self._last = -1
        self._info = PartInfo(
            self._cutter.stream, 0, self._origin_ms, VIDEO_TIMESCALE, "", width, height, self._rate, b"", reason
        )
        return self._origin_ms

    def show(self, t_ns: int, yuv: Pixels, key: bool, changed: float) -> None:
        """Encode a picture of the part's size, captured at ``t_ns``."""
        assert self._encoder is not None
        pts = self._pts(t_ns) if self._last >= 0 else 0
        self._last = pts = max(self._last + 1, pts)
        packets = self._encoder.encode(yuv, pts, key)
        if packets and self._info is not None:
            init = self._encoder.init
            media = f'video/mp4; codecs="{codecs_value(init)}"'
            self._cutter.begin_part(replace(self._info, init=init, media=media))
            self._info = None
        self._cutter.add(packets, changed)

    def end(self, end_ns: int | None) -> None:
        """End the part: at ``end_ns``, or one nominal picture after the last one."""
        if self._encoder is None:
            return
        encoder, self._encoder = self._encoder, None
        rest = encoder.finish()
        if self._info is not None:  # no picture ever came out
            self._info = None
            return
        if rest:
            self._cutter.add(rest, 0.0)
        end = self._last + VIDEO_TIMESCALE // self._rate if end_ns is None else self._pts(end_ns)
        self._cutter.end_part(max(end, self._last + 1))

    def _pts(self, t_ns: int) -> int:
        return round((t_ns - self._origin_ms * 1_000_000) * VIDEO_TIMESCALE / _NS)


class SoundTrack:
    """The sound stream. Stamps count samples and follow the clock the blocks are stamped with.

    A part's origin lies ``OPUS_PRE_SKIP`` samples before its first sound: what the encoder puts in front
    and a decoder takes away. Behind the clock by more than 60 ms: the stamps jump; ahead: samples are dropped.
    """

    FOLLOW_S = 0.06

    def __init__(self, cutter: SegmentCutter, bits: int) -> None:
        self._cutter, self._bits = cutter, bits
        self._encoder: SoundEncoder | None = None
        self._info: PartInfo | None = None
        self._origin_ns = 0
        self._rest: Samples = np.zeros(0, np.int16)
        self._fed = 0
        self.corrections = 0

    @property
    def open(self) -> bool:
        return self._encoder is not None

    def begin(self, t_ns: int, reason: str) -> int:
        """Start a part whose first sample was heard at ``t_ns``; returns its origin in session ms."""
        origin_ms = (t_ns - OPUS_PRE_SKIP * _NS // SOUND_RATE + 500_000) // 1_000_000
        self._origin_ns = origin_ms * 1_000_000
        self._encoder = SoundEncoder(self._bits)
        self._rest, self._fed = np.zeros(0, np.int16), 0
        self._info = PartInfo(SOUND, 0, origin_ms, SOUND_RATE, "", 0, 0, SOUND_RATE, b"", reason)
        return origin_ms

    def heard_until_ns(self) -> int:
        """Session time of the end of the last sample taken."""
        return self._origin_ns + (self._fed + len(self._rest) + OPUS_PRE_SKIP) * _NS // SOUND_RATE

    def behind_s(self, t_ns: int) -> float:
        """By how much a block heard at ``t_ns`` is later than where our stamps stand."""
        return (t_ns - self.heard_until_ns()) / _NS

    def take(self, t_ns: int, samples: Samples) -> None:
        behind = self.behind_s(t_ns)
        if behind > self.FOLLOW_S:
            self.corrections += 1
            self._pad()
            self._fed += max(0, round(self.behind_s(t_ns) * SOUND_RATE))
        elif behind < -self.FOLLOW_S:
            self.corrections += 1
            samples = samples[min(len(samples), round(-behind * SOUND_RATE)) :]
        self._rest = np.concatenate((self._rest, samples))
        while len(self._rest) >= OPUS_FRAME:
            piece, self._rest = self._rest[:OPUS_FRAME], self._rest[OPUS_FRAME:]
            self._encode(piece)

    def end(self, end_ns: int | None) -> None:
        """End the part: with the last sample heard, or earlier at ``end_ns``."""
        if self._encoder is None:
            return
        heard = self.heard_until_ns()
        last = heard if end_ns is None else min(heard, end_ns)
        if self._rest.size:
            self._pad()
        encoder, self._encoder = self._encoder, None
        rest = encoder.finish()
        if self._info is not None:
            self._info = None
            return
        end = round((last - self._origin_ns) * SOUND_RATE / _NS)
        self._cutter.add([p for p in rest if p.pts < end], 0.0)
        self._cutter.end_part(end)

    def _pad(self) -> None:
        if self._rest.size:
            missing = np.zeros(OPUS_FRAME - len(self._rest), np.int16)
            piece, self._rest = np.concatenate((self._rest, missing)), np.zeros(0, np.int16)
            self._encode(piece)

    def _encode(self, piece: Samples) -> None:
        assert self._encoder is not None
        packets = self._encoder.encode(piece, self._fed)
        self._fed += OPUS_FRAME
        if packets and self._info is not None:
            init = self._encoder.init
            media = f'audio/mp4; codecs="{codecs_value(init)}"'
            self._cutter.begin_part(replace(self._info, init=init, media=media))
            self._info = None
        self._cutter.add(packets, 0.0)
