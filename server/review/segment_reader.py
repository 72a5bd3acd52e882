"""A process of its own that opens sealed segments: bytes in, a word out. Hostile media meets this process first.

``python -m server.review.segment_reader CPU_SECONDS`` says that it is ready and then answers one job after another. A
job brings the sealed bytes, what the ledger says of them, and the one seat's private half; the process keeps none of
it. It knows no folder, no database and no other key. What it answers is checked like anything from outside.

A job: 4 bytes of length (big-endian), so many bytes of JSON (``Job``), the sealed bytes, those of the part's first
segment if they are given. An answer: one line of JSON.
"""

from __future__ import annotations

import json
import os
import struct
import sys
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from typing import IO, Any

from evidence.age import parse_identity
from server.review.fmp4 import MediaError, TrackDefaults, read_fragment, read_init
from server.review.unsealing import Opened, OpeningProblem, Place, check_init, json_lines, open_sealed

INITS_IN_MEMORY = 512
MEMORY_BYTES = 1024**3
NICENESS = 10
MOST_NOTE = 200
LENGTH = struct.Struct(">I")
READY = {"ready": True}
NEEDS_FIRST = "needs_first"  # the part's first segment has to come along


@dataclass(frozen=True)
class Job:
    """``kind``: of the stream, "video", "sound" or "data". The rest is the ledger's, save ``key``, the seat's private
    half, and the bytes that follow: ``size``, and ``first_size`` of the part's first segment (0: not given)."""

    key: str
    session: str
    stream: str
    part: int
    index: int
    sha256: str
    kind: str
    init: str | None = None
    timescale: int = 0
    frames: int = 0
    pts0: int = 0
    pts1: int = 0
    keys: tuple[int, ...] = ()
    size: int = 0
    first: int = 0  # index of the part's first segment
    first_sha256: str = ""
    first_size: int = 0

    def packed(self, sealed: bytes, first: bytes) -> bytes:
        header = json.dumps({**asdict(self), "size": len(sealed), "first_size": len(first)}).encode()
        return LENGTH.pack(len(header)) + header + sealed + first

    @classmethod
    def unpacked(cls, header: bytes) -> Job:
        values = json.loads(header)
        known = {field.name: values[field.name] for field in fields(cls)}
        return cls(**{**known, "keys": tuple(known["keys"])})


class Reader:
    """Answers jobs. Remembers what parts' inits say, by their digests: nothing that belongs to a session."""

    def __init__(self) -> None:
        self._inits: OrderedDict[str, TrackDefaults] = OrderedDict()

    def answer(self, job: Job, sealed: bytes, first: bytes) -> dict[str, Any]:
        """``{"problem": word or "", "frames": count, "note": for the log}``."""
        try:
            return {"problem": "", "frames": self._frames(job, sealed, first), "note": ""}
        except OpeningProblem as problem:
            return {"problem": problem.code, "frames": 0, "note": str(problem)[:MOST_NOTE]}
        except MediaError as error:
            return {"problem": "not_media", "frames": 0, "note": str(error)[:MOST_NOTE]}
        except Exception as error:  # noqa: BLE001 - whatever it is, the next segment has its turn
            return {"problem": "unexpected", "frames": 0, "note": f"{type(error).__name__}: {error}"[:MOST_NOTE]}

    def _frames(self, job: Job, sealed: bytes, first: bytes) -> int:
        identity = parse_identity(job.key)
        opened = open_sealed(sealed, identity, Place(job.session, job.stream, job.part, job.index, job.sha256))
        if job.kind == "data":
            return len(json_lines(opened.body))
        if opened.init:
            check_init(opened.init, job.init)
            defaults = self._defaults(job.init, opened.init)
        elif job.init is not None and job.init in self._inits:
            defaults = self._inits[job.init]
        elif not first:
            raise OpeningProblem(NEEDS_FIRST)
        else:
            place = Place(job.session, job.stream, job.part, job.first, job.first_sha256)
            init = open_sealed(first, identity, place).init
            check_init(init, job.init)
            defaults = self._defaults(job.init, init)
        return _fragment(job, opened, defaults)

    def _defaults(self, digest: str | None, init: bytes) -> TrackDefaults:
        defaults = read_init(init)
        if digest is not None:
            self._inits[digest] = defaults
            while len(self._inits) > INITS_IN_MEMORY:
                self._inits.popitem(last=False)
        return defaults


def _fragment(job: Job, opened: Opened, defaults: TrackDefaults) -> int:
    if defaults.timescale != job.timescale:
        raise OpeningProblem("times_differ", "another timescale")
    fragment = read_fragment(opened.body, defaults)
    if fragment.samples != job.frames:
        raise OpeningProblem("frames_differ", f"{fragment.samples} instead of {job.frames}")
    if (fragment.pts0, fragment.pts1) != (job.pts0, job.pts1):
        raise OpeningProblem("times_differ", f"{fragment.pts0}-{fragment.pts1}")
    if job.kind == "video" and job.keys != fragment.keys:
        raise OpeningProblem("times_differ", "key frames elsewhere")
    return fragment.samples


Answer = Callable[[Job, bytes, bytes], dict[str, Any]]


def serve(answer: Answer, cpu_seconds: int) -> None:
    """Jobs from standard input until it ends. ``cpu_seconds``: of one job; the system ends who takes more."""
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # nothing else gets between the answers
    _confine()
    _say(answers, READY)
    while (length := sys.stdin.buffer.read(LENGTH.size)) and len(length) == LENGTH.size:
        job = Job.unpacked(sys.stdin.buffer.read(*LENGTH.unpack(length)))
        sealed, first = sys.stdin.buffer.read(job.size), sys.stdin.buffer.read(job.first_size)
        began = time.process_time()
        _allow(began + cpu_seconds)
        found = answer(job, sealed, first)
        _say(answers, {**found, "cpu": time.process_time() - began})


def _say(answers: IO[str], answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


def _confine() -> None:
    """Memory, files and turn that even a taken-over process cannot better. Windows has no such limits."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a key would be in it
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    os.nice(NICENESS)


def _allow(cpu_seconds: float) -> None:
    if sys.platform == "win32":
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(cpu_seconds) + 1, most))


if __name__ == "__main__":
    serve(Reader().answer, int(sys.argv[1]))
