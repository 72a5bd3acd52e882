"""What disk and line are like, and that the recording hears of it and the person when nothing more can be done."""

from __future__ import annotations

import time
from collections.abc import Callable

from client_hall import Institution
from fake_capture import FakeCapture
from fake_window import Window

from client.capture.ladder import Felt
from client.engine.pressure import Pressure, Spooled


def test_only_a_line_that_sends_and_falls_behind_is_slow() -> None:
    def feel(waiting_grows: int, sent_grows: int, behind_s: int, online: bool = True) -> Felt:
        pressure, felt = Pressure(), Felt.CALM
        for second in range(90):
            now = second * 1000
            oldest = now - behind_s * 1000
            seen = Spooled("disk_ok", online, 10**6 + waiting_grows * second, sent_grows * second, oldest)
            felt = pressure.look(now, seen)[1]
        return felt

    assert feel(9000, 9000, 70) is Felt.PRESSING
    assert feel(-9000, 9000, 600) is Felt.BETWEEN, "after an outage it catches up"
    assert feel(9000, 0, 600) is Felt.BETWEEN, "a server that takes nothing is not helped"
    assert feel(9000, 9000, 600, online=False) is Felt.BETWEEN
    assert feel(9000, 9000, 40) is Felt.BETWEEN
    assert feel(9000, 9000, 5) is Felt.CALM


def test_a_minute_must_pass_before_a_line_is_called_slow() -> None:
    pressure = Pressure()
    for second in range(50):
        seen = Spooled("disk_ok", True, 9000 * second, 9000 * second, second * 1000 - 90_000)
        assert pressure.look(second * 1000, seen) == (Felt.CALM, Felt.BETWEEN)
    assert pressure.look(50_000, Spooled("disk_ok", True, 0, 0, None)) == (Felt.CALM, Felt.CALM)


def test_a_disk_that_is_low_or_full_presses() -> None:
    for word in ("disk_low", "disk_full"):
        assert Pressure().look(0, Spooled(word, True, 0, 0, None))[0] is Felt.PRESSING


def test_the_recording_is_told_and_the_person_once(
    window: Window, institution: Institution, captures: list[FakeCapture]
) -> None:
    window.to_paper(institution.student())
    wait_until(lambda: captures[0].pressed)
    assert captures[0].pressed[0][0] is Felt.CALM
    captures[0].lowest = True
    assert window.problem("quality_low").values == {}
    told = len(captures[0].pressed)
    wait_until(lambda: len(captures[0].pressed) >= told + 2)
    window.hand_in()
    assert window.problems().count("quality_low") == 1


def wait_until(what: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.02)
