"""Memory that was freed and is still held."""

from __future__ import annotations

import ctypes
import sys

_M_ARENA_MAX = -8  # malloc.h
_HEAPS = 2


def use_few_heaps() -> bool:
    """glibc gives each of our fifty threads a heap of its own until there are eight for each processor core, and what
    one of them has freed no other one can use. Call before there are threads. True if the system took it; never
    elsewhere than on Linux with glibc."""
    if sys.platform != "linux":
        return False
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    return set_option is not None and bool(set_option(_M_ARENA_MAX, _HEAPS))


def give_back() -> bool:
    """glibc keeps what libraries free, for whatever may want it; give all of it back to the system. Takes some
    milliseconds. True if something was given back; never elsewhere than on Linux with glibc."""
    if sys.platform != "linux":
        return False
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    return trim is not None and bool(trim(0))
