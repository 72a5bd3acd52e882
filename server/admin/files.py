"""Small files that are either the old one or the new one, whatever happens in between."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from server.store import sync_folder


def create_file(file: Path, content: bytes) -> None:
    """A new file, readable by its owner only, on the disk when this returns. Raises ``OSError``."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    sync_folder(file.parent)


def replace_file(file: Path, content: bytes) -> None:
    """The same in place of an old one, or where there is none yet. Raises ``OSError``."""
    part = file.with_name(f".{file.name}.{secrets.token_hex(4)}.part")
    try:
        create_file(part, content)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(file.parent)
