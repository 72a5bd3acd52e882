"""One process at a time writes into a session's folder: ingest, or the command that takes in a delivery file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Waits for the folder. The system frees it when a process dies; a folder that is not there needs no lock."""
    try:
        descriptor = _open(folder)
    except FileNotFoundError:
        yield
        return
    try:
        _lock(descriptor)
        yield
    finally:
        os.close(descriptor)  # closing frees the lock


if sys.platform == "win32":

    def _open(folder: Path) -> int:
        """Windows locks bytes of files, not folders: a file beside the folder stands for it."""
        if not folder.exists():
            raise FileNotFoundError(folder)
        return os.open(folder.with_name(f"{folder.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)

    def _lock(descriptor: int) -> None:
        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
            except OSError:  # it gives up after ten seconds
                continue
            return

else:

    def _open(folder: Path) -> int:
        return os.open(folder, os.O_RDONLY)

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
