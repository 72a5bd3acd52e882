"""The product's side: one recorder process, driven over its pipe as the window drives it."""

from __future__ import annotations

import contextlib
import json
import queue
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from benchmarks.recording import processes
from benchmarks.recording.institution import PASSWORD, Institution
from benchmarks.recording.wire import Wire
from client import messages as m
from client.ui.recorder_pipe import RecorderPipe

Kind = TypeVar("Kind")
STEP_S = 120.0


class SittingFailed(Exception):
    """The recorder did not do what the window waits for; the text holds what it said."""


@dataclass(frozen=True)
class Notes:
    """What the recorder process wrote down: see ``recorder_process``."""

    threads: dict[int, str]
    camera_ns: list[int]
    looks_ns: list[int]


class Product:
    """One sitting. ``judges``: whether faces are looked at; ``core``: pinned there if given."""

    def __init__(self, folder: Path, institution: Institution, judges: bool, core: int | None = None) -> None:
        folder.mkdir(parents=True)
        self._folder, self._institution = folder, institution
        self._heard: queue.SimpleQueue[m.Message | None] = queue.SimpleQueue()
        self.problems: list[str] = []
        self._check: list[str] = []
        self.wire = Wire()
        self.sent_before = 0
        """Bytes that left before the recording began: sign-in, and the check's trial of the line, once a sitting."""
        config = institution.configuration(folder, self.wire)
        own = ["--judges", "on" if judges else "off", "--notes", str(folder / "notes.json")]
        own += ["--core", str(core)] if core is not None else []
        command = [sys.executable, "-m", "benchmarks.recording.recorder_process", *own, "--"]
        command += ["--config", str(config), "--data", str(folder / "client")]
        self._login = institution.student()
        self.session = self.seat = ""
        self._receipt: m.ReceiptView | None = None
        self._pipe = RecorderPipe(command, lambda _pipe, message: self._hear(message), lambda _pipe: self._hear(None))

    @property
    def pid(self) -> int:
        return self._pipe.pid

    def to_paper(self) -> None:
        """Sign-in, system check, identity left to a person, paper: from here on the exam's time runs."""
        self._expect(m.Ready)
        self._pipe.send(m.SignIn(self._login, PASSWORD))
        self._expect(m.SignedIn)
        self._pipe.send(m.ListExams())
        exams = self._expect(m.Exams)
        self.seat = exams.items[0].seat
        self._pipe.send(m.OpenSeat(self.seat, "1", exams.server_time))
        self.session = self._expect(m.SessionKeyCopy).session
        self._pipe.send(m.StartCheck())
        self._expect(m.CheckView, lambda view: view.passed)
        self.sent_before = self.wire.sent
        self._pipe.send(m.StartIdentity())
        self._state("identifying")
        self._pipe.send(m.LeaveIdentityToPerson("benchmark"))
        self._state("ready")
        self._pipe.send(m.OpenPaper())
        self._expect(m.PaperView)

    def hand_in(self) -> m.ReceiptView:
        self._pipe.send(m.HandIn())
        self._receipt = self._expect(m.ReceiptView, seconds=300)
        return self._receipt

    def close(self) -> None:
        self._pipe.close(20)
        self.wire.close()
        with contextlib.suppress(ProcessLookupError):
            self._pipe.abandon()

    def usage(self) -> processes.Usage:
        return processes.usage(self.pid)

    def rss_mb(self) -> float:
        return processes.rss_mb(self.pid)

    def notes(self) -> Notes:
        body = json.loads((self._folder / "notes.json").read_text(encoding="ascii"))
        return Notes({int(k): str(v) for k, v in body["threads"].items()}, body["camera_ns"], body["looks_ns"])

    def origin_ns(self) -> int:
        """The raw clock at session time 0."""
        note = json.loads((self._folder / "client" / "spool" / self.session / "session.json").read_text("utf-8"))
        return int(note["origin"]["raw_ns"])

    def _hear(self, message: m.Message | None) -> None:
        self._heard.put(message)

    def _state(self, state: str) -> None:
        self._expect(m.StateChanged, lambda told: told.state == state)

    def _expect(self, kind: type[Kind], accept: Callable[[Kind], bool] | None = None, seconds: float = STEP_S) -> Kind:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            try:
                message = self._heard.get(timeout=left)
            except queue.Empty:
                break
            if isinstance(message, m.Problem):
                self.problems.append(message.code)
                if message.during:
                    raise SittingFailed(f"{message.during}: {message.code}")
            if isinstance(message, m.CheckView):
                self._check = [f"{item.id}: {item.code}" for item in message.items if item.state != "ok"]
            if isinstance(message, kind) and (accept is None or accept(message)):
                return message
        raise SittingFailed(f"no {kind.__name__} within {seconds:.0f} s; problems {self.problems} {self._check}")
