"""``senim --reset``: puts a broken state in order, and never loses a recording that was not delivered."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

from client.check.unsent import UNSENT, Unsent, sentence, unsent
from client.engine.saving import save_for_delivery
from client.errors import SenimError
from client.machine import machine_name
from client.spool.folder import SessionSpool
from client.spool.lock import SpoolLock, SpoolLocked
from client.spool.note import SessionNote, SpoolDamaged
from evidence.bundle import pack
from evidence.errors import EvidenceError

NO_SPACE = 73  # EX_CANTCREAT
PATIENCE_S = 2.0
_REST = ("settings.json", "settings.part")

Say = Callable[[str], object]


def reset(data_dir: Path, say: Say) -> list[Unsent]:
    """Repair everything that can be repaired and say what was done; what still has to be delivered.

    Raises ``SpoolLocked`` while another Senim works here, ``OSError`` where the disk says no.
    """
    if not data_dir.is_dir():
        say("There is nothing of Senim here.")
        return []
    lock = SpoolLock(data_dir / "spool")
    lock.take(PATIENCE_S)
    try:
        for name in _REST:
            if (data_dir / name).exists():
                (data_dir / name).unlink()
                say(f"Choices of the window ({name}) are back to what they were at first.")
        folders = sorted(path for path in (data_dir / "spool").iterdir() if path.is_dir() and not path.is_symlink())
        for folder in folders:
            _mend(folder, data_dir, say)
    finally:
        lock.release()
    return unsent(data_dir)


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


def main(data_dir: Path, save_to: Path | None) -> int:
    """The command. 0; ``UNSENT`` when something is left to deliver or Senim runs; ``NO_SPACE``."""

    def say(text: str) -> None:
        sys.stdout.write(text + "\n")

    try:
        left = reset(data_dir, say)
        if save_to is not None:
            save(left, data_dir, save_to, say)
    except SpoolLocked:
        sys.stderr.write("senim: Senim is running on this computer. Close its window first.\n")
        return UNSENT
    except (OSError, EvidenceError, SenimError) as error:
        sys.stderr.write(f"senim: {error}\n")
        return NO_SPACE
    for item in left:
        say(sentence(item))
    if not left:
        say("All is in order; nothing waits to be delivered.")
        return 0
    say("Start Senim and sign in: what is left is delivered by itself. Or: senim --reset --save DIR writes sealed")
    say("files into DIR to hand over. Nothing of it was deleted.")
    return UNSENT


def _mend(folder: Path, data_dir: Path, say: Say) -> None:
    try:
        SessionNote.load(folder)
    except SpoolDamaged:
        pieces = any(path.is_file() and path.stat().st_size for path in folder.rglob("*.age"))
        if not pieces and not (folder / "ledger.txt").is_file():
            aside = data_dir / "broken" / folder.name
            aside.parent.mkdir(exist_ok=True, mode=0o700)
            shutil.rmtree(aside, ignore_errors=True)
            folder.rename(aside)
            say(f"{folder.name} held no recording: set aside in {aside}")
        return  # what holds a recording stays where it is, and is named
    try:
        _open(folder)
    except (sqlite3.Error, SenimError, OSError) as error:
        _without_table(folder, error, say)


def _open(folder: Path) -> None:
    """Opening puts table and folder in order (``SessionSpool.put_in_order``)."""
    spool = SessionSpool.open(folder)
    try:
        spool.table.segments()
    finally:
        spool.close()


def _without_table(folder: Path, error: Exception, say: Say) -> None:
    """The table is an index: ledger and folder make it anew. The broken one is kept beside it."""
    for file in sorted(folder.glob("table.db*")):
        if not file.name.startswith("table.db.broken"):
            file.rename(file.with_name(file.name.replace("table.db", "table.db.broken", 1)))
    try:
        _open(folder)
    except (sqlite3.Error, SenimError, OSError) as still:
        say(f"{folder.name} does not open ({still}); all of it stays in {folder}")
        return
    say(f"{folder.name}: the table was broken ({error}) and was made anew from the ledger")
