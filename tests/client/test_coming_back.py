"""The clock and the exam's end of a session that is gone on with; what proves when it was closed."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from client import clock as clocks
from client.clock import Origin, SessionClock
from client.engine.receipt import closing_times, lost_view
from client.engine.returning import _ends_again, clock_again
from client.messages import LostView
from client.spool.note import SessionNote
from evidence.receipt import Head, make_head_receipt
from evidence.signing import SigningKey

RULE = {"stopped": True, "network": False, "most_minutes": 15}
LINES = [
    {"type": "begin", "at": 0}, {"type": "event", "at": 1000, "name": "paper-opened"},
    {"type": "segment", "at": 60_000},
]  # fmt: skip


def note(origin: Origin, **changes: Any) -> SessionNote:
    made = SessionNote(
        session="s", seat="seat", title="Physics", login="a", server="http://127.0.0.1:1", nonce="n",
        policy={"give_back": RULE}, seat_key="", server_key="", origin=dataclasses.asdict(origin),
        server_unix_ms=origin.unix_ms + 5000, ends="2026-01-31T10:00:00.000Z",
    )  # fmt: skip
    return dataclasses.replace(made, **changes)


def test_in_the_same_boot_time_runs_on_and_is_known() -> None:
    origin = Origin(clocks.raw_ns() - 60_000_000_000, clocks.unix_now_ms() - 60_000, clocks.boot_id())
    clock = clock_again(note(origin))
    assert 60_000 <= clock.now_ms() < 70_000
    assert clock.proven and abs(clock.server_ms(0) - (origin.unix_ms + 5000)) < 10


def test_after_a_restart_of_the_computer_time_goes_by_the_wall_and_is_unproven() -> None:
    origin = Origin(12, clocks.unix_now_ms() - 300_000, "another boot")
    clock = clock_again(note(origin), last_ms=200_000)
    assert 300_000 <= clock.now_ms() < 310_000
    assert not clock.proven and clock.server_ms(0) == origin.unix_ms + 5000


def test_a_wall_clock_set_back_does_not_take_time_back() -> None:
    """Whoever sets the computer's clock back while it is off gains nothing before the last line."""
    origin = Origin(12, clocks.unix_now_ms() + 3_600_000, "another boot")
    clock = clock_again(note(origin), last_ms=200_000)
    assert 200_000 <= clock.now_ms() < 210_000
    assert not clock.proven


def test_the_end_moves_by_what_is_given_back() -> None:
    origin = SessionClock().origin
    assert _ends_again(note(origin), LINES, 68_000) == "2026-01-31T10:00:08.000Z"
    assert _ends_again(note(origin, policy={}), LINES, 68_000) == "2026-01-31T10:00:00.000Z"
    assert _ends_again(note(origin), LINES, 60_000 + 3_600_000) == "2026-01-31T10:15:00.000Z"
    assert _ends_again(note(origin, ends=""), LINES, 68_000) == ""


def test_the_sum_of_what_was_lost() -> None:
    lines = [
        *LINES, {"type": "event", "at": 70_000, "name": "network-lost"},
        {"type": "event", "at": 320_000, "name": "network-back"}, {"type": "segment", "at": 321_000},
        {"type": "event", "at": 329_000, "name": "recorder-restarted"},
    ]  # fmt: skip
    assert lost_view(lines, {"give_back": RULE}) == LostView(250.0, 8.0, 0.0, 8.0)
    assert lost_view(lines, {}) == LostView(250.0, 8.0, 0.0, 0.0)


@pytest.mark.parametrize("anchored", [True, False], ids=["with-a-receipt-before", "without"])
def test_the_closing_time_stands_between_the_server_s_words(anchored: bool) -> None:
    key = SigningKey.generate()
    lines = [*LINES, {"type": "end", "at": 90_000, "n": 3, "wall": "2026-01-31T09:55:00.000Z"}]
    receipts = [
        make_head_receipt("s", Head(1, "0" * 64), "2026-01-31T09:10:00.000Z", key),
        make_head_receipt("s", Head(2, "0" * 64), "2026-01-31T09:11:00.000Z", key),
    ][: 2 if anchored else 0]
    receipts += ["torn", make_head_receipt("s", Head(3, "0" * 64), "2026-01-31T18:00:00.000Z", key)]
    assert closing_times(lines, receipts, {"at": "2026-01-31T18:00:01.000Z"}) == {
        "anchored": "2026-01-31T09:11:00.000Z" if anchored else "",
        "local": "2026-01-31T09:55:00.000Z",
        "received": "2026-01-31T18:00:01.000Z",
    }
