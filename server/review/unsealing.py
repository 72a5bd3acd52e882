"""One sealed segment and the line that lists it: whether the bytes are what the line says. Bytes in, no folder, no
database."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from evidence.age import Identity
from evidence.seal import SealError, SegmentHeader, unseal
from evidence.signing import digest

MAX_PLAIN_BYTES = 8 * 1024 * 1024

# The words of segments.opened_problem; each has a sentence in the catalogues.
PROBLEMS = (
    "not_held", "bytes_changed", "cannot_unseal", "foreign", "init_differs", "not_media", "frames_differ",
    "times_differ", "not_json", "too_large", "broke_reader", "unexpected",
)  # fmt: skip


class OpeningProblem(Exception):
    """A segment is not what the ledger says. ``code`` is a word of ``PROBLEMS``."""

    def __init__(self, code: str, text: str = "") -> None:
        super().__init__(text or code)
        self.code = code


@dataclass(frozen=True)
class Place:
    """Where the ledger puts a segment. ``sha256``: hex, of the sealed bytes."""

    session: str
    stream: str
    part: int
    index: int
    sha256: str


@dataclass(frozen=True)
class Opened:
    """A segment's plaintext, apart: ``init`` is empty except in a part's first segment."""

    header: SegmentHeader
    init: bytes
    body: bytes


def open_sealed(sealed: bytes, identity: Identity, place: Place) -> Opened:
    """Raises ``OpeningProblem``."""
    if hashlib.sha256(sealed).hexdigest() != place.sha256:
        raise OpeningProblem("bytes_changed")
    try:
        header, plain = unseal(sealed, identity)
    except SealError as error:
        raise OpeningProblem("cannot_unseal", str(error)) from error
    if len(plain) > MAX_PLAIN_BYTES:
        raise OpeningProblem("too_large")
    if (header.session, header.stream, header.part, header.index) != (
        place.session, place.stream, place.part, place.index,
    ):  # fmt: skip
        raise OpeningProblem("foreign", f"{header.session}/{header.stream}/{header.part}/{header.index}")
    if not 0 <= header.init <= len(plain):
        raise OpeningProblem("not_media", "init longer than the segment")
    return Opened(header, plain[: header.init], plain[header.init :])


def check_init(init: bytes, expected: str | None) -> None:
    """``expected``: the digest in the part's line. Raises ``OpeningProblem``."""
    if not init or expected is None or digest("init", init) != expected:
        raise OpeningProblem("init_differs")


def json_lines(body: bytes) -> list[dict[str, Any]]:
    """The objects of a ``track`` or ``events`` segment. Raises ``OpeningProblem``."""
    try:
        rows = [json.loads(line) for line in body.decode("utf-8").split("\n") if line.strip()]
    except (ValueError, RecursionError) as error:
        raise OpeningProblem("not_json", str(error)[:100]) from error
    if not all(isinstance(row, dict) and _is_time(row.get("t")) for row in rows):
        raise OpeningProblem("not_json", "a line is not an object with a time")
    return rows


def _is_time(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e12
