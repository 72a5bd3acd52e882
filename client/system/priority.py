"""The recorder's place in the queue for processors: behind the window, whoever started both."""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Any

NICE = 5
_BELOW_NORMAL = 0x4000


def give_way() -> None:
    """Lower this process's priority under its parent's. A system that does not allow it leaves it as it is."""
    if sys.platform == "win32":
        windows_give_way(ctypes.WinDLL("kernel32"))
    else:
        os.nice(NICE)


def windows_give_way(kernel: Any) -> None:
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    kernel.SetPriorityClass.argtypes = (ctypes.c_void_p, ctypes.c_uint32)
    kernel.SetPriorityClass(kernel.GetCurrentProcess(), _BELOW_NORMAL)
