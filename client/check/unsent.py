"""Which recordings on this computer were not delivered. Looks, and changes nothing."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from client.spool.note import SessionNote, SpoolDamaged, Stage

HOMES = (Path("/home"), Path("/Users"))
UNSENT = 75  # EX_TEMPFAIL of sysexits.h: there is something to deliver first
LETTERS = 120


@dataclass(frozen=True)
class Unsent:
    """One recording. ``title``, ``login``, ``server`` are empty where its note cannot be read."""

    session: str
    title: str
    login: str
    server: str
    folder: str
    pieces: int
    bytes: int


def unsent(data_dir: Path) -> list[Unsent]:
    """By name. A folder with pieces whose note is damaged counts too: nobody knows that they arrived."""
    root = data_dir / "spool"
    try:
        folders = sorted(path for path in root.iterdir() if path.is_dir() and not path.is_symlink())
    except OSError:
        return []
    return [found for folder in folders if (found := _of(folder)) is not None]


def _of(folder: Path) -> Unsent | None:
    pieces = [path for path in (folder / "segments").glob("*/*.age") if path.is_file()]
    has_ledger = (folder / "ledger.txt").is_file()
    try:
        note = SessionNote.load(folder)
    except SpoolDamaged:
        if not pieces and not has_ledger:
            return None
        title = login = server = ""
    else:
        if note.stage is Stage.DELIVERED or (note.stage is Stage.OPENED and not has_ledger):
            return None
        title, login, server = (plain(text) for text in (note.title, note.login, note.server))
    size = sum(path.stat().st_size for path in pieces)
    return Unsent(plain(folder.name), title, login, server, str(folder), len(pieces), size)


def everyones_data() -> list[Path]:
    """The data folders of all people of this computer: of the system's own list of them, and of whoever has a folder
    where homes lie. People of a domain are not in that list (sssd and winbind do not tell it by default)."""
    if sys.platform == "win32":
        # An installer runs as the system, whose own home lies elsewhere than people's.
        homes = Path(os.environ.get("PUBLIC") or Path.home()).parent
        return sorted(homes.glob("*/AppData/Local/Senim"))
    import pwd

    below = Path("Library/Application Support/Senim") if sys.platform == "darwin" else Path(".local/share/senim")
    listed = {Path(person.pw_dir) for person in pwd.getpwall()}
    found = {home for place in HOMES for home in _in(place)}
    of_a_domain = {home for folder in found - listed for home in _in(folder)}  # /home/campus.example.edu/aigerim
    return sorted(home / below for home in listed | found | of_a_domain)


def _in(folder: Path) -> list[Path]:
    """What lies there; nothing where it is no folder, or on a network that does not answer."""
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def sentence(item: Unsent) -> str:
    """One line for a person at a command line."""
    what = f"{item.title} ({item.login}, {item.server})" if item.title else "an exam whose note cannot be read"
    return f"not delivered: {what}: {item.pieces} sealed pieces, {item.bytes / 1e6:.1f} MB, in {item.folder}"


def plain(text: str) -> str:
    """``text`` without signs that steer a terminal: it came over the network."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)[:LETTERS]
