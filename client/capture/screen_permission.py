"""Whether this system lets us see its screens at all.

macOS gives a program without the permission pictures all the same: the wallpaper and the menu bar, no window of
anybody else. By its looks that is a screen, so the system is asked.
"""

from __future__ import annotations

import ctypes
import sys
from typing import Any

_CORE_GRAPHICS = "/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics"


def screens_may_be_seen(ask: bool = True) -> bool:
    """False only where the system says so (macOS 10.15 and later). ``ask``: the system shows its own question, once;
    the answer counts from the program's next start."""
    if sys.platform != "darwin":
        return True
    return permitted(_core_graphics(), ask)


def permitted(library: Any, ask: bool) -> bool:
    """``library``: CoreGraphics, None where it cannot be loaded. Before macOS 10.15 there was nothing to ask."""
    look = getattr(library, "CGPreflightScreenCaptureAccess", None)
    if look is None:
        return True
    look.restype = ctypes.c_bool
    if look():
        return True
    request = getattr(library, "CGRequestScreenCaptureAccess", None)
    if ask and request is not None:
        request.restype = ctypes.c_bool
        return bool(request())
    return False


def _core_graphics() -> Any:
    try:
        return ctypes.CDLL(_CORE_GRAPHICS)
    except OSError:
        return None
