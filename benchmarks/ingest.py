"""What taking in segments costs the server, against a handler that only stores the body (same server, same size)."""

from __future__ import annotations

import argparse
import base64
import hashlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import requests

from benchmarks.figures import Figure, Result
from benchmarks.recording.institution import ROOT
from benchmarks.reliability.forged import Recorded
from benchmarks.reliability.institution import MortalInstitution

SEGMENT_BYTES = 200_000
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
    parser.add_argument("--segments", type=int, default=300)


def run(chosen: argparse.Namespace) -> Result:
    with tempfile.TemporaryDirectory(prefix="senim-ingest-") as place:
        bare = _bare(Path(place), chosen.segments)
        institution = MortalInstitution(Path(place))
        institution.start()
        try:
            put, deliver = _ours(institution, chosen.segments)
        finally:
            institution.stop()
    student = SEGMENTS_A_SECOND * put + DELIVERIES_A_SECOND * deliver
    figures = {
        "cpu_ratio_bare": Figure(put / bare, "", "<= 1.8"),
        "students_per_core": Figure(SHARE / student, "", ">= 1000"),
        "segment_cpu_ms": Figure(put * 1000, "ms", ""),
        "bare_cpu_ms": Figure(bare * 1000, "ms", ""),
        "delivery_cpu_ms": Figure(deliver * 1000, "ms", ""),
    }
    return Result("ingest", figures)


def _bare(place: Path, count: int) -> float:
    """CPU seconds for one segment."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        port = int(one.getsockname()[1])
    folder = place / "bare"
    folder.mkdir()
    process = subprocess.Popen([sys.executable, "-c", BARE, str(port), str(folder)], cwd=ROOT)
    try:
        _wait(port)
        body, session = os.urandom(SEGMENT_BYTES), requests.Session()
        before = _cpu(process.pid)
        for number in range(count):
            session.put(f"http://127.0.0.1:{port}/{number}", data=body, timeout=60).raise_for_status()
        return (_cpu(process.pid) - before) / count
    finally:
        process.terminate()
        process.wait(20)


def _ours(institution: MortalInstitution, count: int) -> tuple[float, float]:
    """CPU seconds for one segment, and for one delivery of the two lines that list two segments."""
    student = Recorded(institution)
    sealed = [student.record(os.urandom(SEGMENT_BYTES)) for _ in range(count)]
    lines, sent = student.ledger.lines, len(student.ledger.lines) - count
    before = institution.cpu_seconds()
    for start in range(sent, len(lines), 2):
        student.on("POST", "/ledger", json={"lines": lines[start : start + 2]}).raise_for_status()
    delivered = institution.cpu_seconds()
    for index, content in sealed:
        digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
        headers = {"Content-Digest": f"sha-256=:{digest}:"}
        student.on("PUT", f"/segments/camera/{index}", data=content, headers=headers).raise_for_status()
    return (institution.cpu_seconds() - delivered) / count, (delivered - before) / (count / 2)


def _cpu(pid: int) -> float:
    times = psutil.Process(pid).cpu_times()
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
