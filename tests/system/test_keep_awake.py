"""Keeping awake on a private bus and an X server of our own; nothing is left behind, however it ends."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from client.system.awake_linux import LoginInhibitor, ScreenSaverInhibitor, XServerTimer
from client.system.choose import keep_awake
from client.system.keep_awake import KeepAwake, Refused
from client.system.xserver import XServer

from .conftest import Desktop, set_saver

HOLD = "from client.system.choose import keep_awake; k = keep_awake(); print(k.hold(), flush=True); input()"


def test_held_and_let_go(desktop: Desktop, x_server: str) -> None:
    awake = keep_awake()
    assert awake.hold() == ["login1", "screensaver", "x11"]
    desktop.expect("inhibit idle:sleep:handle-lid-switch block")
    desktop.expect("inhibit saver")
    awake.release()
    assert {desktop.line(), desktop.line()} == {"released idle:sleep:handle-lid-switch", "released saver"}
    awake.release()  # twice is once


def test_a_killed_recorder_leaves_nothing_behind(desktop: Desktop, x_server: str) -> None:
    set_saver(1)
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )  # fmt: skip
    assert process.stdout is not None and process.stdin is not None
    assert process.stdout.readline() == "['login1', 'screensaver', 'x11']\n"
    desktop.expect("inhibit idle:sleep:handle-lid-switch block")
    desktop.expect("inhibit saver")
    process.kill()
    process.wait(5)
    process.stdout.close()
    process.stdin.close()
    assert {desktop.line(), desktop.line()} == {"released idle:sleep:handle-lid-switch", "released saver"}
    assert saver_comes(XServer())


def test_what_is_not_allowed_is_left_out(desktop: Desktop) -> None:
    desktop.order("refuse", "idle:sleep:handle-lid-switch")
    inhibitor = LoginInhibitor()
    inhibitor.hold()
    desktop.expect("inhibit idle:sleep block")
    inhibitor.release()
    desktop.expect("released idle:sleep")
    for wish in ("idle:sleep", "idle"):
        desktop.order("refuse", wish)
    with pytest.raises(Refused, match="Inhibit"):
        inhibitor.hold()


def test_a_computer_that_offers_nothing(no_desktop: None) -> None:
    assert keep_awake().hold() == []
    for grip in (LoginInhibitor(), ScreenSaverInhibitor(), XServerTimer()):
        with pytest.raises(Refused):
            grip.hold()
        grip.release()


def test_a_grip_that_breaks_does_not_cost_the_others() -> None:
    class Broken:
        name = "broken"

        def hold(self) -> None:
            raise ValueError("a library's surprise")

        def release(self) -> None:
            raise AssertionError("it never held")

    class Good(Broken):
        name = "good"

        def hold(self) -> None:
            """Holds."""

        def release(self) -> None:
            """Lets go."""

    awake = KeepAwake([Broken, Good])
    assert awake.hold() == ["good"]
    awake.release()


def test_the_x_servers_screen_saver_waits_until_the_exam_is_over(x_server: str) -> None:
    set_saver(1)
    server = XServer()
    assert saver_comes(server)
    timer = XServerTimer()
    timer.hold()
    assert not server.saver_on()  # one that was on is ended
    time.sleep(1.5)  # half longer than it takes
    assert not server.saver_on()
    timer.release()
    assert saver_comes(server)
    server.close()


def saver_comes(server: XServer) -> bool:
    until = time.monotonic() + 10
    while not server.saver_on():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True
