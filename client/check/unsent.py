"""``senim --unsent``: which recordings on this computer were not delivered. Looks, and changes nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from client.spool.note import SessionNote, SpoolDamaged, Stage

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
    """The data folders of all people of this computer, as the system's own list of them says."""
    if sys.platform == "win32":
        # An installer runs as the system, whose own home lies elsewhere than people's.
        homes = Path(os.environ.get("PUBLIC") or Path.home()).parent
        return sorted(homes.glob("*/AppData/Local/Senim"))
    import pwd

    below = Path("Library/Application Support/Senim") if sys.platform == "darwin" else Path(".local/share/senim")
    return sorted({Path(person.pw_dir) / below for person in pwd.getpwall()})


def sentence(item: Unsent) -> str:
    """One line for a person at a command line."""
    what = f"{item.title} ({item.login}, {item.server})" if item.title else "an exam whose note cannot be read"
    return f"not delivered: {what}: {item.pieces} sealed pieces, {item.bytes / 1e6:.1f} MB, in {item.folder}"


def plain(text: str) -> str:
    """``text`` without signs that steer a terminal: it came over the network."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)[:LETTERS]


def main(folders: Iterable[Path], *, as_json: bool, keep: bool = False) -> int:
    """Print what is found; ``UNSENT`` if there is any, else 0. ``keep``: a delivery file of each beside it as well."""
    folders = list(folders)
    found = [item for folder in folders for item in unsent(folder)]
    if as_json:
        sys.stdout.write(json.dumps([asdict(item) for item in found], ensure_ascii=False) + "\n")
    for item in found if not as_json else []:
        sys.stdout.write(sentence(item) + "\n")
    for data_dir in folders if keep else []:
        if unsent(data_dir):
            _keep(data_dir)
    return UNSENT if found else 0


def _keep(data_dir: Path) -> None:
    """Delivery files into the folder ``undelivered``, written by the person whose data it is: root follows nobody's
    links. What fails is said; the recordings stay in any case."""
    if sys.platform != "win32" and os.geteuid() == 0 and data_dir.stat().st_uid != 0:
        owner = data_dir.stat()
        own = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "client.main"]
        subprocess.run([*own, "--unsent", "--keep", "--data", str(data_dir)], user=owner.st_uid, group=owner.st_gid,
                       extra_groups=[], env={"PATH": os.defpath}, check=False)  # fmt: skip
        return
    from client.check.reset import save
    from client.errors import SenimError
    from evidence.errors import EvidenceError

    def say(text: str) -> None:
        sys.stderr.write(text + "\n")

    try:
        save(unsent(data_dir), data_dir, data_dir / "undelivered", say)
    except (OSError, SenimError, EvidenceError) as error:
        say(f"senim: no delivery file: {error}")
