"""What the server signs: receipts for the head it holds, the closing receipt, the record of an erasure, grants for a
new session key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evidence.line_types import wall_time
from evidence.signing import MalformedLine, SigningKey, VerifyingKey, group, line_digest, read_line, sign_line

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH = 12


@dataclass(frozen=True)
class Head:
    """The last line of a ledger: its number and its digest."""

    n: int
    digest: str

    def to_json(self) -> dict[str, Any]:
        return {"n": self.n, "digest": self.digest}


def make_head_receipt(session: str, head: Head, at: str, key: SigningKey) -> str:
    """The server holds every line up to ``head``. ``at``: server time, ISO 8601 UTC."""
    return sign_line("receipt", {"type": "head", "session": session, "head": head.to_json(), "at": at}, key)


def make_closing_receipt(
    session: str,
    begin_digest: str,
    session_key: VerifyingKey | str,
    head: Head,
    coverage: Mapping[str, float],
    answers_digest: str | None,
    opened: str,
    closed: str,
    key: SigningKey,
) -> str:
    """The session is handed in whole. ``coverage``: claimed ratio by stream; ``opened``, ``closed``: server
    time, ISO 8601 UTC; ``begin_digest``: digest of line 0; ``session_key``: the last one."""
    payload = {
        "type": "closing",
        "session": session,
        "begin": begin_digest,
        "key": _key_text(session_key),
        "head": head.to_json(),
        "coverage": {stream: round(ratio, 6) for stream, ratio in coverage.items()},
        "answers": answers_digest,
        "opened": opened,
        "at": closed,
    }
    return sign_line("receipt", payload, key)


def make_erasure_receipt(session: str, head: Head, at: str, cause: str, key: SigningKey) -> str:
    """The institution erased the segments of a session whose ledger ends with ``head``. ``at``: server time, ISO 8601
    UTC; ``cause``: ``retention`` (its time was over) or ``decision`` (before that)."""
    payload = {"type": "erasure", "session": session, "head": head.to_json(), "at": at, "cause": cause}
    return sign_line("receipt", payload, key)


def read_receipt(line: str, server_key: VerifyingKey) -> dict[str, Any]:
    """The payload (``type`` head, closing or erasure; ``head`` is ``{"n", "digest"}``); raises ``SigningError``."""
    payload = read_line("receipt", line, server_key)
    kind = payload.get("type")
    if kind not in ("head", "closing", "erasure"):
        raise MalformedLine("unknown kind of receipt")
    _need_texts(payload, "session")
    wall_time(payload.get("at"))
    _need_head(payload)
    if kind == "erasure":
        _need_texts(payload, "cause")
    if kind == "closing":
        _need_texts(payload, "begin", "key", "opened")
        coverage, answers = payload.get("coverage"), payload.get("answers")
        if not isinstance(coverage, dict) or not all(type(v) in (int, float) for v in coverage.values()):
            raise MalformedLine("the receipt's coverage does not fit")
        if answers is not None and not isinstance(answers, str):
            raise MalformedLine("the receipt's answers do not fit")
    return payload


def short_code(line: str) -> str:
    """``XXXX-XXXX-XXXX`` to read aloud: the first 60 bits of the receipt's digest in Crockford's base32."""
    number = int(line_digest("receipt", line), 16) >> (256 - 5 * _CODE_LENGTH)
    letters = [_CROCKFORD[number >> 5 * (_CODE_LENGTH - 1 - i) & 31] for i in range(_CODE_LENGTH)]
    return group("".join(letters), "-")


def make_grant(
    session: str,
    old_key: VerifyingKey | str,
    new_key: VerifyingKey | str,
    head: Head,
    reason: str,
    at: str,
    key: SigningKey,
) -> str:
    """After ``head``, the session goes on under ``new_key``. ``at``: server time, ISO 8601 UTC."""
    payload = {
        "session": session,
        "old_key": _key_text(old_key),
        "new_key": _key_text(new_key),
        "head": head.to_json(),
        "reason": reason,
        "at": at,
    }
    return sign_line("grant", payload, key)


def read_grant(line: str, server_key: VerifyingKey) -> dict[str, Any]:
    """The payload; raises ``SigningError``."""
    payload = read_line("grant", line, server_key)
    _need_texts(payload, "session", "old_key", "new_key", "reason", "at")
    _need_head(payload)
    return payload


def _key_text(key: VerifyingKey | str) -> str:
    return key if isinstance(key, str) else key.text


def _need_texts(payload: Mapping[str, Any], *names: str) -> None:
    for name in names:
        if not isinstance(payload.get(name), str):
            raise MalformedLine(f"field {name!r} is missing or not a text")


def _need_head(payload: Mapping[str, Any]) -> None:
    head = payload.get("head")
    if not isinstance(head, dict) or type(head.get("n")) is not int or not isinstance(head.get("digest"), str):
        raise MalformedLine("field 'head' is missing or does not fit")
