"""Sits an exam without a window, through the same engine: for tests, for a look at a new institution.

    python -m client.headless --config institution.json --data DIR --login L --password P --seat S --seconds N

The identity check is left to a person at once unless ``--identity`` waits for it. The last line printed is
one JSON object; the exit code is 0 only if a closing receipt came.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from client import messages as m
from client.clock import SessionClock
from client.main import BAD_CONFIGURATION, load_settings
from client.numpy_threads import use_one_thread
from client.settings import BadConfiguration

if TYPE_CHECKING:
    from client.engine.engine import Engine

Msg = TypeVar("Msg")

STEP_SECONDS = 90.0


class NotReached(Exception):
    """The exam did not get where it should; ``problems`` say why."""


class Student:
    """An outlet that keeps what the engine says, and the hands that answer it."""

    def __init__(self, engine: Callable[[Student], Engine]) -> None:
        self._messages: queue.SimpleQueue[m.Message] = queue.SimpleQueue()
        self._clock = SessionClock()
        self.problems: list[str] = []
        self.saved: set[tuple[str, int]] = set()
        self.engine = engine(self)

    def send(self, message: m.Message) -> None:
        self._messages.put(message)

    def say(self, message: m.Message) -> None:
        self.engine.receive(message)

    def expect(
        self, kind: type[Msg], seconds: float = STEP_SECONDS, accept: Callable[[Msg], bool] | None = None
    ) -> Msg:
        """The next message of ``kind`` (that ``accept`` likes). Raises ``NotReached``."""
        until = self._clock.now_ms() + seconds * 1000
        while (left := until - self._clock.now_ms()) > 0:
            try:
                message = self._messages.get(timeout=left / 1000)
            except queue.Empty:
                break
            self._note(message)
            if isinstance(message, kind) and (accept is None or accept(message)):
                return message
            if isinstance(message, m.Problem) and message.during:
                raise NotReached(f"{message.during}: {message.code} {message.values}")
        raise NotReached(f"no {kind.__name__} within {seconds:.0f} s; problems {self.problems}")

    def _note(self, message: m.Message) -> None:
        if isinstance(message, m.Problem):
            self.problems.append(message.code)
        elif isinstance(message, m.AnswerSaved) and message.where == "server":
            self.saved.add((message.question, message.revision))

    def rest(self, seconds: float) -> None:
        """Let time pass, listening."""
        try:
            self.expect(m.Ready, seconds, lambda _message: False)
        except NotReached as error:
            if "within" not in str(error):
                raise


def sit(student: Student, arguments: argparse.Namespace, answers: dict[str, Any]) -> dict[str, Any]:
    """The whole way from sign-in to receipt. Raises ``NotReached``."""
    student.expect(m.Ready)
    student.say(m.SignIn(arguments.login, arguments.password))
    student.expect(m.SignedIn)
    student.say(m.ListExams())
    exams = student.expect(m.Exams)
    seat = arguments.seat or next((e.seat for e in exams.items if e.state in ("open", "running")), "")
    student.say(m.OpenSeat(seat, "headless-1", exams.server_time, takeover=arguments.takeover))
    student.expect(m.SessionKeyCopy)
    student.say(m.StartCheck())
    student.expect(m.CheckView, accept=lambda view: view.passed)
    student.say(m.StartIdentity())
    student.expect(m.StateChanged, accept=lambda state: state.state == "identifying")
    if not arguments.identity:
        student.say(m.LeaveIdentityToPerson("headless"))
    identity = student.expect(m.IdentityView, 150, lambda view: bool(view.outcome))
    student.expect(m.StateChanged, accept=lambda state: state.state == "ready")
    student.say(m.OpenPaper())
    paper = student.expect(m.PaperView)
    for question in paper.questions:
        _answer(student, question, answers, paper.answers)
    student.rest(arguments.seconds)
    student.say(m.HandIn())
    receipt = student.expect(m.ReceiptView, 600)
    return {
        "receipt": receipt.code, "coverage": receipt.coverage, "gaps": receipt.gaps, "answers": receipt.answers,
        "questions": len(paper.questions), "identity": identity.outcome, "problems": student.problems,
        "answers_at_server": len(student.saved), "title": receipt.title,
    }  # fmt: skip


def _answer(
    student: Student, question: dict[str, Any], answers: dict[str, Any], held: dict[str, dict[str, Any]]
) -> None:
    """From the file, else something that fits the question's kind."""
    kind, name = question.get("kind"), str(question["id"])
    choices = [str(choice["id"]) for choice in question.get("choices", [])]
    value = answers.get(name)
    if value is None and kind != "description":
        value = choices[:1] if choices else f"Жауап / ответ / answer {name}"
    if value is not None:
        revision = int(held.get(name, {}).get("revision", 0)) + 1
        student.say(m.ShowQuestion(name))
        student.say(m.SetAnswer(name, revision, value))
        student.expect(m.AnswerSaved, accept=lambda saved: saved.question == name)


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    arguments = argparse.ArgumentParser(prog="client.headless", description="Sit an exam without a window.")
    arguments.add_argument("--config", type=Path, required=True)
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--login", required=True)
    arguments.add_argument("--password", required=True)
    arguments.add_argument("--seat", default="", help="default: the first exam that is open")
    arguments.add_argument("--seconds", type=float, default=20.0, help="how long to sit with the paper open")
    arguments.add_argument("--answers", type=Path, help="JSON: {question: text or list of choices}")
    arguments.add_argument("--identity", action="store_true", help="wait for the identity check's own outcome")
    arguments.add_argument("--takeover", action="store_true")
    return arguments.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    arguments = parse(argv)
    try:
        settings = load_settings(arguments.config, arguments.data, None)
    except BadConfiguration as error:
        sys.stderr.write(f"headless: {error}\n")
        return BAD_CONFIGURATION
    answers = json.loads(arguments.answers.read_text(encoding="utf-8")) if arguments.answers else {}
    use_one_thread(os.environ)
    from client.engine.engine import Engine
    from client.recorder import log_to, real_workshop

    log_to(settings.data_dir)
    student = Student(lambda outlet: Engine(real_workshop(settings), outlet))
    student.engine.start()
    result: dict[str, Any]
    try:
        result = {"ok": True, **sit(student, arguments, answers)}
    except NotReached as error:
        result = {"ok": False, "error": str(error), "problems": student.problems}
    student.engine.receive(m.Quit())
    student.engine.wait(30.0)
    sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
    return 0 if result["ok"] else 1


if __name__ == "__main__":
    raise SystemExit(main())
