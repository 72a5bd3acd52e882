"""The ledgers of running sessions: each line is checked, written to the session's folder, then indexed.

The file is the truth and is synced first; the database may lag behind it by one crash and is caught up when the
ledger is loaded again.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from evidence.chain import read
from evidence.coverage import Claim
from evidence.ledger import BrokenChain, Chain, Head
from evidence.lost_time import AGAIN, BACK, GONE, RESTARTED, LostTime, lost_time
from evidence.signing import MalformedLine, SigningKey, VerifyingKey, line_digest, payload_of
from server.clock import monotonic
from server.database import Database
from server.folder_lock import locked
from server.ingest import ledger_index
from server.schema import ledger_lines, sessions
from server.store import MAX_INDEX, Store

MOST_LIVE = 2000  # ledgers kept in memory; the one unused longest goes first and is read again when needed
RECEIPT_SECONDS = 60.0  # the client keeps every receipt, the folder one a minute
COVERAGE_LINES = 16  # claimed coverage is written for the board when the ledger has grown by so many


# Words in lines that change what a session lost.
_LOSSES = (AGAIN, RESTARTED, GONE, BACK)

Index = Callable[[Connection], None]
"""A job of the database."""


@dataclass(frozen=True)
class BadLine:
    """The first line of a delivery that was not accepted. ``code``: a ``BrokenChain`` code or one of ours."""

    code: str
    n: int
    expected: int
    line: str


class LiveLedger:
    """One session's chain. Use it only inside ``Ledgers.hold``."""

    def __init__(self, database: Database, store: Store, server_key: VerifyingKey, session: str) -> None:
        self._database, self._store, self._server_key, self.session = database, store, server_key, session
        self._receipt_kept = float("-inf")
        self.reload()

    def reload(self) -> None:
        """Reads the ledger back from its file and lets the database catch up."""
        row = self._database.read(
            lambda connection: (
                connection.execute(select(sessions).where(sessions.c.id == self.session)).mappings().one()
            )
        )
        self._row: dict[Any, Any] = dict(row)
        seat_key = self._store.seat_key(self.session)
        first_prev = line_digest("seat-key", seat_key) if seat_key else None
        self._chain = Chain(self.session, VerifyingKey.from_text(row["first_key"]), self._server_key, first_prev)
        lines = self._store.mend_ledger(self.session)
        self._chain.replay(lines)
        self._claim = Claim()
        for line in lines:
            self._claim.add(payload_of(line))
        self._measured = len(lines)
        self._size = self._store.ledger_size(self.session)
        self._measure_loss(lines)
        self._catch_up(lines)

    def _measure_loss(self, lines: list[str]) -> None:
        told = any(name in line for line in lines for name in _LOSSES)
        self.lost = lost_time(map(payload_of, lines)) if told else LostTime()

    def changed_outside(self) -> bool:
        """Whether the file is no longer as this object left it."""
        return self._store.ledger_size(self.session) != self._size

    @property
    def head(self) -> Head | None:
        return self._chain.head

    @property
    def key(self) -> VerifyingKey:
        """The session key in force."""
        return self._chain.session_key

    @property
    def answers_digest(self) -> str:
        """Over the newest commitment of each answer, as the ``end`` line states it."""
        return str(self._chain.state.totals()["answers"])

    def answer_commitment(self, question: str, revision: int) -> str | None:
        """What the ledger's newest line about this answer states, if it is about this revision."""
        found = self._chain.state.answers.get(question)
        return found[1] if found is not None and found[0] == revision else None

    def answer_revisions(self) -> dict[str, int]:
        """Question -> newest revision that a line names."""
        return {question: revision for question, (revision, _) in self._chain.state.answers.items()}

    def keep_receipt(self, receipt: str) -> None:
        """Puts a head receipt into the folder now and then, so that a check of the folder finds the times."""
        if monotonic() - self._receipt_kept >= RECEIPT_SECONDS:
            self._store.append_receipt(self.session, receipt)
            self._receipt_kept = monotonic()

    def accept(
        self, lines: Sequence[str], row: Mapping[Any, Any], in_charge: bool, now: str
    ) -> tuple[BadLine | None, Index | None]:
        """Takes the lines up to the first bad one into the file. ``row``: the session as the database has it now.
        The job that comes back has to be done before the ledger is let go."""
        self._row = dict(row)
        fresh: list[tuple[str, dict[str, Any]]] = []
        bad = None
        for line in lines:
            bad = self._accept_one(line, in_charge, fresh)
            if bad is not None:
                break
        return bad, self._keep(fresh, now) if fresh else None

    def _accept_one(self, line: str, in_charge: bool, fresh: list[tuple[str, dict[str, Any]]]) -> BadLine | None:
        expected = self._chain.state.n
        try:
            came = read(line)
            payload = came.payload
            n = payload.get("n")
            if type(n) is not int or n < 0:
                return BadLine("malformed", expected, expected, line)
            if n < expected:
                return None if self._held(n, fresh) == line else BadLine("conflict", n, expected, line)
            problem = self._not_allowed(payload, in_charge)
            if problem is not None:
                return BadLine(problem, n, expected, line)
            fresh.append((line, self._chain.take(came)))
            if payload["type"] == "resume":  # as the database will have it
                self._row |= {"pending_grant": None, "pending_elsewhere": False}
        except MalformedLine:
            return BadLine("malformed", expected, expected, line)
        except BrokenChain as error:
            return BadLine(error.code, error.n, expected, line)
        return None

    def _held(self, n: int, fresh: list[tuple[str, dict[str, Any]]]) -> str | None:
        for line, payload in fresh:
            if payload["n"] == n:
                return line
        query = select(ledger_lines.c.offset, ledger_lines.c.length).where(
            ledger_lines.c.session == self.session, ledger_lines.c.n == n
        )
        place = self._database.read(lambda connection: connection.execute(query).first())
        return self._store.read_line(self.session, place.offset, place.length) if place else None

    def _not_allowed(self, payload: dict[str, Any], in_charge: bool) -> str | None:
        """The server's own rules, beyond those of the chain."""
        kind = payload.get("type")
        if kind == "begin":
            row = self._row
            expected = {"session": row["id"], "seat": row["seat"], "nonce": row["nonce"]}
            if any(payload.get(name) != value for name, value in expected.items()):
                return "foreign-begin"
        elif kind == "segment":
            index = payload.get("index")
            if type(index) is int and index > MAX_INDEX:
                return "index"
        elif kind == "resume":
            grant = payload.get("grant")
            if grant is not None:
                return None if grant == self._row["pending_grant"] else "grant-withdrawn"
            # Made offline: nobody but the student's own signed-in client may bring a key without a grant.
            if not in_charge or self._row["pending_elsewhere"]:
                return "no-grant"
            return None
        # Once another machine was let in, the old key's time is over, whatever it still signs.
        return "key-ended" if self._row["pending_elsewhere"] else None

    def _keep(self, fresh: list[tuple[str, dict[str, Any]]], now: str) -> Index | None:
        places = self._store.append_lines(self.session, [line for line, _ in fresh])
        self._size = places[-1][0] + places[-1][1] + 1
        for _, payload in fresh:
            self._claim.add(payload)
        if any(name in line for line, _ in fresh for name in _LOSSES):
            self._measure_loss(self._store.ledger_lines(self.session))
        entries = [
            ledger_index.Entry(payload, line, offset, length)
            for (line, payload), (offset, length) in zip(fresh, places, strict=True)
        ]
        return self._index(entries, now)

    def _index(self, entries: list[ledger_index.Entry], now: str) -> Index | None:
        head = self.head
        if head is None or not entries:
            return None
        new_head = {"session_key": self.key.text, "ledger_n": head.n, "ledger_digest": head.digest}
        rest: dict[str, Any] = {}
        ended = entries[-1].payload["type"] == "end"
        due = ended or not self._measured or head.n + 1 - self._measured >= COVERAGE_LINES
        if due:
            rest["coverage_claimed"] = self.coverage()
            self._measured = head.n + 1
        return lambda connection: ledger_index.add(connection, self.session, entries, new_head, rest, now)

    def coverage(self) -> dict[str, Any]:
        """Claimed coverage of everything held."""
        return {stream: found.to_json() for stream, found in self._claim.coverage().items()}

    def _catch_up(self, lines: list[str]) -> None:
        query = select(func.count()).select_from(ledger_lines).where(ledger_lines.c.session == self.session)
        indexed = self._database.read(lambda connection: connection.execute(query).scalar_one())
        offset = 0
        entries = []
        for n, line in enumerate(lines):
            length = len(line.encode())
            if n >= indexed:
                entries.append(ledger_index.Entry(payload_of(line), line, offset, length))
            offset += length + 1
        # The moment of arrival was lost with the crash; the client was heard no earlier than its last stored word.
        index = self._index(entries, str(self._row["seen_at"]))
        if index is not None:
            self._database.write(index)


