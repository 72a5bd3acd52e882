"""What both Windows installers carry: the frozen folder with the institution's signed files on top."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from installer.branding.institution import Branding
from installer.errors import InstallerError


@contextmanager
def payload(frozen: Path, branding: Branding, seconds: int, target: Path, name: str) -> Iterator[Path]:
    """A folder for as long as the block runs; every file has the time ``seconds``, so that packages do not differ.
    Raises ``InstallerError`` when there is no Windows build."""
    if not (frozen / "senim.exe").is_file():
        raise InstallerError(f"{frozen} is no frozen program for Windows")
    target.mkdir(parents=True, exist_ok=True)
    folder = target / f".{name}.payload"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        shutil.copytree(frozen, folder)
        for file, content in branding.files.items():
            (folder / file).write_bytes(content)
        for path in folder.rglob("*"):
            os.utime(path, (seconds, seconds))
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
