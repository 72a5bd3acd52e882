"""Compares segments and receipts with the lines of a walked ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from evidence.age_format import VERSION_LINE
from evidence.bundle import MAX_SEGMENT_BYTES, BundleError, Source, parse_segment_name, segment_name
from evidence.coverage import StreamCoverage
from evidence.line_types import wall_time
from evidence.receipt import read_receipt, short_code
from evidence.report import Findings, Report
from evidence.signing import BadSignature, SigningError, VerifyingKey
from evidence.verify_ledger import LedgerWalk

UNFINISHED_FILES = (".part", ".tmp")  # a writer at work
COVERAGE_TOLERANCE = 0.001
CLOCK_STEP = timedelta(seconds=2)  # an honest server's clock is set back by this much at most


def erased_at(lines: Sequence[str], server_key: VerifyingKey, session: str) -> str | None:
    """When the institution erased the segments, by the newest record of it that the server signed."""
    found = None
    for line in lines:
        try:
            receipt = read_receipt(line, server_key)
        except SigningError:
            continue  # named when the receipts are checked
        if receipt["type"] == "erasure" and receipt["session"] == session:
            found = str(receipt["at"])
    return found


def check_segments(
    source: Source, names: Sequence[str], walk: LedgerWalk, findings: Findings, *, ended: bool, erased: bool
) -> None:
    """Every listed segment is there with the listed bytes, and no other is. ``erased``: absent ones are accounted
    for by the server's record of their erasure."""
    listed = {(line["stream"], line["index"]): line for line in walk.payloads if line["type"] == "segment"}
    owners = {line["sha256"]: key for key, line in listed.items()}
    present = set(names)
    for (stream, index), line in sorted(listed.items()):
        name = segment_name(stream, index)
        if name in present:
            _check_segment(source, name, line, owners, findings)
        elif erased:
            findings.numbered(
                "segment-erased", f"segment {stream}", index, "was erased by the institution", notice=True
            )
        elif ended:
            findings.numbered("segment-missing", f"segment {stream}", index, "is listed, but not here")
        else:
            text = "is listed, but not here (yet): the session is open"
            findings.numbered("segment-not-held", f"segment {stream}", index, text, notice=True)
    doubtful = {(line["stream"], line["index"]) for line in walk.doubtful if line["type"] == "segment"}
    for name in sorted(present):
        if not name.startswith("segments/"):
            continue
        key = parse_segment_name(name)
        if key is None and name.endswith(UNFINISHED_FILES):
            findings.notice("file-unfinished", name, "looks like a file still being written")
        elif key is None or (key not in listed and key not in doubtful):
            findings.problem("segment-foreign", name, "no line of the ledger lists it")


def _check_segment(
    source: Source, name: str, line: Mapping[str, Any], owners: Mapping[str, tuple[str, int]], findings: Findings
) -> None:
    try:
        content = source.read(name, MAX_SEGMENT_BYTES)
    except BundleError as error:
        findings.problem("segment-unreadable", name, str(error))
        return
    found = hashlib.sha256(content).hexdigest()
    if found == line["sha256"]:
        if len(content) != line["size"]:
            findings.problem("segment-size", name, f"has {len(content)} bytes, its line says {line['size']}")
    elif found in owners:
        stream, index = owners[found]
        findings.problem("segment-swapped", name, f"holds the bytes of {stream}/{index}")
    elif len(content) < line["size"]:
        findings.problem("segment-truncated", name, f"has {len(content)} of {line['size']} bytes")
    elif not content.startswith(VERSION_LINE):
        findings.problem("segment-not-age", name, "holds something that is no sealed segment")
    else:
        findings.problem("segment-changed", name, "its bytes are not those its line names")


class ReceiptCheck:
    """Reads ``receipts.txt`` against a ledger and fills the report's fields about receipts."""

    def __init__(self, walk: LedgerWalk, report: Report, findings: Findings, complete: bool) -> None:
        self._walk, self._report, self._findings = walk, report, findings
        self._complete = complete  # the ledger was followed whole: its coverage can be compared
        self._last_n = -1
        self._last_at: datetime | None = None

    def run(self, lines: Sequence[str], server_key: VerifyingKey, coverage: Mapping[str, StreamCoverage]) -> None:
        for number, line in enumerate(lines):
            where = f"receipt {number}"
            try:
                receipt = read_receipt(line, server_key)
            except BadSignature:
                self._findings.numbered("receipt-changed", "receipt", number, "the server did not sign it like this")
                continue
            except SigningError as error:
                self._findings.numbered("receipt-malformed", "receipt", number, f"is not a receipt: {error}")
                continue
            if receipt["session"] != self._report.session:
                self._findings.problem("receipt-foreign", where, "belongs to another session")
                continue
            self._report.receipts += 1
            self._order(where, receipt["head"]["n"], wall_time(receipt["at"]))
            self._head(where, receipt["head"])
            if receipt["type"] == "closing":
                self._closing(where, line, receipt, coverage)

    def _order(self, where: str, n: int, at: datetime) -> None:
        if self._last_at is not None and at < self._last_at - CLOCK_STEP:
            self._findings.problem("receipt-time", where, "is dated before the receipt above it")
        if n < self._last_n:
            self._findings.problem("receipt-order", where, "covers less than the receipt above it")
        self._last_at, self._last_n = at, n

    def _head(self, where: str, head: Mapping[str, Any]) -> None:
        held, n = self._walk.digests, head["n"]
        last = max(held, default=-1)
        if n > last:
            text = f"the server held line {n}, the ledger here ends with line {last}"
            self._findings.problem("ledger-truncated", where, text)
        elif n in held and held[n] != head["digest"]:
            self._findings.problem("receipt-head", where, f"names another line {n} than the ledger here holds")
        elif n in held:
            self._report.countersigned = max(n, self._report.countersigned or 0)

    def _closing(
        self, where: str, line: str, receipt: Mapping[str, Any], coverage: Mapping[str, StreamCoverage]
    ) -> None:
        self._report.receipt_code = short_code(line)
        chain = self._walk.chain
        if receipt["begin"] != self._walk.digests.get(0, receipt["begin"]):
            self._findings.problem("receipt-begin", where, "names another first line than the ledger's")
        if chain is not None and receipt["key"] != chain.session_key.text:
            self._findings.problem("receipt-key", where, "names another session key than the ledger's last")
        if not self._complete:
            return
        for stream, ratio in receipt["coverage"].items():
            own = coverage[stream].ratio if stream in coverage else 0.0
            if abs(own - ratio) > COVERAGE_TOLERANCE:
                text = f"states {ratio:.4f} for {stream}, the ledger's own lines give {own:.4f}"
                self._findings.problem("receipt-coverage", where, text)
        if chain is not None and receipt["answers"] not in (None, chain.state.totals()["answers"]):
            self._findings.notice("receipt-answers", where, "its answers are not those of the ledger's answer lines")
