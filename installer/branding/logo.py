"""The institution's logo: a plain small PNG, looked at before any picture library sees it."""

from __future__ import annotations

import struct
import zlib

from installer.errors import InstallerError

MOST_BYTES = 200_000
MOST_PIXELS = 2048  # a side
_START = b"\x89PNG\r\n\x1a\n"


def check_logo(content: bytes) -> bytes:
    """``content`` itself if it is whole: right start, size within bounds, every checksum. Raises ``InstallerError``."""
    if len(content) > MOST_BYTES:
        raise InstallerError(f"logo: at most {MOST_BYTES // 1000} kB, this one has {len(content) // 1000}")
    if not content.startswith(_START):
        raise InstallerError("logo: must be a PNG (an SVG can hold a program)")
    place, kinds = len(_START), []
    while place < len(content):
        size, kind = struct.unpack_from(">I4s", content.ljust(place + 8, b"\0"), place)
        body = content[place + 4 : place + 8 + size]
        check = content[place + 8 + size : place + 12 + size]
        if len(check) != 4 or zlib.crc32(body) != int.from_bytes(check, "big"):
            raise InstallerError("logo: the file is damaged")
        kinds.append(kind)
        place += 12 + size
    if not kinds or kinds[0] != b"IHDR" or kinds[-1] != b"IEND":
        raise InstallerError("logo: the file is damaged")
    width, height = struct.unpack_from(">II", content, 16)
    if not (0 < width <= MOST_PIXELS and 0 < height <= MOST_PIXELS):
        raise InstallerError(f"logo: at most {MOST_PIXELS} pixels a side, this one has {width} x {height}")
    return content
