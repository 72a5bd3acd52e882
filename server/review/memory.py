"""What was worked out of a session, kept in memory for as long as nothing about the session changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

State = tuple[object, ...]
KEPT = 48  # results; the segments of three hours are about 5 MB
T = TypeVar("T")


class Memory:
    """Thread-safe. Of each kind only the newest state of a session is kept. Nothing that was sealed belongs here."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], tuple[State, Any]] = OrderedDict()
        self._lock = Lock()

    def get(self, session: str, kind: str, state: State, make: Callable[[], T]) -> T:
        """The result for ``state``, made now if it is not there. Two who ask at once may both make it."""
        with self._lock:
            kept = self._kept.get((session, kind))
        if kept is not None and kept[0] == state:
            found: T = kept[1]
            return found
        made = make()
        with self._lock:
            self._kept[session, kind] = (state, made)
            self._kept.move_to_end((session, kind))
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made
