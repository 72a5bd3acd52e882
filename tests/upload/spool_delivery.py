"""A spool, an institution, and the loop between them, a step at a time."""

from __future__ import annotations

from pathlib import Path

from fake_institution import PASSWORD, FakeInstitution, FaultyTransport
from spool_parts import SEAT_KEY_LINE, Spooling

from client.errors import SenimError
from client.spool.note import Stage
from client.spool.table import AnswerState, SegmentState
from client.upload.backoff import Backoff
from client.upload.queue import Uploader
from client.upload.transport import Status


class Ears:
    def __init__(self) -> None:
        self.states: list[str] = []
        self.answers: list[tuple[str, int]] = []
        self.words: list[str] = []
        self.receipts: list[str] = []
        self.bytes = 0

    def network(self, state: str) -> None:
        self.states.append(state)

    def status(self, status: Status, asked_ms: int, answered_ms: int) -> None:
        assert asked_ms <= answered_ms

    def answer_held(self, question: str, revision: int) -> None:
        self.answers.append((question, revision))

    def sent(self, count: int) -> None:
        self.bytes += count

    def delivered(self, receipt: str) -> None:
        self.receipts.append(receipt)

    def refused(self, word: str) -> None:
        self.words.append(word)


class Delivery:
    """A spool with three segments and two answers, an institution, and the loop between them."""

    def __init__(self, root: Path) -> None:
        self.institution = FakeInstitution(SEAT_KEY_LINE)
        self.room = Spooling(root / "spool")
        self.institution.sign_in("s0", PASSWORD)
        self.institution.open_session("seat-1", {"session_key": self.room.key.verifying.text})
        self.transport, self.ears = FaultyTransport(self.institution), Ears()
        for number in range(3):
            self.room.segment(number)
        for question in ("q1", "q2"):
            body = {"value": question, "at": 5, "commitment": "0" * 64, "salt": "0" * 64}
            self.room.spool.table.put_answer(question, 1, body)
        self.room.done()
        self.uploader = self.another()

    def another(self, held: int = -1) -> Uploader:
        uploader = Uploader(
            self.transport, self.room.spool, self.room.clock, self.institution.server_key.verifying, self.ears,
            lines=self.room.spool.lines, held_n=held, backoff=Backoff(uniform=lambda low, high: high),
        )  # fmt: skip
        uploader.hurry()
        return uploader

    def run(self, steps: int = 40) -> int:
        """Steps until all is done or nothing moves; failures counted."""
        failures = 0
        for _ in range(steps):
            try:
                wait = self.uploader.step()
            except SenimError as error:
                failures += 1
                assert self.uploader.after(error) > 0
                continue
            if wait is None or wait >= 0.2:
                break
        return failures

    def until_receipt(self) -> None:
        for _ in range(20):
            self.run()
            if self.ears.receipts:
                return
        raise AssertionError("no receipt")

    def end(self) -> None:
        self.room.writer.line("end", None, reason="hand-in", until=3000)
        self.room.done()
        self.room.spool.update(stage=Stage.ENDED)

    def all_there(self) -> bool:
        table = self.room.spool.table
        return (
            self.institution.lines == self.room.spool.lines()
            and len(self.institution.segments) == 3
            and not table.segments(SegmentState.LISTED)
            and not table.answers(AnswerState.DISK)
        )
