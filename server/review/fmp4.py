"""Reads fragmented MP4 as far as proof needs it: how many samples, from when to when, which are key frames.

The bytes come from a student's machine and may be hostile: every length is checked against the bytes at
hand before it is used, counts are bounded, and anything odd raises ``MediaError``. Nothing is decoded.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

MAX_SAMPLES = 20_000  # a fragment of 4 s holds about 70; a whole minute of sound 1000
MAX_BOXES = 4_000
_NOT_SYNC = 0x10000  # sample_is_non_sync_sample, ISO 14496-12 8.8.3.1


class MediaError(Exception):
    """The bytes are not the fragmented MP4 they claim to be."""


@dataclass(frozen=True)
class TrackDefaults:
    """What ``moov`` says of the one track: its fourcc, ticks per second, and trex defaults."""

    codec: str
    timescale: int
    width: int = 0
    height: int = 0
    duration: int = 0
    size: int = 0
    flags: int = 0


@dataclass(frozen=True)
class Fragment:
    """One or more moof/mdat pairs. Times are in the track's ticks; ``pts1`` is the end of the last sample."""

    samples: int
    pts0: int
    pts1: int
    keys: tuple[int, ...]
    payload: int


@dataclass(frozen=True)
class _Run:
    """The tables of one track fragment, read so far."""

    base: int
    duration: int
    size: int
    flags: int


def read_init(data: bytes) -> TrackDefaults:
    """The single track of an init segment (``ftyp`` + ``moov``). Raises ``MediaError``."""
    moov = _only(data, 0, len(data), b"moov")
    trak = _only(data, *moov, b"trak")
    mdia = _only(data, *trak, b"mdia")
    start, end = _only(data, *mdia, b"mdhd")
    version = _u8(data, start, end)
    timescale = _u32(data, start + (20 if version == 1 else 12), end)
    if timescale == 0:
        raise MediaError("timescale 0")
    stbl = _only(data, *_only(data, *mdia, b"minf"), b"stbl")
    start, end = _only(data, *stbl, b"stsd")
    codec = _take(data, start + 12, 4, end).decode("latin-1")
    width = height = 0
    if _only(data, *mdia, b"hdlr") and _take(data, _only(data, *mdia, b"hdlr")[0] + 8, 4, len(data)) == b"vide":
        width, height = struct.unpack(">HH", _take(data, start + 40, 4, end))
    duration = size = flags = 0
    for kind, first, last in _boxes(data, *moov):
        if kind == b"mvex":
            trex, trex_end = _only(data, first, last, b"trex")
            duration, size, flags = struct.unpack(">III", _take(data, trex + 12, 12, trex_end))
    return TrackDefaults(codec, timescale, width, height, duration, size, flags)


def read_fragment(data: bytes, defaults: TrackDefaults) -> Fragment:
    """Samples of all moof/mdat pairs in ``data``. Raises ``MediaError`` unless times run on and bytes suffice."""
    samples = payload = 0
    first: int | None = None
    at = 0
    keys: list[int] = []
    pending: tuple[int, list[tuple[int, int]]] | None = None
    for kind, start, end in _boxes(data, 0, len(data)):
        if kind == b"moof":
            if pending is not None:
                raise MediaError("moof without mdat")
            base, table, places = _read_moof(data, start, end, defaults)
            if first is None:
                first = base
            elif base != at:
                raise MediaError(f"fragment starts at {base}, the one before ended at {at}")
            at = base
            for duration, _size, key in table:
                if key:
                    keys.append(at)
                at += duration
            samples += len(table)
            if samples > MAX_SAMPLES:
                raise MediaError("too many samples")
            payload += sum(size for _duration, size, _key in table)
            pending = (start - 8, places)
        elif kind == b"mdat":
            if pending is None:
                raise MediaError("mdat without moof")
            _check_places(*pending, start, end)
            pending = None
    if first is None or pending is not None or samples == 0:
        raise MediaError("no complete fragment")
    return Fragment(samples, first, at, tuple(keys), payload)


def _check_places(moof: int, places: list[tuple[int, int]], start: int, end: int) -> None:
    """Every run's bytes must lie inside the mdat that follows its moof."""
    for offset, length in places:
        if not start <= moof + offset <= moof + offset + length <= end:
            raise MediaError("samples outside of mdat")


