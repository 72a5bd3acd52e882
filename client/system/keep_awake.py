"""Keeps the computer awake during an exam: every way this system offers, none that outlives the process.

Each grip is tied to a connection, a handle or a descriptor of ours. When the recorder is killed the system
lets go of it by itself, so there is nothing to restore on the next start.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Protocol

_log = logging.getLogger(__name__)

REASON = "An exam is being recorded"


class Refused(Exception):
    """This system does not offer this way, or does not allow it."""


class Grip(Protocol):
    """One way to keep a computer awake. Used from one thread."""

    name: str

    def hold(self) -> None:
        """Raises ``Refused``."""
        ...

    def release(self) -> None:
        """Harmless if nothing is held; raises nothing."""
        ...


class KeepAwake:
    """All grips of a system together. ``hold`` and ``release`` may take seconds where a service hangs."""

    def __init__(self, grips: Sequence[Callable[[], Grip]]) -> None:
        self._makers = grips
        self._held: list[Grip] = []

    def hold(self) -> list[str]:
        """Names of the ways that work; an empty list means that the computer may fall asleep."""
        for make in self._makers:
            try:
                grip = make()
                grip.hold()
            except Refused as refused:
                _log.info("not kept awake this way: %s", refused)
            except Exception:  # noqa: BLE001 -- a library's surprise must not cost the exam its recording
                _log.exception("keeping awake failed")
            else:
                self._held.append(grip)
        return [grip.name for grip in self._held]

    def release(self) -> None:
        for grip in self._held:
            grip.release()
        self._held = []
