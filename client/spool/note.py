"""``session.json``: what going on after a crash needs, and nothing secret."""

from __future__ import annotations

import dataclasses
import json
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from client.errors import SenimError
from client.spool.disk import write_whole

# How long the sealed recording stays on this computer after the closing receipt.
KEEP_DAYS = 7

_SESSION_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


class SpoolDamaged(SenimError):
    """A session's folder cannot be read as one."""

    code = "spool_damaged"


class Stage(StrEnum):
    """How far the sitting came; only ever moves down this list."""

    OPENED = "opened"
    BEGUN = "begun"
    IDENTIFIED = "identified"
    SITTING = "sitting"
    ENDED = "ended"  # the ledger has its ``end`` line
    DELIVERED = "delivered"  # the closing receipt is here


@dataclass(frozen=True)
class SessionNote:
    """``origin``: fields of ``client.clock.Origin``; ``server_unix_ms``: server time at session time 0, or None.

    ``grant``: the server's leave to go on with a new key (a public text). ``camera``, ``microphone``: chosen
    device ids. ``identity``: the outcome or ""; ``attempt``: how often it was tried. ``ends``, ``started``:
    ISO UTC. ``delivered_unix_ms``: when the closing receipt came, by this computer's clock. ``recipient``: the
    age recipient of the answers in a delivery file, "" where the server named none.
    """

    session: str
    seat: str
    title: str
    login: str
    server: str
    nonce: str
    policy: dict[str, Any]
    seat_key: str
    server_key: str
    origin: dict[str, Any]
    server_unix_ms: int | None = None
    stage: Stage = Stage.OPENED
    paper_shown: bool = False
    consent_version: str = ""
    consented_at: str = ""
    grant: str = ""
    camera: str = ""
    microphone: str = ""
    identity: str = ""
    attempt: int = 0
    ends: str = ""
    started: str = ""
    receipt: str = ""
    delivered_unix_ms: int | None = None
    recipient: str = ""

    def may_go(self, unix_ms: int) -> bool:
        """Whether the whole folder has had its time: a closing receipt, and ``KEEP_DAYS`` since."""
        since = self.delivered_unix_ms
        return self.stage is Stage.DELIVERED and since is not None and unix_ms - since > KEEP_DAYS * 86_400_000

    def save(self, folder: Path) -> None:
        content = json.dumps({"format": 1, **dataclasses.asdict(self)}, ensure_ascii=False, indent=1)
        write_whole(folder / "session.json", content.encode())

    @classmethod
    def load(cls, folder: Path) -> SessionNote:
        """Raises ``SpoolDamaged``."""
        try:
            body = json.loads((folder / "session.json").read_text(encoding="utf-8"))
            if body.pop("format") != 1:
                raise ValueError("another format")
            body["stage"] = Stage(body["stage"])
            return cls(**body)
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise SpoolDamaged(f"{folder.name}: {error}") from error


def check_session_name(name: str) -> str:
    """``name`` itself, fit to be a folder's name. The server chose it, so it is hostile text."""
    if not _SESSION_NAME.fullmatch(name):
        raise SpoolDamaged("the session's name is not fit for a folder")
    return name
