"""Recordings on a person's disk, as the recorder leaves them."""

from __future__ import annotations

import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from client.clock import SessionClock
from client.spool.folder import SessionSpool
from client.spool.note import SessionNote, Stage
from evidence.signing import SigningKey, sign_line

KEY = SigningKey(bytes(32))


def note(session: str, **changes: Any) -> SessionNote:
    line = sign_line("seat-key", {"seat": "seat-1"}, KEY)
    fields: dict[str, Any] = {
        "session": session, "seat": "seat-1", "title": "Physics", "login": "s0", "server": "https://exam.example.edu",
        "nonce": "00", "policy": {}, "seat_key": line, "server_key": line, "origin": asdict(SessionClock().origin),
    }  # fmt: skip
    return SessionNote(**{**fields, **changes})


def session(data: Path, name: str, stage: Stage = Stage.SITTING, **changes: Any) -> Path:
    """A folder as the recorder leaves it: one sealed piece, one ledger line."""
    spool = SessionSpool.create(data / "spool", note(name, stage=stage, **changes))
    spool.close()
    folder = data / "spool" / name
    line = {"n": 0, "type": "segment", "prev": "", "stream": "camera", "index": 0, "sha256": "0" * 64, "size": 3}
    (folder / "ledger.txt").write_text(sign_line("ledger", line, KEY) + "\n", encoding="ascii")
    (folder / "segments" / "camera").mkdir(parents=True)
    (folder / "segments" / "camera" / "000000.age").write_bytes(b"age")
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """What must never be lost."""
    kept = [*folder.rglob("*.age"), *folder.rglob("ledger.txt"), *folder.rglob("local.key")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in kept}


def names(bundle: Path) -> set[str]:
    with zipfile.ZipFile(bundle) as archive:
        return set(archive.namelist())
