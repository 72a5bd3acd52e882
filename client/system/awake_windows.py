"""Keeping a Windows computer awake: a power request, visible to the student under ``powercfg /requests``."""

from __future__ import annotations

import ctypes
import sys
from typing import Any

from client.system.keep_awake import REASON, Refused

_VERSION, _SIMPLE_STRING = 0, 1
_DISPLAY, _SYSTEM = 0, 1  # POWER_REQUEST_TYPE
_INVALID_HANDLE = ctypes.c_void_p(-1).value


class _ReasonContext(ctypes.Structure):
    """REASON_CONTEXT. The union's other branch (a text from a resource) is larger: it is padded to that."""

    _fields_ = (
        ("version", ctypes.c_uint32),
        ("flags", ctypes.c_uint32),
        ("reason", ctypes.c_wchar_p),
        ("rest", ctypes.c_void_p * 2),
    )


def kernel() -> Any:
    """kernel32. Raises ``Refused`` elsewhere."""
    if sys.platform == "win32":
        return ctypes.WinDLL("kernel32")
    raise Refused("this is not Windows")


class PowerRequest:
    """Holds off the idle sleep of computer and screen. The handle dies with the process. A closed lid and the
    sleep button are the student's: no program without special rights can forbid them."""

    name = "power-request"

    def __init__(self, kernel: Any) -> None:
        self._kernel = kernel
        self._handle: int | None = None
        kernel.PowerCreateRequest.restype = ctypes.c_void_p
        for function in (kernel.PowerSetRequest, kernel.PowerClearRequest):
            function.argtypes = (ctypes.c_void_p, ctypes.c_int)
        kernel.CloseHandle.argtypes = (ctypes.c_void_p,)

    def hold(self) -> None:
        context = _ReasonContext(_VERSION, _SIMPLE_STRING, REASON)
        handle = self._kernel.PowerCreateRequest(ctypes.byref(context))
        if handle in (None, 0, _INVALID_HANDLE):
            raise Refused("PowerCreateRequest")
        self._handle = int(handle)
        set_ones = [kind for kind in (_SYSTEM, _DISPLAY) if self._kernel.PowerSetRequest(self._handle, kind)]
        if not set_ones:
            self.release()
            raise Refused("PowerSetRequest")

    def release(self) -> None:
        handle, self._handle = self._handle, None
        if handle is not None:
            for kind in (_SYSTEM, _DISPLAY):
                self._kernel.PowerClearRequest(handle, kind)
            self._kernel.CloseHandle(handle)
