"""When each session's client was last heard: in memory at once, in the database every few seconds."""

from __future__ import annotations

import threading

from sqlalchemy import bindparam, update

from server.clock import monotonic
from server.database import Database
from server.schema import sessions

FLUSH_SECONDS = 3.0  # the invigilator's board shows "last seen"; one write for all sessions together


class Presence:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._seen: dict[str, str] = {}
        self._waiting: dict[str, str] = {}
        self._flushed = float("-inf")

    def heard(self, session: str, now: str) -> None:
        with self._lock:
            self._seen[session] = self._waiting[session] = now
            due = monotonic() - self._flushed >= FLUSH_SECONDS
        if due:
            self.flush()

    def last(self, session: str, stored: str) -> str:
        """The later of what memory and the database know."""
        return max(self._seen.get(session, ""), stored)

    def forget(self, session: str) -> None:
        with self._lock:
            self._seen.pop(session, None)

    def flush(self) -> None:
        with self._lock:
            waiting, self._waiting = self._waiting, {}
            self._flushed = monotonic()
        if waiting:
            rows = [{"key": session, "now": now} for session, now in waiting.items()]
            change = update(sessions).where(sessions.c.id == bindparam("key")).values(seen_at=bindparam("now"))
            self._database.post(lambda connection: connection.execute(change, rows))
