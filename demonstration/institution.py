"""The demo's institution: made once through the server's own command line, a new sitting for each run."""

from __future__ import annotations

import csv
import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulation.held_port import held_port

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "server" / "samples"
PORTRAITS = ROOT / "simulation" / "portraits"
NAME = "Senim Demo University"
PORTS = (8600, 8601)  # ingest and review, as the server's settings have them
HELP = {
    "kk": "Көмек желісі: емтихан орталығы, ішкі нөмірі 100",
    "ru": "Линия помощи: центр экзаменов, внутренний номер 100",
    "en": "Help line: exam centre, extension 100",
}
STUDENT = "student1"
# Login, role, name.
STAFF = [
    ("admin", "administrator", "Administrator Sample"),
    ("invigilator1", "invigilator", "Invigilator Sample-1"),
    ("invigilator2", "invigilator", "Invigilator Sample-2"),
    ("teacher", "teacher", "Teacher Sample"),
]
# Login, name, language of the account, portrait. The names say "learner": they are nobody's.
STUDENTS = [
    (STUDENT, "Білім алушы Үлгі-1", "kk", "astronaut.jpg"),
    ("student2", "Обучающийся Пример-2", "ru", "second.jpg"),
    ("student3", "Learner Sample-3", "en", ""),
]
MINUTES = 30


class DemoFailed(Exception):
    """The demo cannot go on; the text says why and what to do."""


@dataclass(frozen=True)
class Exam:
    """``languages``: those of its texts, the first the one it is filed under."""

    file: str
    id: str
    title: str
    languages: tuple[str, ...]
    rehearsal: bool


# Titles stand in the exam's own language, as a teacher would write them.
EXAMS = [
    Exam("physics.xml", "physics", "Physics: motion and energy", ("en",), rehearsal=False),
    Exam("statistika.xml", "statistika", "Статистика негіздері · Основы статистики", ("kk", "ru"), rehearsal=False),
    Exam("rehearsal.xml", "rehearsal", "Rehearsal: three minutes to try everything", ("en",), rehearsal=True),
]
# Its answers are files too. For trying by hand, and with --auto where it is asked for.
PRACTICAL = Exam(
    "praktika.xml", "praktika", "Практикалық жұмыс · Практическая работа", ("kk", "ru", "en"), rehearsal=False
)


