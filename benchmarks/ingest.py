"""What taking in segments costs the server, against a handler that only stores the body (same web server, same size).

Both take the same bodies over the same number of connections, in turns, so that what else the machine does in a minute
falls on both. Counted is processor time of the serving processes alone, not of who sends. Who sends is as cheap as it
can be, so that it is the server that is busy: one that waits between two requests pays for falling asleep and waking
with each of them, and shows nothing of what a full core takes in.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import psutil

from benchmarks.figures import Figure, Result
from benchmarks.recording.institution import ROOT
from benchmarks.reliability.forged import STREAM, Recorded
from benchmarks.reliability.institution import MortalInstitution
from simulation.held_port import held_port

SEGMENT_BYTES = 200_000
CONNECTIONS = 16  # students who send at the same time, each the next as soon as the last was answered
ROUNDS = 2  # that count, after a shorter one that does not: threads and connections are made in it
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
    with (folder / request.path_params["name"]).open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    os.fsync(names)
    return Response(status_code=201)

folder = Path(sys.argv[2])
names = os.open(folder, os.O_RDONLY)  # a file is on the disk once its name is

uvicorn.run(Starlette(routes=[Route("/{name}", store, methods=["PUT"])]), port=int(sys.argv[1]), log_level="warning")
"""


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--segments", type=int, default=1200, help="of 200 KB, in all")


@dataclass(frozen=True)
class Request:
    """Made before anything is counted."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


def run(chosen: argparse.Namespace) -> Result:
    share = max(6, chosen.segments // (ROUNDS * CONNECTIONS))
    count = share * ROUNDS * CONNECTIONS
    plain = put = deliver = 0.0
    deliveries = 0
    with tempfile.TemporaryDirectory(prefix="senim-ingest-") as place:
        institution, bare = MortalInstitution(Path(place), students=CONNECTIONS), Bare(Path(place))
        institution.start()
        bare.start()
        try:
            halls = [Recorded(institution) for _ in range(CONNECTIONS)]
            for each in [share // 3, *[share] * ROUNDS]:
                sealed = [[one.record(os.urandom(SEGMENT_BYTES)) for _ in range(each)] for one in halls]
                bodies, lines = [_plain(pieces) for pieces in sealed], [_deliveries(one) for one in halls]
                puts = [_puts(one, pieces) for one, pieces in zip(halls, sealed, strict=True)]
                spent = (
                    _cost(bare.cpu_seconds, bare.port, bodies),
                    _cost(institution.cpu_seconds, institution.port, lines),
                    _cost(institution.cpu_seconds, institution.port, puts),
                )
                if each == share:
                    plain, deliver, put = plain + spent[0], deliver + spent[1], put + spent[2]
                    deliveries += sum(map(len, lines))
        finally:
            bare.stop()
            institution.stop()
    plain, put, deliver = plain / count, put / count, deliver / deliveries
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


def _plain(sealed: list[tuple[int, bytes]]) -> list[Request]:
    return [Request("PUT", f"/{os.urandom(8).hex()}", {}, content) for _, content in sealed]


def _deliveries(student: Recorded) -> list[Request]:
    """Every line that the institution does not hold, two to a call."""
    lines, first = student.ledger.lines, student.delivered
    student.delivered = len(lines)
    bodies = [json.dumps({"lines": lines[at : at + 2]}).encode() for at in range(first, len(lines), 2)]
    headers = {"Authorization": f"Bearer {student.token}", "Content-Type": "application/json"}
    return [Request("POST", f"/api/v1/sessions/{student.session}/ledger", headers, body) for body in bodies]


def _puts(student: Recorded, sealed: list[tuple[int, bytes]]) -> list[Request]:
    place, found = f"/api/v1/sessions/{student.session}/segments/{STREAM}", []
    for index, content in sealed:
        digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
        headers = {"Authorization": f"Bearer {student.token}", "Content-Digest": f"sha-256=:{digest}:"}
        found.append(Request("PUT", f"{place}/{index}", headers, content))
    return found


def _cost(used: Callable[[], float], port: int, students: Sequence[Sequence[Request]]) -> float:
    """CPU seconds used while all of them send at once."""
    before = used()
    with ThreadPoolExecutor(len(students)) as pool:
        for sent in [pool.submit(_send, port, requests) for requests in students]:
            sent.result()
    return used() - before


def _send(port: int, requests: Sequence[Request]) -> None:
    line = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        for one in requests:
            line.request(one.method, one.path, one.body, one.headers)
            answer = line.getresponse()
            said = answer.read()
            if answer.status not in (200, 201):
                raise AssertionError(f"{one.method} {one.path}: {answer.status} {said[:300]!r}")
    finally:
        line.close()


class Bare:
    """The handler that only stores the body, in a process of its own."""

    def __init__(self, place: Path) -> None:
        self.port = held_port()
        self._folder = place / "bare"
        self._folder.mkdir()

    def start(self) -> None:
        command = [sys.executable, "-c", BARE, str(self.port), str(self._folder)]
        self._process = subprocess.Popen(command, cwd=ROOT)
        _wait(self.port)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(20)

    def cpu_seconds(self) -> float:
        times = psutil.Process(self._process.pid).cpu_times()
        return float(times.user + times.system)


def _wait(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError("the bare handler did not start")
