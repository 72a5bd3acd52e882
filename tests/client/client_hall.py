"""An institution for the client's tests: the real server in a process of its own, on loopback."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import select, update

from server import breaks, schema
from server.admin import exams, institution, institution_keys, people, sessions
from server.admin.console import opened
from server.admin.institution import Passphrases
from server.breaks import BreakRule
from server.clock import SystemClock, iso
from server.settings import DataFolder, Settings
from simulation.held_port import held_port

ROOT = Path(__file__).resolve().parents[2]
PASSPHRASES = Passphrases("a long configuration phrase", "a long review phrase")
PASSWORD = "password-1"
STUDENTS = 80  # each test takes its own


def _no_pictures(_content: bytes) -> dict[str, Any]:
    raise people.PictureRefused("no vision libraries in this test")


def gaps_of(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The ledger's gaps, without those of devices that were slow to start: a busy machine has them in any test."""
    return [line for line in lines if line["type"] == "gap" and line["cause"] != "opening"]


class Institution:
    """Students ``s0`` ... each with a seat in the exam ``main``; further exams can be planned."""

    def __init__(self, folder: Path, students: int = STUDENTS) -> None:
        self.folder, self.port = folder / "data", held_port()
        self._clock, self._taken, self._students = SystemClock(), 0, students
        self._process: subprocess.Popen[bytes] | None = None
        institution.init(
            Settings(folder=DataFolder(self.folder), name="Test university", ingest_port=self.port,
                     address=f"http://127.0.0.1:{self.port}"),
            PASSPHRASES, None, self._clock,
        )  # fmt: skip
        rows = "".join(f"s{i},Білім алушы {i},{1000 + i},kk,{PASSWORD}\n" for i in range(students))
        table = folder / "students.csv"
        table.write_text("login,name,number,language,password\n" + rows, encoding="utf-8")
        with opened(self.folder, self._clock, "tests") as console:
            people.import_students(console, table, _no_pictures)
            exams.import_exam(
                console, ROOT / "server" / "samples" / "physics.xml",
                exams.ExamWanted("main", "Physics", "en", False, False),
            )  # fmt: skip
        self.plan(seconds=7200)

    def plan(
        self,
        seconds: float,
        *,
        opens: float = -60,
        logins: list[str] | None = None,
        exam: str = "main",
        streams: Sequence[str] = ("screen-1", "camera", "sound"),
        simulated_camera: str | None = None,
    ) -> None:
        """Seats that are open from ``opens`` to ``seconds`` from now."""
        now = datetime.now(UTC)
        schedule = exams.Schedule(
            exam=exam, opens=iso(now + timedelta(seconds=opens)), closes=iso(now + timedelta(seconds=seconds)),
            minutes=60, extra={}, streams=list(streams), kept_days=30,
            simulated_camera=simulated_camera, simulated_microphone=False,
        )  # fmt: skip
        with opened(self.folder, self._clock, "tests") as console:
            key = institution_keys.open_configuration_key(console.settings.folder, PASSPHRASES.configuration)
            exams.schedule(console, schedule, logins, key)

    def another_exam(self, name: str, sample: str = "physics") -> None:
        with opened(self.folder, self._clock, "tests") as console:
            file = ROOT / "server" / "samples" / f"{sample}.xml"
            exams.import_exam(console, file, exams.ExamWanted(name, name, "en", False, False))

    def message(self, login: str, kind: str, text: str, minutes: int = 0) -> None:
        with opened(self.folder, self._clock, "tests") as console:
            found = next(s for s in sessions.listed(console) if s["login"] == login)
            sessions.send(console, sessions.Message(None, found["id"], kind, text, minutes))

    def pause(self, login: str, paused: bool) -> None:
        with opened(self.folder, self._clock, "tests") as console:
            found = next(s for s in sessions.listed(console) if s["login"] == login)
            since = console.now() if paused else None
            change = update(schema.sessions).where(schema.sessions.c.id == found["id"]).values(paused_at=since)
            console.database.write(lambda connection: connection.execute(change))

    def allow_break(self, login: str, minutes: int, stops_clock: bool = False) -> None:
        """As an invigilator does on the review site."""
        rule = BreakRule(0, minutes, True, stops_clock)
        with opened(self.folder, self._clock, "tests") as console:
            found = next(s for s in sessions.listed(console) if s["login"] == login)
            allow = partial(breaks.allow, rule=rule, session=found["id"], minutes=minutes, who="t", now=console.now())
            assert console.database.write(allow)

    def break_states(self, login: str) -> list[str]:
        with opened(self.folder, self._clock, "tests") as console:
            found = next(s for s in sessions.listed(console) if s["login"] == login)
            query = select(schema.breaks.c.state).where(schema.breaks.c.session == found["id"])
            return console.database.read(lambda connection: list(connection.execute(query).scalars()))

    def codes(self, login: str, hours: int = 2) -> str:
        """A one-time code for the exam ``main``, valid for ``hours`` from now."""
        with opened(self.folder, self._clock, "tests") as console:
            return exams.make_codes(console, "main", [login], hours)[0]["code"]

    def new_password(self, login: str, password: str) -> None:
        """As an administrator sets it: signs the student out everywhere."""
        with opened(self.folder, self._clock, "tests") as console:
            people.set_password(console, login, password)

    def student(self) -> str:
        """A student nobody used yet."""
        assert self._taken < self._students, "more students are needed"
        self._taken += 1
        return f"s{self._taken - 1}"

    def session_folder(self, session: str) -> Path:
        return self.folder / "sessions" / session

    def assert_good(self, session: str) -> None:
        """What a stranger with the institution's key finds by ``python -m evidence verify``."""
        command = [sys.executable, "-m", "evidence", "verify", str(self.session_folder(session))]
        command += ["--key", self.verifying_key]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0 and done.stdout.startswith("GOOD"), done.stdout

    @property
    def verifying_key(self) -> str:
        return institution_keys.verifying_key(DataFolder(self.folder)).text

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "server", "--data", str(self.folder), "serve", "--ingest-only"]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + 60
        while time.monotonic() < until and self._process.poll() is None:
            try:
                with urllib.request.urlopen(self.address + "/health", timeout=2):
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the server did not start")

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(30)
            self._process = None

    def kill(self) -> None:
        """At once and without a word, as a crash or a power cut would: what serves, and what started it."""
        if self._process is not None:
            for child in psutil.Process(self._process.pid).children(recursive=True):
                child.kill()
            self._process.kill()
            self._process.wait(30)
            self._process = None


class Wire:
    """A TCP proxy one can cut: between client and server, like a cable."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._open: set[socket.socket] = set()
        self._lock, self._cut = threading.Lock(), False
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        with self._lock:
            self._cut = True
            for end in self._open:
                end.close() if end.fileno() < 0 else end.shutdown(socket.SHUT_RDWR)
            self._open.clear()

    def mend(self) -> None:
        with self._lock:
            self._cut = False

    def close(self) -> None:
        self.cut()
        self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            with self._lock:
                cut = self._cut
            if cut:
                near.close()
                continue
            try:
                far = socket.create_connection(("127.0.0.1", self._target), 5)
            except OSError:
                near.close()
                continue
            with self._lock:
                self._open |= {near, far}
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        try:
            while data := one.recv(65536):
                other.sendall(data)
        except OSError:
            data = b""
        for end in (one, other):
            with self._lock:
                self._open.discard(end)
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()
