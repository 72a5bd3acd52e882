"""The whole program as it is started: its processes are killed without a word, and nothing is lost.

Window, web page and recorder are the real processes, the camera is on loopback, the screen an X server, the server a
process of its own. Only the student is made (``window_of_tests.py``).
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from client_hall import PASSWORD, ROOT, Institution, gaps_of

# The devices are those of the capture's tests.
sys.path.insert(0, str(ROOT / "tests"))

from capture.conftest import Display
from capture.mjpeg import MjpegCamera

from evidence.signing import payload_of

ANSWER = "typed before the window died"
STREAMS = ["screen-1", "camera"]
PROMISED = timedelta(seconds=2)  # to seal and to let go of the devices


class WatchedCamera(MjpegCamera):
    """Counts who is looking."""

    def __init__(self) -> None:
        self.viewers = 0
        super().__init__()

    def _serve(self, out: object) -> None:
        self.viewers += 1
        try:
            super()._serve(out)
        finally:
            self.viewers -= 1


class Program:
    """One start of the program; ``saw`` waits for what the student sees."""

    def __init__(self, plan: dict[str, Any], arguments: list[str], environ: dict[str, str]) -> None:
        command = [sys.executable, str(Path(__file__).with_name("window_of_tests.py")), json.dumps(plan), *arguments]
        self._process = subprocess.Popen(
            command, cwd=ROOT, env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._seen: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
        self.all: list[dict[str, Any]] = []
        self._said: list[str] = []
        for read in (self._read, self._hear):
            threading.Thread(target=read, daemon=True).start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._seen.put(json.loads(line))

    def _hear(self) -> None:
        assert self._process.stderr is not None
        self._said += self._process.stderr

    def saw(self, what: str, seconds: float = 90) -> dict[str, Any]:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            try:
                self.all.append(self._seen.get(timeout=left))
            except queue.Empty:
                break
            if self.all[-1]["saw"] == what:
                return self.all[-1]
        raise AssertionError(f"{what!r} was not seen; {self.all}; {''.join(self._said)[-2000:]}")

    def recorders(self) -> list[int]:
        """The process ids of the window's children that record."""
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
        return [int(pid) for pid in children if b"--recorder" in command_line(pid)]

    def recorder(self) -> int:
        (found,) = self.recorders()
        return found

    def kill(self) -> None:
        """As the system does it, or a person in a hurry: no signal handler, no farewell."""
        os.kill(self._process.pid, signal.SIGKILL)
        assert self._process.wait(10) == -signal.SIGKILL

    def ended(self, seconds: float = 60) -> int:
        return self._process.wait(seconds)

    def end(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait(10)


def command_line(pid: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""  # it ended just now


@pytest.fixture
def display() -> Iterator[Display]:
    shown = Display()
    shown.draw(0, 0, 1280, 720, 0x5060A0)
    shown.draw(100, 100, 400, 300, 0xF0F0E0)
    yield shown
    shown.close()


@pytest.fixture
def camera() -> Iterator[WatchedCamera]:
    served = WatchedCamera()
    yield served
    served.close()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The person's, outside the program's own folder: whatever happens to the program, nothing is left in it."""
    made = tmp_path_factory.mktemp("home")
    (made / "Documents").mkdir()
    yield made
    assert list(made.rglob("*")) == [made / "Documents"]


@pytest.fixture
def start(
    institution: Institution, display: Display, camera: WatchedCamera, data: Path, home: Path
) -> Iterator[Callable[..., Program]]:
    """``start(answer="...")``: the same student at the same computer each time, in a session without a folder."""
    login = institution.student()
    institution.another_exam(f"real-{login}")
    institution.plan(3600, logins=[login], exam=f"real-{login}", streams=STREAMS, simulated_camera=camera.url)
    config = {"name": "T", "server": institution.address, "verifying_key": institution.verifying_key}
    (data / "institution.json").write_text(json.dumps(config))
    arguments = ["--config", str(data / "institution.json"), "--data", str(data), "--allow-root", "--language", "en"]
    environ = {k: v for k, v in os.environ.items() if k != "WAYLAND_DISPLAY" and not k.startswith("XDG_")}
    environ |= {"DISPLAY": display.name, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), "HOME": str(home)}
    made: list[Program] = []

    def make(answer: str = "", stick: str = "") -> Program:
        plan = {"login": login, "password": PASSWORD, "exam": f"real-{login}", "answer": answer, "stick": stick}
        made.append(Program({**plan, "hand_in": str(data / "hand-in")}, arguments, environ))
        return made[-1]

    yield make
    for program in made:
        program.end()


def wait(true: Callable[[], bool], what: str, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, what
        time.sleep(0.02)


def lines_of(session: Path) -> list[dict[str, Any]]:
    return [payload_of(line) for line in (session / "ledger.txt").read_text().splitlines()]


def delivered(institution: Institution, data: Path) -> Path:
    """The one session of this computer, at the institution: every line and every listed segment has arrived."""
    (kept,) = (data / "spool").glob("*/ledger.txt")
    session = institution.session_folder(kept.parent.name)
    assert (session / "ledger.txt").read_bytes() == kept.read_bytes()
    listed = [p for p in lines_of(session) if p["type"] == "segment"]
    files = [session / "segments" / p["stream"] / f"{p['index']:06d}.age" for p in listed]
    assert [file for file in files if not file.exists()] == []
    return session


def goes_on(start: Callable[..., Program], institution: Institution, data: Path) -> list[dict[str, Any]]:
    """The next start finds the answer and hands in; the ledger's lines, good for a stranger."""
    (data / "hand-in").touch()
    again = start()
    assert again.saw("paper")["held"] == ANSWER
    assert again.saw("code")["code"]
    assert again.ended() == 0
    session = delivered(institution, data)
    institution.assert_good(session.name)
    return lines_of(session)


def test_the_window_is_killed_in_the_exam(
    start: Callable[..., Program], institution: Institution, camera: WatchedCamera, data: Path
) -> None:
    program = start(answer=ANSWER)
    program.saw("delivered")
    recorder = program.recorder()
    assert camera.viewers == 1
    killed = datetime.now(UTC)
    program.kill()

    wait(lambda: camera.viewers == 0, "the camera was not given back")
    released = datetime.now(UTC)
    wait(lambda: not Path(f"/proc/{recorder}").exists(), "the recorder did not end by itself")
    lines = lines_of(delivered(institution, data))
    assert [p["name"] for p in lines if p["type"] == "event"][-1] == "window-lost"
    segments = [p for p in lines if p["type"] == "segment"]
    sealed = max(datetime.fromisoformat(p["wall"]) for p in segments)
    assert max(released, sealed) - killed < PROMISED
    lost = next(p["at"] for p in lines if p["type"] == "event" and p["name"] == "window-lost")
    for stream in STREAMS:  # nobody is recorded unseen
        assert 0 < max(p["end"] for p in segments if p["stream"] == stream) <= lost

    lines = goes_on(start, institution, data)
    assert [p["type"] for p in lines].count("begin") == 1 and [p["type"] for p in lines].count("resume") == 1
    assert {p["cause"] for p in gaps_of(lines)} == {"resumed"}
    assert lines[-1]["type"] == "end"


def test_window_and_recorder_are_killed_in_the_exam(
    start: Callable[..., Program], institution: Institution, camera: WatchedCamera, data: Path
) -> None:
    program = start(answer=ANSWER)
    program.saw("delivered")
    recorder = program.recorder()
    os.kill(recorder, signal.SIGKILL)
    program.kill()
    wait(lambda: camera.viewers == 0, "the system takes the camera from a dead process")
    lines = goes_on(start, institution, data)
    assert [p["type"] for p in lines].count("resume") == 1
    assert {p["cause"] for p in gaps_of(lines)} == {"resumed"}


def test_both_are_killed_and_there_is_no_network(
    start: Callable[..., Program], institution: Institution, data: Path
) -> None:
    """The student goes on without signing in, at the same answer, hands in, saves a file; later the rest arrives."""
    program = start(answer=ANSWER)
    program.saw("delivered")
    os.kill(program.recorder(), signal.SIGKILL)
    program.kill()
    institution.stop()
    try:
        again = start(stick=str(data / "exam.senim"))
        assert again.saw("earlier")["can_go_on"] is True
        assert again.saw("paper")["held"] == ANSWER
        (data / "hand-in").touch()
        assert " code " in again.saw("sealed")["code"]
        assert "Saved as exam.senim" in again.saw("saved")["words"]
    finally:
        institution.start()
    assert again.saw("code")["code"]
    assert again.ended() == 0
    session = delivered(institution, data)
    institution.assert_good(session.name)
    lines = lines_of(session)
    assert [p["grant"] for p in lines if p["type"] == "resume"] == [None]
    assert {p["cause"] for p in gaps_of(lines)} == {"resumed"}


def test_the_recorder_is_killed_under_the_window(
    start: Callable[..., Program], institution: Institution, data: Path
) -> None:
    """The window starts another one; the student sits on and hands in, with the same key."""
    program = start(answer=ANSWER)
    program.saw("delivered")
    first = program.recorder()
    os.kill(first, signal.SIGKILL)
    wait(lambda: program.recorders() not in ([], [first]), "no new recorder")
    (data / "hand-in").touch()
    assert program.saw("code")["code"]
    assert program.ended() == 0
    session = delivered(institution, data)
    institution.assert_good(session.name)
    lines = lines_of(session)
    assert [p["type"] for p in lines].count("resume") == 0
    assert {p["cause"] for p in gaps_of(lines)} == {"recorder-restarted"}
