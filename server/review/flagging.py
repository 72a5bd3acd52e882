"""Which moments a person should look at. Rules propose; nothing here judges anyone.

Flags come from technical facts of the ledger (in clear there too) and from sealed findings. Of a sealed finding
the database keeps only its id and kind: numbers and pictures stay sealed and are read when the page is shown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, insert, select, update

from evidence.coverage import Gap
from server.review.contents import Contents, Finding
from server.review.found import key_of
from server.review.recording import Recording
from server.schema import flags

# A gap shorter than this is in the lanes, but not worth a person's decision.
GAP_SECONDS = 2.0
# Windows lose the focus for a moment when the system shows a message of its own.
FOCUS_SECONDS = 3.0


@dataclass(frozen=True)
class Proposal:
    """``key`` makes the flag's id, so that proposing again changes nothing."""

    kind: str
    key: str
    stream: str
    from_ms: int
    to_ms: int
    values: Mapping[str, Any] = field(default_factory=dict)


def propose(recording: Recording, contents: Contents, problems: Iterable[tuple[str, int, str]]) -> list[Proposal]:
    """``problems``: (stream, index, word) of segments that did not open."""
    found = _joined([_of_finding(finding) for finding in contents.findings if _wants_a_look(finding)])
    found += [
        Proposal("commitment", finding.id, "events", finding.at_ms, finding.at_ms, {"finding": finding.id})
        for finding in contents.findings
        if not finding.proven
    ]
    if recording.end is not None:  # before the end, a missing segment may only be late
        gaps = [(cover.stream, gap) for cover in recording.claimed.values() for gap in cover.gaps]
        found += [_of_gap(stream, gap) for stream, gap in gaps if _long(gap)]
    for name, index, word in problems:
        line = recording.streams[name].segments[index]
        found.append(
            Proposal("unopened", f"{name}/{index}", name, line["start"], line["end"], {"problem": word, "index": index})
        )
    # the watching names the window; the bare fact that the focus was lost would be the same incident again
    named = [(p.from_ms, p.to_ms) for p in found if p.values.get("rule") == "another_window"]
    return found + [p for p in _focus(recording) if not any(a <= p.to_ms and p.from_ms <= b for a, b in named)]


def _joined(proposals: list[Proposal]) -> list[Proposal]:
    """An incident is told more than once while it lasts: one proposal, as long as the last telling says."""
    joined: dict[str, Proposal] = {}
    for proposal in proposals:
        known = joined.setdefault(proposal.key, proposal)
        start, end = min(known.from_ms, proposal.from_ms), max(known.to_ms, proposal.to_ms)
        joined[proposal.key] = replace(known, from_ms=start, to_ms=end)
    return list(joined.values())


def _long(gap: Gap) -> bool:
    return gap.to_ms - gap.from_ms >= GAP_SECONDS * 1000


def _of_gap(stream: str, gap: Gap) -> Proposal:
    return Proposal("gap", f"{stream}/{gap.from_ms}", stream, gap.from_ms, gap.to_ms, {"cause": gap.cause})


def _wants_a_look(finding: Finding) -> bool:
    return finding.kind == "watching" or finding.content.get("outcome") != "match"


def _of_finding(finding: Finding) -> Proposal:
    content = finding.content
    if finding.kind == "identity":
        return Proposal("identity", finding.id, "camera", finding.at_ms, finding.at_ms, {"finding": finding.id})
    begin, end = content.get("from_ms"), content.get("to_ms")
    start = begin if isinstance(begin, int) else finding.at_ms
    until = end if isinstance(end, int) and end >= start else start
    rule = str(content.get("kind") or "")[:40]
    stream = str(content.get("stream") or "camera")[:32]
    key = key_of(rule, content, finding.id)
    return Proposal("watching", key, stream, start, until, {"finding": finding.id, "rule": rule})


def _focus(recording: Recording) -> list[Proposal]:
    """Stretches in which another window was in front, inside the exam."""
    start, end = recording.exam
    if recording.event_at("paper-opened") is None:
        return []
    found, lost = [], None
    events = recording.of_type("event")
    if recording.end is not None:
        events.append({"name": "focus-back", "at": end})
    for line in events:
        if line["name"] == "focus-lost" and lost is None:
            lost = max(start, int(line["at"]))
        elif line["name"] in ("focus-back", "hand-in") and lost is not None:
            if line["at"] - lost >= FOCUS_SECONDS * 1000:
                found.append(Proposal("focus", f"{lost}", "screen-1", lost, int(line["at"])))
            lost = None
    return found


def store(connection: Connection, session: str, proposals: Iterable[Proposal], now: str) -> int:
    """Adds the flags not yet there, and lengthens those of incidents that went on; decisions already made stay.
    Returns how many are new."""
    held = set(connection.execute(select(flags.c.id).where(flags.c.session == session)).scalars())
    added = 0
    for proposal in proposals:
        number = hashlib.sha256(f"{session}\n{proposal.kind}\n{proposal.key}".encode()).hexdigest()[:32]
        if number in held:
            longer = (flags.c.id == number) & (flags.c.to_ms < proposal.to_ms)
            connection.execute(update(flags).where(longer).values(to_ms=proposal.to_ms))
            continue
        held.add(number)
        added += 1
        connection.execute(
            insert(flags).values(
                id=number, session=session, stream=proposal.stream, from_ms=proposal.from_ms, to_ms=proposal.to_ms,
                kind=proposal.kind, values=dict(proposal.values), created_at=now,
            )
        )  # fmt: skip
    return added
