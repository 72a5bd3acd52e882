"""``track`` and ``events``: streams of JSON lines that the engine itself records."""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Mapping
from typing import Any

from client.clock import Clock
from client.spool.table import Table
from client.spool.writer import SpoolWriter
from evidence.ledger import commitment
from evidence.signing import canonical_json

MEDIA = "application/x-ndjson"
TRACK, EVENTS = "track", "events"
# Headers of sealed segments count (1.7 KB each): a cut every half minute keeps them small.
CUT_EVERY_MS = 30_000
LARGEST_BODY = 1024 * 1024


class DataStream:
    """Lines wait encrypted in the spool's table, so a kill loses none of them; a cut seals them.

    Safe from several threads.
    """

    def __init__(self, stream: str, table: Table, writer: SpoolWriter, clock: Clock) -> None:
        self._stream, self._table, self._writer, self._clock = stream, table, writer, clock
        self._lock = threading.Lock()
        self._part = writer.book.next_part(stream)
        self._cut_ms, self._weight, self._taken = clock.now_ms(), 0, 0
        held, _ = table.waiting(stream)
        if held:  # from before a crash: they belong to the time they were written in
            first = json.loads(held[0]).get("t", self._cut_ms)
            self._cut_ms = min(self._cut_ms, int(first))
            self._weight = sum(map(len, held))
        writer.line(
            "part", None, stream=stream, part=self._part, origin=0, timescale=1000, media=MEDIA, width=None,
            height=None, rate=None, init=None, reason="start" if self._part == 0 else "resumed",
        )  # fmt: skip

    def add(self, line: Mapping[str, Any]) -> None:
        content = json.dumps(dict(line), ensure_ascii=False, separators=(",", ":")).encode()
        with self._lock:
            self._table.wait_line(self._stream, content)
            self._weight += len(content)
            if self._weight > LARGEST_BODY or self._clock.now_ms() - self._cut_ms >= CUT_EVERY_MS:
                self._cut()

    def cut(self) -> None:
        """Seal what waits now: something important happened, or this is the end."""
        with self._lock:
            self._cut()

    def _cut(self) -> None:
        lines, mark = self._table.waiting(self._stream, after=self._taken)
        if not lines:
            return
        start, end = self._cut_ms, max(self._clock.now_ms(), self._cut_ms)
        fields = {
            "stream": self._stream, "part": self._part, "pts0": start, "pts1": end, "start": start, "end": end,
            "frames": len(lines), "keys": [], "changed": None,
        }  # fmt: skip
        body = b"\n".join(lines) + b"\n"
        self._writer.segment(fields, MEDIA, body, 0, lambda: self._table.clear_waiting(self._stream, mark))
        self._cut_ms, self._weight, self._taken = end, 0, mark


def new_id() -> str:
    return secrets.token_hex(8)


def committed(content: Mapping[str, Any]) -> tuple[str, str]:
    """(salt in hex, commitment) to ``content``: what the ledger may say in clear about something sealed."""
    salt, digest = commitment(canonical_json(content, sort_keys=True))
    return salt.hex(), digest


def event_line(identifier: str, at_ms: int, kind: str, salt: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """A line of ``events``: the content a commitment in the ledger stands for."""
    return {"id": identifier, "t": at_ms, "kind": kind, "salt": salt, "content": dict(content)}
