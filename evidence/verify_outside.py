"""Compares a session with the receipts that the student kept.

The server's own key can sign another history. It cannot sign away what somebody else holds already.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from evidence.line_types import wall_time
from evidence.receipt import read_receipt, short_code
from evidence.report import Findings
from evidence.signing import BadSignature, MalformedLine, SigningError, VerifyingKey, line_digest, payload_of
from evidence.verify_parts import CLOCK_STEP


@dataclass
class Held:
    """What is here of one session: digests of its ledger lines by number, the lines of ``receipts.txt``, and the
    key both were signed for (None: not known)."""

    session: str
    digests: Mapping[int, str]
    receipts: Sequence[str]
    server: VerifyingKey | None

    def compare_head(self, code: str, where: str, n: int, digest: str, findings: Findings) -> bool:
        """Whether line ``n`` is here and is the one meant; tells what is not."""
        last = max(self.digests, default=-1)
        if n > last:
            text = f"the server held line {n}, the ledger here ends with line {last}"
            findings.problem("ledger-truncated", where, text)
        elif n in self.digests and self.digests[n] != digest:
            findings.problem(code, where, f"names another line {n} than the ledger here holds")
        return self.digests.get(n) == digest


def receipt_lines(text: str) -> list[str]:
    """The receipts in a file that the student kept: the client's saved text, or its ``receipts.txt``."""
    found = []
    for line in text.replace("\r\n", "\n").split("\n"):
        try:
            kind = payload_of(line).get("type")
        except MalformedLine:
            continue
        if kind in ("head", "closing", "erasure"):
            found.append(line)
    return found


def compare_receipts(text: str, held: Held, findings: Findings) -> list[str]:
    """Compares the student's receipts with the session; returns those that agree (lines)."""
    kept = receipt_lines(text)
    if not kept:
        findings.problem("kept-receipt-malformed", "kept receipt", "the file holds no receipt")
    if held.server is None:
        return []
    here = _timeline(held.receipts, held)
    closings = {line_digest("receipt", line) for line, kind, _, _ in here if kind == "closing"}
    agree = []
    for number, line in enumerate(kept):
        where, before = f"kept receipt {number}", len(findings.problems)
        try:
            receipt = read_receipt(line, held.server)
        except BadSignature:
            findings.problem("kept-receipt-changed", where, "this session's server did not sign it like this")
            continue
        except SigningError as error:
            findings.problem("kept-receipt-malformed", where, f"is not a receipt: {error}")
            continue
        if receipt["session"] != held.session:
            findings.problem("kept-receipt-foreign", where, "belongs to another session")
            continue
        at, head = wall_time(receipt["at"]), receipt["head"]
        fits = held.compare_head("kept-receipt-head", where, head["n"], head["digest"], findings)
        if receipt["type"] == "closing" and line_digest("receipt", line) not in closings:
            what = "another closing receipt" if closings else "no closing receipt"
            findings.problem("kept-receipt-other", where, f"the receipts here hold {what}")
        if _contradicts(head["n"], at, here):
            findings.problem("kept-receipt-time", where, "the receipts here tell another order of times")
        if fits and len(findings.problems) == before:
            agree.append(line)
    return agree


_Dated = tuple[str, str, int, datetime]  # line, type, last line it covers, server time


def _timeline(lines: Iterable[str], held: Held) -> list[_Dated]:
    """The session's valid receipts here; what is wrong with the others is told elsewhere."""
    found: list[_Dated] = []
    for line in lines:
        try:
            receipt = read_receipt(line, held.server) if held.server else {}
            if receipt.get("session") == held.session:
                found.append((line, receipt["type"], receipt["head"]["n"], wall_time(receipt["at"])))
        except SigningError:
            continue
    return found


def _contradicts(n: int, at: datetime, here: Iterable[_Dated]) -> bool:
    """A ledger only grows: of two receipts the later one never covers less."""
    return any((at > other + CLOCK_STEP and n < m) or (other > at + CLOCK_STEP and m < n) for _, _, m, other in here)


def describe_receipts(lines: Sequence[str]) -> str | None:
    """Which of the student's receipts agree, in a few words for the report."""
    closing = [short_code(line) for line in lines if payload_of(line)["type"] == "closing"]
    return closing[-1] if closing else f"{len(lines)} of lines received" if lines else None
