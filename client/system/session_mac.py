"""The session on macOS: the window server's dictionary tells lock and fast user switching."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any

from client.system.core_foundation import CoreFoundation
from client.system.session import Session, Waitable

_LOCKED = "CGSSessionScreenIsLocked"
_IN_FRONT = "kCGSSessionOnConsoleKey"


class MacSession:
    """Locked, another user in front. Sleep and lid show in the clocks alone, the saver only once it locks."""

    def __init__(self, graphics: Any, words: CoreFoundation) -> None:
        self._graphics, self._words = graphics, words
        graphics.CGSessionCopyCurrentDictionary.restype = ctypes.c_void_p

    def look(self) -> Session:
        told = self._graphics.CGSessionCopyCurrentDictionary()
        if not told:  # no window server: logged in from afar, or at its very end
            return Session()
        try:
            return Session(away=not self._words.true_in(told, _IN_FRONT), locked=self._words.true_in(told, _LOCKED))
        finally:
            self._words.release(told)

    def sources(self) -> Sequence[Waitable]:
        return ()

    def close(self) -> None:
        """Nothing is open."""
