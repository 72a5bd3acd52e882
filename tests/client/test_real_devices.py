"""Trouble with real parts: a camera on loopback, an X server, the real capture, engine and server, a cut cable."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from client_hall import ROOT, Institution, Wire, gaps_of
from fake_window import Window
from sitting_proof import lines_of, text_question

# The devices are those of the capture's tests.
sys.path.insert(0, str(ROOT / "tests"))

from capture.conftest import Display
from capture.mjpeg import MjpegCamera

from client import clock as clocks
from client import messages as m
from client.capture.capture import Capture

Open = Callable[..., Window]
STREAMS = ["screen-1", "camera"]


@pytest.fixture
def display(monkeypatch: pytest.MonkeyPatch) -> Iterator[Display]:
    shown = Display()
    monkeypatch.setenv("DISPLAY", shown.name)
    for name in ("WAYLAND_DISPLAY", "XDG_SESSION_TYPE"):
        monkeypatch.delenv(name, raising=False)
    yield shown
    shown.close()


def paint(shown: Display) -> None:
    shown.draw(0, 0, 1280, 720, 0x5060A0)
    shown.draw(100, 100, 400, 300, 0xF0F0E0)


@pytest.fixture
def camera() -> Iterator[MjpegCamera]:
    served = MjpegCamera()
    yield served
    served.close()


@pytest.fixture
def to_check(open_window: Open, institution: Institution, display: Display, camera: MjpegCamera) -> Open:
    """``to_check(server)``: a window whose system check looks at real devices."""

    def begin(server: str = "") -> Window:
        login = institution.student()
        institution.another_exam(f"real-{login}")
        institution.plan(3600, logins=[login], exam=f"real-{login}", streams=STREAMS, simulated_camera=camera.url)
        window = open_window(server=server, capture=Capture, cameras=list, microphones=list)
        window.sign_in(login)
        window.open(f"real-{login}")
        window.say(m.StartCheck())
        return window

    return begin


@pytest.fixture
def sit(to_check: Open, display: Display) -> Callable[..., Any]:
    """``sit(server)``: a window in the exam with real devices, and a question to answer by text."""

    def begin(server: str = "") -> tuple[Window, str]:
        paint(display)
        window = to_check(server)
        window.expect(m.CheckView, lambda view: view.passed, 30)
        window.identify()
        window.say(m.OpenPaper())
        paper = window.expect(m.PaperView, seconds=40)
        return window, text_question(paper)

    return begin


def test_a_black_screen_and_a_covered_camera_hold_the_check(
    to_check: Open, display: Display, camera: MjpegCamera
) -> None:
    camera.mode = "black"
    window = to_check()

    def codes(view: m.CheckView) -> dict[str, str]:
        return {item.id: item.code for item in view.items}

    seen = window.expect(
        m.CheckView,
        lambda v: (codes(v).get("screen-1"), codes(v).get("camera")) == ("screen_black", "camera_black"),
        30,
    )
    assert not seen.passed
    window.say(m.StartIdentity())
    paint(display)
    camera.mode = "live"
    window.expect(m.CheckView, lambda view: view.passed, 30)
    assert not [x for x in window.all if isinstance(x, m.StateChanged) and x.state == "identifying"]
    window.identify()


def test_the_camera_is_lost_in_the_middle_and_comes_back(
    sit: Callable[..., Any], institution: Institution, camera: MjpegCamera
) -> None:
    window, question = sit()
    time.sleep(2)
    camera.mode = "drop"
    window.problem("camera_lost")
    window.answer(question, "while the camera was gone", where="server")
    time.sleep(1.5)
    camera.mode = "live"
    window.problem("camera_back")
    window.answer(question, "and after", revision=2)
    time.sleep(2)
    receipt = window.hand_in(60)
    assert receipt.answers == 1
    lines = lines_of(institution, window)
    (gap,) = gaps_of(lines)
    assert (gap["stream"], gap["cause"]) == ("camera", "camera-lost")
    names = [p["name"] for p in lines if p["type"] == "event"]
    assert names.index("paper-opened") < names.index("source-lost") < names.index("source-back")
    assert 0.2 < receipt.coverage["camera"] < 0.95
    assert receipt.coverage["screen-1"] > 0.98
    (told,) = receipt.gaps
    assert (told["stream"], told["cause"]) == ("camera", "camera-lost")
    assert told["seconds"] == pytest.approx((gap["to"] - gap["from"]) / 1000, abs=0.1)
    institution.assert_good(window.expect_session())


def test_the_network_is_gone_for_half_of_the_exam(
    sit: Callable[..., Any], institution: Institution, wire: Wire
) -> None:
    window, question = sit(wire.address)
    began = time.monotonic()
    window.answer(question, "before", where="server")
    time.sleep(2)
    wire.cut()
    cut = time.monotonic()
    window.problem("network_lost")
    window.answer(question, "while it was gone", revision=2)
    time.sleep(max(0.0, 8 - (time.monotonic() - cut)))
    wire.mend()
    gone = time.monotonic() - cut
    window.expect(m.AnswerSaved, lambda saved: (saved.revision, saved.where) == (2, "server"), 60)
    receipt = window.hand_in(60)
    lines = lines_of(institution, window)
    assert gone > 0.4 * (time.monotonic() - began)
    assert receipt.coverage.keys() == set(STREAMS)
    assert all(ratio > 0.98 for ratio in receipt.coverage.values()), receipt
    assert receipt.answers == 1 and receipt.gaps == []
    assert gaps_of(lines) == []
    names = [p["name"] for p in lines if p["type"] == "event"]
    assert names.index("network-lost") < names.index("network-back")
    institution.assert_good(window.expect_session())


def test_two_minutes_asleep_are_a_gap_and_recording_goes_on_by_itself(
    monkeypatch: pytest.MonkeyPatch, sit: Callable[..., Any], institution: Institution
) -> None:
    """``monkeypatch`` comes first: the clock must not go back before the window is closed."""
    window, question = sit()
    time.sleep(2)
    awake = clocks.raw_ns
    monkeypatch.setattr(clocks, "raw_ns", lambda: awake() + 120_000_000_000)
    window.answer(question, "after the sleep", where="server")
    time.sleep(6)
    receipt = window.hand_in(60)
    lines = lines_of(institution, window)
    for stream in STREAMS:
        gaps = [(p["to"] - p["from"], p["cause"]) for p in gaps_of(lines) if p["stream"] == stream]
        assert [cause for length, cause in gaps if length > 3000] == ["suspended"], gaps
        assert max(gaps)[0] == pytest.approx(121_000, abs=3000)
        assert next(gap["cause"] for gap in receipt.gaps if gap["stream"] == stream) == "suspended"
        last = [p for p in lines if p["type"] == "segment" and p["stream"] == stream][-1]
        (end,) = [p["until"] for p in lines if p["type"] == "end"]
        assert end - last["end"] < 500  # it went on to the end
    institution.assert_good(window.expect_session())
