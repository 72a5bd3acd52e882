"""``senim --reset``: puts a broken state in order, and never loses a recording that was not delivered."""

from __future__ import annotations

import itertools
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

from client.check.unsent import UNSENT, Unsent, plain, sentence, unsent
from client.engine.saving import save_for_delivery
from client.errors import SenimError
from client.machine import machine_name
from client.spool.folder import SessionSpool
from client.spool.lock import SpoolLock, SpoolLocked
from client.spool.note import SessionNote, SpoolDamaged
from client.spool.salvage import salvage
from client.spool.vault import VaultClosed
from evidence.bundle import pack
from evidence.errors import EvidenceError

NO_SPACE = 73  # EX_CANTCREAT
PATIENCE_S = 2.0
_REST = ("settings.json", "settings.part")
_FAULTS = (sqlite3.Error, SenimError, EvidenceError, OSError)

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


def save(items: list[Unsent], data_dir: Path, folder: Path, say: Say) -> bool:
    """A delivery file of each, which the institution takes in; the recordings stay where they are too. One that cannot
    be saved is said, and keeps none of the others from it; whether all were. Raises ``SpoolLocked``, ``OSError``."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = SpoolLock(data_dir / "spool")
    lock.take(PATIENCE_S)
    try:
        return all([_saved(item, data_dir, folder / f"{item.session}.senim", say) for item in items])
    finally:
        lock.release()


def _saved(item: Unsent, data_dir: Path, file: Path, say: Say) -> bool:
    try:
        whole = _write(item, data_dir, file)
    except _FAULTS as error:
        say(f"Not saved: {item.session} ({plain(str(error))}). All of it stays in {item.folder}")
        return False
    say(f"Saved {file} ({file.stat().st_size / 1e6:.1f} MB): only the institution can open it.")
    if not whole:
        say(f"The answers of {item.session} do not open here and are not in that file: keep {item.folder} as well.")
    return True


def _write(item: Unsent, data_dir: Path, file: Path) -> bool:
    """With the answers where they open, and True; else what is sealed, as it lies."""
    try:
        spool = SessionSpool.open(Path(item.folder))
    except _FAULTS:
        pack(Path(item.folder), file)
        return False
    try:
        if spool.lines():
            save_for_delivery(spool, machine_name(data_dir), file, lambda _written, _all: None)
            return True
    except (sqlite3.Error, VaultClosed):
        file.with_name(file.name + ".part").unlink(missing_ok=True)
    finally:
        spool.close()
    pack(Path(item.folder), file)
    return False


def main(data_dir: Path, save_to: Path | None) -> int:
    """The command. 0; ``UNSENT`` when something is left to deliver or Senim runs; ``NO_SPACE``."""

    def say(text: str) -> None:
        sys.stdout.write(text + "\n")

    all_saved = True
    try:
        left = reset(data_dir, say)
        if save_to is not None:
            all_saved = save(left, data_dir, save_to, say)
    except SpoolLocked:
        sys.stderr.write("senim: Senim is running on this computer. Close its window first.\n")
        return UNSENT
    except _FAULTS as error:
        sys.stderr.write(f"senim: {plain(str(error))}\n")
        return NO_SPACE
    for item in left:
        say(sentence(item))
    if not left:
        say("All is in order; nothing waits to be delivered.")
        return 0
    say("Start Senim and sign in: what is left is delivered by itself. Or: senim --reset --save DIR writes sealed")
    say("files into DIR to hand over. Nothing of it was deleted.")
    return UNSENT if all_saved else NO_SPACE


def _mend(folder: Path, data_dir: Path, say: Say) -> None:
    try:
        SessionNote.load(folder)
    except SpoolDamaged:
        pieces = any(path.is_file() and path.stat().st_size for path in folder.rglob("*.age"))
        if not pieces and not (folder / "ledger.txt").is_file():
            aside = _free(data_dir / "broken" / folder.name)
            aside.parent.mkdir(exist_ok=True, mode=0o700)
            folder.rename(aside)
            say(f"{folder.name} held no recording: set aside in {aside}")
        return  # what holds a recording stays where it is, and is named
    try:
        _open(folder)
    except _FAULTS as error:
        _without_table(folder, error, say)


def _open(folder: Path) -> None:
    """Opening puts table and folder in order (``SessionSpool.put_in_order``)."""
    spool = SessionSpool.open(folder)
    try:
        spool.table.check()
    finally:
        spool.close()


def _without_table(folder: Path, error: Exception, say: Say) -> None:
    """The table is an index: ledger and folder make it anew, and answers, paper and open lines, which lie there alone,
    are brought over as far as they can be read. The broken one is kept beside it: its key goes with the receipt."""
    broken = _free(folder / "table.db.broken")
    for ending in ("", "-wal", "-shm"):
        file = folder / f"table.db{ending}"
        if file.exists():
            file.rename(broken.with_name(broken.name + ending))
    try:
        spool = SessionSpool.open(folder)
    except _FAULTS as still:
        say(f"{folder.name} does not open ({plain(str(still))}); all of it stays in {folder}")
        return
    try:
        found = salvage(broken, spool.table)
    finally:
        spool.close()
    say(f"{folder.name}: the table was broken ({plain(str(error))}) and was made anew from the ledger")
    say(f"{folder.name}: {found.answers} answers were brought over; " + (
        "all that was written is there" if found.whole else
        f"others may be lost: {broken} keeps what there was. Tell the institution before it is delivered"
    ))  # fmt: skip


def _free(wanted: Path) -> Path:
    """``wanted``, or the same with the first number that is free: nothing set aside before is overwritten."""
    names = (wanted if n == 1 else wanted.with_name(f"{wanted.name}-{n}") for n in itertools.count(1))
    return next(place for place in names if not place.exists())
