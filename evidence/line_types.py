"""The ledger's line types and the shape of their fields, as ``FORMAT.md`` lists them.

A line may carry further fields (a later version may add some); those listed must be there and fit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from evidence.names import BadName, check_stream_name
from evidence.signing import BadKey, MalformedLine, VerifyingKey

Check = Callable[[Any], bool]

_LIMIT = 2**53  # whole numbers that every JSON reader keeps exactly
_HEX64 = re.compile(r"[0-9a-f]{64}")
_WORD = re.compile(r"[a-z][a-z0-9-]{0,63}")
_WALL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII)
_IDENTIFIER = re.compile(r"[^\x00-\x1f\x7f]{1,256}")
_MAX_TEXT = 8192


def is_whole(value: Any) -> bool:
    """A whole number from 0 that every reader of JSON keeps exactly."""
    return type(value) is int and 0 <= value < _LIMIT


def _signed(value: Any) -> bool:
    return type(value) is int and abs(value) < _LIMIT


def _number(value: Any) -> bool:
    return type(value) in (int, float) and abs(value) < _LIMIT


def _text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= _MAX_TEXT


def _filled(value: Any) -> bool:
    return _text(value) and value != ""


def is_identifier(value: Any) -> bool:
    """1 to 256 characters, none of them a control character."""
    return isinstance(value, str) and _IDENTIFIER.fullmatch(value) is not None


def is_hash(value: Any) -> bool:
    """64 lower-case hex digits."""
    return isinstance(value, str) and _HEX64.fullmatch(value) is not None


def _word(value: Any) -> bool:
    return isinstance(value, str) and _WORD.fullmatch(value) is not None


def _wall(value: Any) -> bool:
    return isinstance(value, str) and _WALL.fullmatch(value) is not None


def wall_time(value: Any) -> datetime:
    """A date and time with its zone; raises ``MalformedLine``."""
    try:
        return datetime.fromisoformat(value if _wall(value) else "")
    except ValueError:
        raise MalformedLine(f"not a time with a zone: {str(value)[:40]!r}") from None


def _stream(value: Any) -> bool:
    try:
        check_stream_name(value)
    except BadName:
        return False
    return True


def _key(value: Any) -> bool:
    try:
        VerifyingKey.from_text(value) if isinstance(value, str) else None
    except BadKey:
        return False
    return isinstance(value, str)


def _any(_value: Any) -> bool:
    return True


def _or_null(check: Check) -> Check:
    return lambda value: value is None or check(value)


def _list_of(check: Check) -> Check:
    return lambda value: isinstance(value, list) and all(map(check, value))


def _by_stream(check: Check) -> Check:
    return lambda value: isinstance(value, dict) and all(map(_stream, value)) and all(map(check, value.values()))


COMMON: Mapping[str, Check] = {"n": is_whole, "type": _word, "prev": is_hash, "at": is_whole, "wall": _wall}

FIELDS: Mapping[str, Mapping[str, Check]] = {
    "begin": {
        "session": is_identifier, "seat": is_identifier, "nonce": _text, "client": _any, "system": _any, "key": _key,
        "streams": _list_of(_stream), "devices": _any, "simulated": _any, "policy": _any, "server_key": _or_null(_key),
    },
    "part": {
        "stream": _stream, "part": is_whole, "origin": _signed, "timescale": lambda v: is_whole(v) and v > 0,
        "media": _text, "width": _or_null(is_whole), "height": _or_null(is_whole), "rate": _or_null(_number),
        "init": _or_null(is_hash), "reason": _text,
    },
    "segment": {
        "stream": _stream, "part": is_whole, "index": is_whole, "pts0": _signed, "pts1": _signed, "start": _signed,
        "end": _signed, "plain": is_whole, "size": is_whole, "frames": is_whole, "keys": _list_of(_signed),
        "changed": _or_null(_number), "sha256": is_hash,
    },
    "event": {"name": _word, "data": _any},
    "finding": {"id": is_identifier, "about": _word, "commitment": is_hash},
    "answer": {"id": is_identifier, "revision": is_whole, "commitment": is_hash},
    "gap": {"stream": _stream, "from": _signed, "to": _signed, "cause": _word},
    "resume": {"reason": _text, "after": is_whole, "grant": _or_null(_filled), "key": _key},
    "end": {
        "reason": _text, "until": is_whole, "counts": _by_stream(is_whole), "last": _by_stream(is_hash),
        "root": is_hash, "answers": _or_null(is_hash),
    },
}  # fmt: skip


def check_shape(payload: Mapping[str, Any]) -> None:
    """Raises ``MalformedLine`` naming the first field that is missing or does not fit."""
    kind = payload.get("type")
    if not isinstance(kind, str) or kind not in FIELDS:
        raise MalformedLine(f"unknown line type {str(kind)[:40]!r}")
    for fields in (COMMON, FIELDS[kind]):
        for name, check in fields.items():
            if name not in payload or not check(payload[name]):
                raise MalformedLine(f"{kind}: field {name!r} is missing or does not fit")
