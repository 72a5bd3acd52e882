"""Signatures, digests and signed lines. Every one of them starts with ``senim/<kind>/v1\\n``, so that a
signature made for one purpose can never be shown for another."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import math
import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any, NoReturn

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from evidence.errors import EvidenceError

MAX_LINE_CHARACTERS = 256 * 1024  # the longest honest line, ``end`` of many streams, stays below 10 KB
MAX_DEPTH = 16
_LONG_WHOLE = 300  # digits from which a whole number may be too large for a double

_PUBLIC_PREFIX, _SECRET_PREFIX = "ed25519:", "ed25519-secret:"
_KIND = re.compile(r"[a-z][a-z0-9-]{0,31}")
_PRINTABLE = re.compile(r"[\x20-\x7e]+")
_BASE64URL = re.compile(r"[A-Za-z0-9_-]*")


class SigningError(EvidenceError):
    """A key, a signature or a signed line cannot be used."""


class BadKey(SigningError):
    """The text is not a key of the expected kind."""


class BadSignature(SigningError):
    """The signature does not fit key, kind and payload."""


class MalformedLine(SigningError):
    """Not a signed line, or its payload is not one plain JSON object."""


class VerifyingKey:
    """An Ed25519 public key, written ``ed25519:<base64url>``; equal when the bytes are equal."""

    def __init__(self, raw: bytes) -> None:
        if len(raw) != 32:
            raise BadKey("a verifying key has 32 bytes")
        self._raw = raw

    @classmethod
    def from_text(cls, text: str) -> VerifyingKey:
        """Raises ``BadKey``."""
        return cls(_key_bytes(text, _PUBLIC_PREFIX))

    @property
    def text(self) -> str:
        return _PUBLIC_PREFIX + encode_base64url(self._raw)

    @property
    def fingerprint(self) -> str:
        """``xxxx xxxx xxxx xxxx``: the first 64 bits of SHA-256 over the key, to compare by eye."""
        return group(hashlib.sha256(self._raw).hexdigest()[:16], " ")

    def verify(self, kind: str, payload: bytes, signature: bytes) -> None:
        """Raises ``BadSignature``."""
        try:
            self._key.verify(signature, prefixed(kind, payload))
        except InvalidSignature:
            raise BadSignature(f"a signature of kind {kind} does not fit") from None

    @cached_property
    def _key(self) -> Ed25519PublicKey:
        return Ed25519PublicKey.from_public_bytes(self._raw)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, VerifyingKey) and self._raw == other._raw

    def __hash__(self) -> int:
        return hash(self._raw)

    def __repr__(self) -> str:
        return f"<VerifyingKey {self.text}>"


class SigningKey:
    """An Ed25519 private key, written ``ed25519-secret:<base64url>``. ``repr`` shows the public half only."""

    def __init__(self, raw: bytes) -> None:
        if len(raw) != 32:
            raise BadKey("a signing key has 32 bytes")
        self._key = Ed25519PrivateKey.from_private_bytes(raw)
        self._verifying = VerifyingKey(self._key.public_key().public_bytes_raw())

    @classmethod
    def generate(cls) -> SigningKey:
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def from_text(cls, text: str) -> SigningKey:
        """Raises ``BadKey``."""
        return cls(_key_bytes(text, _SECRET_PREFIX))

    @property
    def text(self) -> str:
        """The secret itself."""
        return _SECRET_PREFIX + encode_base64url(self._key.private_bytes_raw())

    @property
    def verifying(self) -> VerifyingKey:
        return self._verifying

    def sign(self, kind: str, payload: bytes) -> bytes:
        """64 bytes over ``senim/<kind>/v1\\n`` + payload."""
        return self._key.sign(prefixed(kind, payload))

    def __repr__(self) -> str:
        return f"<SigningKey of {self._verifying.text}>"


def prefixed(kind: str, content: bytes) -> bytes:
    """What is really signed or hashed."""
    if not _KIND.fullmatch(kind):
        raise ValueError(f"not a kind: {kind!r}")
    return b"senim/" + kind.encode() + b"/v1\n" + content


def digest(kind: str, content: bytes) -> str:
    """Hex SHA-256 over ``senim/<kind>/v1\\n`` + content."""
    return hashlib.sha256(prefixed(kind, content)).hexdigest()


def canonical_json(payload: Mapping[str, Any], *, sort_keys: bool = False) -> bytes:
    """Compact ASCII JSON, keys in the order given unless ``sort_keys``; NaN and infinities are refused."""
    text = json.dumps(payload, ensure_ascii=True, separators=(",", ":"), allow_nan=False, sort_keys=sort_keys)
    return text.encode("ascii")


def sign_line(kind: str, payload: Mapping[str, Any], key: SigningKey) -> str:
    """``payload<TAB>signature`` without a newline."""
    content = canonical_json(payload)
    return content.decode("ascii") + "\t" + encode_base64url(key.sign(kind, content))


def read_line(kind: str, line: str, key: VerifyingKey) -> dict[str, Any]:
    """The payload, its signature checked first; raises ``BadSignature`` or ``MalformedLine``."""
    content, signature = split_line(line)
    key.verify(kind, content, signature)
    return parse_payload(content)


def payload_of(line: str) -> dict[str, Any]:
    """The payload with its signature NOT checked; raises ``MalformedLine``."""
    return parse_payload(payload_bytes(line))


def payload_bytes(line: str) -> bytes:
    """The exact bytes that were signed; raises ``MalformedLine``."""
    return split_line(line)[0]


def line_digest(kind: str, line: str) -> str:
    """``digest`` of the line's payload: what the next line's ``prev`` names."""
    return digest(kind, payload_bytes(line))


def split_line(line: str) -> tuple[bytes, bytes]:
    """Payload and signature; raises ``MalformedLine``."""
    if len(line) > MAX_LINE_CHARACTERS:
        raise MalformedLine("the line is too long")
    content, tab, signature = line.partition("\t")
    if not tab or not _PRINTABLE.fullmatch(content):
        raise MalformedLine("not printable ASCII, a tab, a signature")
    raw = decode_base64url(signature)
    if raw is None or len(raw) != 64:
        raise MalformedLine("the signature is not 64 bytes of base64url")
    return content.encode("ascii"), raw


def parse_payload(content: bytes) -> dict[str, Any]:
    """One JSON object: no duplicate key, no NaN, at most 16 levels deep; raises ``MalformedLine``."""
    try:
        payload = _DECODER.decode(content.decode())
        if b"\\u" in content:
            json.dumps(payload, ensure_ascii=False).encode()  # half of a surrogate pair is not a text
    except (ValueError, RecursionError) as error:
        raise MalformedLine(f"not plain JSON: {str(error)[:80]}") from None
    if not isinstance(payload, dict):
        raise MalformedLine("the payload is not an object")
    _check_depth(payload)
    return payload


def encode_base64url(content: bytes) -> str:
    """Without padding."""
    return base64.urlsafe_b64encode(content).decode("ascii").rstrip("=")


def decode_base64url(text: str) -> bytes | None:
    """The one canonical reading, or None."""
    if not _BASE64URL.fullmatch(text):
        return None
    try:
        content = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error:
        return None
    return content if encode_base64url(content) == text else None


def group(text: str, separator: str) -> str:
    """``text`` in groups of four."""
    return separator.join(text[i : i + 4] for i in range(0, len(text), 4))


def _key_bytes(text: str, prefix: str) -> bytes:
    raw = decode_base64url(text.removeprefix(prefix)) if text.startswith(prefix) else None
    if raw is None:
        raise BadKey(f"a key starts with {prefix} and is base64url")
    return raw


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key occurs twice")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number too large")
    return number


def _whole(text: str) -> int:
    if len(text) > _LONG_WHOLE:
        _finite(text)
    return int(text)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_unique, parse_constant=_refuse_constant, parse_float=_finite, parse_int=_whole
)


def _check_depth(payload: object) -> None:
    level: list[object] = [payload]
    for _ in range(MAX_DEPTH):
        level = [
            child
            for value in level
            if isinstance(value, dict | list)
            for child in (value.values() if isinstance(value, dict) else value)
        ]
        if not level:
            return
    raise MalformedLine("the payload is nested too deeply")
