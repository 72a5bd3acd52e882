"""The system check holds the exam back until there are real devices with a picture."""

from __future__ import annotations

from collections.abc import Callable

from client_hall import Institution
from fake_capture import FakeCapture
from fake_window import Window

from client import messages as m
from client.capture.source import Device
from client.errors import CameraBusy

Open = Callable[..., Window]


def test_the_check_does_not_pass_without_real_devices(
    open_window: Open, institution: Institution, captures: list[FakeCapture]
) -> None:
    cameras: list[Device] = []
    window = open_window(cameras=lambda: list(cameras), microphones=lambda: [Device("null", "Null", simulated=True)])
    window.sign_in(institution.student())
    window.open()
    window.say(m.StartCheck())

    def words(view: m.CheckView) -> dict[str, str]:
        return {item.id: item.code for item in view.items}

    view = window.expect(m.CheckView, lambda v: words(v).get("camera") == "camera_missing")
    assert words(view)["microphone"] == "microphone_missing" and not view.passed
    window.say(m.StartIdentity())
    captures[0].black_screen = True
    window.expect(m.CheckView, lambda v: words(v).get("screen-1") == "screen_black")
    cameras.append(Device("0", "Camera"))
    window.say(m.RetryCheck("camera"))
    window.expect(m.CheckView, lambda v: words(v).get("camera") == "camera_ok")
    assert "identifying" not in [s.state for s in window.all if isinstance(s, m.StateChanged)]


def test_a_camera_that_another_program_holds(
    window: Window, institution: Institution, captures: list[FakeCapture]
) -> None:
    """The system does not open it: the check says so, and passes once the other program let go."""
    window.sign_in(institution.student())
    window.open()
    window.say(m.StartCheck())
    window.expect(m.CheckView, lambda view: view.passed)
    captures[0].take("camera", CameraBusy())
    view = window.expect(m.CheckView, lambda v: {i.id: i.code for i in v.items}["camera"] == "camera_busy")
    assert not view.passed
    captures[0].give_back("camera")
    window.say(m.RetryCheck("camera"))
    window.expect(m.CheckView, lambda view: view.passed)
    window.identify()


def test_a_stream_address_is_no_camera_unless_the_server_says_so(
    open_window: Open, institution: Institution, captures: list[FakeCapture]
) -> None:
    window = open_window()
    window.sign_in(institution.student())
    window.open()
    window.check()
    window.say(m.UseDevices("http://127.0.0.1:1/stand-in", None))
    window.expect(m.CheckView, lambda v: len(captures[0].opened) > 1)
    assert {camera for camera, _ in captures[0].opened} == {"0"}
    assert not captures[0].settings.stream_cameras
