"""Pieces for the spool's tests."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from client.clock import SessionClock
from client.spool.book import Book
from client.spool.disk import write_whole
from client.spool.folder import SessionSpool
from client.spool.note import SessionNote
from client.spool.writer import SpoolWriter
from evidence.age import Identity, generate_identity
from evidence.ledger import Ledger
from evidence.signing import SigningKey, line_digest, sign_line

SEAT_KEY_LINE = sign_line("seat-key", {"seat": "seat-1"}, SigningKey.generate())


def note(session: str = "session-1", **changes: Any) -> SessionNote:
    fields: dict[str, Any] = {
        "session": session, "seat": "seat-1", "title": "Physics", "login": "s0", "server": "http://127.0.0.1:1",
        "nonce": "00", "policy": {}, "seat_key": SEAT_KEY_LINE, "server_key": SEAT_KEY_LINE,
        "origin": asdict(SessionClock().origin),
    }  # fmt: skip
    return SessionNote(**{**fields, **changes})


class FullDisk:
    """A disk one can fill: writes fail with ENOSPC while ``full``."""

    def __init__(self) -> None:
        self.full = False
        self.tries = 0

    def write(self, path: Path, content: bytes) -> None:
        if self.full:
            self.tries += 1
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        write_whole(path, content)


class Ears:
    """A listener that remembers."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.dropped: list[str] = []
        self.errors: list[Exception] = []
        self.heard = threading.Condition()

    def disk(self, word: str, free_bytes: int) -> None:
        self._note(lambda: self.words.append(word))

    def segment_dropped(self, stream: str, seconds: float) -> None:
        self._note(lambda: self.dropped.append(stream))

    def refused_line(self, error: Exception) -> None:
        self._note(lambda: self.errors.append(error))

    def failed(self, error: Exception) -> None:
        self._note(lambda: self.errors.append(error))

    def _note(self, change: Callable[[], None]) -> None:
        with self.heard:
            change()
            self.heard.notify_all()

    def wait_for(self, what: Callable[[], bool], seconds: float = 5) -> None:
        with self.heard:
            assert self.heard.wait_for(what, seconds), (self.words, self.dropped, self.errors)


class Spooling:
    """A spool with its ledger and writer, begun."""

    def __init__(self, root: Path, disk: FullDisk | None = None, key: SigningKey | None = None, **other: Any) -> None:
        self.root, self.disk, self.ears = root, disk or FullDisk(), Ears()
        self.key = key or SigningKey.generate()
        self.clock = SessionClock()
        self.identity: Identity = other.pop("identity", None) or generate_identity("x25519")
        folder = root / "session-1"
        self.spool = SessionSpool.open(folder) if folder.exists() else SessionSpool.create(root, note())
        file = self.spool.ledger_file
        again = file.exists()
        prev = line_digest("seat-key", SEAT_KEY_LINE)
        ledger = Ledger.reopen(file, self.key) if again else Ledger("session-1", self.key, file, prev)
        self.book = Book(ledger, file, self.key, lambda _line: None)
        self.writer = SpoolWriter(
            self.spool, self.book, self.identity.recipient, self.clock, self.ears, write=self.disk.write, **other
        )
        self.writer.start()
        if not again:
            self.writer.line(
                "begin", None, session="session-1", seat="seat-1", nonce="00", client={}, system={},
                streams=["camera"], devices={}, simulated=[], policy={}, server_key=None,
            )  # fmt: skip
            self.part(0)

    def part(self, part: int, stream: str = "camera") -> None:
        self.writer.line(
            "part", None, stream=stream, part=part, origin=0, timescale=1000, media="video/mp4", width=1,
            height=1, rate=10, init=None, reason="start",
        )  # fmt: skip

    def segment(self, number: int, part: int = 0, size: int = 2000, stream: str = "camera") -> None:
        start = number * 1000
        fields = {
            "stream": stream, "part": part, "pts0": start, "pts1": start + 1000, "start": start,
            "end": start + 1000, "frames": 1, "keys": [], "changed": 0.0,
        }  # fmt: skip
        self.writer.segment(fields, "video/mp4", os.urandom(size), 0)

    def done(self) -> None:
        assert self.writer.drain(10), self.ears.errors
        assert not self.ears.errors, self.ears.errors

    def close(self) -> None:
        self.writer.close()
        self.book.close()
        self.spool.close()