class Institution:
    """``folder`` holds everything: server data, passphrases, sign-ins, the client's configuration."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "server"
        self._passphrases = folder / "passphrases"
        self.server: subprocess.Popen[bytes] | None = None

    # ---- made once

    def prepare(self) -> None:
        """Makes keys, people and their pictures if they are not there yet; what an older version made is upgraded."""
        if (self.folder / "ready").exists():
            for address in (self.config["server"], self.review_address):
                _hold(int(urllib.parse.urlsplit(address).port or 0))  # ``serve`` says where somebody is there
            self.command("upgrade")
            self.command("recompute-templates", *self._review)  # of a template of an older version nothing matches
            return
        if self.data.exists():
            raise DemoFailed(f"{self.folder} is half made (an earlier run was stopped): remove it and start again")
        self._passphrases.mkdir(parents=True, mode=0o700)
        for name in ("configuration", "review"):
            self._secret(name)
        ingest, review = ports_for_a_new_one()
        words = [word for language, text in HELP.items() for word in (f"--help-{language}", text)]
        ports = ["--ingest-port", str(ingest), "--review-port", str(review)]
        self.command("init", "--name", NAME, *ports, *words, *self._configuration, *self._review)
        self._switch_on_the_match()
        for login, role, name in STAFF:
            password = self._secret(login)
            self.command("users", "add", login, "--name", name, "--role", role, "--password-file", str(password))
        self.command("import-students", str(self._students()))
        self.command("keys", "make", "--count", "12", *self._configuration)
        (self.folder / "ready").touch()

    def _switch_on_the_match(self) -> None:
        """A handful of people is no cohort, so a person would decide about each of them. Who tries the program wants to
        see the other way too; a real institution measures before it writes this."""
        file = self.data / "settings.toml"
        text = file.read_text(encoding="utf-8")
        usual = 'identity_automatic_match = "measured"'
        if usual not in text:
            raise DemoFailed(f"{file} does not name identity_automatic_match")
        file.write_text(text.replace(usual, 'identity_automatic_match = "on"'), encoding="utf-8")

    def _students(self) -> Path:
        file = self.folder / "students.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            table = csv.writer(out)
            table.writerow(["login", "name", "number", "language", "password", "picture"])
            for number, (login, name, language, portrait) in enumerate(STUDENTS, 1):
                picture = str(PORTRAITS / portrait) if portrait else ""
                password = self._secret(login).read_text(encoding="utf-8").strip()
                table.writerow([login, name, f"D-{number:04}", language, password, picture])
        file.chmod(0o600)
        return file

    # ---- for each run

    def serve(self) -> None:
        """Starts ingest and review and waits until both answer."""
        for address in (self.config["server"], self.review_address):
            _check_nobody_there(address)
        command = [sys.executable, "-m", "server", "--data", str(self.data), "serve", *self._review]
        log = (self.folder / "server.log").open("ab")
        self.server = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        for address in (f"{self.config['server']}/health", f"{self.review_address}/health"):
            _wait_for(address, self.server, self.folder / "server.log")

    def stop(self) -> None:
        if self.server is not None:
            self.server.terminate()
            self.server.wait(30)

    def plan(self, camera: str, *, microphone: bool, practical: bool = False) -> list[Exam]:
        """New sittings of all sample exams for all students, open now; the practical one where it is wanted. Stand-ins
        are allowed by the exam's policy only where the demo uses them."""
        run = len(list(self.folder.glob("run-*"))) + 1
        (self.folder / f"run-{run}").touch()
        stand_ins = ["--simulated-camera", camera] if camera else []
        stand_ins += ["--simulated-microphone"] if microphone else []
        planned = []
        for exam in [*EXAMS, PRACTICAL] if practical else EXAMS:
            mark = "" if run == 1 else f" ({run})"
            new = Exam(exam.file, f"{exam.id}-{run}", exam.title + mark, exam.languages, exam.rehearsal)
            planned.append(new)
            kind = ["--rehearsal"] if exam.rehearsal else []
            named = ["--id", new.id, "--title", new.title, "--language", new.languages[0]]
            self.command("import-exam", str(SAMPLES / exam.file), *named, *kind)
            minutes = "3" if exam.rehearsal else str(MINUTES)
            self.command(
                "schedule", "--exam", new.id, "--students", "all", "--opens", "now-1m", "--closes", "now+1d",
                "--minutes", minutes, "--extra", "student2=15", "--kept-days", "90", *stand_ins, *self._configuration,
            )  # fmt: skip
        return planned

    # ---- what is where

    @property
    def config_file(self) -> Path:
        return self.data / "institution.json"

    @property
    def config(self) -> dict[str, Any]:
        config: dict[str, Any] = json.loads(self.config_file.read_text(encoding="utf-8"))
        return config

    @property
    def review_address(self) -> str:
        from server.settings import load

        return load(self.data).review_address

    def password(self, login: str) -> str:
        return (self._passphrases / login).read_text(encoding="utf-8").strip()

    def session(self, seat_exam: str, login: str) -> dict[str, Any]:
        """The session of a student in an exam, as the administrator's list shows it."""
        rows = json.loads(self.command("sessions", "--exam", seat_exam, "--json"))
        for row in rows:
            if row["login"] == login:
                found: dict[str, Any] = row
                return found
        raise DemoFailed(f"the server has no session of {login} in {seat_exam}")

    def command(self, *words: str) -> str:
        """One command of ``python -m server``; what it printed. Raises ``DemoFailed`` with its own words."""
        command = [sys.executable, "-m", "server", "--data", str(self.data), *words]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise DemoFailed(f"python -m server {' '.join(words)}\n{done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    @property
    def _configuration(self) -> list[str]:
        return ["--configuration-passphrase-file", str(self._passphrases / "configuration")]

    @property
    def _review(self) -> list[str]:
        return ["--review-passphrase-file", str(self._passphrases / "review")]

    def _secret(self, name: str) -> Path:
        file = self._passphrases / name
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
            out.write(secrets.token_hex(6) + "\n")
        return file


def ports_for_a_new_one() -> list[int]:
    """The server's usual ports where nobody has them, else free ones: held until this demo ends, so that another one
    that starts in the same second takes others."""
    return [_hold(port) or held_port() for port in PORTS]


def _hold(port: int) -> int:
    """``port``, or 0 where somebody has it."""
    try:
        return held_port(port)
    except OSError:
        return 0


def free_port(wanted: int) -> int:
    """``wanted`` if nobody uses it on this machine, else another."""
    for port in (wanted, 0):
        try:
            with socket.create_server(("127.0.0.1", port)) as one:
                return int(one.getsockname()[1])
        except OSError:
            continue
    raise DemoFailed("No port is free on this machine")


def _check_nobody_there(address: str) -> None:
    """Another program there would answer in the server's place."""
    host, port = urllib.parse.urlsplit(address).netloc.split(":")
    try:
        socket.create_server((host, int(port))).close()
    except OSError as error:
        raise DemoFailed(
            f"Another program uses {address}. Is a demo running already? Stop it, or use another folder: ./demo --data"
        ) from error


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path, seconds: float = 90) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise DemoFailed(f"{address} does not answer; the server's last words are in {log}")