class Ledgers:
    def __init__(self, database: Database, store: Store, server_key: SigningKey) -> None:
        self._database, self._store, self._server_key = database, store, server_key.verifying
        self._guard = threading.Lock()
        self._live: OrderedDict[str, LiveLedger] = OrderedDict()
        self._locks: dict[str, threading.Lock] = {}
        self._lost: dict[str, LostTime] = {}

    def lost(self, session: str) -> LostTime:
        """What the ledger shows as lost, from memory; read once after a start of the server."""
        if session not in self._lost:
            with self.hold(session):
                pass  # it notes the sum on its way
        return self._lost[session]

    def lost_known(self, session: str) -> bool:
        """Whether ``lost`` answers without reading anything."""
        return session in self._lost

    @contextmanager
    def hold(self, session: str) -> Iterator[LiveLedger]:
        """The session's ledger, for one thread at a time. If the work fails, the ledger is read again next time."""
        with self._guard:
            lock = self._locks.setdefault(session, threading.Lock())
        with lock, locked(self._store.path(session)):
            with self._guard:
                ledger = self._live.pop(session, None)
            if ledger is None:
                ledger = LiveLedger(self._database, self._store, self._server_key, session)
            elif ledger.changed_outside():  # a delivery file was taken in by another process
                ledger.reload()
            self._lost[session] = ledger.lost
            yield ledger  # an exception leaves it out of memory: file and chain may differ now
            self._lost[session] = ledger.lost
            with self._guard:
                self._live[session] = ledger
                while len(self._live) > MOST_LIVE:
                    self._live.popitem(last=False)
