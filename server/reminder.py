"""Once a day the running server says what is past its retention, and publishes a signed checkpoint if a folder is set.
It erases no recording and no answer: a person does. Results of checks past their period it forgets by itself."""

from __future__ import annotations

import logging
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from server import readiness
from server.admin import erasure, periods, published
from server.admin.console import opened
from server.admin.errors import CommandFailed
from server.clock import Clock, monotonic

log = logging.getLogger("senim.retention")

DAY_SECONDS = 86_400.0
HOUR_SECONDS = 3_600.0  # until the next try, when the folder for checkpoints could not be reached


class Reminder:
    """``tick`` as often as you like: it looks at its first call and then once a day."""

    def __init__(self, root: Path, clock: Clock) -> None:
        self._root = root
        self._clock = clock
        self._next = float("-inf")
        self._next_checkpoint = float("-inf")

    def tick(self, now: float | None = None) -> None:
        """``now``: seconds of ``server.clock.monotonic``; given by tests."""
        now = monotonic() if now is None else now
        if now >= self._next:
            self._next = now + DAY_SECONDS
            self._remind()
            self._forget()
        if now >= self._next_checkpoint:
            self._next_checkpoint = now + (DAY_SECONDS if self._publish() else HOUR_SECONDS)

    def _publish(self) -> bool:
        """False: not done, for a reason that may pass."""
        try:
            with opened(self._root, self._clock, "serve") as console:
                done = published.publish_daily(console)
        except (CommandFailed, SQLAlchemyError, OSError):
            log.exception("the day's checkpoint was not published")
            return False
        if done is not None and done.shrunk:
            log.error("sessions hold less than an earlier checkpoint says: %s", ", ".join(done.shrunk))
        return True

    def _forget(self) -> None:
        try:
            with opened(self._root, self._clock, "serve") as console:
                now, days = console.now(), console.settings.readiness_days
                console.database.write(lambda connection: readiness.forget(connection, now, days))
        except (CommandFailed, SQLAlchemyError, OSError):
            log.exception("results of checks past their period could not be deleted")

    def _remind(self) -> None:
        try:
            with opened(self._root, self._clock, "serve") as console:
                found, own = erasure.plan(console), periods.plan(console)
        except (CommandFailed, SQLAlchemyError, OSError):
            log.exception("what is past its retention could not be found out")
            return
        if own.answers or own.references:
            log.warning(
                "past their own period: answers of %d sessions, pictures of %d students; see `erase --dry-run`",
                len(own.answers), len(own.references),
            )  # fmt: skip
        if found.due or found.held or found.unfinished:
            log.warning(
                "past retention: %d recordings to erase, %d waiting for a verdict, %d erasures not finished; "
                "see `python -m server erase --dry-run`",
                len(found.due), len(found.held), len(found.unfinished),
            )  # fmt: skip
