"""The ledger with what a full disk does to it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from client.spool.disk import is_full
from evidence.ledger import Head, Ledger, LedgerError
from evidence.signing import SigningKey, payload_of


class Book:
    """One session's ledger, reopened after a failed write so that no half line is ever followed by another.

    Thread-safe. ``on_line`` is told each durable line.
    """

    def __init__(self, ledger: Ledger, file: Path, key: SigningKey, on_line: Callable[[str], None]) -> None:
        self._ledger, self._file, self._key, self._on_line = ledger, file, key, on_line
        self._lock = threading.RLock()
        lines = ledger.lines
        self._at = int(payload_of(lines[-1])["at"]) if lines else 0

    @property
    def head(self) -> Head:
        return self._ledger.head

    @property
    def ended(self) -> bool:
        return self._ledger.ended

    def lines(self) -> list[str]:
        return self._ledger.lines

    def next_index(self, stream: str) -> int:
        return self._ledger.next_index(stream)

    def next_part(self, stream: str) -> int:
        return self._ledger.next_part(stream)

    def append(self, type: str, at: int, wall: str, **fields: Any) -> int:
        """The line's number, once it is durable. A time before the last line's is raised to it.

        Raises ``OSError`` when the disk does not take it (it may be tried again).
        """
        with self._lock:
            number = self._ledger.head.n + 1
            self._at = max(self._at, at)
            try:
                line = self._ledger.append(type, self._at, wall, **fields)
            except LedgerError as error:
                line = self._after_failure(error, number)
        self._on_line(line)
        return number

    def _after_failure(self, error: LedgerError, number: int) -> str:
        """Cut off what a failed write left. The line itself, if it did get there whole."""
        cause = error.__cause__
        if not isinstance(cause, OSError):
            raise error
        session, first = self._ledger.session, self._ledger.head.digest
        self._ledger.close()
        if number == 0:  # not even ``begin`` is there: start the file again
            self._file.unlink()
            self._ledger = Ledger(session, self._key, self._file, first)
            raise cause
        self._ledger = Ledger.reopen(self._file, self._key)
        if self._ledger.head.n == number:
            return self._ledger.lines[-1]
        raise cause

    def close(self) -> None:
        self._ledger.close()


def full_disk(error: Exception) -> bool:
    """Whether ``error`` or its cause says that there is no space left."""
    return any(isinstance(e, OSError) and is_full(e) for e in (error, error.__cause__))
