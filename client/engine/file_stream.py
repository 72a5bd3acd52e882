"""``files``: the stream of what a student attaches, a segment a piece. Nothing of it touches the disk in clear."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from typing import BinaryIO

from client.clock import Clock
from client.errors import SenimError
from client.spool.writer import SpoolWriter
from evidence.attached import FILES, MEDIA, PIECE_BYTES, Attached, End, piece_line

MB = 1024 * 1024  # as limits of file sizes are usually meant
LOOK_SECONDS = 0.2  # how often a wait for the writer looks whether there still is one


class FileNotTaken(SenimError):
    """Nothing of the file counts. ``word``: a code of ``client.messages.FileRefused``."""

    def __init__(self, word: str, **values: str) -> None:
        super().__init__(word, **values)
        self.word = word


def megabytes(size: int) -> str:
    return f"{size / MB:.1f}".removesuffix(".0")


class FileStream:
    """Each piece is handed over when the one before is in the ledger, so a file of any size needs the memory of two.

    One file at a time; ``close`` from any thread.
    """

    def __init__(self, writer: SpoolWriter, clock: Clock) -> None:
        self._writer, self._clock = writer, clock
        self._lock, self._closed, self._begun = threading.Lock(), False, False
        self._part = writer.book.next_part(FILES)

    def close(self) -> None:
        """The recording ends: a file that is not whole now is not attached."""
        with self._lock:
            self._closed = True

    def keep(self, content: BinaryIO, file: str, name: str, most: int, progress: Callable[[int], None]) -> Attached:
        """Every piece is durable and in the ledger when this returns. ``progress`` gets the bytes so far.

        Raises ``FileNotTaken``, and ``OSError`` of ``content``.
        """
        digest, size, number, first = hashlib.sha256(), 0, 0, 0
        at, data = self._clock.now_ms(), content.read(PIECE_BYTES)
        while data:
            digest.update(data)
            size += len(data)
            if size > most:
                raise FileNotTaken("file_too_large", most_mb=megabytes(most))
            following = content.read(PIECE_BYTES)
            end = None if following else End(name, size, digest.hexdigest())
            index = self._put(piece_line(at, file, number, data, end))
            first = index if number == 0 else first
            progress(size)
            number, data = number + 1, following
        if not number:
            raise FileNotTaken("file_empty")
        return Attached(file, name, size, digest.hexdigest(), first, number, at)

    def _put(self, body: bytes) -> int:
        """The piece's index, once the ledger lists it."""
        told, kept = threading.Event(), threading.Event()

        def done() -> None:
            kept.set()
            told.set()

        with self._lock:
            if self._closed:
                raise FileNotTaken("file_too_late")
            self._begin()
            now = self._clock.now_ms()
            fields = {
                "stream": FILES, "part": self._part, "pts0": now, "pts1": now, "start": now, "end": now, "frames": 1,
                "keys": [], "changed": None,
            }  # fmt: skip
            self._writer.segment(fields, MEDIA, body, 0, done, told.set)
        while not told.wait(LOOK_SECONDS):
            if self._writer.ended:
                raise FileNotTaken("file_not_kept")
        if not kept.is_set():
            raise FileNotTaken("file_not_kept")
        return self._writer.book.next_index(FILES) - 1  # nobody else adds to this stream

    def _begin(self) -> None:
        """A part of its own after each start of the recorder; an exam without files has none."""
        if not self._begun:
            self._begun = True
            self._writer.line(
                "part", None, stream=FILES, part=self._part, origin=0, timescale=1000, media=MEDIA, width=None,
                height=None, rate=None, init=None, reason="start" if self._part == 0 else "resumed",
            )  # fmt: skip
