"""The ledger of one session: an append-only text file of signed lines, each on disk before anyone hears of it."""

from __future__ import annotations

import hmac
import os
import secrets
import threading
from io import FileIO
from pathlib import Path
from typing import Any

from evidence.chain import BrokenChain, Chain, ChainState, Head, answers_digest
from evidence.errors import EvidenceError
from evidence.line_types import check_shape
from evidence.merkle import merkle_root
from evidence.signing import MalformedLine, SigningKey, VerifyingKey, digest, line_digest, payload_of, sign_line

__all__ = [
    "BrokenChain",
    "Chain",
    "Head",
    "Ledger",
    "LedgerError",
    "answers_digest",
    "check_commitment",
    "commitment",
    "merkle_root",
]

SALT_BYTES = 32
# Threads take the time first and the ledger's lock second, so two lines may arrive in the other order.
REORDER_MS = 5000


class LedgerError(EvidenceError):
    """The ledger cannot be written or reopened."""


class Ledger:
    """The writer. Thread-safe; ``append`` returns only after the line is on disk (``file`` None: memory only).

    A line that would break the chain raises ``BrokenChain`` or ``MalformedLine`` and is not written.
    """

    _file: FileIO | None

    def __init__(self, session: str, key: SigningKey, file: Path | None, prev_digest: str) -> None:
        """Start a new ledger; ``prev_digest`` is the digest of the seat key's line. ``file`` must
        not hold a whole line yet; raises ``LedgerError``."""
        self._setup(key, ChainState(session, prev_digest), [], None)
        if file is not None:
            try:
                self._file = _create(file)
            except OSError as error:
                raise LedgerError(f"cannot start the ledger: {error}") from error

    @classmethod
    def reopen(cls, path: Path, key: SigningKey) -> Ledger:
        """Go on with the ledger at ``path``. A torn last line (never acknowledged) is cut off and kept in
        ``repaired``. If ``key`` is not the ledger's current key, the next line must be a ``resume``.
        Raises ``LedgerError`` if the file cannot be read, ``BrokenChain`` if it is damaged elsewhere."""
        try:
            content = path.read_bytes()
            lines, torn, chain = _read(content)
            file = path.open("r+b", buffering=0)
        except OSError as error:
            raise LedgerError(f"cannot reopen the ledger: {error}") from error
        if torn:
            file.truncate(len(content) - len(torn))
            os.fsync(file.fileno())
        file.seek(0, os.SEEK_END)
        ledger = cls.__new__(cls)
        ledger._setup(key, chain.state, lines, file)
        ledger.repaired = torn
        return ledger

    def _setup(self, key: SigningKey, state: ChainState, lines: list[str], file: FileIO | None) -> None:
        self.repaired = b""
        self._key, self._state, self._lines, self._file = key, state, lines, file
        self._lock = threading.Lock()
        self._failed = False

    @property
    def session(self) -> str:
        return self._state.session

    @property
    def head(self) -> Head:
        """The last line; before the first, ``n`` is -1 and the digest that of the seat key's line."""
        with self._lock:
            return Head(self._state.n - 1, self._state.prev or "")

    @property
    def lines(self) -> list[str]:
        """Every line so far, without newlines."""
        with self._lock:
            return list(self._lines)

    @property
    def key(self) -> VerifyingKey:
        """The public half of the key lines are signed with."""
        return self._key.verifying

    @property
    def ended(self) -> bool:
        return self._state.ended

    def next_index(self, stream: str) -> int:
        """The index the stream's next segment must have."""
        with self._lock:
            return self._state.streams[stream].next_index if stream in self._state.streams else 0

    def next_part(self, stream: str) -> int:
        """The number of the stream's next part."""
        with self._lock:
            known = self._state.streams.get(stream)
            return 0 if known is None or known.part is None else known.part + 1

    def totals(self) -> dict[str, Any]:
        """``counts``, ``last``, ``root``, ``answers`` for the ``end`` line."""
        with self._lock:
            return self._state.totals()

    def append(self, type: str, at: int, wall: str, **fields: Any) -> str:
        """Sign, write and sync one line, and return it. ``at``: session ms; up to 5 s behind the last line it is
        raised to it. ``wall``: ISO 8601. Fields that follow from the ledger itself may be left out: ``key`` of
        begin, ``after`` and ``key`` of resume, ``counts``, ``last``, ``root``, ``answers`` of end."""
        with self._lock:
            if self._failed:
                raise LedgerError("an earlier write failed; reopen the ledger")
            payload = self._payload(type, at, wall, fields)
            try:
                line = sign_line("ledger", payload, self._key)
            except (TypeError, ValueError) as error:
                raise MalformedLine(f"{type}: {error}") from error
            payload = payload_of(line)  # what a reader will see
            check_shape(payload)
            self._check_key(payload)
            self._state.check(payload)
            self._write(line)
            self._state.apply(payload, line_digest("ledger", line))
            self._lines.append(line)
            return line

    def _payload(self, kind: str, at: int, wall: str, fields: dict[str, Any]) -> dict[str, Any]:
        state = self._state
        if state.at - REORDER_MS <= at < state.at:
            at = state.at
        if kind == "begin":
            fields = {**fields, "key": fields.get("key", self.key.text)}
        elif kind == "resume":
            fields = {"after": state.n - 1, "key": self.key.text, "grant": None, **fields}
        elif kind == "end":
            fields = {**state.totals(), **fields}
        return {"n": state.n, "type": kind, "prev": state.prev, "at": at, "wall": wall, **fields}

    def _check_key(self, payload: dict[str, Any]) -> None:
        brings_key = payload["type"] in ("begin", "resume")
        expected = payload["key"] if brings_key else self._state.key.text if self._state.key else None
        if expected != self.key.text:
            raise BrokenChain("wrong-key", payload["n"], "the ledger's current key is another; resume first")

    def _write(self, line: str) -> None:
        if self._file is None:
            return
        rest = line.encode("ascii") + b"\n"
        size = self._file.tell()
        try:
            while rest:  # unbuffered, so a full disk may take a part
                rest = rest[self._file.write(rest) :]
        except OSError as error:
            self._take_back(size)
            raise LedgerError(f"cannot write to the ledger: {error}") from error
        try:
            os.fsync(self._file.fileno())
        except OSError as error:
            # What is on disk is now unknown: only ``reopen``, which reads it again, may go on.
            self._failed = True
            raise LedgerError(f"cannot sync the ledger: {error}") from error

    def _take_back(self, size: int) -> None:
        """Remove a half-written line, so that the next one does not stand behind it."""
        assert self._file is not None
        try:
            self._file.truncate(size)
            self._file.seek(size)
        except OSError:
            self._failed = True

    def close(self) -> None:
        with self._lock:
            if self._file is not None:
                self._failed = True
                self._file.close()
                self._file = None

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _read(content: bytes) -> tuple[list[str], bytes, Chain]:
    """Lines, the torn rest and the chain they make."""
    end = content.rfind(b"\n") + 1
    last = content[:end].rfind(b"\n", 0, end - 1) + 1
    if b"\0" in content[last:end]:
        end = last  # blocks of the last line that a power cut kept from the disk read as zeros
    whole, torn = content[:end], content[end:]
    lines = whole.decode("latin-1").split("\n")[:-1]
    if not lines:
        raise LedgerError("the ledger holds no whole line")
    try:
        begin = payload_of(lines[0])
        check_shape(begin)
    except MalformedLine as error:
        raise BrokenChain("malformed", 0, str(error)) from error
    if begin["type"] != "begin":
        raise BrokenChain("wrong-begin", 0, "a ledger starts with begin")
    chain = Chain(begin["session"], VerifyingKey.from_text(begin["key"]), None, begin["prev"])
    for line in lines:
        chain.accept(line)
    return lines, torn, chain


def _create(path: Path) -> FileIO:
    """An empty file on disk. One without a whole line is what a crash before the first line left behind."""
    try:
        file = path.open("xb", buffering=0)
    except FileExistsError:
        if b"\n" in path.read_bytes():
            raise
        file = path.open("r+b", buffering=0)
        file.truncate(0)
    _sync_folder(path.parent)
    return file


def _sync_folder(folder: Path) -> None:
    """A new file's name is on disk only after its folder is synced (Windows has no such call)."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def commitment(content: bytes) -> tuple[bytes, str]:
    """32 random bytes and the digest that commits to ``content`` without telling it."""
    salt = secrets.token_bytes(SALT_BYTES)
    return salt, digest("commitment", salt + content)


def check_commitment(salt: bytes, content: bytes, expected: str) -> bool:
    """Whether ``expected`` commits to ``content`` under ``salt``."""
    return len(salt) == SALT_BYTES and hmac.compare_digest(digest("commitment", salt + content), expected)