def _read_moof(
    data: bytes, start: int, end: int, defaults: TrackDefaults
) -> tuple[int, list[tuple[int, int, bool]], list[tuple[int, int]]]:
    """(first decode time, [(duration, size, key)], [(offset from moof, bytes)]) of the one track fragment."""
    inner = _only(data, start, end, b"traf")
    run = _Run(0, defaults.duration, defaults.size, defaults.flags)
    table: list[tuple[int, int, bool]] = []
    places: list[tuple[int, int]] = []
    timed = False
    for kind, first, last in _boxes(data, *inner):
        if kind == b"tfhd":
            run = _read_tfhd(data, first, last, run)
        elif kind == b"tfdt":
            wide = _u8(data, first, last) == 1
            base = struct.unpack(">Q", _take(data, first + 4, 8, last))[0] if wide else _u32(data, first + 4, last)
            run = _Run(base, run.duration, run.size, run.flags)
            timed = True
        elif kind == b"trun":
            offset, rows = _read_trun(data, first, last, run)
            places.append((offset, sum(row[1] for row in rows)))
            table += rows
    if not timed:
        raise MediaError("no decode time")
    return run.base, table, places


def _read_tfhd(data: bytes, start: int, end: int, run: _Run) -> _Run:
    flags = _u32(data, start, end) & 0xFFFFFF
    at = start + 8
    duration, size, sample_flags = run.duration, run.size, run.flags
    if flags & 0x1:
        raise MediaError("absolute base offset")  # only fragments that stand alone are cut by the recorder
    if flags & 0x2:
        at += 4
    if flags & 0x8:
        duration, at = _u32(data, at, end), at + 4
    if flags & 0x10:
        size, at = _u32(data, at, end), at + 4
    if flags & 0x20:
        sample_flags = _u32(data, at, end)
    return _Run(run.base, duration, size, sample_flags)


def _read_trun(data: bytes, start: int, end: int, run: _Run) -> tuple[int, list[tuple[int, int, bool]]]:
    flags = _u32(data, start, end) & 0xFFFFFF
    count = _u32(data, start + 4, end)
    at, offset, first_flags = start + 8, 0, None
    if flags & 0x1:
        (offset,) = struct.unpack(">i", _take(data, at, 4, end))
        at += 4
    if flags & 0x4:
        first_flags, at = _u32(data, at, end), at + 4
    width = 4 * bin(flags & 0xF00).count("1")
    if count > MAX_SAMPLES or at + count * width > end:
        raise MediaError("sample table longer than its box")
    rows: list[tuple[int, int, bool]] = []
    for index in range(count):
        duration, size, sample_flags = run.duration, run.size, run.flags
        if index == 0 and first_flags is not None:
            sample_flags = first_flags
        if flags & 0x100:
            duration, at = _u32(data, at, end), at + 4
        if flags & 0x200:
            size, at = _u32(data, at, end), at + 4
        if flags & 0x400:
            sample_flags, at = _u32(data, at, end), at + 4
        if flags & 0x800:
            at += 4
        rows.append((duration, size, not sample_flags & _NOT_SYNC))
    return offset, rows


def _boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """(kind, first content byte, end) of each box between ``start`` and ``end``."""
    seen = 0
    while start < end:
        seen += 1
        if end - start < 8 or seen > MAX_BOXES:
            raise MediaError("torn box")
        size, kind = struct.unpack(">I4s", data[start : start + 8])
        head = 8
        if size == 1:
            size, head = struct.unpack(">Q", _take(data, start + 8, 8, end))[0], 16
        if size < head or start + size > end:
            raise MediaError(f"box of {size} bytes where {end - start} are left")
        yield kind, start + head, start + size
        start += size


def _only(data: bytes, start: int, end: int, wanted: bytes) -> tuple[int, int]:
    found = [(first, last) for kind, first, last in _boxes(data, start, end) if kind == wanted]
    if len(found) != 1:
        raise MediaError(f"{len(found)} boxes {wanted.decode()}, one expected")
    return found[0]


def _take(data: bytes, at: int, count: int, end: int) -> bytes:
    if at < 0 or at + count > end:
        raise MediaError("box too short")
    return data[at : at + count]


def _u8(data: bytes, at: int, end: int) -> int:
    return _take(data, at, 1, end)[0]


def _u32(data: bytes, at: int, end: int) -> int:
    (value,) = struct.unpack(">I", _take(data, at, 4, end))
    return int(value)
