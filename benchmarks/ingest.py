"""What taking in segments costs the server, against a handler that only stores the body (same web server, same size).

Both take the same bodies over the same number of connections, in turns, so that what else the machine does in a minute
falls on both. Counted is processor time of the serving processes alone, not of who sends.
"""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import psutil
import requests

from benchmarks.figures import Figure, Result
from benchmarks.recording.institution import ROOT
from benchmarks.reliability.forged import Recorded
from benchmarks.reliability.institution import MortalInstitution

SEGMENT_BYTES = 200_000
CONNECTIONS = 8  # students who send at the same time
ROUNDS = 3
# One student: two streams of a segment each in five seconds, and as often a delivery of ledger lines.
SEGMENTS_A_SECOND, DELIVERIES_A_SECOND = 0.4, 0.2
SHARE = 0.5  # of a core: the rest is for bursts
BARE = """
import hashlib, os, sys
from pathlib import Path
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

async def store(request: Request) -> Response:
    body = bytearray()
    async for piece in request.stream():
        body += piece
    part = Path(sys.argv[2]) / request.path_params["name"]
    with part.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    return Response(status_code=201)

uvicorn.run(Starlette(routes=[Route("/{name}", store, methods=["PUT"])]), port=int(sys.argv[1]), log_level="warning")
"""


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--segments", type=int, default=1200, help="of 200 KB, in all")


def run(chosen: argparse.Namespace) -> Result:
    share = max(1, chosen.segments // (ROUNDS * CONNECTIONS))
    count = share * ROUNDS * CONNECTIONS
    with tempfile.TemporaryDirectory(prefix="senim-ingest-") as place:
        institution, bare = MortalInstitution(Path(place)), Bare(Path(place))
        institution.start()
        bare.start()
        try:
            halls = [Recorded(institution) for _ in range(CONNECTIONS)]
            plain = put = deliver = 0.0
            for _ in range(ROUNDS):
                sealed = [[one.record(os.urandom(SEGMENT_BYTES)) for _ in range(share)] for one in halls]
                plain += _cost(bare.cpu_seconds, [partial(bare.take, bodies) for bodies in sealed])
                deliver += _cost(institution.cpu_seconds, [one.deliver_by_two for one in halls])
                senders = [partial(_put, one, bodies) for one, bodies in zip(halls, sealed, strict=True)]
                put += _cost(institution.cpu_seconds, senders)
        finally:
            bare.stop()
            institution.stop()
    plain, put, deliver = plain / count, put / count, deliver / (count / 2)
    student = SEGMENTS_A_SECOND * put + DELIVERIES_A_SECOND * deliver
    figures = {
        "cpu_ratio_bare": Figure(put / plain, "", "<= 1.8"),
        "students_per_core": Figure(SHARE / student, "", ">= 1000"),
        "segment_cpu_ms": Figure(put * 1000, "ms", ""),
        "bare_cpu_ms": Figure(plain * 1000, "ms", ""),
        "delivery_cpu_ms": Figure(deliver * 1000, "ms", ""),
        "segments": Figure(count, "", ""),
    }
    return Result("ingest", figures)


def _cost(used: Callable[[], float], senders: Sequence[Callable[[], None]]) -> float:
    """CPU seconds used while all of them send at once."""
    before = used()
    with ThreadPoolExecutor(len(senders)) as pool:
        for sent in [pool.submit(sender) for sender in senders]:
            sent.result()
    return used() - before


def _put(student: Recorded, sealed: list[tuple[int, bytes]]) -> None:
    for index, content in sealed:
        student.put(index, content).raise_for_status()


class Bare:
    """The handler that only stores the body, in a process of its own."""

    def __init__(self, place: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as one:
            self._port = int(one.getsockname()[1])
        self._folder = place / "bare"
        self._folder.mkdir()

    def start(self) -> None:
        command = [sys.executable, "-c", BARE, str(self._port), str(self._folder)]
        self._process = subprocess.Popen(command, cwd=ROOT)
        _wait(self._port)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(20)

    def cpu_seconds(self) -> float:
        times = psutil.Process(self._process.pid).cpu_times()
        return float(times.user + times.system)

    def take(self, sealed: list[tuple[int, bytes]]) -> None:
        with requests.Session() as http:
            for _, content in sealed:
                name = os.urandom(8).hex()
                http.put(f"http://127.0.0.1:{self._port}/{name}", data=content, timeout=60).raise_for_status()


def _wait(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError("the bare handler did not start")
