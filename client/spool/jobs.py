"""What waits for the spool's writer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class LineJob:
    """A ledger line of any type but ``segment``; ``done`` runs once it is durable."""

    type: str
    at: int
    wall: str
    fields: Mapping[str, Any]
    done: Callable[[], None] | None = None
    weight: int = 0


@dataclass
class SegmentJob:
    """A closed segment. ``fields``: stream, part, pts0, pts1, start, end (session ms), frames, keys, changed.

    ``init``: how many bytes of ``body`` are the part's init segment. The writer gives the index, because
    indexes must follow each other even where a segment could not be kept. ``recorded``: the line's fields
    once the bytes are sealed. ``line``: its number once the ledger has it; from then on nothing takes it back.
    ``lost``: called in place of a gap when it was given up: a piece of a file covers no time.
    """

    fields: Mapping[str, Any]
    media: str
    body: bytes = field(repr=False)
    init: int
    at: int
    wall: str
    done: Callable[[], None] | None = None
    lost: Callable[[], None] | None = None
    sealed: bytes = field(default=b"", repr=False)
    recorded: dict[str, Any] = field(default_factory=dict)
    line: int | None = None

    @property
    def weight(self) -> int:
        return len(self.body)


Job = LineJob | SegmentJob
