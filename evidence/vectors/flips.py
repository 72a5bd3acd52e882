"""Turns single bits of a sealed session, in every kind of byte it has, and asks the verifier each time."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from evidence.bundle import LEDGER, RECEIPTS, SEAT_KEY, SERVER_KEY, FolderSource, parse_segment_name
from evidence.signing import VerifyingKey
from evidence.verify import verify

_MAC_LINE = b"\n--- "
_NONCE_BYTES = 16


@dataclass(frozen=True)
class Span:
    """Bytes ``begin`` to ``end`` of the file ``name`` are of one kind."""

    name: str
    begin: int
    end: int


@dataclass
class Kind:
    """One kind of byte: how many flips were tried, and those (file, offset, bit) that nobody noticed."""

    name: str
    tried: int = 0
    missed: list[tuple[str, int, int]] = field(default_factory=list)

    @property
    def detected(self) -> int:
        return self.tried - len(self.missed)


def flip_each_kind(session: Path, institution: VerifyingKey, seed: int, each: int) -> list[Kind]:
    """Tries ``each`` flips in every kind of byte of the good session folder ``session``, which is changed and put
    back again and again: give a copy. A flip is detected if ``verify`` names a problem. Raises ``ValueError`` if the
    session is not good to begin with."""
    if not verify(session, institution).ok:
        raise ValueError("the session is damaged before any bit is turned")
    noise, result = random.Random(seed), []
    for name, spans in sorted(kinds_of_bytes(session).items()):
        kind = Kind(name)
        for _ in range(each):
            span = noise.choice(spans)
            place, bit = noise.randrange(span.begin, span.end), noise.randrange(8)
            kind.tried += 1
            if not _is_detected(session, institution, span.name, place, bit):
                kind.missed.append((span.name, place, bit))
        result.append(kind)
    return result


def _is_detected(session: Path, institution: VerifyingKey, name: str, place: int, bit: int) -> bool:
    path = session / name
    whole = path.read_bytes()
    try:
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << bit]) + whole[place + 1 :])
        return bool(verify(session, institution).problems)
    finally:
        path.write_bytes(whole)


def kinds_of_bytes(session: Path) -> dict[str, list[Span]]:
    """Every byte of the folder's files, by kind: fields and signatures of each sort of line, parts of sealed files."""
    found: dict[str, list[Span]] = {}
    for name in FolderSource(session).names():
        content = (session / name).read_bytes()
        if parse_segment_name(name):
            parts = _parts_of_sealed(content)
        elif name in (LEDGER, RECEIPTS, SEAT_KEY, SERVER_KEY):
            parts = _parts_of_lines(name.removesuffix(".txt"), content.decode("ascii"))
        else:
            continue
        for kind, begin, end in parts:
            if begin < end:
                found.setdefault(kind, []).append(Span(name, begin, end))
    return found


def _parts_of_lines(file: str, text: str) -> Iterator[tuple[str, int, int]]:
    begin = 0
    for line in text.splitlines(keepends=True):
        tab = line.index("\t")
        kind = json.loads(line[:tab]).get("type", "")
        name = f"{file} {kind}".strip()
        for field_name, start, end in _fields(line[:tab]):
            yield f"{name}.{field_name}", begin + start, begin + end
        yield f"{file} tab", begin + tab, begin + tab + 1
        yield f"{file} signature", begin + tab + 1, begin + len(line) - 1
        yield f"{file} line feed", begin + len(line) - 1, begin + len(line)
        begin += len(line)


def _fields(payload: str) -> Iterator[tuple[str, int, int]]:
    """Each field of a compact JSON object, its name and the comma or brace before it included."""
    decoder, place = json.JSONDecoder(), 1
    while place < len(payload) - 1:
        start = place - 1
        name, place = decoder.raw_decode(payload, place)
        _, place = decoder.raw_decode(payload, place + 1)
        yield name, start, place
        place += 1
    yield "(end)", len(payload) - 1, len(payload)


def _parts_of_sealed(content: bytes) -> Iterator[tuple[str, int, int]]:
    """The lines of an age header and what is behind it."""
    mac = content.index(_MAC_LINE) + 1
    payload = content.index(b"\n", mac) + 1
    stanza = content.index(b"\n") + 1
    body = content.index(b"\n", stanza) + 1
    yield "sealed version line", 0, stanza
    yield "sealed stanza arguments", stanza, body
    yield "sealed stanza body", body, mac
    yield "sealed header MAC", mac, payload
    yield "sealed payload nonce", payload, payload + _NONCE_BYTES
    yield "sealed payload", payload + _NONCE_BYTES, len(content)
