"""One database for both processes: many readers, one writer thread each.

SQLite runs in WAL mode with a busy timeout, because ingest and review write to the same file.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

import anyio.to_thread
from sqlalchemy import Connection, Engine, create_engine, event

from server.database_writer import JOBS_PER_COMMIT, Job, Writer
from server.prepared import Question, drive, driver_of

__all__ = ["JOBS_PER_COMMIT", "Database", "DatabaseClosed", "make_engine", "sqlite_url"]

T = TypeVar("T")

BUSY_SECONDS = 15  # longer than any transaction of the other process, backups included
# A reader waits for nobody, save while the log of a killed process is read back; an event loop may be asking.
ASK_BUSY_SECONDS = 1
KEPT_READERS, MOST_READERS = 16, 64  # connections; a thread that reads must never wait for one


class DatabaseClosed(Exception):
    """A job was handed in after ``close``."""


def sqlite_url(file: Path) -> str:
    return f"sqlite:///{file}"


def make_engine(url: str, *, writer: bool) -> Engine:
    """An engine with explicit transactions; a SQLite writer takes the lock at BEGIN, never half way."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, **_pool(writer))
    arguments = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    engine = create_engine(url, connect_args=arguments, **_pool(writer))

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not open or close transactions of its own
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        driver = driver_of(connection)
        if driver is not None:
            drive(driver, "BEGIN IMMEDIATE" if writer else "BEGIN")

    return engine


def _pool(writer: bool) -> dict[str, int]:
    kept, most = (1, 1) if writer else (KEPT_READERS, MOST_READERS)
    return {"pool_size": kept, "max_overflow": most - kept}


class _Readers:
    """SQLite's own connections for ``ask``, as many as are ever in use at once, none in a transaction. The one given
    back last is lent first: its pages are in memory."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._free: list[sqlite3.Connection] = []  # a list's own ends are safe for threads
        self._closed = False

    def ask(self, question: Question, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        try:
            connection = self._free.pop()
        except IndexError:
            connection = sqlite3.connect(
                self._file, timeout=ASK_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            drive(connection, "PRAGMA query_only=ON")
        try:
            return question.ask(connection, values)
        finally:
            self._free.append(connection)
            if self._closed:
                self.close()

    def close(self) -> None:
        self._closed = True
        while self._free:
            self._free.pop().close()


class Database:
    """``read`` and ``write`` take a function of one ``Connection`` and return what it returns.

    A function given to ``write`` runs inside a transaction on the writer thread; if it raises, only its own
    changes are undone. It must not block on anything but the database.
    """

    def __init__(self, url: str) -> None:
        self._engine = make_engine(url, writer=False)
        self._writing = make_engine(url, writer=True)
        file = self._engine.url.database
        self._readers = _Readers(file) if self._engine.dialect.name == "sqlite" and file else None
        self._closed = False
        self._writer = Writer(self._writing)

    @property
    def waiting(self) -> int:
        """Jobs not yet begun: a measure of load."""
        return self._writer.waiting

    def read(self, work: Callable[[Connection], T]) -> T:
        with self._engine.connect() as connection:
            return work(connection)

    def ask(self, question: Question, **values: Any) -> list[tuple[Any, ...]]:
        """A read of one statement by an index: some microseconds with SQLite, so an event loop may ask too."""
        if self._readers is not None:
            return self._readers.ask(question, values)
        return self.read(lambda connection: [tuple(row) for row in connection.execute(question.statement, values)])

    def write(self, work: Callable[[Connection], T]) -> T:
        future: Future[T] = Future()
        self._submit(Job(work, future))
        return future.result()

    def post(self, work: Callable[[Connection], Any]) -> None:
        """A write that nobody waits for; a failure goes to the log."""
        self._submit(Job(work, None))

    async def read_async(self, work: Callable[[Connection], T]) -> T:
        return await anyio.to_thread.run_sync(self.read, work)

    async def write_async(self, work: Callable[[Connection], T]) -> T:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self.write_for(future, work)
        return await future

    def write_for(self, future: asyncio.Future[T], work: Callable[[Connection], T]) -> None:
        """From any thread: ``future`` gets what ``work`` returns, in its own loop, after the commit."""
        self._submit(Job(work, future, future.get_loop()))

    def close(self) -> None:
        """Finishes the jobs handed in, then closes every connection."""
        if self._closed:
            return
        self._closed = True
        self._writer.close()
        self._writing.dispose()
        self._engine.dispose()
        if self._readers is not None:
            self._readers.close()

    def _submit(self, job: Job) -> None:
        if self._closed:
            raise DatabaseClosed
        self._writer.put(job)
