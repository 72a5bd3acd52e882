"""The spool's table: what is sealed, listed, held by the server; answers; lines waiting for their seal.

It is an index. Segments can be found again from ledger and folder (``client.spool.folder``); only answers,
the paper and the lines of an open ``track`` or ``events`` segment live here alone, encrypted by the vault.
"""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from client.spool.vault import Vault, VaultClosed

_SCHEMA = """
CREATE TABLE IF NOT EXISTS segment (
    stream TEXT NOT NULL, idx INTEGER NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL,
    state TEXT NOT NULL, line INTEGER, fields TEXT NOT NULL, PRIMARY KEY (stream, idx));
CREATE INDEX IF NOT EXISTS segment_by_state ON segment (state, line);
CREATE TABLE IF NOT EXISTS answer (
    question TEXT PRIMARY KEY, revision INTEGER NOT NULL, state TEXT NOT NULL, listed INTEGER NOT NULL,
    body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS waiting (id INTEGER PRIMARY KEY AUTOINCREMENT, stream TEXT NOT NULL, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, body BLOB NOT NULL);
"""


# Marks a row whose bytes were never on this computer, or are gone with the table: nobody here knows who holds them.
ELSEWHERE = "elsewhere"
# What a row's sealed body is named by, out of its columns.
_NAMES = {"answer": "answer {0} {1}", "kept": "kept {0}", "waiting": "{1}"}
# What SQLite says of a disk, in the system's words.
_DISK = {sqlite3.SQLITE_FULL: errno.ENOSPC, sqlite3.SQLITE_IOERR: errno.EIO, sqlite3.SQLITE_CANTOPEN: errno.EIO}


class SegmentState(StrEnum):
    WRITING = "writing"  # being written: no ledger line yet
    LISTED = "listed"  # durable and in the ledger
    HELD = "held"  # the server has these bytes
    DROPPED = "dropped"  # the file was removed after the server held it
    REFUSED = "refused"  # the server will not take these bytes (it holds others): kept here, never sent again


class AnswerState(StrEnum):
    DISK = "disk"
    SERVER = "server"


class LostRace(Exception):
    """A row was not in the state its mover believed it in: two movers, or a defect."""


@dataclass(frozen=True)
class SegmentRow:
    stream: str
    index: int
    sha256: str
    size: int
    state: SegmentState
    line: int | None
    fields: dict[str, Any]


@dataclass(frozen=True)
class AnswerRow:
    """``body``: {"value", "at", "commitment", "salt", "id"}. ``listed``: the ledger has its commitment."""

    question: str
    revision: int
    state: AnswerState
    listed: bool
    body: dict[str, Any]


