"""Recordings killed at random moments (seeded): what was sealed can be decoded, and only the newest is missing."""

from __future__ import annotations

import hashlib
import io
import itertools
import os
import random
import signal
import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import av
import pytest

from client.spool.folder import SessionSpool
from evidence.age import Identity, generate_identity
from evidence.seal import unseal
from evidence.signing import payload_of

KILLS = 25
STREAMS = {"screen-1", "camera", "sound"}


@dataclass
class Killed:
    """What one recording said before it was killed: indexes by stream."""

    folder: Path
    cut: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    sealed: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


@pytest.fixture(scope="module")
def identity() -> Identity:
    return generate_identity("x25519")


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory, identity: Identity) -> list[Killed]:
    root, source = tmp_path_factory.mktemp("killed"), random.Random(20)
    script = str(Path(__file__).with_name("recording_of_tests.py"))
    tests = Path(__file__).parents[1]
    paths = os.pathsep.join((str(tests), str(tests.parent)))
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": paths}
    process = subprocess.Popen(
        [sys.executable, script, str(root), identity.text], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True, env=environment, start_new_session=True,
    )  # fmt: skip
    try:
        return [_one(process, root, f"{number:02}", source.uniform(0.0, 0.7)) for number in range(KILLS)]
    finally:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.close()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # a recording that a failed test left behind
            process.wait(10)
        process.stdout.close()


def _one(process: subprocess.Popen[str], root: Path, name: str, after_s: float) -> Killed:
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(name + "\n")
    process.stdin.flush()
    found, pid = Killed(root / name), 0
    for line in process.stdout:
        word, who, *rest = line.split()
        assert who == name
        if word == "pid":
            pid = int(rest[0])
        elif word == "dead":
            return found
        else:
            getattr(found, word)[rest[0]].append(int(rest[1]))
        if pid and set(found.cut) == STREAMS:  # all three record: a moment later it dies
            time.sleep(after_s)
            os.kill(pid, signal.SIGKILL)
            pid = 0
    raise AssertionError("the recordings' parent ended")


def test_every_sealed_segment_is_listed_whole_and_decodes(killed: list[Killed], identity: Identity) -> None:
    assert len(killed) == KILLS
    decoded = 0
    for one in killed:
        spool = SessionSpool.open(one.folder / "session-1")
        lines = [payload_of(line) for line in spool.lines()]
        segments = [p for p in lines if p["type"] == "segment"]
        parts: dict[tuple[str, int], list[tuple[dict[str, Any], bytes]]] = defaultdict(list)
        for payload in segments:
            sealed = spool.read_segment(payload["stream"], payload["index"])
            assert hashlib.sha256(sealed).hexdigest() == payload["sha256"]
            header, body = unseal(sealed, identity)
            assert (header.stream, header.index, len(body)) == (payload["stream"], payload["index"], payload["plain"])
            parts[payload["stream"], payload["part"]].append((payload, body))
        for (stream, _), pieces in parts.items():
            with av.open(io.BytesIO(b"".join(body for _, body in pieces))) as container:
                frames = list(container.decode(container.streams[0]))
            if stream != "sound":
                assert len(frames) == sum(payload["frames"] for payload, _ in pieces)
            assert frames
            decoded += len(frames)
        for stream in STREAMS:
            listed = [p["index"] for p in segments if p["stream"] == stream]
            assert set(one.sealed[stream]) <= set(listed), "called sealed, so it is there"
        spool.close()
    assert decoded > KILLS * 10


def test_only_the_newest_is_missing(killed: list[Killed]) -> None:
    """What was cut is listed from the first on without a hole; what the ledger lacks had not been written yet."""
    for one in killed:
        spool = SessionSpool.open(one.folder / "session-1")
        lines = [payload_of(line) for line in spool.lines()]
        waiting = spool.unlisted()
        for stream in STREAMS:
            listed = [p["index"] for p in lines if p["type"] == "segment" and p["stream"] == stream]
            adoptable = [row.index for row in waiting if row.stream == stream]
            kept = listed + adoptable
            assert kept == list(range(len(kept)))
            assert len(adoptable) <= 1
            assert set(one.cut[stream]) >= set(kept)
            ends = [(p["end"], p["start"]) for p in lines if p["type"] == "segment" and p["stream"] == stream]
            assert all(before[0] == after[1] for before, after in itertools.pairwise(ends))
        spool.close()
