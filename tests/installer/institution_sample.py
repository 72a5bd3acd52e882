"""What several tests of the installers use."""

from __future__ import annotations

import struct
import zlib

TODAY = "2026-11-23"


def png(width: int, height: int) -> bytes:
    """A whole black picture; a header that lies about its size where that is large."""
    rows = zlib.compress((b"\0" + bytes(4 * width)) * height) if width * height < 10**6 else b""
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


PIXEL = png(1, 1)
