"""The window of a test: hands messages to an engine, waits for what comes back."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from fake_capture import FakeCapture

from client import messages as m
from client.capture.source import Device
from client.clock import Clock
from client.engine.engine import Engine
from client.engine.workshop import Workshop
from client.upload.http import HttpTransport
from evidence.signing import VerifyingKey

if TYPE_CHECKING:  # the recorders of tests have no use for a server
    from client_hall import Institution

Kind = TypeVar("Kind")


class NoFaces:
    """Face tools that never see anybody."""

    def look(self, bgr: Any) -> list[Any]:
        return []

    def follow(self, bgr: Any, t_ms: int) -> list[Any]:
        return []

    def describer(self, model: str, kind: str) -> Any:
        return None

    def close(self) -> None:
        """Nothing to free."""


def fake_workshop(data: Path, server: str, verifying_key: str, captures: list[FakeCapture], **other: Any) -> Workshop:
    def capture(clock: Clock, settings: Any, sink: Any) -> FakeCapture:
        captures.append(FakeCapture(clock, settings, sink))
        return captures[-1]

    fields: dict[str, Any] = {
        "data_dir": data, "server": server, "verifying_key": VerifyingKey.from_text(verifying_key), "version": "test",
        "transport": lambda: HttpTransport(server), "capture": capture,
        "cameras": lambda: [Device("0", "Fake camera")], "microphones": lambda: [Device("mic", "Fake microphone")],
        "face_tools": NoFaces,
    }  # fmt: skip
    return Workshop(**{**fields, **other})


class Talk:
    """What was heard so far, and waiting for more."""

    def __init__(self) -> None:
        self._heard: queue.SimpleQueue[m.Message | None] = queue.SimpleQueue()
        self.all: list[m.Message] = []
        self._claimed: set[int] = set()

    def heard(self, message: m.Message | None) -> None:
        self._heard.put(message)

    def say(self, message: m.Message) -> None:
        raise NotImplementedError

    def next(self, seconds: float) -> m.Message | None:
        try:
            message = self._heard.get(timeout=seconds)
        except queue.Empty:
            return None
        if message is not None:
            self.all.append(message)
        return message

    def expect(self, kind: type[Kind], accept: Callable[[Kind], bool] | None = None, seconds: float = 20) -> Kind:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            message = self.next(left)
            if isinstance(message, kind) and (accept is None or accept(message)):
                return message
        raise AssertionError(f"no {kind.__name__}; heard {[_short(x) for x in self.all[-25:]]}")

    def saw(self, kind: type[Kind], accept: Callable[[Kind], bool] | None = None, seconds: float = 20) -> Kind:
        """As ``expect``, but what was heard earlier counts too."""
        for message in self.all:
            if isinstance(message, kind) and (accept is None or accept(message)):
                return message
        return self.expect(kind, accept, seconds)

    def problem(self, code: str, seconds: float = 20) -> m.Problem:
        """The next problem of this code that was not asked for before, also if it was heard meanwhile."""
        found = self.saw(m.Problem, lambda p: p.code == code and id(p) not in self._claimed, seconds)
        self._claimed.add(id(found))
        return found

    def state(self, state: str, seconds: float = 20) -> None:
        self.expect(m.StateChanged, lambda s: s.state == state, seconds)

    def expect_session(self) -> str:
        """The session's name, as the key copy told it."""
        return next(message.session for message in self.all if isinstance(message, m.SessionKeyCopy))

    def problems(self) -> list[str]:
        return [message.code for message in self.all if isinstance(message, m.Problem)]

    # -- the way through an exam ----------------------------------------------------------

    def sign_in(self, login: str, password: str = "password-1") -> None:
        self.say(m.SignIn(login, password))
        self.expect(m.SignedIn)

    def open(self, title: str = "Physics", takeover: bool = False) -> m.SessionKeyCopy:
        self.say(m.ListExams())
        exams = self.expect(m.Exams)
        seat = next(item.seat for item in exams.items if item.title == title)
        self.say(m.OpenSeat(seat, "1", "2026-01-31T09:00:00.000Z", takeover))
        return self.expect(m.SessionKeyCopy)

    def check(self) -> None:
        self.say(m.StartCheck())
        self.expect(m.CheckView, lambda view: view.passed)

    def identify(self) -> None:
        self.say(m.StartIdentity())
        self.state("identifying")
        self.say(m.LeaveIdentityToPerson("test"))
        self.state("ready")

    def paper(self) -> m.PaperView:
        self.say(m.OpenPaper())
        return self.expect(m.PaperView)

    def to_paper(self, login: str) -> m.PaperView:
        self.sign_in(login)
        self.open()
        self.check()
        self.identify()
        return self.paper()

    def answer(self, question: str, value: str | list[str], revision: int = 1, where: str = "disk") -> None:
        self.say(m.SetAnswer(question, revision, value))
        self.expect(m.AnswerSaved, lambda s: (s.question, s.revision, s.where) == (question, revision, where))

    def hand_in(self, seconds: float = 30) -> m.ReceiptView:
        self.say(m.HandIn())
        return self.expect(m.ReceiptView, seconds=seconds)


class Window(Talk):
    """With the engine in this process."""

    def __init__(self, workshop: Workshop) -> None:
        super().__init__()
        self.data = workshop.data_dir
        self.engine = Engine(workshop, self)
        self.engine.start()
        self.expect(m.Ready)

    def send(self, message: m.Message) -> None:
        self.heard(message)

    def say(self, message: m.Message) -> None:
        self.engine.receive(message)

    def close(self, seconds: float = 15) -> None:
        """End it even if it still owes something, as the next start of the program would."""
        self.engine.receive(m.Quit())
        (self.data / "spool" / "lock.wanted").write_text("test")
        assert self.engine.wait(seconds), "the engine did not end"


class ProcessWindow(Talk):
    """With the recorder as a process behind a pipe, as in life."""

    def __init__(self, command: list[str], environ: dict[str, str] | None = None) -> None:
        super().__init__()
        root = str(Path(__file__).resolve().parents[2])
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0, cwd=root,
            env=environ or {**os.environ, "PYTHONPATH": root},
        )  # fmt: skip
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        while (message := m.read(self.process.stdout)) is not None:
            self.heard(message)
        self.heard(None)

    def say(self, message: m.Message) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(m.encode(message))

    def kill(self) -> None:
        """As a crash would: at once and without a word."""
        self.process.kill()
        self.process.wait(10)

    def vanish(self) -> None:
        """The window dies, the recorder stays."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()


def _short(message: m.Message) -> str:
    return repr(message)[:140]


def recorder_command(data: Path, institution: Institution, server: str = "") -> list[str]:
    """``server``: an address on the way to the institution's."""
    script = Path(__file__).with_name("recorder_of_tests.py")
    return [sys.executable, str(script), str(data), server or institution.address, institution.verifying_key]


@contextmanager
def recorders(place: Path, institution: Institution) -> Iterator[Callable[..., ProcessWindow]]:
    """``start(data="client", server=address)``: a recorder process with the fake capture; all are ended at the end."""
    made: list[ProcessWindow] = []

    def start(data: str = "client", server: str = "") -> ProcessWindow:
        made.append(ProcessWindow(recorder_command(place / data, institution, server)))
        made[-1].expect(m.Ready)
        return made[-1]

    yield start
    for window in made:
        if window.process.poll() is None:
            window.kill()
