"""Screens through Qt: the contract on real frames from X11, everything else on frames of our own making.

Wayland's portal, Windows and macOS were not run: what Qt does there before a frame arrives is not tested here.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QImage
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat

from client.capture.choose import QtScreens
from client.capture.qt_desktop import described, names
from client.capture.qt_frames import Arrived, QtFrames, pixels
from client.capture.qt_screen import QtScreen
from client.capture.screen_lane import ScreenLane
from client.capture.screen_permission import permitted
from client.capture.settings import CaptureSettings
from client.capture.source import Next
from client.clock import Clock, SessionClock
from client.errors import ScreenMissing, ScreenNotShown
from simulation.manual_clock import ManualClock

from .conftest import Display
from .fakes import Kept, decode, wait_for

ROOT = Path(__file__).parents[2]
BLUE, GREEN, RED = 0x30, 0x60, 0xC0
Format = QVideoFrameFormat.PixelFormat


def test_the_contract_on_real_frames(display: Display, tmp_path: Path) -> None:
    display.draw(0, 0, 1280, 720, 0x90A0B0)
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    child = subprocess.run(
        [sys.executable, "-m", "capture.qt_contract"],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": path, "XDG_RUNTIME_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    held = child.stdout.split()
    assert held == ["the_same_contract", "screens_by_name", "no_such_screen", "let_go_at_once"], child.stderr
    assert child.returncode == 0


def test_without_qt_there_is_no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("client.capture.qt_desktop.QGuiApplication.instance", lambda: None)
    with pytest.raises(ScreenMissing):
        QtScreens().screens()
    source = QtScreen("screen-1", SessionClock())
    with pytest.raises(ScreenMissing):
        source.start()
    source.stop()


# ---- frames of our own making ------------------------------------------------------------------


def image(width: int, height: int, kind: QImage.Format = QImage.Format.Format_RGB32) -> QImage:
    made = QImage(width, height, kind)
    made.fill(QColor(RED, GREEN, BLUE))
    return made


def frame(width: int, height: int, corner: int | None = None) -> QVideoFrame:
    made = image(width, height)
    if corner is not None:
        made.setPixel(2, 2, 0xFF000000 | corner)
    return QVideoFrame(made)


@pytest.mark.parametrize(
    "kind", [QImage.Format.Format_RGB32, QImage.Format.Format_ARGB32, QImage.Format.Format_RGBA8888]
)
@pytest.mark.parametrize("size", [(100, 50), (101, 51)])
def test_pixels_of_all_orders(kind: QImage.Format, size: tuple[int, int]) -> None:
    with pixels(QVideoFrame(image(*size, kind))) as seen:
        assert seen is not None and seen.shape == (size[1], size[0], 4)
        assert np.array_equal(seen[..., :3], np.full((size[1], size[0], 3), (BLUE, GREEN, RED)))


def test_pixels_with_longer_lines_and_other_kinds() -> None:
    """NV12 is what hardware likes to give; its lines are longer than the picture is wide."""
    made = QVideoFrame(QVideoFrameFormat(QSize(100, 50), Format.Format_NV12))
    assert made.map(QVideoFrame.MapMode.WriteOnly)
    for plane, value in ((0, 180), (1, 128)):
        np.frombuffer(made.bits(plane), np.uint8)[:] = value
    made.unmap()
    with pixels(made) as seen:
        assert seen is not None and seen.shape == (50, 100, 4)
        assert np.ptp(seen[..., :3]) <= 3 and 170 <= int(seen[10, 10, 0]) <= 200
    with pixels(QVideoFrame()) as seen:
        assert seen is None


class FakeFrames:
    """Frames as they are put in; ``problem``: what Qt would report."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.waiting: list[Arrived] = []
        self.problem: Exception | None = None
        self.finished = 0

    def make(self, name: str, number: int, clock: Clock) -> FakeFrames:
        return self

    def arrive(self, new: QVideoFrame, scale: float = 1.0) -> None:
        self.waiting.append(Arrived(self._clock.now_ns(), new, scale))

    def take(self, wait_s: float) -> Arrived | None:
        if self.problem is not None:
            raise self.problem
        return self.waiting.pop(0) if self.waiting else None

    def finish(self) -> None:
        self.finished += 1


