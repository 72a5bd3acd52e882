"""A student's spool on a disk that fails once at each place: what was called kept is there after the next start."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from disk_round import run
from spool_parts import Spooling

from client.errors import SenimError
from client.spool import writer
from client.spool.note import Stage
from client.spool.table import SegmentState
from evidence.age import generate_identity
from evidence.errors import EvidenceError
from evidence.signing import SigningKey, line_digest

KEY, IDENTITY = SigningKey.generate(), generate_identity("x25519")
SAID_NO = (OSError, sqlite3.Error, SenimError, EvidenceError)


class Kept:
    """The oracle: what the spool said it has."""

    def __init__(self) -> None:
        self.answers: dict[str, int] = {}
        self.segments: list[tuple[int, str]] = []
        self.lines: list[str] = []
        self.receipts: list[str] = []
        self.things: set[str] = set()
        self.stage = Stage.OPENED


class Sitting:
    """One start of the program: does a step, and notes it only if nobody said no."""

    def __init__(self, root: Path, kept: Kept) -> None:
        folder = root / "session-1"
        if folder.exists() and not (folder / "session.json").is_file():  # as ``branches.set_aside`` does
            folder.rename(root / f"branch-{len(list(root.iterdir()))}")
        ledger = folder / "ledger.txt"
        if ledger.exists() and b"\n" not in ledger.read_bytes():
            ledger.unlink()  # nothing began yet
        self.room = Spooling(root, key=KEY, identity=IDENTITY)
        self.part = self.room.book.next_part("camera")
        if self.room.book.lines():  # each start of the program takes up what lies there and begins its own part
            for row in self.room.spool.unlisted():
                self.room.writer.adopt(row)
            self.room.part(self.part)
        self.room.book._on_line = kept.lines.append
        self.kept = kept

    def try_(self, deed: Callable[[], Any], note: Callable[[], Any]) -> None:
        try:
            deed()
        except SAID_NO:
            return
        note()

    def segment(self, number: int) -> None:
        fields = {
            "stream": "camera", "part": self.part, "pts0": number * 1000, "pts1": number * 1000 + 1000,
            "start": number * 1000, "end": number * 1000 + 1000, "frames": 1, "keys": [], "changed": 0.0,
        }  # fmt: skip
        index = self.room.book.next_index("camera")

        def done() -> None:
            row = self.room.spool.table.segment("camera", index)
            if row is not None:
                self.kept.segments.append((index, row.sha256))

        self.room.writer.segment(fields, "video/mp4", b"picture" * 300, 0, done)
        self.settle()

    def settle(self) -> None:
        self.room.writer.drain(5)

    def answer(self, question: str, revision: int) -> None:
        body = {"value": f"{question} {revision}", "at": revision, "commitment": "0" * 64, "salt": "0" * 64}
        self.try_(
            lambda: self.room.spool.table.put_answer(question, revision, body),
            lambda: self.kept.answers.update({question: revision}),
        )

    def receipt(self, text: str) -> None:
        self.try_(lambda: self.room.spool.add_receipt(text), lambda: self.kept.receipts.append(text))

    def keep(self, name: str) -> None:
        self.try_(lambda: self.room.spool.table.keep(name, b"content"), lambda: self.kept.things.add(name))

    def stage(self, stage: Stage) -> None:
        self.try_(lambda: self.room.spool.update(stage=stage), lambda: setattr(self.kept, "stage", stage))

    def close(self) -> None:
        self.room.writer.close()
        self.room.book.close()
        self.room.spool.close()


def sit(root: Path, kept: Kept) -> None:
    sitting = Sitting(root, kept)
    try:
        sitting.settle()
        sitting.segment(0)
        sitting.keep("paper")
        sitting.answer("q1", 1)
        sitting.try_(lambda: sitting.room.spool.table.wait_line("track", b"line"), lambda: None)
        sitting.stage(Stage.SITTING)
        sitting.segment(1)
        sitting.receipt("receipt 1")
        sitting.answer("q1", 2)
        sitting.segment(2)
        sitting.receipt("receipt 2")
        sitting.try_(lambda: sitting.room.spool.table.clear_waiting("track", 1), lambda: None)
    finally:
        sitting.close()


def sit_on(root: Path, kept: Kept) -> None:
    """The program is started again while the disk may still fail."""
    sitting = Sitting(root, kept)
    try:
        sitting.segment(5)
        sitting.answer("q2", 1)
        sitting.receipt("receipt 5")
    finally:
        sitting.close()


def lost(root: Path, kept: Kept) -> list[str]:
    """What the oracle has and the next start does not find; then the sitting goes on."""
    wrong: list[str] = []
    sitting = Sitting(root, Kept())
    try:
        spool = sitting.room.spool
        lines = sitting.room.book.lines()
        if [line for line in lines if line in set(kept.lines)] != kept.lines:
            wrong.append("a durable line is gone")
        held = {row.question: row.revision for row in spool.table.answers()}
        wrong += [f"answer {q} {r} is gone" for q, r in kept.answers.items() if held.get(q, 0) < r]
        for index, sha256 in kept.segments:
            row = spool.table.segment("camera", index)
            if row is None or row.state is not SegmentState.LISTED:
                wrong.append(f"segment {index} has no listed row")
            elif hashlib.sha256(spool.read_segment("camera", index)).hexdigest() != sha256:
                wrong.append(f"segment {index} has other bytes")
        wrong += [f"{line} is gone" for line in kept.receipts if line not in spool.receipts()]
        wrong += [f"{name} is gone" for name in kept.things if spool.table.kept(name) != b"content"]
        if kept.stage is Stage.SITTING and spool.note.stage is not Stage.SITTING:
            wrong.append("the note went back")
        wrong += _goes_on(sitting)
    finally:
        sitting.close()
    return wrong


def _goes_on(sitting: Sitting) -> list[str]:
    sitting.settle()
    before = len(sitting.kept.segments)
    sitting.segment(9)
    sitting.answer("q9", 1)
    sitting.receipt("receipt 9")
    wrong = [repr(error) for error in sitting.room.ears.errors]
    if len(sitting.kept.segments) != before + 1 or "q9" not in sitting.kept.answers:
        wrong.append("the sitting does not go on")
    if sitting.room.spool.receipts()[-1:] != ["receipt 9"]:
        wrong.append("a receipt stands behind a torn one")
    if line_digest("ledger", sitting.room.book.lines()[-1]) != sitting.room.book.head.digest:
        wrong.append("the ledger's file is not its chain")
    return wrong


def one(root: Path, arm: Callable[[], None], calm: Callable[[], None]) -> list[str]:
    kept = Kept()
    arm()
    for part in (sit, sit_on):
        try:
            part(root, kept)
        except SAID_NO:
            continue  # it said so: the student hears it, and nothing more was called kept
    calm()
    return lost(root, kept)


if __name__ == "__main__":
    writer.RETRY_SECONDS = 0.02  # room comes soon
    run(one)
