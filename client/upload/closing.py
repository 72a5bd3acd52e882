"""The end of a delivery: what the server still lacks, and the closing receipt that is believed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from client.spool.table import SegmentState, Table
from client.upload.transport import Refused
from evidence.attached import FILES
from evidence.receipt import Head, read_receipt
from evidence.signing import SigningError, VerifyingKey


@dataclass(frozen=True)
class Again:
    """``files``: pieces of attached files that the server would not take are tried once more. ``words``: what a person
    has to know, and waiting does not mend."""

    files: bool
    words: frozenset[str]


def send_again(table: Table, missing: Mapping[str, list[int]]) -> Again:
    """The server does not hold what we thought it held: what lies here waits to be sent once more."""
    words, files = set(), False
    for stream, indexes in missing.items():
        for index in indexes:
            row = table.segment(stream, index)
            if row is not None and row.state is SegmentState.HELD:
                table.move(stream, index, SegmentState.HELD, SegmentState.LISTED)
            elif row is None or row.state is SegmentState.DROPPED:
                words.add("pieces_elsewhere")
            elif row.state is SegmentState.REFUSED and stream == FILES:  # the institution can raise its limit
                table.move(stream, index, SegmentState.REFUSED, SegmentState.LISTED)
                files = True
            elif row.state is not SegmentState.LISTED:
                words.add("spool_damaged")
    return Again(files, frozenset(words))


def hold_files(table: Table, first: int) -> None:
    """The limit counts from the first piece on: those behind ``first`` need not be tried."""
    for row in table.segments(SegmentState.LISTED):
        if row.stream == FILES and row.index >= first:
            table.move(FILES, row.index, SegmentState.LISTED, SegmentState.REFUSED)


def check_closing(receipt: str, session: str, head: Head, server_key: VerifyingKey) -> None:
    """Raises ``Refused`` unless it is the server's closing receipt for this session and head."""
    try:
        payload = read_receipt(receipt, server_key)
    except SigningError as error:
        raise Refused("server_answer", 200, {}) from error
    if (payload["type"], payload["session"], payload["head"]) != ("closing", session, head.to_json()):
        raise Refused("server_answer", 200, {})
