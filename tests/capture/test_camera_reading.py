"""Reading a camera: every picture fetched, only the needed ones decoded; names, rights and troubles."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from client.capture import camera, camera_lane, camera_open, camera_reader
from client.capture.camera import Camera, camera_name, linux_camera_name
from client.capture.camera_lane import CameraLane
from client.capture.origins import KnownAs, Origin
from client.capture.settings import CaptureSettings
from client.capture.source import Device, Next, SourceState
from client.clock import SessionClock
from client.errors import CameraDenied, CameraLost

from .fakes import Kept, decode, wait_for
from .mjpeg import MjpegCamera

QUICK = CaptureSettings(stream_cameras=True, segment_s=0.5, retry_s=0.1, read_timeout_s=1.0)


class Plugged:
    """A camera on a bus, as cv2 shows it: counts what is fetched and what is decoded."""

    def __init__(self, rate: float = 30.0) -> None:
        self.period_s = 1 / rate
        self.grabbed = self.decoded = self.released = 0
        self.broken = 0  # so many pictures in a row cannot be decoded
        self.pulled = False
        self.size = (320, 240)

    def grab(self) -> bool:
        threading.Event().wait(self.period_s)
        self.grabbed += 1
        return not self.pulled

    def retrieve(self) -> tuple[bool, Any]:
        if self.broken:
            self.broken -= 1
            return False, None
        self.decoded += 1
        width, height = self.size
        return True, np.random.default_rng(self.decoded).integers(0, 255, (height, width, 3), np.uint8)

    def release(self) -> None:
        self.released += 1


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., tuple[CameraLane, Kept]]]:
    """``run(plugged)``: a lane that reads it."""
    lanes: list[CameraLane] = []

    def start(plugged: Any, device: str = "0") -> tuple[CameraLane, Kept]:
        clock, kept = SessionClock(), Kept()
        if plugged is not None:
            monkeypatch.setattr(camera_reader, "open_camera", lambda *_: plugged)
        lane = CameraLane(Camera(device, clock, QUICK), clock, QUICK, kept)
        lanes.append(lane)
        lane.start()
        return lane, kept

    yield start
    for lane in lanes:
        lane.close()
        lane.join(3)
        assert not lane.is_alive()


def finish(lane: CameraLane) -> int:
    until: int = lane._clock.now_ms()
    lane.finish(until)
    assert lane.wait_finished(3) == until
    return until


# ---- decoding -------------------------------------------------------------------------------


def test_pictures_that_nobody_needs_are_not_decoded(run: Any) -> None:
    plugged = Plugged(rate=60)
    lane, kept = run(plugged)
    wait_for(lambda: lane.state is SourceState.RUNNING)
    lane.begin(Next())
    wait_for(lambda: plugged.grabbed > 120)
    assert plugged.decoded < plugged.grabbed / 3
    finish(lane)
    kept.check("camera")
    frames = decode(kept, "camera")
    assert len(frames) <= plugged.decoded
    assert sum(s.frames for s in kept.segments) == len(frames)


def test_while_identity_is_checked_every_picture_counts(run: Any) -> None:
    plugged = Plugged(rate=30)
    lane, _ = run(plugged)
    wait_for(lambda: lane.state is SourceState.RUNNING)
    lane.closely = True
    began = plugged.grabbed
    wait_for(lambda: plugged.grabbed > began + 10)  # the rest that was ordered before is over
    grabbed, decoded = plugged.grabbed, plugged.decoded
    wait_for(lambda: plugged.grabbed > grabbed + 40)
    assert plugged.decoded - decoded >= (plugged.grabbed - grabbed) * 0.8
    lane.closely = False
    grabbed, decoded = plugged.grabbed, plugged.decoded
    wait_for(lambda: plugged.grabbed > grabbed + 40)
    assert plugged.decoded - decoded <= (plugged.grabbed - grabbed) * 0.6


def test_the_judges_get_the_very_picture_that_is_recorded(run: Any) -> None:
    plugged = Plugged(rate=10)
    lane, _ = run(plugged)
    wait_for(lane.latest)
    frame = lane.latest()
    again = lane.latest()
    assert frame is not None and again is not None
    assert frame.bgr is again.bgr or again.t_ms > frame.t_ms
    assert plugged.decoded <= plugged.grabbed


def test_a_slow_camera_is_recorded_whole(run: Any) -> None:
    plugged = Plugged(rate=4)
    lane, kept = run(plugged)
    wait_for(lambda: lane.state is SourceState.RUNNING)
    lane.begin(Next())
    before = plugged.decoded
    wait_for(lambda: plugged.decoded >= before + 8)
    until = finish(lane)
    kept.check("camera")
    assert kept.gaps == [] and kept.segments[-1].end_ms == until
    assert len(decode(kept, "camera")) >= 7


def test_another_size_in_the_middle_is_another_part(run: Any) -> None:
    plugged = Plugged(rate=20)
    lane, kept = run(plugged)
    wait_for(lambda: lane.state is SourceState.RUNNING)
    lane.begin(Next())
    wait_for(lambda: kept.of("camera"))
    plugged.size, plugged.period_s = (176, 144), 0.02
    wait_for(lambda: kept.of("camera", part=1))
    finish(lane)
    kept.check("camera")
    assert [(p.reason, p.width, p.height) for p in kept.parts] == [("start", 320, 240), ("size", 176, 144)]
    assert kept.gaps == []


def test_one_broken_picture_happens_and_ten_are_a_loose_cable(run: Any) -> None:
    plugged = Plugged(rate=60)
    lane, kept = run(plugged)
    wait_for(lambda: lane.state is SourceState.RUNNING)
    plugged.broken = 5
    wait_for(lambda: plugged.broken == 0)
    decoded = plugged.decoded
    wait_for(lambda: plugged.decoded > decoded + 3)
    assert [s for _, s, _ in kept.states] == [SourceState.RUNNING]
    plugged.broken = 10
    wait_for(lambda: any(code == "camera_lost" for _, _, code in kept.states))
    wait_for(lambda: [s for _, s, _ in kept.states].count(SourceState.RUNNING) == 2)  # opened again
    assert plugged.released == 1


# ---- names ----------------------------------------------------------------------------------


def test_another_camera_in_the_same_place_is_told(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    named = [KnownAs("HD Webcam", Origin.HARDWARE)]
    monkeypatch.setattr(camera, "camera_name", lambda device: named[-1])
    plugged = Plugged(rate=30)
    lane, kept = run(plugged)
    wait_for(lambda: kept.has_event("devices", "camera"))
    lane.begin(Next())
    wait_for(lambda: kept.of("camera"))
    named.append(KnownAs("OBS Virtual Camera", Origin.VIRTUAL))
    plugged.pulled = True
    wait_for(lambda: kept.has_event("source-lost", "camera"))
    plugged.pulled = False
    wait_for(lambda: any(d.get("replaced") for _, d in kept.events))
    said = [d for name, d in kept.events if name == "devices"][-1]
    assert (said["name"], said["origin"], said["replaced"]) == ("OBS Virtual Camera", "virtual", True)


def test_what_linux_calls_a_camera(tmp_path: Path) -> None:
    real = tmp_path / "devices" / "pci0000" / "usb1" / "video4linux" / "video0"
    real.mkdir(parents=True)
    (real / "name").write_text("HD Pro Webcam C920\n")
    assert linux_camera_name(real) == KnownAs("HD Pro Webcam C920", Origin.HARDWARE)
    assert linux_camera_name(tmp_path / "video7") is None
    assert camera_name("http://127.0.0.1/camera") is None


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_what_other_systems_call_a_camera(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    listed = [Device("0", "FaceTime HD Camera"), Device("1", "ManyCam Virtual Webcam", True)]
    monkeypatch.setattr("client.capture.devices.cameras", lambda: listed)
    assert camera_name("0") == KnownAs("FaceTime HD Camera", Origin.UNKNOWN)
    assert camera_name("1") == KnownAs("ManyCam Virtual Webcam", Origin.VIRTUAL)
    assert camera_name("2") is None


# ---- opening --------------------------------------------------------------------------------


def test_missing_rights_are_not_another_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(camera_open.Path, "exists", lambda path: True)
    monkeypatch.setattr(camera_open.os, "access", lambda path, how: False)
    with pytest.raises(CameraDenied) as problem:
        camera_open.open_camera("0", QUICK)
    assert problem.value.code == "camera_denied"


@pytest.mark.parametrize(
    ("platform", "backend"),
    [("linux", cv2.CAP_V4L2), ("win32", cv2.CAP_DSHOW), ("darwin", cv2.CAP_AVFOUNDATION)],
)
def test_each_system_has_its_way_to_cameras(platform: str, backend: int, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    class Opened(Plugged):
        def __init__(self, *words: Any) -> None:
            super().__init__()
            asked.append(words)

        def isOpened(self) -> bool:
            return True

        def set(self, key: int, value: float) -> bool:
            asked.append((key, value))
            return True

    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(camera_open.Path, "exists", lambda path: True)
    monkeypatch.setattr(camera_open.os, "access", lambda path, how: True)
    monkeypatch.setattr(camera_open.cv2, "VideoCapture", Opened)
    assert isinstance(camera_open.open_camera("3", QUICK), Opened)
    assert asked[0] == (3, backend)
    assert (cv2.CAP_PROP_FRAME_WIDTH, 640) in asked and (cv2.CAP_PROP_FRAME_HEIGHT, 480) in asked


# ---- a camera on loopback through its troubles -----------------------------------------------


def test_faults_are_told_when_they_last_and_when_they_end(
    camera: MjpegCamera, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(camera_lane, "_LOOK_NS", 200_000_000)
    lane, kept = run(None, camera.url)
    wait_for(lambda: lane.state is SourceState.RUNNING)
    lane.begin(Next())
    for mode, name in (("black", "camera-black"), ("covered", "camera-covered"), ("frozen", "camera-frozen")):
        camera.mode = mode
        wait_for(lambda name=name: kept.has_event(name, "camera"), 15)
        assert lane.fault() == name.removeprefix("camera-")
        camera.mode = "live"
        wait_for(lambda: lane.fault() is None, 15)
    finish(lane)
    names = [name for name, _ in kept.events if name != "quality"]
    assert names == ["camera-black", "picture-back", "camera-covered", "picture-back", "camera-frozen", "picture-back"]
    assert kept.gaps == []  # it was recorded all the same


def test_a_camera_that_stalls_drops_and_comes_back_with_another_size(camera: MjpegCamera, run: Any) -> None:
    lane, kept = run(None, camera.url)
    wait_for(lambda: lane.state is SourceState.RUNNING)
    lane.begin(Next())
    wait_for(lambda: kept.of("camera"))
    camera.mode = "stall"
    wait_for(lambda: lane.problem is not None and isinstance(lane.problem, CameraLost))
    camera.mode = "drop"
    wait_for(lambda: lane.problem is not None and lane.problem.code == "camera_missing")
    camera.size, camera.mode = (320, 240), "live"
    wait_for(lambda: kept.has_event("source-back", "camera"))
    wait_for(lambda: kept.of("camera", part=1))
    camera.size = (640, 480)
    wait_for(lambda: kept.of("camera", part=2))
    finish(lane)
    kept.check("camera")
    assert [(p.reason, p.width) for p in kept.parts] == [("start", 640), ("source-back", 320), ("size", 640)]
    assert [g[3] for g in kept.gaps] == ["camera_lost"]
    for number in range(3):
        assert decode(kept, "camera", part=number)
