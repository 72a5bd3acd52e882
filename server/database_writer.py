"""The one thread that writes to the database. Jobs that wait are joined into one transaction (each in its own savepoint
if there are several), so that a rush of small writes costs one sync to disk."""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine

from server.prepared import drive, driver_of

log = logging.getLogger(__name__)

Work = Callable[[Connection], Any]

JOBS_PER_COMMIT = 64
# While several jobs come at a time, this long more is waited for company. Who writes alone never waits.
GATHER_SECONDS = 0.005


@dataclass(slots=True)
class Job:
    """``future`` belongs to ``loop``; without a loop some thread waits for it. None: nobody waits."""

    work: Work
    future: Future[Any] | asyncio.Future[Any] | None
    loop: asyncio.AbstractEventLoop | None = None


_Done = list[tuple[Job, Any, BaseException | None]]


class Writer:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._connection: Connection | None = None
        self._thread = threading.Thread(target=self._run, name="database-writer", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """Jobs not yet begun."""
        return self._jobs.qsize()

    def put(self, job: Job) -> None:
        self._jobs.put(job)

    def close(self) -> None:
        """Returns when the jobs handed in are done."""
        self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        joined = 1
        while (job := self._jobs.get()) is not None:
            if joined > 1:
                time.sleep(GATHER_SECONDS)
            batch, ending = self._joined(job)
            self._commit(batch)
            joined = len(batch)
            if ending:
                break
        self._drop()

    def _joined(self, first: Job) -> tuple[list[Job], bool]:
        """The jobs of one transaction, and whether they are the last."""
        batch = [first]
        while len(batch) < JOBS_PER_COMMIT and not self._jobs.empty():
            following = self._jobs.get()
            if following is None:
                return batch, True
            batch.append(following)
        return batch, False

    def _commit(self, batch: list[Job]) -> None:
        wanted = [
            job for job in batch if not isinstance(job.future, Future) or job.future.set_running_or_notify_cancel()
        ]
        done: _Done = []
        try:
            connection = self._connection = self._connection or self._engine.connect()
            with connection.begin():
                for job in wanted:
                    done.append((job, *_run_one(connection, job.work, alone=len(wanted) == 1)))
        except Exception as error:  # noqa: BLE001 - the commit failed: nobody's work was kept
            done = [(job, None, error) for job in wanted]
            self._drop()
        _tell(done)

    def _drop(self) -> None:
        """Nobody knows what state a connection is in after a failure: the next transaction begins on a clean one."""
        if self._connection is not None:
            connection, self._connection = self._connection, None
            try:
                connection.close()
            except Exception:
                log.exception("a broken connection could not be closed")


def _run_one(connection: Connection, work: Work, alone: bool) -> tuple[Any, BaseException | None]:
    """(result, failure). Raises the failure if it took the whole transaction with it."""
    if alone:
        return work(connection), None
    _execute(connection, "SAVEPOINT job")
    try:
        result = work(connection)
    except Exception as error:
        # A disk that is full or broken makes SQLite undo everything by itself, and a commit of nothing succeeds.
        if not getattr(connection.connection.dbapi_connection, "in_transaction", True):
            raise
        _execute(connection, "ROLLBACK TO SAVEPOINT job")
        _execute(connection, "RELEASE SAVEPOINT job")
        return None, error
    _execute(connection, "RELEASE SAVEPOINT job")
    return result, None


def _execute(connection: Connection, sql: str) -> None:
    driver = driver_of(connection)
    if driver is None:
        connection.exec_driver_sql(sql)
    else:
        drive(driver, sql)


def _tell(done: _Done) -> None:
    """Each who waits; an event loop is woken once for all of its own."""
    loops: dict[asyncio.AbstractEventLoop, _Done] = {}
    for entry in done:
        job, _, failure = entry
        if job.loop is not None:
            loops.setdefault(job.loop, []).append(entry)
        elif job.future is not None:
            _settle([entry])
        elif failure is not None:
            log.warning("a write that nobody waits for failed: %s", failure)
    for loop, entries in loops.items():
        try:
            loop.call_soon_threadsafe(_settle, entries)
        except RuntimeError:  # the loop has ended, and with it whoever waited
            log.info("%d writes were done after their askers had gone", len(entries))


def _settle(done: _Done) -> None:
    for job, result, failure in done:
        if job.future is None or job.future.cancelled():
            continue
        if failure is None:
            job.future.set_result(result)
        else:
            job.future.set_exception(failure)
