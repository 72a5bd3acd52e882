"""Threads for what blocks: files, database, hashes. A call costs a fifth of one through anyio's (16 against 70 us)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

T = TypeVar("T")

WORKER_THREADS = 64  # most of them wait for the disk
GATHER_SECONDS = 0.005
JOBS_IN_TURN = 4  # more would keep the last of them waiting on a slow disk

pool = ThreadPoolExecutor(WORKER_THREADS, "ingest")


async def run_sync(work: Callable[..., T], *arguments: Any) -> T:
    """Runs to its end even if nobody waits for it any more."""
    return await asyncio.get_running_loop().run_in_executor(pool, partial(work, *arguments))


class Hands:
    """Threads for jobs of one event loop that come in numbers and answer through a future: see ``begin``.

    A thread that is woken for each job alone costs as much as the job. While others are under way, jobs are therefore
    gathered for a few milliseconds, and a thread does a few of them in turn.
    """

    def __init__(self) -> None:
        self._waiting: list[tuple[Callable[[asyncio.Future[Any]], None], asyncio.Future[Any]]] = []
        self._open = 0
        self._gathering = False

    def begin(self, work: Callable[[asyncio.Future[T]], None]) -> asyncio.Future[T]:
        """Has a thread do ``work``, which sees to it that the future it is given gets its result from somewhere
        (``tell``, ``Database.write_for``): one way back to the loop instead of two. What it raises, the future raises.
        On the loop alone."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        future.add_done_callback(self._closed)
        self._waiting.append((work, future))
        if not self._open:
            self._start()
        elif not self._gathering:
            self._gathering = True
            loop.call_later(GATHER_SECONDS, self._start)
        self._open += 1
        return future

    def _start(self) -> None:
        self._gathering = False
        waiting, self._waiting = self._waiting, []
        for at in range(0, len(waiting), JOBS_IN_TURN):
            pool.submit(_in_turn, waiting[at : at + JOBS_IN_TURN])

    def _closed(self, _future: asyncio.Future[Any]) -> None:
        self._open -= 1


def _in_turn(jobs: list[tuple[Callable[[asyncio.Future[Any]], None], asyncio.Future[Any]]]) -> None:
    for work, future in jobs:
        try:
            work(future)
        except Exception as error:  # noqa: BLE001 - for whoever waits
            future.get_loop().call_soon_threadsafe(_settle, future, None, error)


def tell(future: asyncio.Future[T], result: T) -> None:
    """From any thread."""
    future.get_loop().call_soon_threadsafe(_settle, future, result, None)


def _settle(future: asyncio.Future[Any], result: Any, error: Exception | None) -> None:
    if future.cancelled():
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)
