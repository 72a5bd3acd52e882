"""One frame of the pipe: four bytes of big-endian length, then UTF-8 JSON ``{"type": <class name>, ...fields}``."""

from __future__ import annotations

import dataclasses
import json
import struct
import types
import typing
from collections.abc import Mapping
from typing import Any, BinaryIO, Union, get_args, get_origin

from client.messages.from_recorder import FromRecorder
from client.messages.from_window import FromWindow
from client.messages.views import View

MAX_FRAME_BYTES = 32 * 1024 * 1024  # a paper with pictures; anything larger is refused

Message = Union[FromWindow, FromRecorder, View]

_TYPES: dict[str, type[Any]] = {kind.__name__: kind for kind in get_args(Message)}


class MalformedMessage(Exception):
    """A frame that is not one of this package's messages."""


def encode(message: Message) -> bytes:
    """One frame, length prefix included. A path of another code than UTF-8 comes through as Python holds it."""
    body = {"type": type(message).__name__, **dataclasses.asdict(message)}
    data = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return struct.pack(">I", len(data)) + data


def decode(data: bytes) -> Message:
    """The message in one frame's body (without the length). Raises ``MalformedMessage``."""
    try:
        body = json.loads(data)
        kind = _TYPES[body.pop("type")]
        return typing.cast(Message, _build(kind, body))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise MalformedMessage(str(error)) from error


def read(stream: BinaryIO) -> Message | None:
    """The next message, or None at the end of the stream (the other process is gone)."""
    head = _exactly(stream, 4)
    if head is None:
        return None
    (length,) = struct.unpack(">I", head)
    if length > MAX_FRAME_BYTES:
        raise MalformedMessage(f"frame of {length} bytes")
    data = _exactly(stream, length)
    return None if data is None else decode(data)


def _exactly(stream: BinaryIO, count: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < count:
        piece = stream.read(count - len(parts))
        if not piece:
            return None
        parts += piece
    return bytes(parts)


def _build(kind: type[Any], body: Mapping[str, Any]) -> Any:
    hints = typing.get_type_hints(kind)
    names = {f.name for f in dataclasses.fields(kind)}
    if not set(body) <= names:
        raise TypeError(f"{kind.__name__} has no field {sorted(set(body) - names)}")
    return kind(**{name: _value(hints[name], value) for name, value in body.items()})


def _value(hint: Any, value: Any) -> Any:
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        for option in args:
            try:
                return _value(option, value)
            except TypeError:
                continue
        raise TypeError(f"{value!r} is not {hint}")
    if hint is Any:
        return value
    if origin is list:
        if not isinstance(value, list):
            raise TypeError(f"{value!r} is not a list")
        return [_value(args[0], item) for item in value]
    if origin is dict:
        if not isinstance(value, dict):
            raise TypeError(f"{value!r} is not an object")
        return {key: _value(args[1], item) for key, item in value.items()}
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        if not isinstance(value, dict):
            raise TypeError(f"{value!r} is not an object")
        return _build(hint, value)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if hint is types.NoneType:
        hint = type(None)
    if not isinstance(value, hint) or (isinstance(value, bool) and hint is not bool):
        raise TypeError(f"{value!r} is not {hint}")
    return value