@dataclass
class Rig:
    source: QtScreen
    frames: FakeFrames
    clock: ManualClock


@pytest.fixture
def rig() -> Iterator[Rig]:
    clock = ManualClock()
    frames = FakeFrames(clock)
    source = QtScreen("screen-1", clock, "made", frames.make)
    source.start()
    yield Rig(source, frames, clock)
    source.stop()
    assert frames.finished == 1


def test_only_new_frames_are_looked_at_and_only_changes_told(rig: Rig) -> None:
    assert rig.source.read(0) is None and rig.source.bgr() is None
    rig.clock.advance(2)
    rig.frames.arrive(frame(640, 360))
    rig.clock.advance(0.05)
    reading = rig.source.read(0)
    assert reading is not None and (reading.width, reading.height) == (640, 360)
    assert reading.t_ns == 2_000_000_000, "when it arrived, not when it was looked at"
    assert reading.changed_tiles == reading.tiles == 66
    rig.frames.arrive(frame(640, 360))
    assert rig.source.read(0) is None
    rig.frames.arrive(frame(640, 360, corner=0xFFFFFF))
    again = rig.source.read(0)
    assert again is not None and again.changed_tiles == 1
    shown = rig.source.bgr()
    assert shown is not None and shown[2, 2].tolist() == [255] * 3 and shown[9, 9].tolist() == [BLUE, GREEN, RED]
    assert rig.source.yuv().shape == (540, 640)


def test_no_frame_in_time_is_a_screen_not_shown(rig: Rig) -> None:
    rig.clock.advance(7.9)
    assert rig.source.read(0) is None
    rig.clock.advance(0.2)
    with pytest.raises(ScreenNotShown):
        rig.source.read(0)


def test_a_static_screen_stays_shown(rig: Rig) -> None:
    rig.frames.arrive(frame(640, 360))
    assert rig.source.read(0)
    rig.clock.advance(3600)
    assert rig.source.read(0) is None and rig.source.bgr() is not None


def test_what_qt_reports_is_the_source_s_failure(rig: Rig) -> None:
    rig.frames.problem = ScreenNotShown("the system ended the capture")
    with pytest.raises(ScreenNotShown):
        rig.source.read(0)


def test_another_size_or_scale_is_another_part() -> None:
    """A laptop goes to another monitor: more pixels; then the person sets letters to twice the size."""
    clock, kept = ManualClock(), Kept()
    frames = FakeFrames(clock)
    lane = ScreenLane(QtScreen("screen-1", clock, "made", frames.make), clock, CaptureSettings(), kept)
    lane.source.start()
    lane.begin(Next())
    for number in range(60):
        if number in (0, 20, 40):
            size = (320, 180) if number == 0 else (640, 360)
            frames.arrive(frame(*size, corner=number), 2.0 if number == 40 else 1.0)
        clock.advance(0.1)
        lane._next_ns = clock.now_ns()
        lane._obey()
        lane._step()
    lane.finish(clock.now_ms())
    lane._obey()
    kept.check("screen-1")
    parts = [(p.reason, p.width, p.height) for p in kept.parts_of("screen-1")]
    assert parts == [("start", 320, 180), ("size", 640, 360), ("scale", 640, 360)]
    assert kept.gaps == []
    for part in kept.parts_of("screen-1"):
        assert {(f.width, f.height) for f in decode(kept, "screen-1", part.part)} == {(part.width, part.height)}


def test_of_several_frames_the_newest_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("client.capture.qt_frames.leave_errand", lambda errand: None)
    clock = ManualClock()
    frames = QtFrames("made", 1, clock)
    assert frames.take(0) is None
    for width in (100, 200):
        clock.advance(1)
        frames.keep(frame(width, 50), 1.5)
    taken = frames.take(0)
    assert taken is not None and (taken.frame.width(), taken.t_ns, taken.scale) == (200, 2_000_000_000, 1.5)
    assert frames.take(0) is None
    frames.fail(ScreenMissing("first"))
    frames.fail(ScreenNotShown("second"))
    with pytest.raises(ScreenMissing, match="first"):
        frames.take(0)
    frames.finish()


