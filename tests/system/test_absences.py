"""What a gap's cause is once the system's word is known."""

from __future__ import annotations

import pytest

from client.system.absences import AWAY, LOCKED, MOST, SAVER, Absences, Sleep
from simulation.manual_clock import ManualClock


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


def watched(absences: Absences, clock: ManualClock, seconds: int) -> None:
    for _ in range(seconds):
        clock.advance(1)
        absences.look()


def test_a_sleep_explains_every_stream(clock: ManualClock) -> None:
    absences = Absences(clock)
    watched(absences, clock, 10)
    clock.sleep(600)
    for stream in ("screen-1", "camera", "sound"):
        assert absences.explain(stream, 9_800, 610_100, "stalled") == [(9_800, 610_100, "suspended")]
    assert absences.sleeps() == [Sleep(10_000, 610_000, 600_000)]
    assert absences.sleeps() == []


def test_nothing_known_leaves_the_cause(clock: ManualClock) -> None:
    absences = Absences(clock)
    clock.advance(700)  # held up, not asleep
    assert absences.explain("camera", 1000, 650_000, "camera_lost") == [(1000, 650_000, "camera_lost")]
    assert absences.sleeps() == []


def test_a_camera_that_is_slow_to_come_back_is_said_apart(clock: ManualClock) -> None:
    absences = Absences(clock)
    watched(absences, clock, 10)
    clock.sleep(60)
    absences.look()
    watched(absences, clock, 8)
    told = absences.explain("camera", 10_050, 78_000, "camera_lost")
    assert told == [(10_050, 70_000, "suspended"), (70_000, 78_000, "camera_lost")]
    quick = absences.explain("sound", 10_050, 71_500, "microphone_lost")
    assert quick == [(10_050, 71_500, "suspended")]  # waking up belongs to the sleep


def test_a_device_that_was_lost_before_the_sleep(clock: ManualClock) -> None:
    absences = Absences(clock)
    watched(absences, clock, 30)
    clock.sleep(60)
    absences.look()
    watched(absences, clock, 30)
    told = absences.explain("camera", 5_000, 120_000, "camera_lost")
    assert told == [(5_000, 30_000, "camera_lost"), (30_000, 90_000, "suspended"), (90_000, 120_000, "camera_lost")]


def test_a_locked_screen_explains_screens_alone(clock: ManualClock) -> None:
    absences = Absences(clock)
    clock.advance(10)
    absences.began(LOCKED)
    absences.began(SAVER)
    clock.advance(20)
    assert absences.explain("screen-1", 10_000, 29_000, "screen_not_shown") == [(10_000, 29_000, "screen-locked")]
    assert absences.explain("camera", 10_000, 29_000, "camera_lost") == [(10_000, 29_000, "camera_lost")]
    assert absences.ended(LOCKED) == 20_000
    clock.advance(30)
    told = absences.explain("screen-2", 10_000, 60_000, "screen_not_shown")
    assert told == [(10_000, 30_000, "screen-locked"), (30_000, 60_000, "screen-saver")]


def test_another_user_in_front_explains_all(clock: ManualClock) -> None:
    absences = Absences(clock)
    absences.began(AWAY)
    absences.began(AWAY)  # said twice
    clock.advance(20)
    assert absences.ended(AWAY) == 20_000
    assert absences.ended(AWAY) == 0
    assert absences.explain("sound", 500, 19_000, "microphone_busy") == [(500, 19_000, "session-away")]


def test_a_sleep_within_a_lock_is_a_sleep(clock: ManualClock) -> None:
    absences = Absences(clock)
    absences.began(LOCKED)
    watched(absences, clock, 10)
    clock.sleep(100)
    absences.look()
    watched(absences, clock, 10)
    absences.ended(LOCKED)
    told = absences.explain("screen-1", 0, 120_000, "screen_not_shown")
    assert told == [(0, 10_000, "screen-locked"), (10_000, 110_000, "suspended"), (110_000, 120_000, "screen-locked")]


def test_a_nap_of_the_clocks_is_no_sleep(clock: ManualClock) -> None:
    absences = Absences(clock)
    clock.sleep(0.3)
    assert absences.sleeps() == []


def test_memory_is_bounded(clock: ManualClock) -> None:
    absences = Absences(clock)
    for _ in range(2 * MOST):
        clock.sleep(1)
        absences.look()
        absences.began(LOCKED)
        clock.advance(1)
        absences.ended(LOCKED)
    assert len(absences.sleeps()) == MOST
    assert absences.explain("sound", 0, 1000, "lost") == [(0, 1000, "lost")]  # the oldest is forgotten
