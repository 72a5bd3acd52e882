"""What the watch tells of clocks and session, each look by itself."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from client.clock import SessionClock
from client.system.absences import Absences
from client.system.keep_awake import KeepAwake
from client.system.session import NoProbe, Session, Waitable
from client.system.watch import SystemWatch
from simulation.manual_clock import ManualClock

from .conftest import Desktop, Heard, set_saver


class Scripted:
    """A probe that says what the test put in."""

    def __init__(self) -> None:
        self.session = Session()

    def look(self) -> Session:
        return self.session

    def sources(self) -> Sequence[Waitable]:
        return ()

    def close(self) -> None:
        """Nothing is open."""


class Room:
    """A watch whose looks the test makes itself."""

    def __init__(self, heard: Heard) -> None:
        self.clock, self.heard, self.probe = ManualClock(), heard, Scripted()
        self.watch = SystemWatch(
            self.clock, Absences(self.clock), heard, awake=lambda: KeepAwake([]), probe=lambda: self.probe
        )

    def look(self) -> list[tuple[str, int, dict[str, object]]]:
        self.clock.advance(1)
        self.watch.look(self.probe)
        told, self.heard.all = self.heard.all, []
        return told


@pytest.fixture
def room(heard: Heard) -> Room:
    return Room(heard)


def test_quiet_looks_tell_nothing(room: Room) -> None:
    assert [room.look() for _ in range(100)] == [[]] * 100


def test_sleep_is_told_with_its_length(room: Room) -> None:
    room.look()
    room.clock.sleep(3600)
    assert room.look() == [("suspended", 1000, {}), ("resumed", 3_602_000, {"ms": 3_600_000})]
    assert room.look() == []


def test_a_process_that_was_stopped_did_not_sleep(room: Room) -> None:
    room.look()
    room.clock.advance(3600)
    assert room.look() == []


def test_announced_sleep_stands_before_it(room: Room) -> None:
    room.look()
    room.probe.session = Session(going_to_sleep=True)
    assert room.look() == [("suspended", 2000, {})]
    room.clock.sleep(60)
    assert room.look() == [("resumed", 63_000, {"ms": 60_000})]
    assert room.look() == []  # the end of it is not announced yet
    room.probe.session = Session()
    assert room.look() == []


def test_announced_and_not_done(room: Room) -> None:
    room.probe.session = Session(going_to_sleep=True)
    room.look()
    room.probe.session = Session()
    assert room.look() == [("resumed", 2000, {"ms": 0})]


def test_a_wall_clock_set_by_twelve_hours_is_told_once_and_moves_nothing(room: Room) -> None:
    room.look()
    room.clock.set_wall(12 * 3600)
    told = room.look()
    assert told == [
        ("clock-changed", 2000, {
            "from": "2023-11-14T22:13:22.000Z", "to": "2023-11-15T10:13:22.000Z", "ms": 43_200_000
        })
    ]  # fmt: skip
    assert room.look() == []
    room.clock.set_wall(-12 * 3600)
    assert [(name, at, data["ms"]) for name, at, data in room.look()] == [("clock-changed", 4000, -43_200_000)]


def test_small_corrections_of_the_wall_clock_are_told_once_they_add_up(room: Room) -> None:
    room.look()
    told = []
    for _ in range(10):
        room.clock.set_wall(0.3)
        told += room.look()
    assert [(name, data["ms"]) for name, _, data in told] == [("clock-changed", 2100)]


def test_lock_away_saver_and_lid_begin_and_end(room: Room) -> None:
    room.look()
    for sign, began, ended in (
        ("locked", "screen-locked", "screen-unlocked"),
        ("away", "session-away", "session-back"),
        ("saver", "screen-saver-on", "screen-saver-off"),
        ("lid_closed", "lid-closed", "lid-opened"),
    ):
        room.probe.session = Session(**{sign: False})
        assert room.look() == []
        room.probe.session = Session(**{sign: True})
        ((name, _, data),) = room.look()
        assert (name, data) == (began, {})
        assert room.look() == []
        room.probe.session = Session(**{sign: False})
        ((name, _, data),) = room.look()
        assert (name, data) == (ended, {"ms": 2000})


def test_a_system_that_falls_silent_is_no_unlocking(room: Room) -> None:
    room.probe.session = Session(locked=True)
    assert [name for name, _, _ in room.look()] == ["screen-locked"]
    room.probe.session = Session()
    assert room.look() == []


# ---- the real thread on a real bus ----------------------------------------------------------


@pytest.fixture
def running(heard: Heard) -> SystemWatch:
    clock = SessionClock()
    return SystemWatch(clock, Absences(clock), heard)


def test_login1_and_screen_saver_are_heard(desktop: Desktop, x_server: str, running: SystemWatch, heard: Heard) -> None:
    running.start()
    desktop.expect("inhibit idle:sleep:handle-lid-switch block")
    desktop.expect("inhibit saver")
    assert heard.next()[::2] == ("kept-awake", {"by": ["login1", "screensaver", "x11"]})
    desktop.order("set", "LockedHint", "1")
    assert heard.next()[0] == "screen-locked"
    desktop.order("set", "Active", "0")
    assert heard.next()[0] == "session-away"
    desktop.order("set", "Active", "1")
    assert heard.next()[0] == "session-back"
    desktop.order("set", "LockedHint", "0")
    assert heard.next()[0] == "screen-unlocked"
    desktop.order("set", "Saver", "1")
    assert heard.next()[0] == "screen-saver-on"
    desktop.order("set", "Saver", "0")
    assert heard.next()[0] == "screen-saver-off"
    desktop.order("set", "LidClosed", "1")
    assert heard.next()[0] == "lid-closed"
    desktop.order("sleep", "1")
    assert heard.next()[0] == "suspended"
    desktop.order("sleep", "0")
    assert heard.next()[::2] == ("resumed", {"ms": 0})
    running.stop()
    assert {desktop.line(), desktop.line()} == {"released idle:sleep:handle-lid-switch", "released saver"}


def test_a_bus_that_ends_does_not_end_the_watch(
    desktop: Desktop, x_server: str, running: SystemWatch, heard: Heard
) -> None:
    running.start()
    assert heard.next()[0] == "kept-awake"
    desktop.end_bus()
    running._absences._asleep_ns -= 60_000_000_000  # as if a minute had been slept
    assert heard.next()[0] == "suspended"
    assert heard.next()[0] == "resumed"
    running.stop()


def test_without_bus_and_x_server_the_clocks_are_left(no_desktop: None, running: SystemWatch, heard: Heard) -> None:
    running.start()
    assert heard.next()[::2] == ("kept-awake", {"by": []})
    running._absences._asleep_ns -= 60_000_000_000
    assert heard.next()[0] == "suspended"
    assert heard.next()[2]["ms"] == pytest.approx(60_000, abs=5)
    running.stop()


def test_the_x_servers_screen_saver_is_told(no_desktop: None, x_server: str, heard: Heard) -> None:
    clock = SessionClock()
    watch = SystemWatch(clock, Absences(clock), heard, awake=lambda: KeepAwake([]))
    set_saver(1)
    watch.start()
    assert heard.next()[0] == "kept-awake"
    assert heard.next()[0] == "screen-saver-on"
    watch.stop()


def test_a_probe_that_breaks_costs_only_its_own_signs(heard: Heard) -> None:
    def broken() -> NoProbe:
        raise ValueError("a library's surprise")

    clock = ManualClock()
    watch = SystemWatch(clock, Absences(clock), heard, awake=lambda: KeepAwake([]), probe=broken)
    watch.start()
    assert heard.next()[0] == "kept-awake"
    watch.stop()
    watch.stop()  # twice is once
    assert not watch._thread.is_alive()
