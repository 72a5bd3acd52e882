"""The header and the armor of age v1 files (age-encryption.org/v1): reading and writing, no cryptography."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass

from evidence.errors import EvidenceError

VERSION_LINE = b"age-encryption.org/v1"
BODY_COLUMNS = 64

_ARMOR_BEGIN = b"-----BEGIN AGE ENCRYPTED FILE-----"
_ARMOR_END = b"-----END AGE ENCRYPTED FILE-----"
_BASE64_UNPADDED = re.compile(rb"[A-Za-z0-9+/]*")
_BASE64_PADDED = re.compile(rb"[A-Za-z0-9+/]*={0,2}")
_STANZA_LINE = re.compile(rb"->(?: [\x21-\x7e]+)+")
_MAC_LINE = re.compile(rb"--- ([A-Za-z0-9+/]{43})")


class AgeError(EvidenceError):
    """An age file or key cannot be used."""


class HeaderError(AgeError):
    """The header (or a key's text) is malformed."""


class NoMatchingIdentity(AgeError):
    """None of the identities or passphrases opens this file."""


class HmacError(AgeError):
    """The header was changed after sealing."""


class ArmorError(AgeError):
    """The text armor is malformed."""


class PayloadError(AgeError):
    """The payload was changed or cut; ``released`` is the authentic plaintext before the damage."""

    def __init__(self, message: str, released: bytes = b"") -> None:
        super().__init__(message)
        self.released = released


@dataclass(frozen=True)
class Stanza:
    """One recipient's entry: its arguments (the first is the kind) and its body."""

    arguments: tuple[bytes, ...]
    body: bytes


@dataclass(frozen=True)
class Header:
    """``authenticated`` is the header up to and with ``---``: the bytes the MAC covers."""

    stanzas: tuple[Stanza, ...]
    authenticated: bytes
    mac: bytes
    payload_offset: int


def encode_base64(content: bytes) -> bytes:
    """Standard alphabet, no padding, as in age headers."""
    return base64.b64encode(content).rstrip(b"=")


def decode_base64(text: bytes) -> bytes:
    """The one canonical reading of unpadded base64; raises ``HeaderError``."""
    if not _BASE64_UNPADDED.fullmatch(text):
        raise HeaderError("a character outside base64")
    try:
        content = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error:
        raise HeaderError("base64 of an impossible length") from None
    if encode_base64(content) != text:
        raise HeaderError("base64 that is not canonical")
    return content


def write_header(stanzas: Sequence[Stanza]) -> bytes:
    """The bytes the MAC covers: everything up to and with ``---``."""
    lines = [VERSION_LINE]
    for stanza in stanzas:
        lines.append(b"-> " + b" ".join(stanza.arguments))
        body = encode_base64(stanza.body)
        lines += [body[i : i + BODY_COLUMNS] for i in range(0, len(body), BODY_COLUMNS)]
        if len(body) % BODY_COLUMNS == 0:
            lines.append(b"")  # a body ends with a short line, be it empty
    return b"\n".join([*lines, b"---"])


def read_header(data: bytes) -> Header:
    """Parse the header at the start of ``data``; raises ``HeaderError``."""
    line, position = _line(data, 0)
    if line != VERSION_LINE:
        raise HeaderError("not an age v1 file")
    stanzas: list[Stanza] = []
    while True:
        start = position
        line, position = _line(data, position)
        if line.startswith(b"---"):
            mac = _MAC_LINE.fullmatch(line)
            if not mac or not stanzas:
                raise HeaderError("malformed end of the header")
            return Header(tuple(stanzas), data[: start + 3], decode_base64(mac[1]), position)
        if not _STANZA_LINE.fullmatch(line):
            raise HeaderError("malformed stanza")
        body, position = _body(data, position)
        stanzas.append(Stanza(tuple(line.split(b" ")[1:]), body))


def _line(data: bytes, position: int) -> tuple[bytes, int]:
    end = data.find(b"\n", position)
    if end < 0:
        raise HeaderError("the header ends early")
    return data[position:end], end + 1


def _body(data: bytes, position: int) -> tuple[bytes, int]:
    text = bytearray()
    while True:
        line, position = _line(data, position)
        if len(line) > BODY_COLUMNS or not _BASE64_UNPADDED.fullmatch(line):
            raise HeaderError("malformed stanza body")
        text += line
        if len(line) < BODY_COLUMNS:
            return decode_base64(bytes(text)), position


def is_armored(data: bytes) -> bool:
    """Whether ``data`` is meant as text armor: no binary age file, and dashes near its start."""
    return not data.startswith(VERSION_LINE) and b"-----" in data[:1024]


def armor(data: bytes) -> bytes:
    """``data`` as text armor."""
    text = base64.b64encode(data)
    lines = [text[i : i + BODY_COLUMNS] for i in range(0, len(text), BODY_COLUMNS)]
    return b"\n".join([_ARMOR_BEGIN, *lines, _ARMOR_END, b""])


def dearmor(text: bytes) -> bytes:
    """The binary file inside the armor; strict, raises ``ArmorError``."""
    lines = text.strip(b" \t\r\n").replace(b"\r\n", b"\n").split(b"\n")
    if lines[0] != _ARMOR_BEGIN or lines[-1] != _ARMOR_END or len(lines) < 2:
        raise ArmorError("malformed armor lines")
    body = lines[1:-1]
    if not body:
        return b""
    if any(len(line) != BODY_COLUMNS for line in body[:-1]) or not 0 < len(body[-1]) <= BODY_COLUMNS:
        raise ArmorError("armor lines of a wrong length")
    joined = b"".join(body)
    if not _BASE64_PADDED.fullmatch(joined) or len(joined) % 4:
        raise ArmorError("a character outside base64")
    data = base64.b64decode(joined, validate=True)
    if base64.b64encode(data) != joined:
        raise ArmorError("base64 that is not canonical")
    return data
