"""What the system says of the student's session: one question, one answer for all systems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Session:
    """Each sign is True, False, or None where this system does not tell.

    ``away``: another user is in front. ``saver``: the screen saver runs or the screen is blank.
    ``going_to_sleep``: the system announced it and has not come back yet.
    """

    away: bool | None = None
    locked: bool | None = None
    saver: bool | None = None
    lid_closed: bool | None = None
    going_to_sleep: bool = False


class Waitable(Protocol):
    def fileno(self) -> int: ...


class SessionProbe(Protocol):
    """Used from one thread; raises nothing once it is made."""

    def look(self) -> Session: ...

    def sources(self) -> Sequence[Waitable]:
        """Sockets that become readable when it is worth looking at once; the next ``look`` reads them empty."""
        ...

    def close(self) -> None: ...


class NoProbe:
    """Where nobody can be asked."""

    def look(self) -> Session:
        return Session()

    def sources(self) -> Sequence[Waitable]:
        return ()

    def close(self) -> None:
        """Nothing is open."""
