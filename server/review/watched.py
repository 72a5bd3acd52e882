"""One session as a request of somebody who watches it sees it: its ledger, its opened data, which segments play."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, func, select, type_coerce

from server.review.access import Denied
from server.review.contents import Contents
from server.review.memory import State
from server.review.recording import Recording
from server.review.site import Site
from server.schema import segments, sessions

SEGMENT_COLUMNS = (
    segments.c.stream, segments.c.index, segments.c.held_at, segments.c.opened_at, segments.c.opened_ok,
    segments.c.opened_problem,
)  # fmt: skip
COUNTS = (
    func.count(), func.count(segments.c.held_at), func.count(segments.c.opened_at),
    func.sum(type_coerce(segments.c.opened_ok, Integer)),
)  # fmt: skip


@dataclass(frozen=True)
class Watched:
    """Segments are asked for when they are needed, and only those: a request for one picture does not read thousands of
    rows. Its methods block: call them in a thread."""

    site: Site
    session: str
    seat: str
    student: str
    live: bool
    recording: Recording
    erased: bool

    @property
    def contents(self) -> Contents:
        data = [name for name, stream in self.recording.streams.items() if stream.kind == "data"]
        opened = self._which(segments.c.stream.in_(data), segments.c.held_at.is_not(None), segments.c.opened_ok)
        return self.site.contents.get(self.session, self.seat, self.recording, opened)

    def state(self) -> State:
        """Changes whenever a line, a segment or what became of one is added; cheap."""
        query = select(*COUNTS).where(segments.c.session == self.session)
        counts = self.site.database.read(lambda connection: tuple(connection.execute(query).one()))
        return len(self.recording.lines), self.live, *counts

    def rows(self, state: State) -> list[Mapping[str, Any]]:
        """All segments, ``SEGMENT_COLUMNS`` of each."""
        query = select(*SEGMENT_COLUMNS).where(segments.c.session == self.session)

        def read() -> list[Mapping[str, Any]]:
            return self.site.database.read(lambda c: [dict(row) for row in c.execute(query).mappings()])

        return self.site.memory.get(self.session, "segments", state, read)

    def playable(self, stream: str, first: int, last: int) -> frozenset[tuple[str, int]]:
        """Of ``first`` to ``last`` those that are held and did not fail to open."""
        these = (segments.c.stream == stream, segments.c.index.between(first, last))
        return self._which(segments.c.held_at.is_not(None), segments.c.opened_ok.is_not(False), *these)

    def _which(self, *conditions: ColumnElement[bool]) -> frozenset[tuple[str, int]]:
        query = select(segments.c.stream, segments.c.index).where(segments.c.session == self.session, *conditions)
        return self.site.database.read(lambda c: frozenset((stream, index) for stream, index in c.execute(query)))


def load(site: Site, session: str) -> Watched:
    """Raises ``Denied`` (404). Blocks: call it in a thread."""

    def work(connection: Connection) -> Mapping[str, Any] | None:
        row = connection.execute(select(sessions).where(sessions.c.id == session)).mappings().first()
        return dict(row) if row else None

    row = site.database.read(work)
    if row is None:
        raise Denied(404, "denied.not_found")
    return Watched(
        site, session, row["seat"], row["student"], row["state"] == "open", site.recordings.get(session),
        row["erased_at"] is not None,
    )  # fmt: skip
