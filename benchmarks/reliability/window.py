"""The window's end of the pipe to a real recorder process, without a window: answers what the pages would."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, TypeVar, cast

from benchmarks.recording.institution import PASSWORD, ROOT
from benchmarks.reliability.institution import MortalInstitution
from client import messages as m

Kind = TypeVar("Kind")
STEP_SECONDS = 120.0
SEGMENT_MS = 4000
RECORDER = ROOT / "tests" / "faults" / "recorder_on_walk.py"


class NotHeard(Exception):
    """The recorder did not say what it had to."""


class Window:
    def __init__(self, data: Path, institution: MortalInstitution, address: str = "") -> None:
        rooms = [ROOT, ROOT / "tests" / "client"]
        environ = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, rooms)), "SENIM_SEGMENT_MS": str(SEGMENT_MS)}
        command = [sys.executable, str(RECORDER), str(data), address or institution.address]
        command.append(institution.verifying_key.text)
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            bufsize=0,
        )  # fmt: skip
        self._heard: queue.SimpleQueue[m.Message | None] = queue.SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()
        self.expect(m.Ready)

    def _read(self) -> None:
        while (message := m.read(cast(BinaryIO, self.process.stdout))) is not None:
            self._heard.put(message)
        self._heard.put(None)

    def say(self, message: m.Message) -> None:
        cast(BinaryIO, self.process.stdin).write(m.encode(message))

    def expect(self, kind: type[Kind], accept: Callable[[Kind], bool] | None = None) -> Kind:
        """The next message of ``kind`` that ``accept`` likes. Raises ``NotHeard``."""
        until, last = time.monotonic() + STEP_SECONDS, ""
        while (left := until - time.monotonic()) > 0:
            try:
                message = self._heard.get(timeout=left)
            except queue.Empty:
                break
            if message is None:
                break
            if isinstance(message, m.Problem):
                last = f"{message.code} {message.during}"
            if isinstance(message, kind) and (accept is None or accept(message)):
                return message
        raise NotHeard(f"no {kind.__name__}; last problem: {last}")

    def to_paper(self, login: str) -> tuple[m.SessionKeyCopy, m.PaperView]:
        """As a student starts the program: sign in, open the seat (or come back to it), open the paper."""
        self.say(m.SignIn(login, PASSWORD))
        self.expect(m.SignedIn)
        self.say(m.ListExams())
        exams = self.expect(m.Exams)
        self.say(m.OpenSeat(exams.items[0].seat, "1", exams.server_time))
        key = self.expect(m.SessionKeyCopy)
        self.say(m.StartCheck())
        self.expect(m.CheckView, lambda view: view.passed)
        self.say(m.StartIdentity())
        self.expect(m.StateChanged, lambda state: state.state == "identifying")
        self.say(m.LeaveIdentityToPerson("benchmark"))
        self.expect(m.StateChanged, lambda state: state.state == "ready")
        self.say(m.OpenPaper())
        return key, self.expect(m.PaperView)

    def restore(self, key: m.SessionKeyCopy) -> m.PaperView:
        """As a window does whose recorder died."""
        self.say(m.RestoreSession(key.session, key.secret))
        return self.expect(m.PaperView)

    def answer(self, question: str, revision: int, value: str) -> None:
        self.say(m.SetAnswer(question, revision, value))
        self.expect(m.AnswerSaved, lambda saved: saved.revision == revision and saved.where == "disk")

    def hand_in(self) -> m.ReceiptView:
        self.say(m.HandIn())
        return self.expect(m.ReceiptView)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(30)

    def vanish(self) -> None:
        """The window is gone, the recorder is not: it seals and delivers, and gives way to the next one."""
        cast(BinaryIO, self.process.stdin).close()
