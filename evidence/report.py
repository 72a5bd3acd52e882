"""What ``verify`` found out, for people and for programs."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from evidence.causes import in_words
from evidence.coverage import StreamCoverage

MAX_ENTRIES = 500  # a random file as a ledger is broken in every line; more would help nobody


@dataclass(frozen=True)
class Problem:
    """``code``: a stable word, listed in FORMAT.md; ``where``: the part concerned; ``text``: English."""

    code: str
    where: str
    text: str


@dataclass
class Findings:
    """Problems break the evidence, notices do not. Neighbouring places with the same code become one entry."""

    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    left_off: int = 0
    _run: tuple[str, str, int, int] | None = None  # code, group, first, last of the newest problem or notice

    def problem(self, code: str, where: str, text: str) -> None:
        self._run = None
        self._add(self.problems, Problem(code, where, text))

    def notice(self, code: str, where: str, text: str) -> None:
        self._run = None
        self._add(self.notices, Problem(code, where, text))

    def numbered(self, code: str, group: str, number: int, text: str, *, notice: bool = False) -> None:
        """Like ``problem`` at ``<group> <number>``; a run of numbers is told once, with the first one's text."""
        entries = self.notices if notice else self.problems
        if self._run and self._run[:2] == (code, group) and number == self._run[3] + 1 and entries:
            first = self._run[2]
            entries[-1] = Problem(code, f"{group} {first} to {number}", entries[-1].text)
            self._run = (code, group, first, number)
        elif self._add(entries, Problem(code, f"{group} {number}", text)):
            self._run = (code, group, number, number)

    def _add(self, entries: list[Problem], entry: Problem) -> bool:
        if len(entries) >= MAX_ENTRIES:
            self.left_off += 1
            return False
        entries.append(entry)
        return True


@dataclass
class Report:
    """``state``: ``complete`` (has its ``end``), ``open`` (has none yet, or was cut) or ``unusable`` (no session here).

    ``institution``: fingerprint of the key both key lines were checked with, or None if no key was given.
    ``countersigned``: the last line a receipt of the server covers. ``unanchored``: ``resume`` lines to a new
    key that neither a grant nor a later receipt vouches for. ``erased``: when the institution erased the segments, as
    its server signed; ledger and receipts are checked all the same. ``kept_receipt``: which of the student's receipts
    agree; ``checkpoint``: time of the newest published checkpoint that does. None: none was given, or none agrees.
    """

    state: str = "unusable"
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    left_off: int = 0
    institution: str | None = None
    session: str | None = None
    seat: str | None = None
    simulated: object = None
    started: str | None = None
    ended: str | None = None
    erased: str | None = None
    lines: int = 0
    segments: int = 0
    bytes: int = 0
    receipts: int = 0
    receipt_code: str | None = None
    countersigned: int | None = None
    kept_receipt: str | None = None
    checkpoint: str | None = None
    unanchored: list[int] = field(default_factory=list)
    coverage: dict[str, StreamCoverage] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Nothing is broken. An open session may be ok; read ``state`` and ``coverage`` too."""
        return not self.problems and self.state != "unusable"

    @property
    def exit_code(self) -> int:
        """0 good, 1 broken, 2 unusable."""
        return 2 if self.state == "unusable" else 0 if self.ok else 1

    def to_json(self) -> dict[str, Any]:
        content = {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "coverage"}
        content["problems"] = [asdict(problem) for problem in self.problems]
        content["notices"] = [asdict(notice) for notice in self.notices]
        content["coverage"] = {name: stream.to_json() for name, stream in self.coverage.items()}
        return {"ok": self.ok, **content}

    def to_text(self) -> str:
        """A page for a person."""
        verdict = {0: "GOOD", 1: "BROKEN", 2: "UNUSABLE"}[self.exit_code]
        state = f"{self.state}, recording erased {self.erased}" if self.erased else self.state
        rows = [f"{verdict}: {'session ' + self.session if self.session else 'no session'} ({state})"]
        if self.session:
            rows += [
                f"  seat {self.seat}, {self.started} to {self.ended or 'not ended'}",
                f"  {self.lines} lines, {self.segments} segments, {self.bytes} bytes",
                f"  institution's key: {self.institution or 'not given, so nothing here proves who made the keys'}",
                f"  receipts: {self.receipts}, countersigned up to line {self.countersigned}"
                + (f", closing receipt {self.receipt_code}" if self.receipt_code else ""),
            ]
        if self.kept_receipt:
            rows.append(f"  the student's receipt agrees: {self.kept_receipt}")
        if self.checkpoint:
            rows.append(f"  the published checkpoint of {self.checkpoint} agrees")
        for name, stream in self.coverage.items():
            rows.append(f"  {name}: {stream.covered:.1f} of {stream.seconds:.1f} s claimed ({stream.ratio:.2%})")
            rows += [f"    gap {gap.from_ms} to {gap.to_ms} ms: {in_words(gap.cause)}" for gap in stream.gaps]
        rows += [f"  PROBLEM {p.code} at {p.where}: {p.text}" for p in self.problems]
        rows += [f"  note {n.code} at {n.where}: {n.text}" for n in self.notices]
        if self.left_off:
            rows.append(f"  and {self.left_off} more")
        return "\n".join(row.replace("\n", " ") for row in rows)
