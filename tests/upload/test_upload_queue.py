"""The loop over the spool: order, repeats, failures at every call, the end. No thread, no waiting."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from spool_delivery import Delivery

from client.spool.table import SegmentState
from client.upload.history import held_by_receipts
from client.upload.queue import LIMIT_SECONDS, STUCK_SECONDS
from client.upload.transport import BadAnswer, NetworkDown, Refused, Status
from evidence.attached import FILES
from evidence.ledger import Head
from evidence.receipt import make_head_receipt, read_receipt


def test_lines_then_answers_then_segments_oldest_first(delivery: Delivery) -> None:
    assert delivery.run() == 0
    assert delivery.all_there()
    calls = [c for c in delivery.transport.calls if c != "status"]
    assert calls == ["post_lines", "put_answer", "put_answer", "put_segment", "put_segment", "put_segment"]
    assert [index for _, index in delivery.institution.segments] == [0, 1, 2]
    assert delivery.ears.answers == [("q1", 1), ("q2", 1)]
    assert delivery.ears.states == ["online"] and delivery.ears.bytes > 6000


def test_the_closing_receipt_ends_it(delivery: Delivery) -> None:
    delivery.end()
    delivery.run()
    assert delivery.all_there()
    payload = read_receipt(delivery.ears.receipts[0], delivery.institution.server_key.verifying)
    assert payload["type"] == "closing"


CALLS = ["post_lines", "put_answer", "put_segment", "hand_in"]


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("after", [False, True], ids=["lost request", "lost answer"])
def test_the_network_fails_at_every_call(delivery: Delivery, call: str, after: bool) -> None:
    delivery.transport.fail_next(call, NetworkDown("cut"), times=2, after=after)
    delivery.end()
    assert delivery.run() == 2
    assert delivery.all_there() and len(delivery.ears.receipts) == 1
    assert delivery.ears.states[-1] == "online" and "offline" in delivery.ears.states
    assert delivery.ears.words == []


@pytest.mark.parametrize("call", CALLS)
def test_a_busy_or_broken_server_is_asked_again(delivery: Delivery, call: str) -> None:
    delivery.transport.fail_next(call, Refused("overloaded", 503, {}, retry_after=3))
    delivery.transport.fail_next(call, Refused("internal", 500, {}))
    delivery.transport.fail_next(call, BadAnswer("not JSON"))
    delivery.end()
    assert delivery.run() == 3
    assert delivery.all_there() and len(delivery.ears.receipts) == 1


def test_retry_after_is_the_least_wait(delivery: Delivery) -> None:
    assert delivery.uploader.after(Refused("overloaded", 503, {}, retry_after=7)) >= 7
    assert delivery.uploader.after(NetworkDown("x")) <= 30


def test_a_server_that_forgot_is_told_everything_again(delivery: Delivery) -> None:
    delivery.run()
    delivery.institution.forget_everything()
    delivery.end()
    delivery.until_receipt()
    assert delivery.all_there()


def test_another_history_at_the_server_is_told_not_overwritten(delivery: Delivery) -> None:
    delivery.transport.fail_next("post_lines", Refused("ledger_conflict", 409, {"n": 3}))
    delivery.run(1)
    assert delivery.ears.words == ["ledger_conflict"]
    assert len(delivery.room.spool.table.segments(SegmentState.LISTED)) == 3


def test_a_receipt_for_lines_we_never_wrote_is_not_believed(delivery: Delivery) -> None:
    original = delivery.institution.post_lines

    def other_head(session: str, lines: Any) -> Any:
        taken = original(session, lines)
        head = Head(taken.head.n, "0" * 64)
        receipt = make_head_receipt(session, head, "2026-01-31T09:00:00.000Z", delivery.institution.server_key)
        return type(taken)(receipt, head, taken.status)

    delivery.institution.post_lines = other_head  # a lying server
    delivery.run()
    assert delivery.ears.words == ["ledger_conflict"]
    assert delivery.uploader.held_n == -1
    assert delivery.institution.segments == {}


def test_after_a_takeover_what_is_listed_there_still_comes_home(delivery: Delivery) -> None:
    while delivery.uploader.held_n < 0:
        delivery.uploader.step()
    delivery.room.segment(3)
    delivery.room.done()
    delivery.uploader.hurry()
    delivery.transport.fail_next("post_lines", Refused("in_use_elsewhere", 409, {}))
    delivery.transport.fail_next("put_answer", Refused("in_use_elsewhere", 409, {}))
    delivery.run()
    assert sorted(index for _, index in delivery.institution.segments) == [0, 1, 2]
    assert delivery.ears.words == ["in_use_elsewhere"]


def test_after_a_takeover_and_a_restart_it_is_found_again_what_was_listed_there(delivery: Delivery) -> None:
    """The receipts kept on the disk may be older than what the server holds: its refusal tells how far they agree."""
    while delivery.uploader.held_n < 0:
        delivery.uploader.step()
    held = delivery.uploader.held_n
    delivery.room.segment(3)
    delivery.room.done()
    delivery.uploader = delivery.another(held=-1)
    delivery.transport.fail_next("post_lines", Refused("in_use_elsewhere", 409, {"n": held + 1}))
    delivery.transport.fail_next("put_answer", Refused("in_use_elsewhere", 409, {}))
    delivery.run()
    assert delivery.uploader.held_n == held
    assert sorted(index for _, index in delivery.institution.segments) == [0, 1, 2]


def test_pieces_that_are_on_another_computer_are_named_and_waited_for(delivery: Delivery) -> None:
    delivery.run()
    brought = delivery.institution.segments.pop(("camera", 1))
    delivery.room.spool.make_room(10**9)  # as on a computer that went on from the server's ledger
    delivery.end()
    assert delivery.run() == 0
    assert delivery.ears.words == ["pieces_elsewhere"] and delivery.ears.receipts == []
    delivery.institution.segments["camera", 1] = brought
    delivery.until_receipt()
    assert delivery.all_there()


def test_a_damaged_or_lost_file_does_not_stop_the_rest(delivery: Delivery) -> None:
    spool = delivery.room.spool
    spool.segment_file("camera", 0).write_bytes(os.urandom(50))
    spool.segment_file("camera", 1).unlink()
    delivery.run()
    assert sorted(index for _, index in delivery.institution.segments) == [2]
    assert [r.state for r in spool.table.segments()] == [
        SegmentState.REFUSED, SegmentState.REFUSED, SegmentState.HELD
    ]  # fmt: skip
    assert delivery.ears.words == ["segment_digest", "spool_damaged"]


@pytest.mark.parametrize(("stream", "wait"), [("camera", STUCK_SECONDS), (FILES, LIMIT_SECONDS)])
def test_the_end_is_not_tried_at_once_again_where_a_piece_is_damaged(
    delivery: Delivery, stream: str, wait: float
) -> None:
    if stream == FILES:
        delivery.room.part(0, FILES)
        delivery.room.segment(0, stream=FILES)
    delivery.room.done()
    delivery.room.spool.segment_file(stream, 0).write_bytes(os.urandom(50))
    delivery.run()
    delivery.end()
    waits = [delivery.uploader.step() or 0.0 for _ in range(12)]
    assert set(waits[2:]) <= {0.0, wait} and wait in waits[2:], waits
    assert delivery.ears.receipts == []


def test_files_over_the_limit_are_kept_and_sent_when_it_is_raised(
    delivery: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, limit, tried = delivery.institution.put_segment, [1], list[int]()

    def limited(session: str, stream: str, index: int, sealed: bytes) -> bool:
        if stream == FILES:
            tried.append(index)
            if index >= limit[0]:
                raise Refused("files_too_large", 413, {"most_bytes": 5})
        return put(session, stream, index, sealed)

    monkeypatch.setattr(delivery.institution, "put_segment", limited)
    delivery.room.part(0, FILES)
    for number in range(4):
        delivery.room.segment(number, stream=FILES)
    delivery.room.segment(3)
    delivery.room.done()
    delivery.run()
    assert tried == [0, 1], "what lies behind it is not tried in vain"
    assert ("camera", 3) in delivery.institution.segments, "the recording goes on"
    delivery.end()
    delivery.run()
    assert delivery.ears.receipts == [] and tried == [0, 1]
    assert delivery.uploader.step() == 0.0 and tried == [0, 1, 1], "tried once more"
    assert delivery.uploader.step() == LIMIT_SECONDS
    limit[0] = 9
    delivery.until_receipt()
    assert tried == [0, 1, 1, 1, 2, 3] and len(delivery.institution.segments) == 8
    assert delivery.ears.words == ["files_too_large"]


@pytest.mark.parametrize("word", ["answer_stale", "time_over", "already_handed_in", "unknown_question"])
def test_an_answer_the_server_never_takes_blocks_nothing(delivery: Delivery, word: str) -> None:
    delivery.transport.fail_next("put_answer", Refused(word, 409, {}))
    delivery.run()
    assert delivery.all_there()
    assert delivery.ears.answers == [("q2", 1)]
    assert delivery.ears.words == ([] if word == "answer_stale" else [word])


def test_what_the_server_misses_at_the_end_is_sent_again(delivery: Delivery) -> None:
    delivery.run()
    del delivery.institution.segments["camera", 1]
    delivery.institution.held_answers.clear()
    delivery.end()
    delivery.until_receipt()
    assert delivery.all_there() and delivery.institution.held_answers.keys() == {"q1", "q2"}


def test_the_receipt_is_fetched_after_a_crash_in_the_last_moment(delivery: Delivery) -> None:
    delivery.end()
    delivery.transport.fail_next("hand_in", NetworkDown("cut"), after=True)
    delivery.run(1)
    while delivery.uploader.held_n < len(delivery.room.spool.lines()) - 1 or not delivery.institution.receipt:
        delivery.run(1)
    delivery.uploader = delivery.another()
    delivery.transport.fail_next("post_lines", Refused("already_handed_in", 409, {}))
    delivery.run()
    assert delivery.ears.receipts == [delivery.institution.receipt]


class Ahead:
    """A clock that a test turns forward."""

    def __init__(self, clock: Any) -> None:
        self._clock, self.ahead_ms = clock, 0

    def now_ms(self) -> int:
        return int(self._clock.now_ms()) + self.ahead_ms


@pytest.mark.parametrize("answers", [True, False])
def test_a_call_without_an_answer_is_told_before_it_fails(
    delivery: Delivery, monkeypatch: pytest.MonkeyPatch, answers: bool
) -> None:
    """A server that froze, a cable that was pulled: nothing is refused, nothing is answered."""
    delivery.run()
    uploader = delivery.another(held=len(delivery.room.spool.lines()) - 1)
    clock = Ahead(delivery.room.clock)
    for part in (uploader, uploader._network):
        monkeypatch.setattr(part, "_clock", clock)
    real_status, seen = delivery.institution.status, []

    def silent(session: str) -> Status:
        for _ in range(3):
            uploader.look()
            seen.append(delivery.ears.states[-1])
            clock.ahead_ms += 3000
        if not answers:
            raise NetworkDown("no answer")
        return real_status(session)

    monkeypatch.setattr(delivery.institution, "status", silent)
    if answers:
        uploader.step()
    else:
        with pytest.raises(NetworkDown) as caught:
            uploader.step()
        uploader.after(caught.value)
    assert seen == ["online", "online", "slow"]
    assert delivery.ears.states[-1] == ("online" if answers else "offline")
    clock.ahead_ms += 60_000
    uploader.look()  # nothing is under way
    assert delivery.ears.states[-1] == ("online" if answers else "offline")


@pytest.mark.parametrize(("status", "state"), [(503, "slow"), (429, "slow"), (500, "offline"), (502, "offline")])
def test_only_a_server_that_asks_for_patience_is_slow(delivery: Delivery, status: int, state: str) -> None:
    delivery.transport.fail_next("post_lines", Refused("overloaded", status, {}))
    with pytest.raises(Refused) as caught:
        delivery.uploader.step()
    delivery.uploader.after(caught.value)
    assert delivery.ears.states == [state]


def test_a_loaded_server_slows_the_client_down(delivery: Delivery) -> None:
    delivery.institution.load = 9
    waits = [delivery.uploader.step() for _ in range(4)]
    assert waits[:3] == [0.0, 0.0, 0.0] and (waits[3] or 0) > 0.5


def test_where_to_go_on_is_read_from_the_receipts(delivery: Delivery) -> None:
    assert held_by_receipts([], "session-1") == -1
    delivery.run()
    receipts = delivery.room.spool.receipts()
    assert held_by_receipts([*receipts, "torn"], "session-1") == len(delivery.room.spool.lines()) - 1
    assert held_by_receipts(receipts, "another") == -1


def test_the_thread_does_all_this_by_itself(
    delivery: Delivery, wait_until: Callable[[Callable[[], bool]], None]
) -> None:
    delivery.transport.fail_next("put_segment", NetworkDown("cut"))
    delivery.end()
    delivery.uploader.start()
    wait_until(lambda: bool(delivery.ears.receipts))
    delivery.uploader.stop()
    assert delivery.all_there()
