"""The name by which the server tells computers apart."""

from __future__ import annotations

import secrets
from pathlib import Path

from client.spool.disk import write_whole


def machine_name(data_dir: Path) -> str:
    """A random name of this installation, made at first need; it tells computers apart, not people."""
    file = data_dir / "machine"
    try:
        return file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        name = secrets.token_hex(16)
        write_whole(file, name.encode())
        return name
