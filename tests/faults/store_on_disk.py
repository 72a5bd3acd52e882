"""The institution's disk failing once at each place while a student delivers: what was acknowledged is there after the
next start, the client's next try is taken, and the session can be handed in."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from disk_round import run
from exam_hall import PASSWORD, HandClock
from one_student import make
from sitting import STREAMS, Sitting
from starlette.testclient import TestClient

from evidence.signing import VerifyingKey
from evidence.verify import verify
from server import accounts
from server.admin import institution_keys
from server.ingest.app import make_app
from server.ingest.services import make_services
from server.settings import DataFolder, load

TRIES = 120  # several disks run full in one round
WAIT_SECONDS = 20.0  # by the clock of the test; the client's own patience


class Kept:
    """The oracle: what the server acknowledged."""

    def __init__(self) -> None:
        self.lines = 0
        self.segments: dict[tuple[str, int], bytes] = {}
        self.answers: dict[str, tuple[int, str]] = {}
        self.receipt: str | None = None


class Serving:
    """The ingest application over one data folder, in this process."""

    def __init__(self, root: Path, clock: HandClock) -> None:
        self.services = make_services(load(root), clock)
        self.http = TestClient(make_app(self.services), raise_server_exceptions=False)
        self.http.__enter__()

    def stop(self) -> None:
        self.http.__exit__(None, None, None)


class Student(Sitting):
    """Tries again what failed, as the client does; everything else is a defect."""

    clock: HandClock
    kept: Kept

    def again(self, what: Callable[[], httpx.Response]) -> Any:
        for _ in range(TRIES):
            answer = what()
            if answer.status_code < 300:
                return answer.json()
            assert answer.status_code in (500, 503), answer.text
            self.clock.move(seconds=WAIT_SECONDS)
        raise AssertionError(f"still refused: {answer.text}")

    def bring_lines(self) -> None:
        head = self.again(self.deliver)["head"]
        self.kept.lines = max(self.kept.lines, head["n"] + 1)

    def bring_segments(self) -> None:
        for (stream, index), sealed in self.segments.items():
            if (stream, index) not in self.kept.segments:
                self.again(lambda stream=stream, index=index: self.put(stream, index))
                self.kept.segments[stream, index] = sealed

    def bring_answer(self, question: str, value: str, revision: int) -> None:
        self.again(lambda: self.answer(question, value, revision, note=False))
        self.kept.answers[question] = (revision, value)


def sit(http: httpx.Client, clock: HandClock, verifying: VerifyingKey, folder: Path, kept: Kept) -> Student:
    student = Student(http, "", folder)
    student.clock, student.kept = clock, kept
    signed_in = {"login": "aigerim", "password": PASSWORD}
    student.token = student.again(lambda: http.post("/api/v1/sign-in", json=signed_in))["token"]
    student.opened_by(student.again(student.ask_to_open))
    student.begin()
    for stream in STREAMS:
        student.part(stream)
    student.record(verifying)
    student.identity()
    student.bring_lines()
    student.bring_segments()
    paper = student.again(lambda: student.on("GET", "/paper"))
    question = next(q["id"] for q in paper["questions"] if not q["choices"] and q["kind"] != "description")
    student.ledger.append("event", student.at, "2026-01-31T09:00:00.000Z", name="paper-opened", data={})
    student.bring_answer(question, "first", 1)
    student.record(verifying)
    student.bring_answer(question, "second", 2)
    student.bring_lines()
    student.bring_segments()
    student.end()
    student.bring_lines()
    kept.receipt = student.again(student.hand_in)["receipt"]
    return student


def lost(root: Path, student: Student, kept: Kept, verifying: VerifyingKey) -> list[str]:
    """By a server started anew on the same folder."""
    serving = Serving(root, student.clock)
    wrong: list[str] = []
    try:
        student.http = serving.http
        store = serving.services.store
        if store.ledger_lines(student.session)[: kept.lines] != student.ledger.lines[: kept.lines]:
            wrong.append("acknowledged lines are gone")
        for (stream, index), sealed in kept.segments.items():
            if store.get_segment(student.session, stream, index) != sealed:
                wrong.append(f"segment {stream} {index} is gone")
        held = student.again(lambda: student.on("GET", "/answers"))["answers"]
        for question, (revision, value) in kept.answers.items():
            if held.get(question) != {"revision": revision, "value": value}:
                wrong.append(f"answer {question} is {held.get(question)}")
        if student.again(student.hand_in)["receipt"] != kept.receipt:
            wrong.append("the receipt is another one")
        report = verify(store.path(student.session), verifying)
        wrong += [f"{p.code} {p.where}: {p.text}" for p in report.problems]
        if report.state != "complete":
            wrong.append(f"the session is {report.state}")
    finally:
        serving.stop()
    return wrong


def unwell(student: Student) -> list[str]:
    """By the server that went through it all, nobody having started it anew: reading and writing, at the first try."""
    signed_in = {"login": "aigerim", "password": PASSWORD}
    tried = [student.on("GET", path) for path in ("/status", "/ledger", "/answers", "/missing")]
    tried += [student.hand_in(), student.http.post("/api/v1/sign-in", json=signed_in)]
    return [f"still {answer.status_code}: {answer.text}" for answer in tried if answer.status_code >= 300]


class Rounds:
    def __init__(self, made: Path) -> None:
        self.made = made

    def one(self, folder: Path, arm: Callable[[], None], calm: Callable[[], None]) -> list[str]:
        root, clock, kept = folder / "data", HandClock(), Kept()
        shutil.copytree(self.made, root)
        verifying = institution_keys.verifying_key(DataFolder(root))
        serving = Serving(root, clock)
        try:
            try:
                arm()
                student = sit(serving.http, clock, verifying, folder / "student", kept)
            finally:
                calm()
            wrong = unwell(student)
        finally:
            serving.stop()
        return wrong + lost(root, student, kept, verifying)


if __name__ == "__main__":
    vars(accounts)["password_fits"] = lambda _hash, given: given == PASSWORD  # argon2 is slow on purpose
    run(Rounds(make(Path(sys.argv[1]) / "made" / "data")).one, at_once=14)
