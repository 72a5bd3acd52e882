"""Sealing a segment: a header line, then the body, as one age file to the seat's key."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from evidence import age
from evidence.errors import EvidenceError
from evidence.names import BadName, check_stream_name
from evidence.signing import MalformedLine, canonical_json, parse_payload

__all__ = ["BadName", "SealError", "SegmentHeader", "check_stream_name", "seal", "unseal"]

MAX_HEADER_BYTES = 4096
_LIMIT = 2**53


class SealError(EvidenceError):
    """A sealed segment cannot be opened, or what is inside is not a segment."""


@dataclass(frozen=True)
class SegmentHeader:
    """The first line of a segment's plaintext. ``init``: how many bytes at the start of the body are the
    part's init segment (only in a part's first segment). ``media``: a MIME type."""

    session: str
    stream: str
    part: int
    index: int
    init: int = 0
    media: str = ""


def seal(header: SegmentHeader, body: bytes, recipient: age.Recipient) -> bytes:
    """The sealed bytes. Raises ``BadName``, ``SealError``."""
    check_stream_name(header.stream)
    line = canonical_json(asdict(header))
    if len(line) > MAX_HEADER_BYTES or header.init > len(body):
        raise SealError("the segment's header does not fit")
    return age.encrypt(b"".join([line, b"\n", body]), [recipient])


def unseal(sealed: bytes, identity: age.Identity) -> tuple[SegmentHeader, bytes]:
    """Header and body; raises ``SealError`` for damage, another key, or foreign content."""
    try:
        plaintext = age.decrypt(sealed, [identity])
    except age.AgeError as error:
        raise SealError(f"the segment cannot be opened: {error}") from error
    end = plaintext.find(b"\n", 0, MAX_HEADER_BYTES + 1)
    if end < 0:
        raise SealError("the segment has no header line")
    try:
        header = _header(parse_payload(plaintext[:end]))
    except (MalformedLine, BadName) as error:
        raise SealError(f"the segment's header line is malformed: {error}") from error
    body = plaintext[end + 1 :]
    if header.init > len(body):
        raise SealError("the segment is shorter than its init part")
    return header, body


def _header(payload: dict[str, Any]) -> SegmentHeader:
    texts = [payload.get("session"), payload.get("media", "")]
    numbers = [payload.get("part"), payload.get("index"), payload.get("init", 0)]
    if not all(isinstance(text, str) for text in texts):
        raise SealError("the segment's header lacks a text")
    if not all(type(number) is int and 0 <= number < _LIMIT for number in numbers):
        raise SealError("the segment's header lacks a number")
    stream = check_stream_name(payload.get("stream", ""))
    part, index, init = numbers
    return SegmentHeader(str(texts[0]), stream, int(part or 0), int(index or 0), int(init or 0), str(texts[1]))
