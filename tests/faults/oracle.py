"""What must be there, kept beside the walk and worked out another way than the product does it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from client.spool.folder import read_lines
from client.spool.table import Table
from client.spool.vault import Vault
from evidence.ledger import Chain
from evidence.signing import VerifyingKey, payload_of

MEDIA = ("screen-1", "camera", "sound")


class Oracle:
    """``mine``: the session's folder on the student's disk; ``theirs``: at the institution."""

    def __init__(self, data: Path, mine: Path, theirs: Path) -> None:
        self.data, self.mine, self.theirs = data, mine, theirs
        self.lines: list[str] = []
        self.answers: dict[str, tuple[int, str]] = {}

    def confirmed(self, question: str, revision: int, value: str) -> None:
        self.answers[question] = (revision, value)

    # -- after every step ---------------------------------------------------------------

    def check(self) -> None:
        here, there = read_lines(self.mine / "ledger.txt"), read_lines(self.theirs / "ledger.txt")
        assert here[: len(self.lines)] == self.lines, "a committed line is gone or another"
        shorter = min(len(here), len(there))
        assert here[:shorter] == there[:shorter], "the institution has another history"
        self.lines = here
        payloads = [payload_of(line) for line in here]
        self._chain(payloads)
        for payload in payloads:
            if payload["type"] == "segment":
                self._segment(payload)
        self._answers()

    def _chain(self, payloads: list[dict[str, Any]]) -> None:
        begin = payloads[0]
        key = payload_of((self.mine / "server-key.txt").read_text().strip())["key"]
        chain = Chain(
            begin["session"], VerifyingKey.from_text(begin["key"]), VerifyingKey.from_text(key), begin["prev"]
        )
        for line in self.lines:
            chain.accept(line)  # raises for anything that does not fit

    def _segment(self, payload: dict[str, Any]) -> None:
        name = Path("segments") / payload["stream"] / f"{payload['index']:06d}.age"
        found = [hashlib.sha256(file.read_bytes()).hexdigest() for file in (self.mine / name, self.theirs / name)
                 if file.exists()]  # fmt: skip
        assert found, f"{name} is nowhere"
        assert set(found) == {payload["sha256"]}, f"{name} has other bytes"

    def _answers(self) -> None:
        if not (self.mine / "local.key").exists():
            return  # delivered: the institution is asked at the end
        table = Table(self.mine / "table.db", Vault(self.mine / "local.key"))
        try:
            held = {row.question: (row.revision, row.body["value"]) for row in table.answers()}
        finally:
            table.close()
        for question, (revision, value) in self.answers.items():
            assert question in held, f"the answer to {question} is gone"
            assert held[question][0] > revision or held[question] == (revision, value), (held[question], revision)

    # -- at the end ---------------------------------------------------------------------

    def coverage(self) -> dict[str, float]:
        """Share of the exam's milliseconds that a committed segment covers, counted one by one."""
        payloads = [payload_of(line) for line in self.lines]
        opened = next(p["at"] for p in payloads if p["type"] == "event" and p["name"] == "paper-opened")
        until = next(p["until"] for p in payloads if p["type"] == "end")
        shares = {}
        for stream in MEDIA:
            covered = bytearray(max(0, until - opened))
            for p in payloads:
                if p["type"] == "segment" and p["stream"] == stream:
                    first, last = max(0, p["start"] - opened), max(0, min(p["end"], until) - opened)
                    covered[first:last] = b"\x01" * (last - first)
            shares[stream] = sum(covered) / max(1, len(covered))
        return shares

    def captured(self) -> None:
        """Nothing is listed that was not captured so."""
        cuts = {tuple(json.loads(line)) for line in self.data.with_name("client-cuts.jsonl").read_text().splitlines()}
        for payload in map(payload_of, self.lines):
            if payload["type"] == "segment" and payload["stream"] in MEDIA:
                listed = (payload["stream"], payload["part"], payload["start"], payload["end"])
                assert listed in cuts, f"nobody captured {listed}"
