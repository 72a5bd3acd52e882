from __future__ import annotations

import pytest

from client.upload.backoff import FIRST_SECONDS, LONGEST_RETRY_AFTER, LONGEST_SECONDS, Backoff, pause_after


def test_waits_grow_and_stay_within_bounds() -> None:
    longest = Backoff(uniform=lambda _low, high: high)
    assert [longest.failed() for _ in range(9)] == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]
    shortest = Backoff(uniform=lambda low, _high: low)
    assert [shortest.failed() for _ in range(3)] == [0.25, 0.5, 1]
    longest.succeeded()
    assert longest.failed() == FIRST_SECONDS


def test_clients_do_not_come_back_in_step() -> None:
    waits = {round(Backoff().failed(20), 6) for _ in range(50)}
    assert len(waits) > 40 and min(waits) >= 20 and max(waits) <= 25


@pytest.mark.parametrize(("asked", "low", "high"), [(3, 3, 3.75), (0, 0, 0.5), (-5, 0, 0.5), (10**9, 120, 150)])
def test_retry_after_is_obeyed_within_reason(asked: float, low: float, high: float) -> None:
    assert low <= Backoff().failed(asked) <= high
    assert LONGEST_RETRY_AFTER == 120 and LONGEST_SECONDS == 30


def test_a_loaded_server_is_spared() -> None:
    assert [pause_after(load, 0.2) for load in (0, 5)] == [0, 0]
    assert pause_after(6, 0.2) < pause_after(8, 0.2) < pause_after(10, 0.5) <= 5
    assert pause_after(10, 60) == 5
