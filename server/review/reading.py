"""The review process's end of the process that opens segments: starts it, asks it, ends it when it takes too long.

Keys go to it through its standard input, one seat's at a time; never on a command line, in its environment or to disk.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server.review.segment_reader import MOST_NOTE, NEEDS_FIRST, Job
from server.review.unsealing import PROBLEMS

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "server.review.segment_reader")
CPU_SECONDS = 10  # of one segment; an honest one takes some milliseconds
# By the clock, for a process that hangs without using a processor; the machine may be busy with something else.
MOST_SECONDS = 60.0
START_SECONDS = 120.0
TRIES = 2  # the first death may have another cause than the segment: a person, or the system out of memory
MOST_FRAMES = 10**9
BROKE = "broke_reader"


class ReaderGone(Exception):
    """The process died or was ended while it had a job."""


@dataclass(frozen=True)
class Answer:
    """``problem``: "", a word of ``PROBLEMS``, or ``NEEDS_FIRST``. ``cpu_seconds``: as the process says."""

    problem: str
    frames: int = 0
    cpu_seconds: float = 0.0
    note: str = ""  # for the log: hostile text


class SegmentReader:
    """For one thread at a time. The process is started with the first job, and anew after it died."""

    def __init__(
        self,
        command: Sequence[str] = COMMAND,
        *,
        cpu_seconds: int = CPU_SECONDS,
        most_seconds: float = MOST_SECONDS,
    ) -> None:
        self._command = [*command, str(cpu_seconds)]
        self._most_seconds = most_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def ask(self, job: Job, sealed: bytes, first: bytes = b"") -> Answer:
        """A segment that ends the process ``TRIES`` times gets the problem ``BROKE``. Raises ``OSError`` if the process
        cannot be started at all: that says nothing about a segment."""
        packed = job.packed(sealed, first)
        for tried in range(1, TRIES + 1):
            try:
                answer = self._ask(packed)
                if answer.note:
                    log.info("session %s %s/%s: %r", job.session, job.stream, job.index, answer.note)
                return answer
            except ReaderGone as gone:
                log.warning("session %s %s/%s, try %s: the reader %s", job.session, job.stream, job.index, tried, gone)
        return Answer(BROKE)

    def close(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            _close_pipes(process)

    @property
    def pid(self) -> int | None:
        """Of the process that runs now."""
        return self._process.pid if self._process is not None else None

    def _ask(self, packed: bytes) -> Answer:
        process = self._process or self._start()
        try:
            line = _exchange(process, packed, self._most_seconds)
        except ReaderGone:
            self.close()
            raise
        return _checked(line)

    def _start(self) -> subprocess.Popen[bytes]:
        wanted = ("PATH", "LANG", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMPDIR", "VIRTUAL_ENV")
        environment = {name: os.environ[name] for name in wanted if name in os.environ} | {"PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
            cwd=ROOT,
            creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
        )  # fmt: skip
        self._process = process
        try:
            _exchange(process, b"", START_SECONDS)
        except ReaderGone as gone:
            self.close()
            raise OSError(f"the process that opens segments does not start: {gone}") from gone
        return process


def _exchange(process: subprocess.Popen[bytes], packed: bytes, seconds: float) -> bytes:
    """The process's next line; it is killed if that takes longer. Raises ``ReaderGone``."""
    assert process.stdin is not None and process.stdout is not None
    late = threading.Event()

    def end() -> None:
        late.set()
        process.kill()

    watch = threading.Timer(seconds, end)
    watch.daemon = True
    watch.start()
    try:
        process.stdin.write(packed)
        process.stdin.flush()
        line = process.stdout.readline(4096)
    except OSError as error:
        line, cause = b"", str(error)
    else:
        cause = ""
    finally:
        watch.cancel()
    if not line.endswith(b"\n"):
        process.kill()
        code = process.wait()
        raise ReaderGone(f"took more than {seconds} s" if late.is_set() else f"ended with {code} {cause}".rstrip())
    return line


def _checked(line: bytes) -> Answer:
    """Whatever a process that met hostile media may say."""
    try:
        found: Any = json.loads(line)
        problem, frames, cpu, note = found["problem"], found["frames"], found["cpu"], found["note"]
    except (ValueError, RecursionError, TypeError, KeyError):
        return Answer("unexpected")
    fits = problem in ("", NEEDS_FIRST, *PROBLEMS) and type(frames) is int and 0 <= frames < MOST_FRAMES
    if not fits or type(cpu) is not float or not 0 <= cpu < MOST_SECONDS:
        return Answer("unexpected")
    return Answer(problem, frames, cpu, str(note)[:MOST_NOTE])


def _close_pipes(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError as error:  # what was not written any more
                log.debug("a pipe to the ended reader: %s", error)
