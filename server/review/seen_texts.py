"""Which applications and window titles were in front in each session, for the search of the board.

Read from the sealed ``track`` stream as the review process opens it, and held in its memory alone: window titles never
lie in clear on a disk. After a restart nothing is known; a session somebody searches is read again in the background,
and until then the search says that it has not looked at it.
"""

from __future__ import annotations

import threading
import unicodedata
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from server.database import Database
from server.review.recording import Recording, Recordings
from server.review.unsealing import OpeningProblem, json_lines
from server.review.vault import NoSeatKey, Vault
from server.schema import segments, sessions

TRACK = "track"
MOST_LETTERS = 200  # of one title
MOST_TEXTS = 400  # of one session: a title that changes every second fills no memory
ENTRY_COST = 120  # letters that an entry's bookkeeping is worth
MOST_KEPT = 30_000_000  # letters of all sessions together; the ones not looked for longest go first
AT_ONCE = 20  # segments read between two looks at other work


@dataclass(frozen=True)
class Hit:
    """The first moment at which ``text`` was in front. ``kind``: application or title; hostile text, made plain."""

    kind: str
    text: str
    at_ms: int
    wall_zero: datetime


@dataclass
class _Seen:
    """``found``: {(kind, text): session ms}; ``taken``: indexes of the segments read."""

    wall_zero: datetime
    found: dict[tuple[str, str], int] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    cost: int = 0


class SeenTexts:
    """Safe to use from several threads."""

    def __init__(self, database: Database, vault: Vault, recordings: Recordings) -> None:
        self._database, self._vault, self._recordings = database, vault, recordings
        self._kept: OrderedDict[str, _Seen] = OrderedDict()
        self._wanted: OrderedDict[str, None] = OrderedDict()
        self._cost = 0
        self._lock = threading.Lock()

    def take(self, recording: Recording, session: str, index: int, rows: Iterable[Mapping[str, Any]]) -> None:
        """The lines of one opened ``track`` segment."""
        with self._lock:
            seen = self._kept.setdefault(session, _Seen(recording.wall_zero))
            seen.taken.add(index)
            for row in rows:
                for kind, name in (("application", "app"), ("title", "title")):
                    text = row.get(name)
                    if isinstance(text, str) and text:
                        self._note(seen, (kind, text[:MOST_LETTERS]), int(row["t"]))
            while self._cost > MOST_KEPT and len(self._kept) > 1:
                _, gone = self._kept.popitem(last=False)
                self._cost -= gone.cost

    def _note(self, seen: _Seen, key: tuple[str, str], at_ms: int) -> None:
        before = seen.found.get(key)
        if before is not None:
            seen.found[key] = min(before, at_ms)
        elif len(seen.found) < MOST_TEXTS:
            seen.found[key] = at_ms
            cost = len(key[1]) + ENTRY_COST
            seen.cost += cost
            self._cost += cost

    def forget(self, session: str) -> None:
        """Its recording was erased."""
        with self._lock:
            self._wanted.pop(session, None)
            gone = self._kept.pop(session, None)
            self._cost -= gone.cost if gone else 0

    def search(self, words: str, wanted: Sequence[str]) -> dict[str, Hit]:
        """Of each session the earliest application or title that holds ``words``."""
        asked, hits = folded(words), {}
        for session in wanted:
            with self._lock:
                seen = self._kept.get(session)
                if seen is None:
                    continue
                self._kept.move_to_end(session)
                found = list(seen.found.items())
            fitting = [(at, kind, text) for (kind, text), at in found if asked in folded(text)]
            if fitting:
                at, kind, text = min(fitting)
                hits[session] = Hit(kind, plain(text), at, seen.wall_zero)
        return hits

    def unread(self, opened: Mapping[str, int]) -> list[str]:
        """``opened``: {session: readable segments of ``track``}. Those not read to the end; they are read next."""
        with self._lock:
            taken = {session: len(seen.taken) for session, seen in self._kept.items()}
            left = [session for session, count in opened.items() if taken.get(session, 0) < count]
            for session in left:
                self._wanted[session] = None
        return left

    def work(self) -> bool:
        """Reads some segments of one session that was searched; False if there is none."""
        with self._lock:
            if not self._wanted:
                return False
            session = next(iter(self._wanted))
            taken = set(self._kept[session].taken) if session in self._kept else set()
        seat, indexes = self._database.read(lambda connection: _opened(connection, session))
        left = [index for index in indexes if index not in taken]
        for index in left[:AT_ONCE]:
            recording = self._recordings.get(session)
            try:
                rows = json_lines(self._vault.open(session, seat, recording, TRACK, index).body)
            except (OpeningProblem, NoSeatKey, KeyError):
                rows = []  # damaged since it was opened; the session's page says so
            self.take(recording, session, index, rows)
        if len(left) <= AT_ONCE:
            with self._lock:
                self._wanted.pop(session, None)
        return True


def _opened(connection: Connection, session: str) -> tuple[str, list[int]]:
    seat = connection.execute(
        select(sessions.c.seat).where(sessions.c.id == session, sessions.c.erased_at.is_(None))
    ).scalar()
    here = (segments.c.session == session) & (segments.c.stream == TRACK) & segments.c.opened_ok
    query = select(segments.c.index).where(here, segments.c.held_at.is_not(None)).order_by(segments.c.index)
    return (str(seat), list(connection.execute(query).scalars())) if seat is not None else ("", [])


def folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def plain(text: str) -> str:
    """Without control and direction characters, which could make a line read as another one."""
    return "".join(letter if unicodedata.category(letter)[0] != "C" else " " for letter in text).strip()
