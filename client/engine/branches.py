"""Folders of a session that are set aside: where ours and the institution's ledger differ, both are kept."""

from __future__ import annotations

import hashlib
from pathlib import Path

from client.spool.disk import write_whole
from client.spool.folder import SessionSpool
from evidence.signing import payload_of


def set_aside(root: Path, session: str) -> Path | None:
    """Keep what lies under this name as a named branch: its bytes may matter to a person later. Where it is now."""
    folder = root / session
    if not folder.exists():
        return None
    number = 1
    while (root / f"{session}.branch-{number}").exists():
        number += 1
    aside = root / f"{session}.branch-{number}"
    folder.rename(aside)
    # It is no session any more: nothing delivers it, nothing opens it.
    (aside / "session.json").rename(aside / "branch.json") if (aside / "session.json").exists() else None
    return aside


def bring_segments(aside: Path, spool: SessionSpool) -> None:
    """What ``spool``'s ledger lists and lies in the branch may still be owed: it goes on from here."""
    for payload in map(payload_of, spool.lines()):
        if payload["type"] != "segment":
            continue
        file = spool.segment_file(payload["stream"], payload["index"])
        there = aside / file.relative_to(spool.path)
        if there.is_file():
            content = there.read_bytes()
            if hashlib.sha256(content).hexdigest() == payload["sha256"]:
                write_whole(file, content)
