"""The server of the benchmark: the real one on loopback, and the review key to open what it holds."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.recording.wire import Wire
from evidence.age import Identity, decrypt, parse_identity
from evidence.keys import open_seat_identity
from evidence.signing import VerifyingKey
from server.admin import exams, institution, institution_keys, people
from server.admin.console import opened
from server.admin.enrolment import Enrolled, PictureRefused
from server.admin.institution import Passphrases
from server.clock import SystemClock, iso
from server.settings import DataFolder, Settings
from simulation.held_port import held_port

ROOT = Path(__file__).resolve().parents[2]
PASSPHRASES = Passphrases("a configuration passphrase for a benchmark", "a review passphrase for a benchmark")
PASSWORD = "benchmark-1"
EXAM = "recording"
STUDENTS = 8
STREAMS = ("screen-1", "camera", "sound")


class ServerSilent(Exception):
    """The server did not start; its log says why."""


def _no_pictures(_content: bytes) -> Enrolled:
    raise PictureRefused("no reference pictures here")


class Institution:
    """Students ``s0`` ... each with one seat. Each session goes through a ``Wire`` of its own configuration.

    ``environ``: of the serving processes, when it is not this one's. Without ``password`` students have codes alone.
    """

    def __init__(
        self,
        folder: Path,
        camera: str,
        minutes: int,
        streams: Sequence[str] = STREAMS,
        *,
        students: int = STUDENTS,
        password: str = PASSWORD,
    ) -> None:
        self._folder, self._clock = DataFolder(folder / "server"), SystemClock()
        self.log = folder / "server.log"
        self._port = held_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._taken = 0
        self.environ: dict[str, str] | None = None
        settings = Settings(folder=self._folder, name="Benchmark", ingest_port=self._port,
                            address=f"http://127.0.0.1:{self._port}")  # fmt: skip
        institution.init(settings, PASSPHRASES, None, self._clock)
        table = folder / "students.csv"
        rows = "".join(f"s{k},Student {k},{1000 + k},kk,{password}\n" for k in range(students))
        table.write_text("login,name,number,language,password\n" + rows, encoding="utf-8")
        paper = ROOT / "server" / "samples" / "physics.xml"
        with opened(self._folder.root, self._clock, "benchmark") as console:
            people.import_students(console, table, _no_pictures)
            exams.import_exam(console, paper, exams.ExamWanted(EXAM, "Recording", "en", False, False))
            now = datetime.now(UTC)
            plan = exams.Schedule(
                exam=EXAM, opens=iso(now - timedelta(minutes=1)), closes=iso(now + timedelta(minutes=minutes + 60)),
                minutes=minutes, extra={}, streams=list(streams), kept_days=1,
                simulated_camera=camera, simulated_microphone=True,
            )  # fmt: skip
            key = institution_keys.open_configuration_key(self._folder, PASSPHRASES.configuration)
            exams.schedule(console, plan, None, key)
        sealed = self._folder.review_identity.read_bytes()
        text = decrypt(sealed, passphrases=[PASSPHRASES.review]).decode().strip()
        self._review = parse_identity(text)

    def start(self, seconds: float = 60) -> None:
        """Raises ``ServerSilent``."""
        command = [sys.executable, "-m", "server", "--data", str(self._folder.root), "serve", "--ingest-only"]
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self.environ
            )
        until = time.monotonic() + seconds
        while time.monotonic() < until and self._process.poll() is None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self._port}/health", timeout=2).close()
                return
            except OSError:
                time.sleep(0.05)
        raise ServerSilent(self.log.read_text(encoding="utf-8", errors="replace")[-2000:])

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(30)
            self._process = None

    def student(self) -> str:
        """One that nobody used yet."""
        self._taken += 1
        return f"s{self._taken - 1}"

    def configuration(self, place: Path, wire: Wire) -> Path:
        """An ``institution.json`` that leads through the wire."""
        wire.target = self._port
        text = self._folder.client_configuration.read_text(encoding="utf-8")
        file = place / "institution.json"
        file.write_text(text.replace(f":{self._port}", f":{wire.port}"), encoding="utf-8")
        return file

    def session_folder(self, session: str) -> Path:
        return self._folder.sessions / session

    @property
    def verifying_key(self) -> VerifyingKey:
        return institution_keys.verifying_key(self._folder)

    def seat_identity(self, seat: str) -> Identity:
        return open_seat_identity(self._folder.seat_identity(seat).read_bytes(), [self._review])
