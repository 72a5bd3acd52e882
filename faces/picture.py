"""Stored pictures (a reference photo handed in) to pixels, with limits against hostile files."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from faces.detect import Picture

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 60_000_000
LONG_SIDE = 1280  # larger pictures are shrunk: a face needs 40 px between the eyes, not 400
FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF")


class UnreadablePicture(Exception):
    """Not a picture we open. ``code``: too_large, not_a_picture."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code


def jpeg_of(bgr: Picture, quality: int = 92) -> bytes:
    """A plain JPEG: upright, without place, time or device in it."""
    sink = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(bgr[:, :, ::-1])).save(sink, "JPEG", quality=quality)
    return sink.getvalue()


def read_picture(data: bytes) -> Picture:
    """The picture as uint8 BGR, turned upright by its EXIF note. Raises ``UnreadablePicture``."""
    if len(data) > MAX_BYTES:
        raise UnreadablePicture("too_large", f"{len(data)} bytes")
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise UnreadablePicture("too_large", f"{image.width}x{image.height}")
            image.draft("RGB", (LONG_SIDE, LONG_SIDE))  # JPEG: decode small at once
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnreadablePicture("too_large", str(error)) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise UnreadablePicture("not_a_picture", str(error)) from error
    upright.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    return np.ascontiguousarray(np.asarray(upright, dtype=np.uint8)[:, :, ::-1])
