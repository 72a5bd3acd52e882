"""Walks a whole ledger, damaged or not, and names what is wrong in words a reader can act on."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from evidence.chain import KIND, BrokenChain, Chain
from evidence.line_types import check_shape
from evidence.report import Findings
from evidence.signing import MalformedLine, VerifyingKey, line_digest, payload_of

WHERE = "ledger line"
CLOCK_NOTICE_MS = 250  # sound cards drift by tens of ms; more means that times and media tell different stories

_TEXTS = {
    "malformed": ("line-malformed", "is not a signed line"),
    "signature": ("line-changed", "was changed after it was signed, or another key signed it"),
    "wrong-key": ("line-changed", "begins with another key than the one that signed it"),
}


class LedgerWalk:
    """After ``run``: ``payloads`` of the trusted lines in file order, ``digests`` by line number, ``doubtful``:
    payloads of lines that are listed but not trusted, ``chain`` as far as it could be followed."""

    def __init__(self, lines: Sequence[str], findings: Findings) -> None:
        self.payloads: list[dict[str, Any]] = []
        self.digests: dict[int, str] = {}
        self.doubtful: list[dict[str, Any]] = []
        self.chain: Chain | None = None
        self._lines = lines
        self._findings = findings
        self._distrusted = 0  # lines that could not be trusted since the last one that could
        self._out_of_place: set[int] = set()

    @cached_property
    def _positions(self) -> dict[int, int]:
        """Where each number stands for the last time, by what the lines say of themselves."""
        numbers = ((_claimed_n(line), position) for position, line in enumerate(self._lines))
        return {n: position for n, position in numbers if n is not None}

    def run(self, begin: dict[str, Any], server_key: VerifyingKey | None, first_prev: str | None) -> Chain:
        """``begin``: the first line's payload, of a fitting shape."""
        key = VerifyingKey.from_text(begin["key"])
        self.chain = chain = Chain(begin["session"], key, server_key, first_prev)
        for position, line in enumerate(self._lines):
            self._take(chain, position, line)
        _compare_clocks(self.payloads, self._findings)
        return chain

    def _take(self, chain: Chain, position: int, line: str) -> None:
        for _ in range(3):  # a line may be out of place and, once placed, be wrong in itself
            try:
                self._keep(chain.accept(line), chain)
            except BrokenChain as error:
                if not self._recover(chain, position, line, error):
                    return
            else:
                self._distrusted = 0
                return

    def _keep(self, payload: dict[str, Any], chain: Chain) -> None:
        """``payload`` is the line the chain has just taken in."""
        self.payloads.append(payload)
        if chain.head is not None:
            self.digests[payload["n"]] = chain.head.digest

    def _recover(self, chain: Chain, position: int, line: str, error: BrokenChain) -> bool:
        """Report, and prepare the chain for going on; True: try the same line again."""
        if error.code in _TEXTS:
            code, text = _TEXTS[error.code]
            self._findings.numbered(code, WHERE, position, text)
            self._distrusted += 1
            if _claimed_n(line) is not None:
                self.doubtful.append(payload_of(line))
            return False
        if error.code == "wrong-n":
            return self._misplaced(chain, position, line, error.n)
        if error.code == "wrong-prev":
            if error.n == 0:
                self._findings.problem("wrong-seat-key", "seat-key.txt", "is not the key this ledger began with")
            else:
                self._findings.numbered("line-unlinked", WHERE, position, "does not name the line before it")
            chain.state.prev = None
            return True
        self._findings.numbered(error.code, WHERE, position, error.text)
        self._distrusted = 0
        if error.code not in ("wrong-begin", "wrong-session"):
            self._keep(chain.force(line), chain)
        else:
            chain.state.skip_to(error.n + 1, line_digest(KIND, line))
        return False

    def _misplaced(self, chain: Chain, position: int, line: str, n: int) -> bool:
        """A well-signed line whose number is not the next one."""
        expected = chain.state.n
        if n > expected:
            due = expected + self._distrusted
            if n > due:
                self._lines_skipped(position, due, n - 1)
            chain.state.skip_to(n, None)
            return True
        if n in self._out_of_place:
            self._out_of_place.discard(n)
            self.payloads.append(payload_of(line))
            self.digests[n] = line_digest(KIND, line)
        elif self.digests.get(n) == line_digest(KIND, line):
            self._findings.numbered("line-repeated", WHERE, position, f"repeats line {n}")
        else:
            self._findings.numbered("line-foreign", WHERE, position, f"is a second line with the number {n}")
            self.doubtful.append(payload_of(line))
        return False

    def _lines_skipped(self, position: int, first: int, last: int) -> None:
        later = {n for n, place in self._positions.items() if first <= n <= last and place > position}
        if later:
            self._out_of_place |= later
            text = f"stands before line {min(later)}, which it should follow"
            self._findings.numbered("line-reordered", WHERE, position, text)
        if last - first + 1 > len(later):
            what = f"line {first}" if first == last else f"lines {first} to {last}"
            self._findings.problem("lines-missing", f"{WHERE} {position}", f"{what} should stand before it")


def _claimed_n(line: str) -> int | None:
    """The number a line of a fitting shape gives itself, its signature not checked."""
    try:
        payload = payload_of(line)
        check_shape(payload)
    except MalformedLine:
        return None
    return int(payload["n"])


def _compare_clocks(payloads: Sequence[dict[str, Any]], findings: Findings) -> None:
    parts: dict[tuple[str, int], dict[str, Any]] = {}
    told: set[str] = set()
    for payload in payloads:
        stream = payload.get("stream", "")
        if payload["type"] == "part":
            parts[stream, payload["part"]] = payload
        elif payload["type"] == "segment" and stream not in told:
            part = parts.get((stream, payload["part"]))
            if part is None:
                continue
            due = part["origin"] + payload["pts0"] * 1000 / part["timescale"]
            if abs(due - payload["start"]) > CLOCK_NOTICE_MS:
                told.add(stream)
                text = f"starts at {payload['start']} ms, by its media's clock at {due:.0f} ms"
                findings.notice("times-disagree", f"{stream}/{payload['index']}", text)
