"""Checks a session folder or bundle offline, with public keys only: what is changed, missing or out of place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence.bundle import (
    LEDGER,
    MAX_TEXT_BYTES,
    RECEIPTS,
    SEAT_KEY,
    SERVER_KEY,
    BundleError,
    Source,
    open_source,
)
from evidence.coverage import claimed
from evidence.errors import EvidenceError
from evidence.keys import SeatKey, parse_seat_key, parse_server_key, read_seat_key, read_server_key
from evidence.line_types import check_shape
from evidence.report import Findings, Problem, Report
from evidence.signing import MalformedLine, VerifyingKey, line_digest, payload_of
from evidence.verify_checkpoint import CheckpointFile, compare_checkpoints
from evidence.verify_ledger import LedgerWalk
from evidence.verify_outside import Held, compare_receipts, describe_receipts
from evidence.verify_parts import ReceiptCheck, check_segments, erased_at

__all__ = ["Kept", "Problem", "Report", "verify"]

MAX_KEY_LINE_BYTES = 64 * 1024
_KNOWN = (SEAT_KEY, SERVER_KEY, LEDGER, RECEIPTS)


@dataclass(frozen=True)
class Kept:
    """What somebody outside the institution holds: the text of a file with the student's receipts, the content of a
    published file of checkpoints."""

    receipts: str | None = None
    checkpoints: bytes | None = None


def verify(path: Path | str, verifying_key: VerifyingKey | None = None, kept: Kept | None = None) -> Report:
    """The report on the session at ``path``. Never raises for what it finds there: what is no session at all
    has the state ``unusable``. Without ``verifying_key`` it is not checked who signed seat and server key."""
    report, findings = Report(), Findings()
    try:
        with open_source(Path(path)) as source:
            _verify(source, verifying_key, kept, report, findings)
    except BundleError as error:
        findings.problem("unusable", Path(path).name, str(error))
    report.problems, report.notices, report.left_off = findings.problems, findings.notices, findings.left_off
    return report


@dataclass(frozen=True)
class _Keys:
    seat: SeatKey | None
    seat_digest: str | None
    server: VerifyingKey | None


def _verify(
    source: Source, verifying_key: VerifyingKey | None, kept: Kept | None, report: Report, findings: Findings
) -> None:
    names = source.names()  # before the ledger: a running server writes the line before the segment
    lines = _lines(source.read(LEDGER, MAX_TEXT_BYTES), LEDGER, findings)
    if not lines:
        raise BundleError("the ledger is empty")
    report.state, report.lines = "open", len(lines)
    keys = _keys(source, names, verifying_key, findings)
    report.institution = verifying_key.fingerprint if verifying_key else None
    begin = _begin(lines[0], findings)
    if begin is None:
        return
    report.session, report.seat = begin["session"], begin["seat"]
    report.simulated, report.started = begin["simulated"], begin["wall"]
    if keys.seat is not None and keys.seat.seat != begin["seat"]:
        findings.problem("wrong-seat", SEAT_KEY, "is for another seat than the ledger's")
    if keys.server is not None and begin["server_key"] not in (None, keys.server.text):
        findings.problem("wrong-server-key", SERVER_KEY, "is not the server key this ledger began with")
    walk = LedgerWalk(lines, findings)
    chain = walk.run(begin, keys.server, keys.seat_digest)
    _summarise(report, walk)
    receipts = _receipt_lines(source, names, findings)
    if keys.server is not None:
        report.erased = erased_at(receipts, keys.server, begin["session"])
    check_segments(source, names, walk, findings, ended=chain.state.ended, erased=report.erased is not None)
    complete = chain.state.ended and chain.state.complete
    if keys.server is not None:
        ReceiptCheck(walk, report, findings, complete).run(receipts, keys.server, report.coverage)
    if kept is not None:
        held = Held(begin["session"], walk.digests, receipts, keys.server)
        _compare(kept, held, verifying_key, report, findings)
    covered = -1 if report.countersigned is None else report.countersigned
    report.unanchored = [n for n in chain.unanchored if n > covered]
    for n in report.unanchored:
        findings.notice("unanchored", f"ledger line {n}", "goes on under a new key that the server has not confirmed")
    if not chain.state.ended:
        findings.notice("open", LEDGER, "has no end: the session is unfinished, or its tail was cut off")
    _other_files(source, names, findings)


def _lines(content: bytes, name: str, findings: Findings) -> list[str]:
    *whole, rest = content.split(b"\n")
    if rest:
        findings.problem("torn", name, f"its last line ({len(rest)} bytes) is not finished")
    return [line.decode("latin-1") for line in whole]


def _begin(line: str, findings: Findings) -> dict[str, Any] | None:
    try:
        begin = payload_of(line)
        check_shape(begin)
    except MalformedLine as error:
        findings.problem("line-malformed", "ledger line 0", f"is not a signed line: {error}")
        return None
    if begin["type"] != "begin":
        findings.problem("begin-missing", "ledger line 0", f"is line {begin['n']} of the session, not its beginning")
        return None
    return begin


def _keys(source: Source, names: list[str], verifying_key: VerifyingKey | None, findings: Findings) -> _Keys:
    seat: SeatKey | None = None
    seat_digest: str | None = None
    server: VerifyingKey | None = None
    if verifying_key is None:
        findings.notice("institution-not-checked", SEAT_KEY, "no key of the institution was given")
    seat_line = _key_line(source, names, SEAT_KEY, findings)
    if seat_line is not None:
        try:
            seat_digest = line_digest("seat-key", seat_line)
            seat = read_seat_key(seat_line, verifying_key) if verifying_key else parse_seat_key(payload_of(seat_line))
        except EvidenceError as error:
            findings.problem("seat-key-unsigned", SEAT_KEY, str(error))
    elif SEAT_KEY not in names:
        findings.problem("seat-key-missing", SEAT_KEY, "is not here")
    server_line = _key_line(source, names, SERVER_KEY, findings)
    if server_line is not None:
        try:
            server = (
                read_server_key(server_line, verifying_key)
                if verifying_key
                else parse_server_key(payload_of(server_line))
            )
        except EvidenceError as error:
            findings.problem("server-key-unsigned", SERVER_KEY, str(error))
    elif SERVER_KEY not in names:
        findings.notice("server-key-missing", SERVER_KEY, "is not here: receipts and grants cannot be checked")
    return _Keys(seat, seat_digest, server)


def _key_line(source: Source, names: list[str], name: str, findings: Findings) -> str | None:
    """The one line of a key file; None if it is absent or no single line."""
    if name not in names:
        return None
    try:
        content = source.read(name, MAX_KEY_LINE_BYTES)
    except BundleError as error:
        findings.problem("key-unreadable", name, str(error))
        return None
    text = content.decode("latin-1")
    if text.count("\n") > 1 or "\n" in text[:-1]:
        findings.problem("key-unreadable", name, "holds more than one line")
        return None
    return text.removesuffix("\n")


def _summarise(report: Report, walk: LedgerWalk) -> None:
    segments = [payload for payload in walk.payloads if payload["type"] == "segment"]
    report.segments, report.bytes = len(segments), sum(line["size"] for line in segments)
    report.coverage = claimed(walk.payloads)
    if walk.chain is not None and walk.chain.state.ended:
        report.state = "complete"
        report.ended = next((p["wall"] for p in walk.payloads if p["type"] == "end"), None)


def _receipt_lines(source: Source, names: list[str], findings: Findings) -> list[str]:
    if RECEIPTS not in names:
        findings.notice("receipts-missing", RECEIPTS, "no receipt of the server is here")
        return []
    try:
        return _lines(source.read(RECEIPTS, MAX_TEXT_BYTES), RECEIPTS, findings)
    except BundleError as error:
        findings.problem("receipts-unreadable", RECEIPTS, str(error))
        return []


def _compare(kept: Kept, held: Held, verifying_key: VerifyingKey | None, report: Report, findings: Findings) -> None:
    if kept.receipts is not None:
        report.kept_receipt = describe_receipts(compare_receipts(kept.receipts, held, findings))
    if kept.checkpoints is not None:
        file = CheckpointFile()
        file.read(kept.checkpoints, verifying_key, findings)
        report.checkpoint = compare_checkpoints(file, held, verifying_key, findings)


def _other_files(source: Source, names: list[str], findings: Findings) -> None:
    for name in sorted(source.odd()):
        findings.problem("file-odd", name[:200], "is no plain file, or the bundle holds it twice")
    for name in sorted(names):
        if name not in _KNOWN and not name.startswith("segments/"):
            findings.notice("file-unknown", name[:200], "has no place in a session folder")