# ---- which screens there are -------------------------------------------------------------------


@dataclass
class FakeScreen:
    """What is asked of a QScreen."""

    label: str
    serial: str = ""
    place: tuple[int, int, int, int] = (0, 0, 800, 600)
    scale: float = 1.0

    def name(self) -> str:
        return self.label

    def manufacturer(self) -> str:
        return "Maker"

    def model(self) -> str:
        return "M1"

    def serialNumber(self) -> str:
        return self.serial

    def geometry(self) -> QRect:
        return QRect(*self.place)

    def devicePixelRatio(self) -> float:
        return self.scale


def named(*screens: Any) -> list[str]:
    return names(list(screens))


def test_screens_are_known_again_by_their_names() -> None:
    first, second = FakeScreen("Dell", "A1"), FakeScreen("Dell", "B2", (800, 0, 800, 600))
    both = named(first, second)
    assert both[0] != both[1] and "A1" not in both[0], "told apart, and the serial number is not told"
    assert named(second) == [both[1]] and named(second, first) == both[::-1]
    twins = FakeScreen("Dell"), FakeScreen("Dell", place=(800, 0, 800, 600))
    assert named(*twins) == ["Dell", "Dell (2)"] and named(*twins[::-1]) == ["Dell (2)", "Dell"]
    assert named(FakeScreen("")) == ["Maker M1"]


def test_sizes_are_in_the_screen_s_own_pixels() -> None:
    screens: list[Any] = [FakeScreen("Laptop", scale=1.5, place=(0, 0, 1280, 800)), FakeScreen("Wall", scale=2.0)]
    laptop, wall = described(screens)
    assert (laptop.stream, laptop.width, laptop.height, laptop.scale) == ("screen-1", 1920, 1200, 1.5)
    assert (wall.stream, wall.width, wall.height) == ("screen-2", 1600, 1200)


def test_a_frame_waits_for_whoever_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A look that may wait ends with the frame's arrival."""
    monkeypatch.setattr("client.capture.qt_frames.leave_errand", lambda errand: None)
    clock = SessionClock()
    frames = QtFrames("made", 1, clock)
    frames.keep(frame(100, 50), 1.0)
    begun = clock.now_ns()
    assert wait_for(lambda: frames.take(30)) and clock.now_ns() - begun < 25e9


# ---- the system's permission ---------------------------------------------------------------------


class CoreGraphics:
    """What macOS answers: ``allowed`` now, ``agreed`` to its own question. Older systems have no such calls."""

    def __init__(self, allowed: bool, agreed: bool = False) -> None:
        self.asked = 0

        def look() -> bool:
            return allowed

        def request() -> bool:
            self.asked += 1
            return agreed

        self.CGPreflightScreenCaptureAccess: Any = look
        self.CGRequestScreenCaptureAccess: Any = request


def test_macos_is_asked_whether_its_screens_may_be_seen() -> None:
    assert permitted(CoreGraphics(True), ask=True)
    refusing = CoreGraphics(False)
    assert not permitted(refusing, ask=False) and refusing.asked == 0
    assert not permitted(refusing, ask=True) and refusing.asked == 1
    assert permitted(CoreGraphics(False, agreed=True), ask=True)
    assert permitted(None, ask=True), "no such question before macOS 10.15"


def test_a_screen_that_may_not_be_seen_is_no_screen_however_it_looks() -> None:
    """Without the permission macOS gives a picture of the wallpaper alone, which looks like any other."""
    clock = ManualClock()
    source = FakeFrames(clock)
    source.arrive(frame(100, 50, corner=0x123456))
    screen = QtScreen("screen-1", clock, "one", source.make, may_see=lambda: False)
    with pytest.raises(ScreenNotShown):
        screen.start()
    assert screen.bgr() is None
    screen.stop()
