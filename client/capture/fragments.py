"""Fragmented MP4 in memory: one init segment per part, then one moof + mdat per segment.

The init segment comes from FFmpeg's own muxer, through a file object that can only be written to. The
fragments are written here: that lets a segment be cut at any packet and end exactly at the stamp the
ledger names, with no muxer deciding how long the last picture lasts. Nothing ever touches a disk.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_SYNC = 0x02000000  # sample depends on no other
_NOT_SYNC = 0x01010000  # depends on others, is no sync sample


@dataclass(frozen=True, slots=True)
class Packet:
    """One coded picture or 60 ms of sound, ``pts`` in the stream's timescale."""

    pts: int
    key: bool
    data: bytes


def boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(type, whole box) of each top-level box. Raises ``ValueError`` on a torn one."""
    at = 0
    while at < len(data):
        if at + 8 > len(data):
            raise ValueError("torn box")
        size, kind = struct.unpack_from(">I4s", data, at)
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, at + 8)
        if size < 8 or at + size > len(data):
            raise ValueError("torn box")
        yield kind, data[at : at + size]
        at += size


def fragment(sequence: int, packets: Sequence[Packet], end: int) -> bytes:
    """moof + mdat holding ``packets`` (at least one, pts rising); the last one lasts until ``end``."""
    stamps = [p.pts for p in packets] + [end]
    rows = b"".join(
        struct.pack(">III", max(0, following - p.pts), len(p.data), _SYNC if p.key else _NOT_SYNC)
        for p, following in zip(packets, stamps[1:], strict=True)
    )
    header = _full_box(b"mfhd", 0, 0, struct.pack(">I", sequence))
    track = _full_box(b"tfhd", 0, 0x020000, struct.pack(">I", 1))
    time = _full_box(b"tfdt", 1, 0, struct.pack(">Q", packets[0].pts))
    # data offset: from the start of moof to the first byte of mdat's content
    run_size = 12 + 8 + len(rows)
    moof_size = 8 + len(header) + 8 + len(track) + len(time) + run_size
    run = _full_box(b"trun", 0, 0x000701, struct.pack(">Ii", len(packets), moof_size + 8) + rows)
    moof = _box(b"moof", header + _box(b"traf", track + time + run))
    return moof + _box(b"mdat", b"".join(p.data for p in packets))


def codecs_value(init: bytes) -> str:
    """The codecs parameter (RFC 6381) of an init segment: "av01.0.08M.08", "vp09.00.41.08", "opus"."""
    if (at := init.find(b"av1C")) >= 0:
        first, second = init[at + 5], init[at + 6]
        profile, level = first >> 5, first & 31
        tier = "H" if second & 0x80 else "M"
        depth = 8 if not second & 0x40 else 12 if second & 0x20 else 10
        return f"av01.{profile}.{level:02d}{tier}.{depth:02d}"
    if (at := init.find(b"vpcC")) >= 0:
        profile, level, packed = init[at + 8], init[at + 9], init[at + 10]
        return f"vp09.{profile:02d}.{level:02d}.{packed >> 4:02d}"
    if b"dOps" in init:
        return "opus"
    raise ValueError("no known codec in the init segment")


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def _full_box(kind: bytes, version: int, flags: int, content: bytes) -> bytes:
    return _box(kind, struct.pack(">I", version << 24 | flags) + content)
