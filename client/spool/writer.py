"""The one thread that seals, writes and lists: everything that enters the ledger passes here, in order."""

from __future__ import annotations

import hashlib
import shutil
import threading
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from client.clock import Clock
from client.spool.book import Book, full_disk
from client.spool.disk import write_whole
from client.spool.folder import SessionSpool
from client.spool.jobs import Job, LineJob, SegmentJob
from client.spool.table import SegmentRow
from evidence.age import Recipient
from evidence.errors import EvidenceError
from evidence.seal import SegmentHeader, seal

# What may wait in memory while the disk takes nothing: about an hour of a sitting's segments. A full disk gives up
# the oldest beyond it; a disk that hangs in the middle of a write can give up nothing, so at twice as much the newest
# are not taken any more.
WAITING_BYTES = 64 * 1024 * 1024
RETRY_SECONDS = 0.5
# Below this the person is warned: an hour of recording and the system around it still fit.
LOW_BYTES = 512 * 1024 * 1024
LOOK_AT_DISK_MS = 10_000


class Listener(Protocol):
    """Told from the writer's thread; must be quick and raise nothing."""

    def disk(self, word: str, free_bytes: int) -> None:
        """``disk_low``, ``disk_full`` (nothing can be written now) or ``disk_ok`` again."""
        ...

    def segment_dropped(self, stream: str, seconds: float) -> None:
        """The disk stayed full for so long that this was lost; the ledger says so."""
        ...

    def refused_line(self, error: Exception) -> None:
        """The ledger does not take a line: a defect. The rest goes on without it."""
        ...

    def failed(self, error: Exception) -> None:
        """The writer has ended: a dying disk. Nothing more is saved."""
        ...


