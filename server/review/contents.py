"""What the recorder's judges and the window told, read from the sealed ``track`` and ``events`` streams.

Decrypted on demand and kept in memory only: the database holds no score, no picture and no window title.
Every value is hostile: what is not of the expected kind is left out.
"""

from __future__ import annotations

import base64
import binascii
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any

from evidence.attached import FILES
from evidence.ledger import check_commitment
from evidence.signing import canonical_json
from faces.asks import follows
from server.review.recording import Recording
from server.review.unsealing import OpeningProblem, json_lines
from server.review.vault import NoSeatKey, Vault

SESSIONS_IN_MEMORY = 8
MAX_PICTURE_BYTES = 1_000_000


@dataclass(frozen=True)
class Finding:
    """One entry of ``events``. ``proven``: its commitment stands in the ledger under the same id."""

    id: str
    at_ms: int
    kind: str
    content: Mapping[str, Any]
    proven: bool


@dataclass(frozen=True)
class Identity:
    """The identity decision with its evidence; pictures are JPEG bytes."""

    outcome: str
    reason: str
    compared: int
    distance: float | None
    distance_limit: float | None
    score: float | None
    accept: float | None
    reject: float | None
    pictures: tuple[bytes, ...]
    at_ms: int
    proven: bool
    nonce: str
    attempt: int
    asked: tuple[Mapping[str, Any], ...]
    """The prompts as the client says they were asked."""

    def prompts(self, nonce: str) -> str:
        """Whether they are those this server's nonce gives: "as_derived" or "otherwise". Recomputed here."""
        return "as_derived" if self.nonce == nonce and follows(self.asked, nonce, self.attempt) else "otherwise"


@dataclass
class Contents:
    """``seconds``: track lines in order; ``thumbs``: {(stream, t): WebP bytes}; ``unread``: segments not opened;
    ``drawn``: what the page made of ``seconds``, by what it was made for, so that each opening need not do it again."""

    seconds: list[dict[str, Any]] = field(default_factory=list)
    thumbs: dict[tuple[str, int], bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    unread: int = 0
    drawn: dict[tuple[int, int], list[Any]] = field(default_factory=dict)

    @cached_property
    def kept_pictures(self) -> dict[str, list[int]]:
        """Session ms of the kept pictures by stream, in order."""
        kept: dict[str, list[int]] = {}
        for stream, at in sorted(self.thumbs):
            kept.setdefault(stream, []).append(at)
        return kept

    @property
    def identity_finding(self) -> Finding | None:
        """The newest identity finding; a second check replaces the first."""
        return next((finding for finding in reversed(self.findings) if finding.kind == "identity"), None)

    @property
    def identity(self) -> Identity | None:
        found = self.identity_finding
        return _identity(found) if found is not None else None


class ContentsCache:
    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._kept: OrderedDict[str, tuple[frozenset[tuple[str, int]], Contents]] = OrderedDict()
        self._lock = Lock()

    def get(self, session: str, seat: str, recording: Recording, opened: frozenset[tuple[str, int]]) -> Contents:
        """``opened``: the segments of data streams that passed the check; only they are read, attached files not."""
        opened = frozenset(place for place in opened if place[0] != FILES)
        with self._lock:
            kept = self._kept.get(session)
            if kept is not None and kept[0] == opened:
                self._kept.move_to_end(session)
                return kept[1]
        contents = Contents()
        for stream, index in sorted(opened):
            try:
                body = self._vault.open(session, seat, recording, stream, index).body
                rows = json_lines(body)
            except (OpeningProblem, NoSeatKey):
                contents.unread += 1
                continue
            if stream == "events":
                contents.findings += findings_of(rows, recording)
            else:
                _take_track(rows, contents)
        contents.seconds.sort(key=lambda row: float(row["t"]))
        contents.findings.sort(key=lambda finding: finding.at_ms)
        with self._lock:
            self._kept[session] = (opened, contents)
            while len(self._kept) > SESSIONS_IN_MEMORY:
                self._kept.popitem(last=False)
        return contents

    def forget(self, session: str) -> None:
        with self._lock:
            self._kept.pop(session, None)


def findings_of(rows: list[dict[str, Any]] | tuple[dict[str, Any], ...], recording: Recording) -> list[Finding]:
    """The findings among the lines of an ``events`` segment."""
    committed = {str(line["id"]): str(line["commitment"]) for line in recording.of_type("finding")}
    found = []
    for row in rows:
        content, kind = row.get("content"), row.get("kind")
        if not isinstance(content, Mapping) or kind not in ("identity", "watching"):
            continue
        number = str(row.get("id", ""))
        found.append(Finding(number, int(row["t"]), str(kind), content, _proven(row, content, committed.get(number))))
    return found


def _proven(row: Mapping[str, Any], content: Mapping[str, Any], commitment: str | None) -> bool:
    if commitment is None:
        return False
    try:
        salt = bytes.fromhex(str(row.get("salt", "")))
        text = canonical_json(content, sort_keys=True)
    except (ValueError, RecursionError):
        return False
    return check_commitment(salt, text, commitment)


def _take_track(rows: list[dict[str, Any]], contents: Contents) -> None:
    for row in rows:
        if "thumb" in row:
            picture = _bytes(row.get("webp"))
            if picture is not None and picture[:4] == b"RIFF" and picture[8:12] == b"WEBP":
                contents.thumbs[str(row["thumb"]), int(row["t"])] = picture
        else:
            contents.seconds.append(row)


def _identity(finding: Finding) -> Identity:
    content = finding.content
    limits = content.get("limits")
    limits = limits if isinstance(limits, Mapping) else {}
    outcome = content.get("outcome")
    pictures = content.get("pictures")
    decoded = [_bytes(picture) for picture in pictures[:8]] if isinstance(pictures, list) else []
    distances, attempt, asked = content.get("distances"), content.get("attempt"), content.get("prompts")
    return Identity(
        outcome=outcome if outcome in ("match", "no_match", "invigilator") else "invigilator",
        reason=str(content.get("reason") or "")[:60],
        compared=len(distances) if isinstance(distances, list) else 0,
        distance=_number(content.get("distance")),
        distance_limit=_number(limits.get("distance")),
        score=_number(content.get("score")),
        accept=_number(limits.get("accept")),
        reject=_number(limits.get("reject")),
        pictures=tuple(picture for picture in decoded if picture is not None and picture[:3] == b"\xff\xd8\xff"),
        at_ms=finding.at_ms,
        proven=finding.proven,
        nonce=str(content.get("nonce") or "")[:80],
        attempt=attempt if isinstance(attempt, int) and 0 < attempt < 1000 else 1,
        asked=tuple(entry for entry in asked[:200] if isinstance(entry, Mapping)) if isinstance(asked, list) else (),
    )


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and abs(value) < 1e6 else None


def _bytes(text: object) -> bytes | None:
    if not isinstance(text, str) or len(text) > 2 * MAX_PICTURE_BYTES:
        return None
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
