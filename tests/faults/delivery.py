"""A sitting of the real client's parts (spool, writer, uploader) with the real server, over a line that can have
faults. No thread of the uploader's, no waiting: its steps are taken by hand and its waits are passed over."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from client_hall import PASSWORD, Institution
from spool_parts import Ears as SpoolEars

from client.clock import SessionClock
from client.errors import SenimError
from client.spool.book import Book
from client.spool.folder import SessionSpool
from client.spool.note import SessionNote, Stage
from client.spool.table import AnswerState, SegmentState
from client.spool.writer import SpoolWriter
from client.upload.backoff import Backoff
from client.upload.http import HttpTransport
from client.upload.queue import Uploader
from client.upload.transport import Status
from evidence.keys import read_seat_key, read_server_key
from evidence.ledger import Ledger, commitment
from evidence.signing import SigningKey, VerifyingKey, canonical_json, line_digest, payload_of
from evidence.verify import verify

EXAM, STREAM = "on-a-line", "camera"
MOST_STEPS = 400


class PatientClock(SessionClock):
    """Runs on when told to, so that nobody waits."""

    passed_ms = 0

    def now_ms(self) -> int:
        return super().now_ms() + self.passed_ms


class Ears:
    """What the person would hear of."""

    def __init__(self) -> None:
        self.states: list[str] = []
        self.words: list[str] = []
        self.held: dict[str, int] = {}
        self.receipts: list[str] = []
        self.loads: list[int] = []

    def network(self, state: str) -> None:
        self.states.append(state)

    def status(self, status: Status, asked_ms: int, answered_ms: int) -> None:
        self.loads.append(status.load)

    def answer_held(self, question: str, revision: int) -> None:
        self.held[question] = max(revision, self.held.get(question, 0))

    def sent(self, count: int) -> None:
        """The bytes are counted by the uploader."""

    def delivered(self, receipt: str) -> None:
        self.receipts.append(receipt)

    def refused(self, word: str) -> None:
        self.words.append(word)


class Delivery:
    """``address``: of the line. The session is opened past it; everything after that goes through it."""

    def __init__(self, institution: Institution, address: str, root: Path) -> None:
        self.institution, self.login = institution, institution.student()
        self.verifying = VerifyingKey.from_text(institution.verifying_key)
        straight = HttpTransport(institution.address)
        token = straight.sign_in(self.login, PASSWORD).token
        self.transport = HttpTransport(address)
        self.transport.use_token(token)
        self.key, self.clock, self.ears = SigningKey.generate(), PatientClock(), Ears()
        seat = next(exam["seat"] for exam in straight.exams()[1] if exam["title"] == EXAM)
        request = {
            "session_key": self.key.verifying.text, "machine": "m",
            "client": {"name": "Senim", "version": "test", "system": "test"},
            "consent": {"version": "1", "at": "2026-01-31T09:00:00.000Z"},
        }  # fmt: skip
        opened = straight.open_session(seat, request)
        self.session = opened.session
        note = SessionNote(
            session=opened.session, seat=seat, title=EXAM, login=self.login, server=address, nonce=opened.nonce,
            policy=opened.policy, seat_key=opened.seat_key, server_key=opened.server_key,
            origin=asdict(self.clock.origin),
        )  # fmt: skip
        self.spool = SessionSpool.create(root, note)
        self._write_begin(opened.nonce, seat)
        self.uploader = Uploader(
            self.transport, self.spool, self.clock, read_server_key(opened.server_key, self.verifying), self.ears,
            lines=self.spool.lines, backoff=Backoff(uniform=lambda _low, high: high),
        )  # fmt: skip
        self.values: dict[str, tuple[int, str]] = {}
        self.segments = 0
        for _ in range(2):
            self.segment()
        self.finding()
        self.step_until(lambda: self.uploader.held_n == len(self.spool.lines()) - 1)
        paper = straight.paper(self.session)
        self.questions = [q["id"] for q in paper["questions"] if not q["choices"] and q["kind"] != "description"]
        self.writer.event("paper-opened")

    def _write_begin(self, nonce: str, seat: str) -> None:
        file = self.spool.ledger_file
        note = self.spool.note
        ledger = Ledger(self.session, self.key, file, line_digest("seat-key", note.seat_key))
        self.book = Book(ledger, file, self.key, lambda _line: None)
        recipient = read_seat_key(note.seat_key, self.verifying).recipient
        self.spool_ears = SpoolEars()
        self.writer = SpoolWriter(self.spool, self.book, recipient, self.clock, self.spool_ears)
        self.writer.start()
        self.writer.line(
            "begin", None, session=self.session, seat=seat, nonce=nonce, client={}, system={}, streams=[STREAM],
            devices={}, simulated=[], policy=note.policy, server_key=None,
        )  # fmt: skip
        self.writer.line(
            "part", None, stream=STREAM, part=0, origin=0, timescale=1000, media="video/mp4", width=1, height=1,
            rate=10, init=None, reason="start",
        )  # fmt: skip

    # -- what is recorded ---------------------------------------------------------------

    def segment(self, size: int = 3000) -> None:
        start = self.segments * 100
        fields = {
            "stream": STREAM, "part": 0, "pts0": start, "pts1": start + 100, "start": start, "end": start + 100,
            "frames": 1, "keys": [], "changed": 0.0,
        }  # fmt: skip
        self.segments += 1
        self.writer.segment(fields, "video/mp4", os.urandom(size), 0)
        assert self.writer.drain(10)

    def finding(self) -> None:
        self.writer.line("finding", None, id="f1", about="identity", commitment=commitment(b"{}")[1])
        assert self.writer.drain(10)

    def answer(self, number: int, value: str) -> None:
        question = self.questions[number % len(self.questions)]
        revision = self.values.get(question, (0, ""))[0] + 1
        content = canonical_json({"question": question, "revision": revision, "value": value}, sort_keys=True)
        salt, mark = commitment(content)
        at = self.clock.now_ms()
        body = {"value": value, "at": at, "commitment": mark, "salt": salt.hex(), "id": question}
        self.spool.table.put_answer(question, revision, body)
        self.writer.line("answer", None, id=question, revision=revision, commitment=mark)
        assert self.writer.drain(10)
        self.values[question] = (revision, value)

    def end(self) -> None:
        self.writer.line("end", None, reason="hand-in", until=self.segments * 100)
        assert self.writer.drain(10)
        self.spool.update(stage=Stage.ENDED)
        self.uploader.hurry()

    # -- what is delivered --------------------------------------------------------------

    def step_until(self, true: Callable[[], bool]) -> None:
        """One step after the other; what the uploader would wait for passes at once."""
        self.uploader.hurry()
        for _ in range(MOST_STEPS):
            if true():
                return
            try:
                wait = self.uploader.step()
            except SenimError as error:
                wait = self.uploader.after(error)
            self.clock.passed_ms += round((wait or 0) * 1000)
            self.uploader.hurry()
        raise AssertionError(f"not delivered; {self.ears.words} {self.ears.states}")

    def until_delivered(self) -> None:
        self.step_until(
            lambda: (
                self.uploader.held_n == len(self.spool.lines()) - 1
                and not self.spool.table.answers(AnswerState.DISK)
                and not self.spool.table.segments(SegmentState.LISTED)
            )
        )

    def until_receipt(self) -> str:
        self.step_until(lambda: bool(self.ears.receipts))
        return self.ears.receipts[0]

    def wrong(self) -> list[str]:
        """What differs between the student's disk and the institution; empty when all is there."""
        folder = self.institution.session_folder(self.session)
        found: list[str] = []
        if (folder / "ledger.txt").read_bytes() != self.spool.ledger_file.read_bytes():
            found.append("the ledgers differ")
        for payload in map(payload_of, self.spool.lines()):
            if payload["type"] == "segment":
                there = folder / "segments" / payload["stream"] / f"{payload['index']:06d}.age"
                held = there.read_bytes() if there.exists() else b""
                if hashlib.sha256(held).hexdigest() != payload["sha256"]:
                    found.append(f"segment {payload['index']} is not there")
        answers = HttpTransport(self.institution.address)
        answers.use_token(self.transport._token)
        held_answers = answers.answers(self.session).answers
        if held_answers != self.values:
            found.append(f"answers {json.dumps(held_answers)}, typed {json.dumps(self.values)}")
        report = verify(folder, self.verifying)
        return found + [f"{p.code} {p.where}" for p in report.problems]

    def close(self) -> None:
        self.writer.close()
        self.book.close()
        self.spool.close()
