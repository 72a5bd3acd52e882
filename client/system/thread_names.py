"""Gives threads the names under which the system shows them: ``top -H``, a debugger, the benchmark.

Python before 3.14 keeps a thread's name to itself. A thread of a library takes the name of the one that
started it (on Linux); encoders' threads are given their own by ``client.capture.priority``.
"""

from __future__ import annotations

import ctypes
import sys
import threading
from collections.abc import Callable
from typing import Any

_LINUX_BYTES = 15
_SET_NAME = 15  # PR_SET_NAME


def name_threads(process: str) -> None:
    """Name the calling thread ``process``, and each thread that ``threading`` starts from now on by its own name.

    A profile hook is the one public place where Python runs something in a new thread before the thread's own
    code; it takes itself out at its first call, so nothing is slower afterwards.
    """
    name = namer()

    def first_call(_frame: object, _event: str, _argument: object) -> None:
        sys.setprofile(None)
        name(threading.current_thread().name)

    threading.setprofile(first_call)
    name(process)


def namer() -> Callable[[str], None]:
    """A function that names the calling thread; it does nothing where that is not known how."""
    if sys.platform == "linux":
        return linux_namer(ctypes.CDLL(None))
    if sys.platform == "darwin":
        return mac_namer(ctypes.CDLL("/usr/lib/libSystem.dylib"))
    if sys.platform == "win32":
        return windows_namer(ctypes.WinDLL("kernel32"))
    return lambda _name: None


def linux_namer(library: Any) -> Callable[[str], None]:
    return lambda name: library.prctl(_SET_NAME, shortened(name).encode("ascii", "replace"), 0, 0, 0)


def mac_namer(library: Any) -> Callable[[str], None]:
    return lambda name: library.pthread_setname_np(name.encode()[:63])


def windows_namer(kernel: Any) -> Callable[[str], None]:
    if not hasattr(kernel, "SetThreadDescription"):  # Windows 10 before 1607
        return lambda _name: None
    kernel.GetCurrentThread.restype = ctypes.c_void_p
    kernel.SetThreadDescription.argtypes = (ctypes.c_void_p, ctypes.c_wchar_p)
    return lambda name: kernel.SetThreadDescription(kernel.GetCurrentThread(), name)


def shortened(name: str) -> str:
    """What Linux keeps of a name: fifteen letters. ``capture-`` says nothing beside ``screen-1``."""
    return name.removeprefix("capture-")[:_LINUX_BYTES]