class Table:
    """Safe from several threads. Answers are on the disk when their call returns; the rest survives a
    killed process at once and a power cut within moments."""

    def __init__(self, file: Path, vault: Vault) -> None:
        self._vault, self._lock = vault, threading.RLock()
        self._quick = self._connect(file, "NORMAL")
        self._durable = self._connect(file, "FULL")
        with self._lock:
            self._quick.executescript(_SCHEMA)

    @staticmethod
    def _connect(file: Path, synchronous: str) -> sqlite3.Connection:
        connection = sqlite3.connect(file, timeout=10.0, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA synchronous={synchronous}")
        return connection

    def close(self) -> None:
        with self._lock:
            self._quick.close()
            self._durable.close()

    @contextmanager
    def _write(self, connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
        """One transaction. Raises ``OSError`` for what the disk does not take, a full one as any other file would."""
        with self._lock:
            try:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
            except BaseException as error:
                if connection.in_transaction:  # SQLite may have ended it itself
                    connection.execute("ROLLBACK")
                number = _DISK.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
                if number is None:
                    raise
                raise OSError(number, os.strerror(number)) from error

    def _rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._quick.execute(query, values).fetchall()

    def check(self) -> None:
        """Look at every page. Raises ``sqlite3.DatabaseError`` with the first fault."""
        found = self._rows("PRAGMA integrity_check(1)")
        if found != [("ok",)]:
            raise sqlite3.DatabaseError(str(found[0][0]) if found else "no answer")

    def put_back(self, kind: str, rows: Sequence[tuple[Any, ...]]) -> int:
        """Rows of an older table of this session, as they lay in ``kind`` (answer, kept, waiting); how many opened.
        What the local key does not open is left out."""
        fit = [row for row in rows if self._opens(_NAMES[kind], row)]
        with self._write(self._durable) as db:
            for row in fit:
                db.execute(f"INSERT OR REPLACE INTO {kind} VALUES ({','.join('?' * len(row))})", row)  # noqa: S608  # our own words
        return len(fit)

    def _opens(self, name: str, row: tuple[Any, ...]) -> bool:
        try:
            self._vault.unlock(name.format(*row), row[-1])
        except (VaultClosed, TypeError):  # a changed byte can make another kind of value of it
            return False
        return True

    # -- segments -----------------------------------------------------------------------

    def add(self, stream: str, index: int, sha256: str, size: int, fields: Mapping[str, Any]) -> None:
        """A segment is about to be written under its final name. An unfinished earlier try is replaced."""
        with self._write(self._quick) as db:
            db.execute("DELETE FROM segment WHERE stream=? AND idx=? AND state='writing'", (stream, index))
            db.execute(
                "INSERT INTO segment VALUES (?,?,?,?,?,NULL,?)",
                (stream, index, sha256, size, SegmentState.WRITING, json.dumps(dict(fields))),
            )

    def listed(self, stream: str, index: int, line: int) -> None:
        """The ledger has its line ``line``."""
        with self._write(self._quick) as db:
            cursor = db.execute(
                "UPDATE segment SET state=?, line=? WHERE stream=? AND idx=? AND state=?",
                (SegmentState.LISTED, line, stream, index, SegmentState.WRITING),
            )
            if cursor.rowcount != 1:
                raise LostRace(f"{stream}/{index} was not being written")

    def restore(self, row: SegmentRow) -> None:
        """Put a row back that ledger and folder prove (the table was lost)."""
        with self._write(self._quick) as db:
            db.execute(
                "INSERT OR REPLACE INTO segment VALUES (?,?,?,?,?,?,?)",
                (row.stream, row.index, row.sha256, row.size, row.state, row.line, json.dumps(row.fields)),
            )

    def forget(self, stream: str, index: int) -> None:
        """Remove the row of a segment that was never whole."""
        with self._write(self._quick) as db:
            db.execute("DELETE FROM segment WHERE stream=? AND idx=? AND state='writing'", (stream, index))

    def move(self, stream: str, index: int, was: SegmentState, now: SegmentState) -> None:
        """Raises ``LostRace`` when the row is not in ``was``."""
        with self._write(self._quick) as db:
            cursor = db.execute(
                "UPDATE segment SET state=? WHERE stream=? AND idx=? AND state=?", (now, stream, index, was)
            )
            if cursor.rowcount != 1:
                raise LostRace(f"{stream}/{index} was not {was}")

    def segments(self, state: SegmentState | None = None, limit: int = -1) -> list[SegmentRow]:
        """Oldest first by their ledger lines; ``limit`` < 0: all."""
        if state is None:
            found = self._rows("SELECT * FROM segment ORDER BY COALESCE(line, 1 << 60), stream, idx LIMIT ?", limit)
        else:  # asked for at every step of the delivery: the index gives it in order
            found = self._rows("SELECT * FROM segment WHERE state=? ORDER BY line LIMIT ?", state, limit)
        return [_segment(row) for row in found]

    def segment(self, stream: str, index: int) -> SegmentRow | None:
        found = self._rows("SELECT * FROM segment WHERE stream=? AND idx=?", stream, index)
        return _segment(found[0]) if found else None

    def weight(self, *states: SegmentState) -> tuple[int, int]:
        """(segments, bytes) in these states."""
        marks = ",".join("?" * len(states))
        query = f"SELECT COUNT(*), COALESCE(SUM(size), 0) FROM segment WHERE state IN ({marks})"  # noqa: S608  # only marks
        count, size = self._rows(query, *states)[0]
        return int(count), int(size)

    def weight_of(self, stream: str) -> int:
        """Sealed bytes of the stream, wherever they are."""
        return int(self._rows("SELECT COALESCE(SUM(size), 0) FROM segment WHERE stream=?", stream)[0][0])

    def at_server(self, stream: str) -> tuple[set[int], set[int]]:
        """Indexes of the stream that the server holds, and of those nobody here can tell about."""
        held, unknown = set[int](), set[int]()
        states = (SegmentState.HELD, SegmentState.DROPPED)
        query = "SELECT idx, fields FROM segment WHERE stream=? AND state IN (?,?)"
        for index, fields in self._rows(query, stream, *states):
            (unknown if json.loads(fields).get(ELSEWHERE) else held).add(int(index))
        return held, unknown

    # -- answers ------------------------------------------------------------------------

    def put_answer(self, question: str, revision: int, body: Mapping[str, Any]) -> None:
        """On the disk when this returns. An older or equal revision changes nothing (a repeat)."""
        locked = self._vault.lock(f"answer {question} {revision}", json.dumps(dict(body), ensure_ascii=False).encode())
        with self._write(self._durable) as db:
            db.execute(
                "INSERT INTO answer VALUES (?,?,?,0,?) ON CONFLICT(question) DO UPDATE SET revision=excluded.revision,"
                " state=excluded.state, listed=0, body=excluded.body WHERE excluded.revision > answer.revision",
                (question, revision, AnswerState.DISK, locked),
            )

    def answers(self, state: AnswerState | None = None) -> list[AnswerRow]:
        rows = self._rows("SELECT * FROM answer WHERE (?1 IS NULL OR state=?1) ORDER BY rowid", state)
        return [
            AnswerRow(q, r, AnswerState(s), bool(listed), json.loads(self._vault.unlock(f"answer {q} {r}", body)))
            for q, r, s, listed, body in rows
        ]

    def answer_counts(self) -> tuple[int, int]:
        """(answers, of these not yet at the server): readable without the local key."""
        found = self._rows("SELECT COUNT(*), COALESCE(SUM(state=?), 0) FROM answer", AnswerState.DISK)[0]
        return int(found[0]), int(found[1])

    def answer_listed(self, question: str, revision: int) -> None:
        with self._write(self._quick) as db:
            db.execute("UPDATE answer SET listed=1 WHERE question=? AND revision=?", (question, revision))

    def answer_at_server(self, question: str, revision: int) -> None:
        """The server holds this revision (a newer one stays to be sent)."""
        with self._write(self._quick) as db:
            db.execute(
                "UPDATE answer SET state=? WHERE question=? AND revision<=?", (AnswerState.SERVER, question, revision)
            )

    def answer_again(self, question: str) -> None:
        """The server does not hold it after all."""
        with self._write(self._quick) as db:
            db.execute("UPDATE answer SET state=? WHERE question=?", (AnswerState.DISK, question))

    # -- lines waiting for their seal, and small kept things ----------------------------

    def wait_line(self, stream: str, content: bytes) -> None:
        """A line of an open ``track`` or ``events`` segment, safe from a kill until the segment is cut."""
        with self._write(self._quick) as db:
            db.execute("INSERT INTO waiting (stream, body) VALUES (?,?)", (stream, self._vault.lock(stream, content)))

    def waiting(self, stream: str, after: int = 0) -> tuple[list[bytes], int]:
        """(the open segment's lines in order, a mark to clear them by). ``after``: an earlier mark."""
        rows = self._rows("SELECT id, body FROM waiting WHERE stream=? AND id>? ORDER BY id", stream, after)
        return [self._vault.unlock(stream, body) for _, body in rows], rows[-1][0] if rows else after

    def clear_waiting(self, stream: str, mark: int) -> None:
        with self._write(self._quick) as db:
            db.execute("DELETE FROM waiting WHERE stream=? AND id<=?", (stream, mark))

    def keep(self, name: str, content: bytes) -> None:
        """Keep a small thing (the paper, marks, the reference) encrypted; durable when this returns."""
        with self._write(self._durable) as db:
            db.execute("INSERT OR REPLACE INTO kept VALUES (?,?)", (name, self._vault.lock(f"kept {name}", content)))

    def kept(self, name: str) -> bytes | None:
        rows = self._rows("SELECT body FROM kept WHERE name=?", name)
        return self._vault.unlock(f"kept {name}", rows[0][0]) if rows else None

    def forget_secrets(self) -> None:
        """After the closing receipt: paper and answers leave this disk."""
        with self._write(self._durable) as db:
            db.execute("DELETE FROM kept")
            db.execute("DELETE FROM waiting")
            db.execute("UPDATE answer SET body=x''")


def _segment(row: tuple[Any, ...]) -> SegmentRow:
    stream, index, sha256, size, state, line, fields = row
    return SegmentRow(stream, index, sha256, size, SegmentState(state), line, json.loads(fields))
