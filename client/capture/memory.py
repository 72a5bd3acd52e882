"""Memory that was freed and is still held."""

from __future__ import annotations

import ctypes
import sys


def give_back() -> bool:
    """glibc keeps what libraries free, for whatever may want it; give all of it back to the system. Takes some
    milliseconds. True if something was given back; never elsewhere than on Linux with glibc."""
    if sys.platform != "linux":
        return False
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    return trim is not None and bool(trim(0))
