"""What the computer does during a sitting stands in the ledger, and moves nothing in it."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from client_hall import Institution, gaps_of
from fake_capture import FakeCapture
from fake_window import Window

from client import clock as clocks
from client.clock import Clock
from client.errors import CameraLost
from client.system.absences import Absences
from client.system.keep_awake import KeepAwake
from client.system.session import Session, Waitable
from client.system.watch import SystemWatch, Tell
from evidence.signing import VerifyingKey, payload_of
from evidence.verify import verify

Open = Callable[..., Window]


class Computer:
    """Its clocks and its session are the test's to turn."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.session = Session()
        self.held = threading.Event()
        self._slept_ns = self._set_ms = 0
        raw, wall = clocks.raw_ns, clocks.unix_now_ms
        monkeypatch.setattr(clocks, "raw_ns", lambda: raw() + self._slept_ns)
        monkeypatch.setattr(clocks, "unix_now_ms", lambda: wall() + self._set_ms + self._slept_ns // 1_000_000)

    def sleep(self, seconds: int) -> None:
        self._slept_ns += seconds * 1_000_000_000

    def set_wall(self, hours: int) -> None:
        self._set_ms += hours * 3_600_000

    # as a grip
    name = "test"

    def hold(self) -> None:
        self.held.set()

    def release(self) -> None:
        self.held.clear()

    # as a probe
    def look(self) -> Session:
        return self.session

    def sources(self) -> Sequence[Waitable]:
        return ()

    def close(self) -> None:
        """Nothing is open."""

    def watch(self, clock: Clock, absences: Absences, tell: Tell) -> SystemWatch:
        return SystemWatch(clock, absences, tell, awake=lambda: KeepAwake([lambda: self]), probe=lambda: self)


@pytest.fixture
def computer(monkeypatch: pytest.MonkeyPatch) -> Computer:
    return Computer(monkeypatch)


@pytest.fixture
def sitting(computer: Computer, open_window: Open, institution: Institution) -> Window:
    """The computer comes first: its clocks must not go back before the window is closed."""
    window = open_window(watch=computer.watch)
    window.to_paper(institution.student())
    return window


def wait_for_event(window: Window, name: str) -> None:
    """Until the ledger on the student's disk has it."""
    until = threading.Event()
    for _ in range(1000):
        if any(f'"name":"{name}"' in line for line in local_lines(window)):
            return
        until.wait(0.01)
    raise AssertionError(f"no {name}")


def local_lines(window: Window) -> list[str]:
    (ledger,) = (window.data / "spool").glob("*/ledger.txt")
    return ledger.read_text().splitlines()


def handed_in(window: Window, institution: Institution) -> tuple[list[dict[str, Any]], Any]:
    receipt = window.hand_in()
    window.state("delivered")
    folder = institution.session_folder(window.expect_session())
    report = verify(folder, VerifyingKey.from_text(institution.verifying_key))
    assert report.ok, report.problems
    return [payload_of(line) for line in (folder / "ledger.txt").read_text().splitlines()], receipt


def events(lines: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {line["name"]: line["data"] for line in lines if line["type"] == "event"}


def test_kept_awake_while_recording_and_no_longer(
    computer: Computer, open_window: Open, institution: Institution
) -> None:
    window = open_window(watch=computer.watch)
    window.sign_in(institution.student())
    window.open()
    window.check()
    assert not computer.held.is_set()
    window.identify()
    wait_for_event(window, "kept-awake")
    assert computer.held.is_set()
    window.paper()
    lines, _ = handed_in(window, institution)
    assert events(lines)["kept-awake"] == {"by": ["test"]}
    assert not computer.held.is_set()


def test_a_twelve_hour_step_of_the_wall_clock_moves_no_stamp(
    sitting: Window, institution: Institution, computer: Computer
) -> None:
    computer.set_wall(12)
    wait_for_event(sitting, "clock-changed")
    computer.set_wall(-24)
    lines, receipt = handed_in(sitting, institution)
    steps = [line["data"]["ms"] for line in lines if line.get("name") == "clock-changed"]
    assert steps[0] == pytest.approx(12 * 3_600_000, abs=1000)
    at = [line["at"] for line in lines]
    assert at == sorted(at) and at[-1] < 600_000
    for stream in ("screen-1", "camera", "sound"):
        mine = [line for line in lines if line["type"] == "segment" and line["stream"] == stream]
        assert all(a["end"] == b["start"] for a, b in itertools.pairwise(mine))
    assert all(ratio > 0.99 for ratio in receipt.coverage.values()), receipt.coverage


def test_a_sleep_is_told_and_explains_the_gaps(
    sitting: Window, institution: Institution, computer: Computer, captures: list[FakeCapture]
) -> None:
    before = captures[0].clock.now_ms()
    computer.sleep(600)
    wait_for_event(sitting, "resumed")
    after = captures[0].clock.now_ms()
    captures[0].sink.gap("camera", before, after, CameraLost.code)
    lines, _ = handed_in(sitting, institution)
    assert events(lines)["resumed"]["ms"] == pytest.approx(600_000, abs=100)
    names = [line["name"] for line in lines if line["type"] == "event"]
    assert names.index("suspended") == names.index("resumed") - 1
    assert "clock-changed" not in names  # a sleeping computer's wall clock runs on
    ((gap, cause),) = [(line["to"] - line["from"], line["cause"]) for line in gaps_of(lines)]
    assert cause == "suspended" and gap >= 600_000


def test_a_locked_screen_is_told_and_explains_its_gap(
    sitting: Window, institution: Institution, computer: Computer, captures: list[FakeCapture]
) -> None:
    computer.session = Session(locked=True)
    wait_for_event(sitting, "screen-locked")
    start = captures[0].clock.now_ms()
    computer.session = Session(locked=False)
    wait_for_event(sitting, "screen-unlocked")
    end = captures[0].clock.now_ms()
    captures[0].sink.gap("screen-1", start, end, "screen_not_shown")
    captures[0].sink.gap("sound", start, end, "microphone_lost")
    lines, _ = handed_in(sitting, institution)
    assert [line["cause"] for line in gaps_of(lines)] == ["screen-locked", "microphone-lost"]
    assert events(lines)["screen-unlocked"]["ms"] > 0
