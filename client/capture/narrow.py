"""A smaller picture for the encoder."""

from __future__ import annotations

import cv2
import numpy as np

from client.capture.source import Pixels


def narrower(yuv: Pixels, width: int) -> Pixels:
    """The I420 picture at ``width`` (even) pixels and an even height; the same one if it is not wider."""
    if yuv.shape[1] <= width:
        return yuv
    full_height, full_width = yuv.shape[0] * 2 // 3, yuv.shape[1]
    height = full_height * width // full_width & ~1
    out = np.empty((height * 3 // 2, width), np.uint8)
    out[:height] = cv2.resize(yuv[:full_height], (width, height), interpolation=cv2.INTER_AREA)
    planes = yuv[full_height:].reshape(2, full_height // 2, full_width // 2)
    small = [cv2.resize(plane, (width // 2, height // 2), interpolation=cv2.INTER_AREA) for plane in planes]
    out[height:] = np.stack(small).reshape(height // 2, width)
    return out
