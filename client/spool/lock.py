"""One program at a time works on the spool.

A recorder whose window died goes on uploading under this lock, and gives it up as soon as a newly
started program asks for it. A recorder with a living window does not.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from client.errors import SenimError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# Takeover has to be done within a second: the holder looks four times in that time.
LOOK_SECONDS = 0.25


class SpoolLocked(SenimError):
    """Another running program, with a window of its own, works on this spool."""

    code = "spool_locked"


class SpoolLock:
    """``folder``: the spool's root. The operating system frees the lock when a process dies."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file, self._wanted = folder / "lock", folder / "lock.wanted"
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        return self._descriptor is not None

    def take(self, patience: float, sleep: Callable[[float], object] = time.sleep) -> None:
        """Take the lock, asking a present holder for it for ``patience`` seconds. Raises ``SpoolLocked``."""
        waited = 0.0
        while not self._try():
            if waited >= patience:
                self._wanted.unlink(missing_ok=True)
                raise SpoolLocked(str(self._file))
            self._wanted.write_text(str(os.getpid()))
            sleep(LOOK_SECONDS / 5)
            waited += LOOK_SECONDS / 5
        self._wanted.unlink(missing_ok=True)

    def wanted(self) -> bool:
        """Whether another program asked for the lock; a windowless holder gives it up then."""
        return self._wanted.exists()

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)  # closing frees the lock
            self._descriptor = None

    def _try(self) -> bool:
        descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if sys.platform == "win32":
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True
