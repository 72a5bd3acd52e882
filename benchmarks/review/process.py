"""The site in a process of its own, so that what it costs can be told from what the benchmark costs."""

from __future__ import annotations

import multiprocessing
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import uvicorn

from benchmarks.review.hall import Hall
from evidence import age
from server.review.app import make_app
from server.settings import DataFolder, Settings


@dataclass(frozen=True)
class Server:
    """``cpu``: seconds of processor time so far; ``memory``: MB in memory now."""

    address: str
    process: psutil.Process

    @property
    def cpu(self) -> float:
        times = self.process.cpu_times()
        return float(times.user + times.system)

    @property
    def memory(self) -> float:
        return float(self.process.memory_info().rss) / 1e6


@contextmanager
def serving(hall: Hall) -> Iterator[Server]:
    """The site over the hall's folder; no opening worker beside it."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    child = spawn.Process(target=_serve, args=(hall.folder.root, hall.review.text, there))
    child.start()
    try:
        yield Server(f"http://127.0.0.1:{here.recv()}", psutil.Process(child.pid))
    finally:
        child.terminate()
        child.join(15)


def _serve(root: Path, review: str, told: Any) -> None:
    app = make_app(Settings(folder=DataFolder(root), name="Benchmark"), age.parse_identity(review))
    listener = socket.create_server(("127.0.0.1", 0))
    told.send(listener.getsockname()[1])
    config = uvicorn.Config(app, log_level="error", lifespan="off", timeout_graceful_shutdown=2)
    uvicorn.Server(config).run(sockets=[listener])
