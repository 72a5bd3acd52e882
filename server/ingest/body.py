"""Reading requests: bodies counted while they stream in, JSON fields taken out by name and kind."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import AsyncIterator
from typing import Any, NoReturn, TypeVar, cast

from starlette.requests import Request

from server.ingest.outcomes import Refusal

T = TypeVar("T")
MAX_JSON_BYTES = 2 * 1024 * 1024
MAX_TEXT = 400


class BadBody(Exception):
    """The request cannot be understood; ``code`` and ``detail`` go to the client.

    ``endless``: more may come than is worth waiting for, so hang up after the answer.
    """

    def __init__(self, detail: str, code: Refusal = Refusal.BAD_REQUEST, *, endless: bool = False) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.endless = endless


async def read(request: Request, limit: int) -> bytes:
    """The body, given up as soon as it is longer than ``limit`` bytes."""
    body = b"".join([piece async for piece in _pieces(request, limit, Refusal.BODY_TOO_LARGE)])
    named = request.headers.get("content-digest") is not None
    if named and content_digest(request) != hashlib.sha256(body).hexdigest():
        raise BadBody("the body is not what its Content-Digest says", Refusal.BODY_DAMAGED)
    return body


async def read_segment(request: Request, limit: int) -> tuple[bytes, str]:
    """The body and its hex SHA-256, worked out while it comes in; what that has to be is a rule's affair."""
    found, pieces = hashlib.sha256(), []
    async for piece in _pieces(request, limit, Refusal.SEGMENT_TOO_LARGE):
        found.update(piece)
        pieces.append(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces), found.hexdigest()


async def _pieces(request: Request, limit: int, too_large: Refusal) -> AsyncIterator[bytes]:
    declared = request.headers.get("content-length", "0")
    if not declared.isdigit() or int(declared) > limit:
        endless = not declared.isdigit() or int(declared) > 4 * limit
        raise BadBody(f"more than {limit} bytes", too_large, endless=endless)
    size = 0
    async for piece in request.stream():
        size += len(piece)
        if size > limit:
            raise BadBody(f"more than {limit} bytes", too_large, endless=True)
        if piece:
            yield piece


def content_digest(request: Request) -> str:
    """Hex SHA-256 from the ``Content-Digest`` header (RFC 9530)."""
    for entry in request.headers.get("content-digest", "").split(","):
        name, _, value = entry.strip().partition("=")
        if name == "sha-256" and value.startswith(":") and value.endswith(":") and len(value) > 2:
            try:
                return base64.b64decode(value[1:-1], validate=True).hex()
            except binascii.Error:
                break
    raise BadBody("Content-Digest with sha-256 is missing or not well formed")


class Fields:
    """A JSON object whose fields are asked for by name and kind; anything else raises ``BadBody``."""

    def __init__(self, values: dict[str, Any]) -> None:
        self._values = values

    @classmethod
    def parse(cls, body: bytes) -> Fields:
        try:
            text = body.decode("utf-8")
            values = json.loads(text, parse_constant=_refuse_constant)
            if "\\ud" in text or "\\uD" in text:  # half a character can be written so, and be kept nowhere
                json.dumps(values, ensure_ascii=False).encode("utf-8")
        except (ValueError, RecursionError):
            raise BadBody("the body is not JSON") from None
        if not isinstance(values, dict):
            raise BadBody("the body is not a JSON object")
        return cls(values)

    def __contains__(self, name: str) -> bool:
        return name in self._values

    @property
    def all(self) -> dict[str, Any]:
        """For rules that read the whole object themselves."""
        return self._values

    def raw(self, name: str) -> Any:
        return self._values.get(name)

    def text(self, name: str, *, most: int = MAX_TEXT) -> str:
        value = self._of(name, str)
        if not 0 < len(value) <= most:
            raise BadBody(f"{name}: empty or too long")
        return value

    def whole(self, name: str) -> int:
        value = self._of(name, int)
        if isinstance(value, bool):
            raise BadBody(f"{name} is not a whole number")
        return value

    def flag(self, name: str) -> bool:
        """False when it is not there."""
        return self._of(name, bool) if name in self._values else False

    def texts(self, name: str) -> list[str]:
        value = self._of(name, list)
        if not all(isinstance(entry, str) for entry in value):
            raise BadBody(f"{name} is not a list of texts")
        return cast(list[str], value)

    def inner(self, name: str) -> Fields:
        return Fields(self._of(name, dict))

    def numbers(self, name: str) -> dict[str, int]:
        value = self._of(name, dict)
        if not all(isinstance(entry, int) and not isinstance(entry, bool) for entry in value.values()):
            raise BadBody(f"{name} does not map to whole numbers")
        return cast(dict[str, int], value)

    def _of(self, name: str, kind: type[T]) -> T:
        value = self._values.get(name)
        if not isinstance(value, kind):
            raise BadBody(f"{name} is missing or of the wrong kind")
        return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)
