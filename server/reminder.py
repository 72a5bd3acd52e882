"""Once a day the running server says what is past its retention. It erases nothing: a person does."""

from __future__ import annotations

import logging
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from server.admin import erasure
from server.admin.console import opened
from server.admin.institution import CommandFailed
from server.clock import Clock, monotonic

log = logging.getLogger("senim.retention")

DAY_SECONDS = 86_400.0


class Reminder:
    """``tick`` as often as you like: it looks at its first call and then once a day."""

    def __init__(self, root: Path, clock: Clock) -> None:
        self._root = root
        self._clock = clock
        self._next = float("-inf")

    def tick(self, now: float | None = None) -> None:
        """``now``: seconds of ``server.clock.monotonic``; given by tests."""
        now = monotonic() if now is None else now
        if now < self._next:
            return
        self._next = now + DAY_SECONDS
        try:
            with opened(self._root, self._clock, "serve") as console:
                found = erasure.plan(console)
        except (CommandFailed, SQLAlchemyError, OSError):
            log.exception("what is past its retention could not be found out")
            return
        if found.due or found.held or found.unfinished:
            log.warning(
                "past retention: %d recordings to erase, %d waiting for a verdict, %d erasures not finished; "
                "see `python -m server erase --dry-run`",
                len(found.due), len(found.held), len(found.unfinished),
            )  # fmt: skip