class SpoolWriter:
    """``write`` and ``free_bytes`` are the disk; tests put a full one in."""

    def __init__(
        self,
        spool: SessionSpool,
        book: Book,
        recipient: Recipient,
        clock: Clock,
        listener: Listener,
        *,
        write: Callable[[Path, bytes], None] = write_whole,
        free_bytes: Callable[[Path], int] = lambda path: shutil.disk_usage(path).free,
        waiting_bytes: int = WAITING_BYTES,
    ) -> None:
        self._spool, self._book, self._recipient = spool, book, recipient
        self._clock, self._listener, self._write, self._free = clock, listener, write, free_bytes
        self._waiting_bytes = waiting_bytes
        self._jobs: deque[Job] = deque()
        self._weight = 0
        self._changed = threading.Condition()
        self._closing = self._ended = False
        self._word, self._looked_ms = "disk_ok", -LOOK_AT_DISK_MS
        self._resumed: dict[str, tuple[int, str]] = {}
        self._lost: dict[str, tuple[int, int, str]] = {}
        self._thread = threading.Thread(target=self._run, name="spool-writer", daemon=True)

    def start(self) -> None:
        self._thread.start()

    @property
    def book(self) -> Book:
        return self._book

    def expect_gap(self, stream: str, from_ms: int, cause: str) -> None:
        """What comes next of ``stream``, a segment or a gap, comes after a hole that began at ``from_ms``: it gets a
        ``gap`` line of its own."""
        self._resumed[stream] = (from_ms, cause)

    def line(self, type: str, done: Callable[[], None] | None = None, /, **fields: Any) -> None:
        """Append a line stamped now. Returns at once."""
        self._put(LineJob(type, self._clock.now_ms(), self._clock.wall_iso(), fields, done))

    def event(self, name: str, at: int | None = None, /, **data: Any) -> None:
        """An ``event`` line: a technical fact in clear, at session ms ``at`` (default: now)."""
        now = self._clock.now_ms() if at is None else at
        self._put(LineJob("event", now, self._clock.wall_iso(), {"name": name, "data": data}))

    @property
    def ended(self) -> bool:
        """The thread is over: nothing is written any more."""
        with self._changed:
            return self._ended

    def segment(
        self,
        fields: Mapping[str, Any],
        media: str,
        body: bytes,
        init: int,
        done: Callable[[], None] | None = None,
        lost: Callable[[], None] | None = None,
    ) -> None:
        """Seal, store and list a segment. Returns at once. ``lost``: told in place of a gap if it was given up."""
        self._put(SegmentJob(fields, media, body, init, self._clock.now_ms(), self._clock.wall_iso(), done, lost))

    def adopt(self, row: SegmentRow) -> None:
        """List a whole file that was written under an earlier key but never listed."""
        job = SegmentJob(row.fields, "", b"", 0, self._clock.now_ms(), self._clock.wall_iso())
        job.recorded = {**row.fields, "adopted": True}
        self._put(job)

    def drain(self, seconds: float) -> bool:
        """Wait until everything handed over so far is listed; False when it is not in time."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended or not self._jobs, seconds)
            return not self._jobs

    def close(self, seconds: float = 5.0) -> None:
        """Finish what waits, as far as ``seconds`` allow, and end the thread."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        if self._thread.is_alive():
            self._thread.join(seconds)

    # -- the thread ---------------------------------------------------------------------

    def _put(self, job: Job) -> None:
        with self._changed:
            if isinstance(job, SegmentJob) and self._weight + job.weight > 2 * self._waiting_bytes:
                self._give_up(job, "disk-stalled")
                return
            self._jobs.append(job)
            self._weight += job.weight
            self._changed.notify_all()

    def _run(self) -> None:
        try:
            while (job := self._next()) is not None or not self._closing:
                if job is not None:
                    self._do(job)
                self._look_at_disk()
        except Exception as error:  # noqa: BLE001 -- whatever it is, the engine must hear that nothing is saved any more
            self._listener.failed(error)
        finally:
            with self._changed:
                self._ended = True
                self._changed.notify_all()

    def _next(self) -> Job | None:
        with self._changed:
            self._changed.wait_for(lambda: bool(self._jobs) or self._closing, timeout=LOOK_AT_DISK_MS / 1000)
            return self._jobs[0] if self._jobs else None

    def _do(self, job: Job) -> None:
        """Do the first job, again and again while the disk is full. A job leaves the queue when it is done."""
        kept = True
        while True:
            try:
                self._write_job(job)
                break
            except (OSError, EvidenceError) as error:
                if not full_disk(error):
                    if isinstance(error, OSError) or isinstance(error.__cause__, OSError):
                        raise
                    self._give_up(job)
                    self._listener.refused_line(error)
                    kept = False
                    break
            if not self._room_for(job):
                kept = False
                break
        if kept and self._word == "disk_full":
            self._tell("disk_ok")
        if kept and job.done is not None:
            job.done()  # before the queue looks empty: who waited for that takes what this notes for granted
        with self._changed:
            self._jobs.popleft()
            self._weight -= job.weight
            self._changed.notify_all()

    def _write_job(self, job: Job) -> None:
        for stream, lost in list(self._lost.items()):
            self._append(job, "gap", stream=stream, **{"from": lost[0], "to": lost[1]}, cause=lost[2])
            with self._changed:  # more may have been lost meanwhile
                _, end, cause = self._lost.pop(stream)
                if end > lost[1]:
                    self._lost[stream] = (lost[1], end, cause)
        if isinstance(job, LineJob):
            if job.type == "gap":
                self._explain_hole(job, str(job.fields["stream"]), int(job.fields["from"]))
            self._append(job, job.type, **job.fields)
        else:
            self._store(job)

    def _append(self, job: Job, type: str, /, **fields: Any) -> int:
        return self._book.append(type, job.at, job.wall, **fields)

    def _store(self, job: SegmentJob) -> None:
        stream = str(job.fields["stream"])
        if not job.recorded:
            index = self._book.next_index(stream)
            header = SegmentHeader(
                self._spool.note.session, stream, int(job.fields["part"]), index, job.init, job.media
            )
            job.sealed = seal(header, job.body, self._recipient)
            job.recorded = {
                **job.fields,
                "index": index,
                "plain": len(job.body),
                "size": len(job.sealed),
                "sha256": hashlib.sha256(job.sealed).hexdigest(),
            }
        index = int(job.recorded["index"])
        if job.sealed and job.line is None:  # an adopted file is there already
            self._spool.table.add(stream, index, job.recorded["sha256"], job.recorded["size"], job.recorded)
            self._write(self._spool.segment_file(stream, index), job.sealed)
            self._explain_hole(job, stream, int(job.fields["start"]))
        if job.line is None:
            job.line = self._append(job, "segment", **job.recorded)
        self._spool.table.listed(stream, index, job.line)

    def _explain_hole(self, job: Job, stream: str, until: int) -> None:
        """What is known of ``stream`` begins again at ``until``: with a segment, or with a gap of another cause."""
        hole = self._resumed.get(stream)
        if hole is not None and until > hole[0]:
            self._append(job, "gap", stream=stream, **{"from": hole[0], "to": until}, cause=hole[1])
        self._resumed.pop(stream, None)

    # -- a full disk --------------------------------------------------------------------

    def _room_for(self, job: Job) -> bool:
        """Make room, or wait a moment for it; False when ``job`` has to be given up."""
        if self._spool.make_room(4 * max(job.weight, 65536)):
            return True
        if self._word != "disk_full":
            self._spool.give_up_reserve()  # for the lines that say what happens now
            self._tell("disk_full")
            return True
        with self._changed:
            if self._closing or (isinstance(job, SegmentJob) and self._weight > self._waiting_bytes):
                self._give_up(job)
                return False
            self._changed.wait(RETRY_SECONDS)
        return True

    def _give_up(self, job: Job, cause: str = "disk-full") -> None:
        if isinstance(job, SegmentJob) and job.line is None:  # else only its row waits; the next start restores that
            stream, start, end = str(job.fields["stream"]), int(job.fields["start"]), int(job.fields["end"])
            if job.recorded:
                self._spool.segment_file(stream, int(job.recorded["index"])).unlink(missing_ok=True)
                self._spool.table.forget(stream, int(job.recorded["index"]))
            if job.lost is not None:
                job.lost()
                return
            with self._changed:
                first, _, cause = self._lost.get(stream, (start, end, cause))
                self._lost[stream] = (first, end, cause)
            self._listener.segment_dropped(stream, (end - start) / 1000)

    def _tell(self, word: str) -> None:
        if word != self._word:
            self._word = word
            self._listener.disk(word, self._free(self._spool.path))

    def _look_at_disk(self) -> None:
        now = self._clock.now_ms()
        if self._word == "disk_full" or now - self._looked_ms < LOOK_AT_DISK_MS:
            return
        self._looked_ms = now
        self._tell("disk_low" if self._free(self._spool.path) < LOW_BYTES else "disk_ok")
