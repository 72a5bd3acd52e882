"""The only place of the server that asks the time. Stored times are ISO 8601 text in UTC with milliseconds."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Hands out the present moment; tests pass one that they move by hand."""

    def now(self) -> datetime:
        """The present moment, with time zone UTC."""
        ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


def iso(moment: datetime) -> str:
    """``2026-01-31T09:00:00.000Z``: sorts as text in the order of time."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def parse(text: str) -> datetime:
    """Reads ``iso`` text, any other offset, or a time without one (taken as UTC). Raises ``ValueError``."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def after(text: str, *, seconds: float = 0, minutes: float = 0, days: float = 0) -> str:
    """The stored time ``text`` moved on."""
    return iso(parse(text) + timedelta(seconds=seconds, minutes=minutes, days=days))


def monotonic() -> float:
    """Seconds for waiting and pacing; says nothing about the date."""
    return time.monotonic()
