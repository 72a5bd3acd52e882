"""How bytes get onto the disk so that a kill or a power cut leaves all of them or none."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

# A full disk, a full quota: the two that free space cures.
_NO_SPACE = {errno.ENOSPC, errno.EDQUOT} if sys.platform != "win32" else {errno.ENOSPC}


def write_whole(path: Path, content: bytes) -> None:
    """Write under another name, rename, then sync file and folder.

    The rename comes first because a sync can take seconds on a busy disk: a kill in that time must not
    lose the file. Raises ``OSError``; a failed write leaves nothing behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(content)
        part.replace(path)
        with path.open("r+b") as file:
            os.fsync(file.fileno())
    except OSError:
        part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename durable, where the system can."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def is_full(error: OSError) -> bool:
    """Whether ``error`` says that there is no space left."""
    return error.errno in _NO_SPACE
