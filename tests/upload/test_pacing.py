"""What the student is told of the rate, and a line that is paid for: lines and answers go, the recording waits."""

from __future__ import annotations

from spool_delivery import Delivery

from client.spool.table import SegmentState
from client.upload.rate import WINDOW_MS, Rate


def test_the_rate_has_all_rests_in_it() -> None:
    rate = Rate()
    assert rate.bytes_per_second(0) == 0.0
    rate.sent(1000, 2000, 100_000)
    assert rate.bytes_per_second(2000) == 100_000
    assert rate.bytes_per_second(6000) == 20_000, "four seconds in which nothing went"
    rate.sent(6000, 11_000, 100_000)
    assert rate.bytes_per_second(11_000) == 20_000


def test_nothing_is_said_of_a_line_over_which_nothing_goes() -> None:
    rate = Rate()
    rate.sent(0, 1000, 50_000)
    assert rate.bytes_per_second(1000 + WINDOW_MS) > 0
    assert rate.bytes_per_second(1001 + WINDOW_MS) == 0.0


def test_a_slower_line_shows_within_one_window() -> None:
    rate = Rate()
    for second in range(20):
        rate.sent(second * 1000, second * 1000 + 1000, 1_000_000)
    for second in range(20, 45, 5):
        rate.sent(second * 1000, second * 1000 + 5000, 100_000)
    assert rate.bytes_per_second(45_000) < 30_000


def test_on_a_line_that_is_paid_for_only_lines_and_answers_go(delivery: Delivery) -> None:
    delivery.uploader.hold_back(True)
    delivery.end()
    assert delivery.run() == 0
    assert delivery.institution.lines == delivery.room.spool.lines()
    assert set(delivery.institution.held_answers) == {"q1", "q2"}
    assert delivery.institution.segments == {} and delivery.ears.receipts == []
    assert len(delivery.room.spool.table.segments(SegmentState.LISTED)) == 3
    assert "slow" not in delivery.ears.states
    delivery.uploader.hold_back(False)
    delivery.until_receipt()
    assert delivery.all_there() and delivery.uploader.bytes_per_second > 0
