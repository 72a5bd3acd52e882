"""One database for both processes: many readers, one writer thread each.

SQLite runs in WAL mode with a busy timeout, because ingest and review write to the same file. The
writer thread joins waiting jobs into one transaction (each in its own savepoint if there are several), so that a rush
of small writes costs one sync to disk.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

import anyio.to_thread
from sqlalchemy import Connection, Engine, create_engine, event

from server.prepared import Question

T = TypeVar("T")
_Job = tuple[Callable[[Connection], Any], Future[Any]]

BUSY_SECONDS = 15  # longer than any transaction of the other process, backups included
JOBS_PER_COMMIT = 64
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
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")

    return engine


def _pool(writer: bool) -> dict[str, int]:
    kept, most = (1, 1) if writer else (KEPT_READERS, MOST_READERS)
    return {"pool_size": kept, "max_overflow": most - kept}


class Database:
    """``read`` and ``write`` take a function of one ``Connection`` and return what it returns.

    A function given to ``write`` runs inside a transaction on the writer thread; if it raises, only its own
    changes are undone. It must not block on anything but the database.
    """

    def __init__(self, url: str) -> None:
        self._readers = make_engine(url, writer=False)
        self._engine = make_engine(url, writer=True)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="database-writer", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """Jobs not yet begun: a measure of load."""
        return self._jobs.qsize()

    def read(self, work: Callable[[Connection], T]) -> T:
        with self._readers.connect() as connection:
            return work(connection)

    def ask(self, question: Question, **values: Any) -> list[tuple[Any, ...]]:
        """A read of one statement."""
        return question.ask(self._readers, values)

    def write(self, work: Callable[[Connection], T]) -> T:
        return self._submit(work).result()

    async def read_async(self, work: Callable[[Connection], T]) -> T:
        return await anyio.to_thread.run_sync(self.read, work)

    async def write_async(self, work: Callable[[Connection], T]) -> T:
        return await asyncio.wrap_future(self._submit(work))

    def close(self) -> None:
        """Finishes the jobs handed in, then closes every connection."""
        if self._closed:
            return
        self._closed = True
        self._jobs.put(None)
        self._thread.join()
        self._engine.dispose()
        self._readers.dispose()

    def _submit(self, work: Callable[[Connection], T]) -> Future[T]:
        if self._closed:
            raise DatabaseClosed
        future: Future[T] = Future()
        self._jobs.put((work, future))
        return future

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            batch = [job]
            ending = False
            while len(batch) < JOBS_PER_COMMIT and not self._jobs.empty():
                following = self._jobs.get()
                if following is None:
                    ending = True
                    break
                batch.append(following)
            self._commit([entry for entry in batch if entry[1].set_running_or_notify_cancel()])
            if ending:
                return

    def _commit(self, batch: list[_Job]) -> None:
        done: list[tuple[Future[Any], Any, BaseException | None]] = []
        try:
            with self._engine.begin() as connection:
                for work, future in batch:
                    result, failure = _run_one(connection, work, alone=len(batch) == 1)
                    done.append((future, result, failure))
        except Exception as error:  # noqa: BLE001 - the commit failed: nobody's work was kept
            done = [(future, None, error) for _, future in batch]
        for future, result, failure in done:
            if failure is None:
                future.set_result(result)
            else:
                future.set_exception(failure)


def _run_one(
    connection: Connection, work: Callable[[Connection], Any], alone: bool
) -> tuple[Any, BaseException | None]:
    """(result, failure). Raises the failure if it took the whole transaction with it."""
    if alone:
        return work(connection), None
    connection.exec_driver_sql("SAVEPOINT job")
    try:
        result = work(connection)
    except Exception as error:
        # A disk that is full or broken makes SQLite undo everything by itself, and a commit of nothing succeeds.
        if not getattr(connection.connection.dbapi_connection, "in_transaction", True):
            raise
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT job")
        connection.exec_driver_sql("RELEASE SAVEPOINT job")
        return None, error
    connection.exec_driver_sql("RELEASE SAVEPOINT job")
    return result, None
