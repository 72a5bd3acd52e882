"""Whether this person's data has a place on this computer: people without a home folder, disks that are read only."""

from __future__ import annotations

import os
from pathlib import Path

NO_PLACE = 73  # EX_CANTCREAT of sysexits.h


def fault(data_dir: Path) -> str:
    """Why nothing can be kept in ``data_dir``, in one English line; "" when it can. Makes nothing."""
    existing = next(folder for folder in (data_dir, *data_dir.parents) if _exists(folder))
    if not existing.is_dir():
        return f"{data_dir} cannot be made: {existing} is no folder"
    if not os.access(existing, os.W_OK | os.X_OK):
        return f"{data_dir} cannot be written: {existing} belongs to somebody else or is read only"
    return ""


def _exists(folder: Path) -> bool:
    try:
        return folder.exists()
    except OSError:  # a folder above it may not be looked into
        return False
