"""The contract of sources: our own and the real ones keep it alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from client.capture.camera import Camera
from client.capture.devices import cameras, linux_cameras, microphones
from client.capture.screen_x11 import X11Screen
from client.capture.settings import CaptureSettings
from client.capture.sound import Microphone
from client.clock import SessionClock
from client.errors import (
    CameraBusy,
    CameraLost,
    CameraMissing,
    CameraNotAllowed,
    DevicesUnreadable,
    MicrophoneMissing,
    ScreenMissing,
)

from .conftest import Display, SoundServer
from .fakes import FakePictures, FakeSound, wait_for
from .mjpeg import MjpegCamera
from .x11_screens import x11_screens

STREAMED = CaptureSettings(stream_cameras=True, read_timeout_s=1.0)


@dataclass
class Rig:
    """A source, how to take its device away, and how to give it back."""

    source: Any
    lose: Any
    give_back: Any


@pytest.fixture(params=["fake", "camera", "screen"])
def pictures(request: pytest.FixtureRequest) -> Iterator[Rig]:
    clock = SessionClock()
    if request.param == "fake":
        fake = FakePictures("camera", clock)
        rig = Rig(fake, fake.lose, fake.come_back)
    elif request.param == "camera":
        served: MjpegCamera = request.getfixturevalue("camera")
        rig = Rig(
            Camera(served.url, clock, STREAMED),
            lambda: setattr(served, "mode", "drop"),
            lambda: setattr(served, "mode", "live"),
        )
    else:
        display: Display = request.getfixturevalue("display")
        display.draw(0, 0, 300, 300, 0xFF8000)
        rig = Rig(X11Screen("screen-1", clock), None, None)
    yield rig
    rig.source.stop()


def first_reading(source: Any) -> Any:
    return wait_for(lambda: source.read(0.1), 5)


def test_pictures_come_with_their_time_and_size(pictures: Rig) -> None:
    source, clock = pictures.source, pictures.source._clock
    before = clock.now_ns()
    assert source.bgr() is None
    source.start()
    reading = first_reading(source)
    assert before < reading.t_ns <= clock.now_ns()
    assert 0 < reading.changed_tiles <= reading.tiles
    bgr, yuv = source.bgr(), source.yuv()
    assert bgr.shape == (reading.height, reading.width, 3) and bgr.dtype == np.uint8
    assert yuv.shape == (reading.height * 3 // 2, reading.width) and yuv.flags.c_contiguous
    assert int(bgr.max()) > 50
    source.stop()
    source.stop()
    source.start()
    assert first_reading(source).t_ns > reading.t_ns


def test_a_device_that_goes_raises_and_can_be_opened_again(pictures: Rig) -> None:
    if pictures.lose is None:
        return  # the screens have a test of their own below
    source = pictures.source
    source.start()
    first_reading(source)
    pictures.lose()

    def gone() -> bool:
        try:
            source.read(0.1)
        except CameraLost:
            return True
        return False

    wait_for(gone, 5)
    source.stop()
    pictures.give_back()
    source.start()
    assert first_reading(source)


def test_a_camera_that_stalls_is_lost_in_time(camera: MjpegCamera) -> None:
    clock = SessionClock()
    source = Camera(camera.url, clock, STREAMED)
    source.start()
    first_reading(source)
    camera.mode = "stall"
    begun = clock.now_ms()
    with pytest.raises(CameraLost):
        while clock.now_ms() - begun < 5000:
            source.read(0.1)
    assert 900 < clock.now_ms() - begun < 2500
    source.stop()


def test_an_address_needs_the_policy_s_leave(camera: MjpegCamera) -> None:
    with pytest.raises(CameraNotAllowed):
        Camera(camera.url, SessionClock(), CaptureSettings()).start()


def read_error(source: Any) -> None:
    source.start()
    try:
        for _ in range(100):
            source.read(0.1)
    finally:
        source.stop()


@pytest.mark.parametrize("device", ["97", "nonsense", "http://127.0.0.1:9/no"])
def test_no_such_camera(device: str) -> None:
    with pytest.raises(CameraMissing):
        read_error(Camera(device, SessionClock(), STREAMED))


def test_a_camera_that_another_program_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """The node is there and does not open: what V4L2 does with EBUSY."""
    monkeypatch.setattr("client.capture.camera_open.Path.exists", lambda path: True)
    monkeypatch.setattr("client.capture.camera_open.os.access", lambda path, how: True)
    with pytest.raises(CameraBusy) as problem:
        read_error(Camera("96", SessionClock(), CaptureSettings()))
    assert problem.value.code == "camera_busy"


def test_a_wide_camera_is_recorded_narrower_and_judged_in_full(camera: MjpegCamera) -> None:
    camera.size = (1280, 720)
    source = Camera(camera.url, SessionClock(), STREAMED)
    source.start()
    first_reading(source)
    assert source.bgr().shape == (720, 1280, 3)
    assert source.yuv().shape == (540, 640)
    source.stop()


# ---- screens --------------------------------------------------------------------------------


def test_a_screen_tells_only_what_changed(display: Display) -> None:
    display.draw(0, 0, 10, 10, 0xFF0000)
    source = X11Screen("screen-1", SessionClock())
    source.start()
    first_reading(source)
    wait_for(lambda: source.read(0) is None)
    display.draw(130, 70, 20, 20, 0x00FF00)
    reading = wait_for(lambda: source.read(0))
    assert reading.changed_tiles == 1
    assert source.bgr()[80, 140].tolist() == [0, 255, 0]
    source.stop()


def test_the_pointer_is_seen(display: Display) -> None:
    display.draw(0, 0, 1280, 720, 0x808080)
    source = X11Screen("screen-1", SessionClock())
    source.start()
    first_reading(source)
    display.run("xdotool", "mousemove", "400", "300")
    reading = wait_for(lambda: source.read(0))
    assert reading.changed_tiles >= 1
    around = source.bgr()[290:320, 390:420]
    assert int(around.max()) - int(around.min()) > 60
    source.stop()


def test_every_monitor_is_a_stream_of_its_own(display: Display) -> None:
    display.run("xrandr", "--setmonitor", "left", "640/160x720/180+0+0", "screen")
    display.run("xrandr", "--setmonitor", "right", "640/160x720/180+640+0", "none")
    found = x11_screens()
    assert [(s.stream, s.x, s.width) for s in found] == [("screen-1", 0, 640), ("screen-2", 640, 640)]
    display.draw(0, 0, 640, 720, 0xFF0000)
    display.draw(640, 0, 640, 720, 0x0000FF)
    colours = []
    for screen in found:
        source = X11Screen(screen.stream, SessionClock())
        source.start()
        first_reading(source)
        colours.append(source.bgr()[600, 600].tolist())
        source.stop()
    assert colours == [[0, 0, 255], [255, 0, 0]]


def test_a_screen_that_changes_its_size_or_goes(display: Display) -> None:
    display.run("xrandr", "--setmonitor", "one", "640/160x720/180+0+0", "screen")
    source = X11Screen("screen-1", SessionClock())
    source.start()
    assert first_reading(source).width == 640
    display.run("xrandr", "--delmonitor", "one")
    display.run("xrandr", "--setmonitor", "one", "800/160x600/180+0+0", "screen")
    assert wait_for(lambda: (r := source.read(0)) is not None and r.width == 800, 5)
    assert source.yuv().shape == (900, 800)
    with pytest.raises(ScreenMissing):
        X11Screen("screen-7", SessionClock()).start()
    source.stop()


def test_no_x_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":9999")
    with pytest.raises(ScreenMissing):
        x11_screens()
    source = X11Screen("screen-1", SessionClock())
    with pytest.raises(ScreenMissing):
        source.start()
    source.stop()


def test_an_x_server_that_dies_is_a_lost_screen() -> None:
    display = Display()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", display.name)
        source = X11Screen("screen-1", SessionClock())
        source.start()
        first_reading(source)
        display.close()
        with pytest.raises(ScreenMissing):
            wait_for(lambda: source.read(0) and False, 5)
        source.stop()


# ---- sound ----------------------------------------------------------------------------------


@pytest.fixture(params=["fake", "pulse"])
def sound(request: pytest.FixtureRequest) -> Iterator[Any]:
    clock = SessionClock()
    if request.param == "fake":
        source: Any = FakeSound(clock)
    else:
        request.getfixturevalue("sound_server")
        (device, *_) = microphones()
        assert device.simulated, "a null sink is no microphone"
        source = Microphone(device.id, clock)
    yield source
    source.stop()


def test_sound_comes_in_blocks_that_join(sound: Any) -> None:
    sound.start()
    blocks = [wait_for(lambda: sound.read(0.1), 10) for _ in range(10)]
    assert all(block.samples.dtype == np.int16 for block in blocks)
    length_ms = sum(len(b.samples) for b in blocks[:-1]) / 48
    assert (blocks[-1].t_ns - blocks[0].t_ns) / 1e6 == pytest.approx(length_ms, abs=80)
    sound.stop()
    sound.stop()
    sound.start()
    assert wait_for(lambda: sound.read(0.1), 10)


def test_no_microphone(sound_server: SoundServer) -> None:
    with pytest.raises(MicrophoneMissing):
        read_error(Microphone("0:no such thing", SessionClock()))


# ---- what there is --------------------------------------------------------------------------


def test_a_child_that_dies_is_an_error_and_not_our_death() -> None:
    with pytest.raises(DevicesUnreadable):
        microphones(["/bin/false"])
    with pytest.raises(DevicesUnreadable):
        cameras(["/no/such/program"])
    with pytest.raises(DevicesUnreadable):
        cameras(["/bin/echo"])
    assert isinstance(cameras(), list)


def test_cameras_of_linux_leave_out_metadata_nodes(tmp_path: Any) -> None:
    listed, nodes = tmp_path / "class", tmp_path / "dev"
    nodes.mkdir()
    for node, index, name in (("video0", 0, "Integrated"), ("video1", 1, "Integrated"), ("video10", 0, "OBS Virtual")):
        (listed / node).mkdir(parents=True)
        (listed / node / "index").write_text(f"{index}\n")
        (listed / node / "name").write_text(f"{name}\n")
        (nodes / node).touch()
    found = linux_cameras(listed, nodes)
    assert [(d.id, d.name, d.simulated) for d in found] == [("0", "Integrated", False), ("10", "OBS Virtual", True)]
    assert linux_cameras(tmp_path / "none", nodes) == []
