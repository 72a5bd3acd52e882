"""The few words of macOS's CoreFoundation this room needs, through ctypes."""

from __future__ import annotations

import ctypes
import sys
from typing import Any

from client.system.keep_awake import Refused

_UTF8 = 0x08000100
_PATH = "/System/Library/Frameworks/{0}.framework/{0}"


def framework(name: str) -> Any:
    """Raises ``Refused`` where there is none."""
    if sys.platform != "darwin":
        raise Refused("this is not macOS")
    try:
        return ctypes.CDLL(_PATH.format(name))
    except OSError as error:
        raise Refused(str(error)) from error


class CoreFoundation:
    """Strings and dictionaries. What ``string`` returns is the caller's to ``release``."""

    def __init__(self, library: Any) -> None:
        self._library = library
        library.CFStringCreateWithCString.restype = ctypes.c_void_p
        library.CFStringCreateWithCString.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_uint32)
        library.CFDictionaryGetValue.restype = ctypes.c_void_p
        library.CFDictionaryGetValue.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
        library.CFBooleanGetValue.restype = ctypes.c_ubyte
        library.CFBooleanGetValue.argtypes = (ctypes.c_void_p,)
        library.CFRelease.argtypes = (ctypes.c_void_p,)
        library.CFRelease.restype = None

    @classmethod
    def load(cls) -> CoreFoundation:
        return cls(framework("CoreFoundation"))

    def string(self, text: str) -> int:
        made = self._library.CFStringCreateWithCString(None, text.encode(), _UTF8)
        if not made:
            raise Refused("CFStringCreateWithCString")
        return int(made)

    def true_in(self, dictionary: int, name: str) -> bool:
        """Whether the boolean under ``name`` is there and true."""
        key = self.string(name)
        try:
            value = self._library.CFDictionaryGetValue(dictionary, key)
            return bool(value) and bool(self._library.CFBooleanGetValue(value))
        finally:
            self.release(key)

    def release(self, made: int) -> None:
        self._library.CFRelease(made)
