"""Whether one segment holds what its ledger line says. Only what passes here counts as opened coverage.

The bytes are opened and looked at in a process of its own (``server.review.segment_reader``).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from server.review.reading import Answer, SegmentReader
from server.review.recording import Recording
from server.review.segment_reader import NEEDS_FIRST, Job
from server.review.vault import Vault

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """``problem`` "" = opened and as listed. ``cpu_seconds``: what it took the process that looked."""

    problem: str
    frames: int = 0
    cpu_seconds: float = 0.0


def check(
    vault: Vault, reader: SegmentReader, recording: Recording, *, session: str, seat: str, stream: str, index: int
) -> Outcome:
    """Has one segment opened and compared with its line. Raises ``NoSeatKey``, which is the institution's fault, and
    ``OSError`` when the reader's process cannot be started."""
    try:
        sealed = vault.sealed(session, stream, index)
    except OSError:
        log.exception("session %s %s/%s cannot be read", session, stream, index)
        return Outcome("unexpected")
    if sealed is None:
        return Outcome("not_held")
    job = _job(vault.seat_identity(seat).text, recording, session, stream, index)
    answer = reader.ask(job, sealed)
    if answer.problem == NEEDS_FIRST:
        answer = _with_first(vault, reader, job, sealed)
    problem = "unexpected" if answer.problem == NEEDS_FIRST else answer.problem
    return Outcome(problem, answer.frames, answer.cpu_seconds)


def _with_first(vault: Vault, reader: SegmentReader, job: Job, sealed: bytes) -> Answer:
    """The process is new and does not know the part's init yet."""
    first = vault.sealed(job.session, job.stream, job.first) if job.first_sha256 else None
    return Answer("not_held") if first is None else reader.ask(job, sealed, first)


def _job(key: str, recording: Recording, session: str, stream: str, index: int) -> Job:
    listed = recording.streams[stream]
    line = listed.segments[index]
    place: dict[str, Any] = {"key": key, "session": session, "stream": stream, "part": line["part"], "index": index}
    if listed.kind == "data":
        return Job(**place, sha256=line["sha256"], kind="data")
    part, first = listed.parts[line["part"]], listed.first_of_part(line["part"])
    return Job(
        **place, sha256=line["sha256"], kind=listed.kind, init=part.init, timescale=part.timescale,
        frames=line["frames"], pts0=line["pts0"], pts1=line["pts1"], keys=tuple(line["keys"]),
        first=first or 0, first_sha256=listed.segments[first]["sha256"] if first is not None else "",
    )  # fmt: skip
