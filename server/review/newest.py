"""The newest picture of each stream of a running session, as the review process opened it; in memory alone."""

from __future__ import annotations

import base64
import binascii
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from server.review.recording import Recording

SESSIONS_KEPT = 2000
MOST_STREAMS = 12
MOST_BYTES = 200_000  # of one small picture


@dataclass(frozen=True)
class Picture:
    """``data``: WebP. ``made``: by the wall clock that the session's first line gives."""

    at_ms: int
    made: datetime
    data: bytes


class Newest:
    """Safe to use from several threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, dict[str, Picture]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, recording: Recording, session: str, _index: int, rows: Iterable[Mapping[str, Any]]) -> None:
        """The lines of one opened ``track`` segment; only the last picture of each stream is decoded."""
        last: dict[str, Mapping[str, Any]] = {}
        for row in rows:
            if isinstance(row.get("thumb"), str) and isinstance(row.get("webp"), str):
                last[row["thumb"]] = row
        if not last or recording.end is not None:
            return
        with self._lock:
            kept = self._kept.setdefault(session, {})
            self._kept.move_to_end(session)
            for stream, row in last.items():
                self._put(kept, recording, stream, row)
            while len(self._kept) > SESSIONS_KEPT:
                self._kept.popitem(last=False)

    def _put(self, kept: dict[str, Picture], recording: Recording, stream: str, row: Mapping[str, Any]) -> None:
        at, known = int(row["t"]), kept.get(stream)
        data = _webp(row["webp"])
        if data and stream in recording.streams and (known is None or known.at_ms < at) and len(kept) < MOST_STREAMS:
            kept[stream] = Picture(at, recording.wall_zero + timedelta(milliseconds=at), data)

    def forget(self, session: str) -> None:
        with self._lock:
            self._kept.pop(session, None)

    def get(self, session: str) -> Mapping[str, Picture]:
        """By stream; empty while none was opened."""
        with self._lock:
            return dict(self._kept.get(session, {}))


def _webp(text: str) -> bytes:
    if len(text) > 2 * MOST_BYTES:
        return b""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return data if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else b""
