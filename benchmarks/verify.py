"""How long the offline verifier needs for a session of two video streams and sound, of three hours if not told else."""

from __future__ import annotations

import argparse
import hashlib
import os
import tempfile
import time
from pathlib import Path

from benchmarks.figures import Figure, Result
from evidence import age
from evidence.bundle import SessionFolder
from evidence.keys import make_seat_key, make_server_key, read_seat_key
from evidence.ledger import Ledger
from evidence.seal import SegmentHeader, seal
from evidence.signing import SigningKey, digest, line_digest
from evidence.verify import verify

HOURS = 3.0
SEGMENT_MS = 4000
# Bytes of a segment's body: what an hour of exam gives at 25 (screen), 24 (camera) and 6 MB (sound).
STREAMS = {"screen-1": (28_000, 90_000), "camera": (26_000, 90_000), "sound": (6_500, 48_000)}
WALL = "2026-01-31T09:00:00.000Z"


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--hours", type=float, default=HOURS, help="length of the session; the goal is for three")


def run(chosen: argparse.Namespace) -> Result:
    """Builds the session in a temporary folder, checks it three times, reports the median."""
    with tempfile.TemporaryDirectory(prefix="senim-verify-") as place:
        folder = Path(place) / "session"
        configuration = SigningKey.generate()
        count = max(1, round(chosen.hours * 3_600_000 / SEGMENT_MS))
        _build(folder, configuration, count)
        size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        times = sorted(_once(folder, configuration) for _ in range(3))
    figures = {
        "verify_s": Figure(times[1], "s", "<= 5" if chosen.hours == HOURS else ""),
        "session_mb": Figure(size / 1e6, "MB", ""),
        "segments": Figure(float(len(STREAMS) * count), "", ""),
    }
    return Result("verify", figures)


def _once(folder: Path, configuration: SigningKey) -> float:
    begun = time.perf_counter()
    report = verify(folder, configuration.verifying)
    took = time.perf_counter() - begun
    if not report.ok:
        raise SystemExit(f"the session built for the benchmark does not verify: {report.problems[:3]}")
    return took


def _build(path: Path, configuration: SigningKey, count: int) -> None:
    """``count`` segments of each stream."""
    path.mkdir()
    folder = SessionFolder(path)
    review = age.generate_identity().recipient
    seat_line, _ = make_seat_key("seat-1", "Benchmark", configuration, [review], WALL)
    server = SigningKey.generate()
    folder.seat_key.write_text(seat_line + "\n")
    folder.server_key.write_text(make_server_key(server.verifying, "Benchmark", configuration, WALL) + "\n")
    recipient = read_seat_key(seat_line, configuration.verifying).recipient
    ledger = Ledger("bench", SigningKey.generate(), None, line_digest("seat-key", seat_line))
    begin = {"session": "bench", "seat": "seat-1", "nonce": "0" * 32, "client": {}, "system": "", "devices": {}}
    ledger.append(
        "begin", 0, WALL, **begin, streams=list(STREAMS), simulated=[], policy=None, server_key=server.verifying.text
    )
    for stream, (_, scale) in STREAMS.items():
        part = {"stream": stream, "part": 0, "origin": 0, "timescale": scale, "media": "video/mp4", "reason": "start"}
        ledger.append("part", 0, WALL, **part, width=0, height=0, rate=0, init=digest("init", b"init"))
    ledger.append("event", 0, WALL, name="paper-opened", data={})
    for index in range(count):
        for stream, (length, scale) in STREAMS.items():
            _segment(folder, ledger, recipient, stream, index, length, scale)
    until = count * SEGMENT_MS
    ledger.append("end", until, WALL, reason="hand-in", until=until)
    folder.ledger.write_text("".join(line + "\n" for line in ledger.lines))


def _segment(
    folder: SessionFolder, ledger: Ledger, recipient: age.Recipient, stream: str, index: int, length: int, scale: int
) -> None:
    init = 4 if index == 0 else 0
    sealed = seal(SegmentHeader("bench", stream, 0, index, init), os.urandom(length), recipient)
    file = folder.segment_path(stream, index)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(sealed)
    start, end = index * SEGMENT_MS, (index + 1) * SEGMENT_MS
    ledger.append(
        "segment", end, WALL, stream=stream, part=0, index=index, pts0=start * scale // 1000, pts1=end * scale // 1000,
        start=start, end=end, plain=length, size=len(sealed), frames=40, keys=[], changed=0.0,
        sha256=hashlib.sha256(sealed).hexdigest(),
    )  # fmt: skip
