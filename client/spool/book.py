"""The ledger with what a full disk does to it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
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
        self._lock, self._torn, self._session = threading.RLock(), False, ledger.session
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
            number = self._ledger.head.n + 1  # also of a line found written before
            self._at = max(self._at, at)
            line = self._written_before(type, fields) if self._torn else None
            if line is None:
                number = self._ledger.head.n + 1
                try:
                    line = self._ledger.append(type, self._at, wall, **fields)
                except LedgerError as error:
                    if not isinstance(error.__cause__, OSError):
                        raise
                    self._torn = True
                    raise error.__cause__ from error
        self._on_line(line)
        return number

    def _written_before(self, type: str, fields: Mapping[str, Any]) -> str | None:
        """Reopen after a failed write, cutting off what is torn. The line, if it did get there whole after all.

        Raises ``OSError`` while the disk does not even take that.
        """
        before = self._ledger.head
        self._ledger.close()
        try:
            if before.n < 0:  # not even ``begin`` was there: the file starts again
                self._ledger = Ledger(self._session, self._key, self._file, before.digest)
            else:
                self._ledger = Ledger.reopen(self._file, self._key)
        except LedgerError as error:
            raise error.__cause__ if isinstance(error.__cause__, OSError) else error from error
        self._torn = False
        if self._ledger.head.n == before.n:
            return None
        last = payload_of(self._ledger.lines[-1])
        same = last["type"] == type and all(last.get(name) == value for name, value in fields.items())
        return self._ledger.lines[-1] if same else None

    def close(self) -> None:
        self._ledger.close()


def full_disk(error: Exception) -> bool:
    """Whether ``error`` or its cause says that there is no space left."""
    return any(isinstance(e, OSError) and is_full(e) for e in (error, error.__cause__))
