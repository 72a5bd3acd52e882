"""The background worker that has every stored segment opened, so that coverage is proof and not a claim.

A thread asks a process of lower priority (``server.review.reading``) and rests in proportion to the work of both, so
that they never take more than a share of one core from the pages. It also keeps the derived facts of a session fresh:
opened coverage, identity outcome, flags, and after the end the verification of the whole folder.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import SQLAlchemyError

from evidence.coverage import claimed
from server.clock import Clock, iso, monotonic
from server.database import Database
from server.review import flagging
from server.review.contents import ContentsCache
from server.review.newest import Newest
from server.review.opening import check
from server.review.opinions import Opinions
from server.review.reading import SegmentReader
from server.review.recording import Recording, Recordings
from server.review.seen_texts import TRACK, SeenTexts
from server.review.unsealing import OpeningProblem, json_lines
from server.review.vault import NoSeatKey, Vault
from server.review.verification import Verifications
from server.schema import segments, sessions

log = logging.getLogger(__name__)

BATCH = 40
SHARE = 0.5  # of one core, at most
IDLE_SECONDS = 1.0
NO_KEY_SECONDS = 60.0  # a seat whose key cannot be opened is tried again after this long
REFRESH_SECONDS = 2.0  # a live session's derived facts are written at most this often
RECENT_DAYS = 1  # a session that ended longer ago is verified when somebody looks at it
FIRST_SEGMENT = 0


@dataclass(frozen=True)
class Waiting:
    session: str
    seat: str
    stream: str
    index: int


class Opener:
    """``start`` and ``stop`` the thread, or call ``work`` from a test."""

    def __init__(
        self,
        database: Database,
        *,
        vault: Vault,
        reader: SegmentReader,
        recordings: Recordings,
        contents: ContentsCache,
        seen_texts: SeenTexts,
        newest: Newest,
        verifications: Verifications,
        opinions: Opinions,
        clock: Clock,
    ) -> None:
        self._database = database
        self._vault, self._reader = vault, reader
        self._recordings = recordings
        self._contents = contents
        self._seen_texts = seen_texts
        self._newest = newest
        self._verifications = verifications
        self._opinions = opinions
        self._clock = clock
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._no_key: dict[str, float] = {}
        self._stale: dict[str, str] = {}  # session -> seat: something was opened since the last refresh
        self._refreshed: dict[str, float] = {}
        self._ended: set[str] = set()  # sessions whose derived facts were written after their end

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="opener", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Returns when the segment at hand is done."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
        self._reader.close()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                busy = self.work()
            except (SQLAlchemyError, OSError):
                log.exception("opening segments failed; trying again")
                busy = False
            if not busy:
                self._stopping.wait(IDLE_SECONDS)

    def work(self) -> bool:
        """Opens one batch and brings the touched sessions up to date. False when there was nothing to do."""
        since = iso(self._clock.now() - timedelta(days=RECENT_DAYS))
        self._forget_erased(since)
        blocked = [seat for seat in self._no_key if not self._may_try(seat)]
        waiting = self._database.read(lambda connection: _waiting(connection, blocked))
        opened = [entry for entry in waiting if self._open(entry)]
        self._stale |= {entry.session: entry.seat for entry in opened}
        for session, seat in self._database.read(lambda connection: _ended(connection, since)):
            if session not in self._ended:
                self._stale[session] = seat
        for session, seat in list(self._stale.items()):
            if len(waiting) < BATCH or monotonic() - self._refreshed.get(session, 0.0) >= REFRESH_SECONDS:
                del self._stale[session]
                self._refreshed[session] = monotonic()
                self.refresh(session, seat)
        read = not opened and self._read_texts()  # a person waits for it
        verified = self._verifications.work()
        return bool(opened) or read or verified

    def _read_texts(self) -> bool:
        began, used = monotonic(), time.thread_time()
        read = self._seen_texts.work()
        self._rest(began, time.thread_time() - used)
        return read

    def _rest(self, began: float, used: float) -> None:
        """``used``: seconds of a processor since ``began``."""
        self._stopping.wait(max(0.0, used / SHARE - (monotonic() - began)))

    def _forget_erased(self, since: str) -> None:
        """Each time anew: a request under way may have put something back."""
        for session, seat in self._database.read(lambda connection: _erased(connection, since)):
            self._stale.pop(session, None)
            self._vault.forget(session, seat)
            self._contents.forget(session)
            self._seen_texts.forget(session)
            self._newest.forget(session)
            self._opinions.forget(session)

    def _may_try(self, seat: str) -> bool:
        return monotonic() >= self._no_key.get(seat, 0.0)

    def _open(self, entry: Waiting) -> bool:
        if self._stopping.is_set() or not self._may_try(entry.seat):
            return False
        began, used = monotonic(), time.thread_time()
        recording = self._recordings.get(entry.session)
        stream = recording.streams.get(entry.stream)
        if stream is None or entry.index not in stream.segments:
            return False  # the row is there before the line is on the disk
        try:
            outcome = check(
                self._vault, self._reader, recording,
                session=entry.session, seat=entry.seat, stream=entry.stream, index=entry.index,
            )  # fmt: skip
        except NoSeatKey:
            log.warning("no key of ours opens seat %s; its recording waits", entry.seat)
            self._no_key[entry.seat] = monotonic() + NO_KEY_SECONDS
            return False
        now = iso(self._clock.now())
        row = {
            "opened_at": now, "opened_ok": not outcome.problem, "opened_problem": outcome.problem or None,
            "frames": outcome.frames,
        }  # fmt: skip
        self._database.write(lambda connection: _write_segment(connection, entry, row))
        if entry.stream == TRACK and not outcome.problem:
            self._take_track(recording, entry)
        self._rest(began, time.thread_time() - used + outcome.cpu_seconds)
        return True

    def _take_track(self, recording: Recording, entry: Waiting) -> None:
        try:
            opened = self._vault.open(entry.session, entry.seat, recording, entry.stream, entry.index)
            rows = json_lines(opened.body)
        except (OpeningProblem, NoSeatKey):  # erased since
            return
        self._seen_texts.take(recording, entry.session, entry.index, rows)
        self._newest.take(recording, entry.session, entry.index, rows)

    def refresh(self, session: str, seat: str) -> None:
        """Writes what follows from the opened segments: coverage, identity, flags."""
        recording = self._recordings.get(session)
        rows = self._database.read(lambda connection: _opened(connection, session))
        good = {(row["stream"], row["index"]) for row in rows if row["opened_ok"]}
        problems = [(row["stream"], row["index"], row["opened_problem"]) for row in rows if not row["opened_ok"]]
        problems = [entry for entry in problems if entry[0] in recording.streams]
        coverage = opened_coverage(recording, good)
        contents = self._contents.get(session, seat, recording, recording.data_of(good))
        proposals = flagging.propose(recording, contents, problems)
        values: dict[str, Any] = {"coverage_opened": coverage}
        if contents.identity is not None:
            values["identity"] = self._opinions.joined(session, contents.identity.outcome)
        now = iso(self._clock.now())
        self._database.write(lambda connection: _write_session(connection, session, values, proposals, now))
        self._opinions.want(session)
        # While the rest of an ended session is on its way, each piece would have the whole verified anew.
        if recording.end is not None and self._database.read(lambda connection: _is_over(connection, session)):
            self._ended.add(session)
            self._verifications.want(session)


def opened_coverage(recording: Recording, good: set[tuple[str, int]]) -> dict[str, Any]:
    """Coverage as if only the segments that opened were listed."""
    lines = [line for line in recording.lines if line["type"] != "segment" or (line["stream"], line["index"]) in good]
    return {name: stream.to_json() for name, stream in claimed(lines).items()}


def _waiting(connection: Connection, blocked: Sequence[str]) -> list[Waiting]:
    """Held but not yet opened; the first of each stream before all others, so that a bad start shows at once."""
    query = (
        select(segments.c.session, sessions.c.seat, segments.c.stream, segments.c.index)
        .join(sessions, sessions.c.id == segments.c.session)
        .where(segments.c.opened_at.is_(None), segments.c.held_at.is_not(None), sessions.c.seat.not_in(blocked))
        .order_by(segments.c.index != FIRST_SEGMENT, segments.c.held_at)
        .limit(BATCH)
    )
    return [Waiting(*row) for row in connection.execute(query)]


def _ended(connection: Connection, since: str) -> list[tuple[str, str]]:
    """Sessions handed in whose facts may have been derived before their last line came."""
    query = select(sessions.c.id, sessions.c.seat).where(
        sessions.c.state != "open", sessions.c.coverage_opened.is_not(None), sessions.c.handed_in_at >= since,
        sessions.c.erased_at.is_(None),
    )  # fmt: skip
    return [(row.id, row.seat) for row in connection.execute(query)]


def _is_over(connection: Connection, session: str) -> bool:
    return connection.execute(select(sessions.c.state).where(sessions.c.id == session)).scalar() != "open"


def _erased(connection: Connection, since: str) -> list[tuple[str, str]]:
    query = select(sessions.c.id, sessions.c.seat).where(sessions.c.erased_at >= since)
    return [(row.id, row.seat) for row in connection.execute(query)]


def _opened(connection: Connection, session: str) -> Sequence[Mapping[str, Any]]:
    query = select(segments.c.stream, segments.c.index, segments.c.opened_ok, segments.c.opened_problem).where(
        segments.c.session == session, segments.c.opened_at.is_not(None)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def _write_segment(connection: Connection, entry: Waiting, row: Mapping[str, Any]) -> None:
    connection.execute(
        update(segments)
        .where(
            segments.c.session == entry.session,
            segments.c.stream == entry.stream,
            segments.c.index == entry.index,
            segments.c.held_at.is_not(None),  # else it was erased while it was being opened
        )
        .values(**row)
    )


def _write_session(
    connection: Connection,
    session: str,
    values: Mapping[str, Any],
    proposals: Sequence[flagging.Proposal],
    now: str,
) -> None:
    here = update(sessions).where(sessions.c.id == session, sessions.c.erased_at.is_(None))
    if connection.execute(here.values(**values)).rowcount != 1:
        return  # erased meanwhile: what was found in the recording goes with it
    flagging.store(connection, session, proposals, now)
