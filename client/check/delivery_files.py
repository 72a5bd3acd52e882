"""Delivery files of what is still on this computer, for whoever cannot send it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from client.check.undelivered import Unsent
from client.engine.saving import save_for_delivery
from client.errors import SenimError
from client.machine import machine_name
from client.spool.folder import SessionSpool
from client.spool.lock import SpoolLock
from evidence.bundle import pack

PATIENCE_S = 2.0  # for another Senim to end

Say = Callable[[str], object]


def save(items: list[Unsent], data_dir: Path, folder: Path, say: Say) -> None:
    """A delivery file of each, which the institution takes in; the recordings stay where they are too. Raises
    ``SpoolLocked``, ``OSError``, ``SenimError``, ``EvidenceError``."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = SpoolLock(data_dir / "spool")
    lock.take(PATIENCE_S)
    try:
        for item in items:
            file = folder / f"{item.session}.senim"
            _write(item, data_dir, file)
            say(f"Saved {file} ({file.stat().st_size / 1e6:.1f} MB): only the institution can open it.")
    finally:
        lock.release()


def _write(item: Unsent, data_dir: Path, file: Path) -> None:
    """With the answers where they open; else what is sealed, as it lies."""
    try:
        spool = SessionSpool.open(Path(item.folder))
    except (sqlite3.Error, SenimError, OSError):
        pack(Path(item.folder), file)
        return
    try:
        if spool.lines():
            save_for_delivery(spool, machine_name(data_dir), file, lambda _written, _all: None)
        else:
            pack(Path(item.folder), file)
    finally:
        spool.close()
