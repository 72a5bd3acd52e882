import time
from typing import Any

import pytest

from client.clock import Origin, SessionClock, asleep_ns, boot_id, iso, raw_ns, windows_asleep_ns
from simulation.manual_clock import ManualClock


def test_session_time_begins_at_zero_and_never_goes_back() -> None:
    clock = SessionClock()
    times = [clock.now_ns() for _ in range(1000)]
    assert times == sorted(times)
    assert 0 <= times[0] < 1_000_000_000
    assert abs(clock.now_ms() - clock.now_ns() // 1_000_000) <= 1


def test_a_later_process_goes_on_with_the_same_session_time() -> None:
    first = SessionClock()
    second = SessionClock(first.origin)
    assert abs(first.now_ms() - second.now_ms()) <= 1


def test_after_a_restart_of_the_computer_the_wall_clock_finds_the_origin() -> None:
    an_hour_ago = Origin(raw_ns=12345, unix_ms=time.time_ns() // 1_000_000 - 3_600_000, boot="another boot")
    clock = SessionClock(an_hour_ago)
    assert abs(clock.now_ms() - 3_600_000) < 1000
    assert not clock.proven


def test_the_raw_clock_counts_time_asleep() -> None:
    assert abs(raw_ns() - time.clock_gettime_ns(time.CLOCK_BOOTTIME)) < 1_000_000_000
    assert boot_id()


@pytest.mark.parametrize("clock", [SessionClock(), ManualClock()])
def test_server_time_is_a_guess_until_the_server_answers(clock: SessionClock | ManualClock) -> None:
    assert not clock.proven
    now = clock.now_ms()
    clock.learn_server_time(2_000_000_000_000, now - 100, now + 100)
    assert clock.proven
    assert abs(clock.server_ms(now) - 2_000_000_000_000) <= 1


def test_the_answer_with_the_shortest_round_trip_counts() -> None:
    clock = SessionClock()
    clock.learn_server_time(1_000_000, 0, 40)
    clock.learn_server_time(9_000_000, 0, 4000)
    assert clock.server_ms(20) == 1_000_000
    clock.learn_server_time(1_000_500, 1000, 1010)
    assert clock.server_ms(1005) == 1_000_500


def test_wall_time_is_utc_with_milliseconds() -> None:
    assert iso(1_700_000_000_123) == "2023-11-14T22:13:20.123Z"
    clock = ManualClock()
    clock.advance(1.5)
    assert clock.now_ms() == 1500
    assert clock.wall_iso() == "2023-11-14T22:13:21.500Z"


def test_time_asleep_is_the_difference_of_two_clocks(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SessionClock()
    before = clock.asleep_ns()
    assert abs(clock.asleep_ns() - before) < 5_000_000
    real = raw_ns
    monkeypatch.setattr("client.clock.raw_ns", lambda: real() + 3_600_000_000_000)
    assert clock.asleep_ns() - before == pytest.approx(3.6e12, abs=5e6)


def test_a_thread_held_up_between_two_clocks_did_not_sleep(monkeypatch: pytest.MonkeyPatch) -> None:
    readings = iter([0, 60_000_000_000, 60_000_001_000, 60_000_002_000])  # stopped for a minute after the first
    monkeypatch.setattr("client.clock.awake_ns", lambda: next(readings))
    monkeypatch.setattr("client.clock.raw_ns", lambda: 60_000_001_500)
    assert abs(asleep_ns()) < 1_000_000


def test_windows_tells_sleep_by_two_counts() -> None:
    class Ticks:
        restype: Any = None

        def __call__(self) -> int:
            return 180_000

    class Kernel:
        """Three minutes since the start, one of them asleep."""

        GetTickCount64 = Ticks()

        def QueryUnbiasedInterruptTime(self, place: Any) -> int:
            place._obj.value = 120 * 10_000_000
            return 1

    assert windows_asleep_ns(Kernel()) == 60_000_000_000


def test_setting_the_wall_clock_moves_no_stamp(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SessionClock()
    at, wall, asleep = clock.now_ms(), clock.wall_ms(), clock.asleep_ns()
    monkeypatch.setattr("client.clock.unix_now_ms", lambda: wall + 12 * 3_600_000)
    assert clock.wall_ms() - wall == 12 * 3_600_000
    assert 0 <= clock.now_ms() - at < 60_000
    assert abs(clock.asleep_ns() - asleep) < 5_000_000
    assert clock.server_ms() - clock.now_ms() == clock.origin.unix_ms
