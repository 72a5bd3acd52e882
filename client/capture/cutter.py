"""Numbers for the ledger: packets become parts and segments."""

from __future__ import annotations

from dataclasses import replace

from client.capture.fragments import Packet, fragment
from client.capture.source import SOUND, Next, PartInfo, SegmentInfo, SegmentSink


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
