"""Threads for what blocks: files, database, hashes. A call costs a fifth of one through anyio's (16 against 70 us)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

T = TypeVar("T")

WORKER_THREADS = 64  # most of them wait for the disk

pool = ThreadPoolExecutor(WORKER_THREADS, "ingest")


async def run_sync(work: Callable[..., T], *arguments: Any) -> T:
    """Runs to its end even if nobody waits for it any more."""
    return await asyncio.get_running_loop().run_in_executor(pool, partial(work, *arguments))


def begun(work: Callable[[asyncio.Future[T]], None]) -> asyncio.Future[T]:
    """Has a thread do ``work``, which sees to it that the future it is given gets its result from somewhere (``tell``,
    ``Database.write_for``): one way back to the loop instead of two. What it raises, the future raises."""
    future: asyncio.Future[T] = asyncio.get_running_loop().create_future()

    def run() -> None:
        try:
            work(future)
        except Exception as error:  # noqa: BLE001 - for whoever waits
            future.get_loop().call_soon_threadsafe(_settle, future, None, error)

    pool.submit(run)
    return future


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
