"""A list of devices that hangs keeps nobody waiting for the rest of the check."""

from __future__ import annotations

import threading
from collections.abc import Callable

from client_hall import Institution
from fake_window import Window

from client import messages as m
from client.capture.source import Device
from client.errors import DevicesUnreadable

Open = Callable[..., Window]


def states(view: m.CheckView) -> dict[str, str]:
    return {item.id: item.state for item in view.items}


def test_the_check_goes_on_while_a_driver_hangs(open_window: Open, institution: Institution) -> None:
    released = threading.Event()

    def hanging() -> list[Device]:
        released.wait(30)
        return [Device("0", "Camera")]

    window = open_window(cameras=hanging)
    window.sign_in(institution.student())
    window.open()
    window.say(m.StartCheck())
    others = ("server", "clock", "disk")
    view = window.expect(m.CheckView, lambda v: all(states(v).get(name) == "ok" for name in others))
    assert states(view)["camera"] in {"waiting", "running"} and not view.passed
    released.set()
    window.expect(m.CheckView, lambda view: view.passed)


def test_a_list_that_cannot_be_had_can_be_asked_for_again(open_window: Open, institution: Institution) -> None:
    answers: list[list[Device]] = [[Device("0", "Camera")]]
    refused = [DevicesUnreadable("cameras"), ZeroDivisionError("a library's surprise")]

    def listing() -> list[Device]:
        if refused:
            raise refused.pop()
        return answers[0]

    window = open_window(cameras=listing)
    window.sign_in(institution.student())
    window.open()
    window.say(m.StartCheck())
    for _ in range(2):
        window.expect(m.CheckView, lambda v: states(v).get("camera") == "failed")
        window.say(m.RetryCheck("camera"))
    window.expect(m.CheckView, lambda view: view.passed)
