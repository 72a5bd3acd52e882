"""Keeping a Mac awake: power assertions, visible to the student under ``pmset -g assertions``."""

from __future__ import annotations

import ctypes
from typing import Any

from client.system.core_foundation import CoreFoundation, framework
from client.system.keep_awake import REASON, Refused

_ON = 255
_KINDS = ("PreventUserIdleSystemSleep", "PreventUserIdleDisplaySleep")


def power_library() -> Any:
    """IOKit. Raises ``Refused`` elsewhere."""
    return framework("IOKit")


class PowerAssertions:
    """Hold off the idle sleep of computer and screen; macOS drops them with the process. A closed lid and
    "Sleep" in the menu are the student's."""

    name = "power-assertion"

    def __init__(self, library: Any, words: CoreFoundation) -> None:
        self._library, self._words = library, words
        library.IOPMAssertionCreateWithName.argtypes = (
            ctypes.c_void_p, ctypes.c_uint32, ctypes.c_void_p, ctypes.POINTER(ctypes.c_uint32),
        )  # fmt: skip
        library.IOPMAssertionCreateWithName.restype = ctypes.c_int
        library.IOPMAssertionRelease.argtypes = (ctypes.c_uint32,)
        self._held: list[int] = []

    def hold(self) -> None:
        for kind in _KINDS:
            number = ctypes.c_uint32(0)
            what, why = self._words.string(kind), self._words.string(REASON)
            failed = self._library.IOPMAssertionCreateWithName(what, _ON, why, ctypes.byref(number))
            self._words.release(what)
            self._words.release(why)
            if not failed:
                self._held.append(number.value)
        if not self._held:
            raise Refused("IOPMAssertionCreateWithName")

    def release(self) -> None:
        held, self._held = self._held, []
        for number in held:
            self._library.IOPMAssertionRelease(number)
