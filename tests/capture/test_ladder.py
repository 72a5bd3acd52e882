"""The ladder: its written order, its patience, and what holds for any pressure whatever (seeded random runs)."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable

import pytest

from client.capture.ladder import ORDERS, PACES, Change, Felt, Ladder, Reason, Step, stepped, useful
from client.capture.lateness import Lateness
from client.capture.settings import CaptureSettings

CALM = dict.fromkeys(Reason, Felt.CALM)
HOURS_3 = 3 * 3600 * 1000


def run(
    ladder: Ladder, seconds: int, feel: Callable[[int], dict[Reason, Felt]], start_ms: int = 0
) -> list[tuple[int, Change]]:
    """What changed when, felt once a second."""
    return [
        (start_ms + s * 1000, change)
        for s in range(seconds)
        for change in ladder.feel(start_ms + s * 1000, feel(start_ms + s * 1000))
    ]


def pressing(reason: Reason) -> dict[Reason, Felt]:
    return {**CALM, reason: Felt.PRESSING}


@pytest.mark.parametrize("reason", Reason)
def test_steps_come_in_the_written_order_and_go_back_in_the_opposite_one(reason: Reason) -> None:
    ladder = Ladder()
    down = run(ladder, 600, lambda _ms: pressing(reason))
    assert [c.step for _, c in down] == list(ORDERS[reason])
    assert all(c.down and c.reason is reason for _, c in down)
    apart = [b - a for (a, _), (b, _) in itertools.pairwise(down)]
    assert min(apart) >= PACES[reason].down
    assert ladder.at_the_bottom
    up = run(ladder, 3600, lambda _ms: CALM, 600_000)
    assert [c.step for _, c in up] == list(reversed(ORDERS[reason]))
    assert not any(c.down for _, c in up)
    assert up[0][0] - 600_000 >= PACES[reason].up
    assert ladder.taken == frozenset() and not ladder.at_the_bottom


def test_between_pressing_and_calm_nothing_moves() -> None:
    ladder = Ladder()
    run(ladder, 15, lambda _ms: pressing(Reason.LATE))
    taken = ladder.taken
    assert taken
    assert run(ladder, 3600, lambda _ms: {**CALM, Reason.LATE: Felt.BETWEEN}, 15_000) == []
    assert ladder.taken == taken


def test_a_step_two_pressures_ask_for_is_told_once_and_held_by_the_other() -> None:
    ladder = Ladder()
    both = {**CALM, Reason.DISK: Felt.PRESSING, Reason.UPLINK: Felt.PRESSING}
    changes = [c for _, c in run(ladder, 1200, lambda _ms: both)]
    assert len(changes) == len({c.step for c in changes}) == len(ORDERS[Reason.DISK])
    disk_gone = [c for _, c in run(ladder, 1200, lambda _ms: {**both, Reason.DISK: Felt.CALM}, 1_200_000)]
    assert disk_gone == [] and ladder.taken == frozenset(ORDERS[Reason.UPLINK])
    run(ladder, 3600, lambda _ms: CALM, 2_400_000)
    assert ladder.taken == frozenset()


@pytest.mark.parametrize("holds", range(1, 6))
def test_a_computer_that_carries_so_many_steps_is_not_pulled_up_and_down(holds: int) -> None:
    """Calm with ``holds`` steps taken, pressed with fewer: each failed step up doubles the wait for the next."""
    ladder = Ladder()
    order = ORDERS[Reason.LATE]

    def feel(_ms: int) -> dict[Reason, Felt]:
        return CALM if len(ladder.taken) >= holds else pressing(Reason.LATE)

    changes = run(ladder, HOURS_3 // 1000, feel)
    ups = [ms for ms, c in changes if not c.down]
    assert len(ups) <= 10, "one an hour and a few at first"
    waits = [b - a for a, b in itertools.pairwise(ups)]
    assert waits == sorted(waits)
    assert set(order[: holds - 1]) <= ladder.taken


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_felt(seed: int) -> None:
    """Bounded steps, at most one at a time, events that tell exactly what is taken, no flapping, back to the top."""
    source = random.Random(seed)
    steps = source.sample(list(Step), source.randint(0, len(Step)))
    ladder, told, now = Ladder(steps), set[Step](), 0
    last: dict[Reason, int] = {}
    changes: list[tuple[int, Change]] = []
    felt = dict(CALM)
    for _ in range(4000):
        now += source.choice((250, 1000, 1000, 5000, 60_000, 0))
        for reason in Reason:
            if source.random() < 0.05:
                felt[reason] = source.choice(list(Felt))
        asked = {reason: felt[reason] for reason in Reason if source.random() < 0.9}
        found = ladder.feel(now, asked)
        assert len(found) <= 1
        for change in found:
            assert asked[change.reason] is (Felt.PRESSING if change.down else Felt.CALM)
            assert (change.step in told) is not change.down, "only real changes are told"
            (told.add if change.down else told.discard)(change.step)
            pace = PACES[change.reason]
            if change.reason in last:
                assert now - last[change.reason] >= min(pace.down, pace.up)
            last[change.reason] = now
            changes.append((now, change))
        assert ladder.taken == told <= set(steps)
    run(ladder, 8 * 3600, lambda _ms: CALM, now + 1000)
    assert ladder.taken == frozenset() and not ladder.at_the_bottom
    for reason in Reason:
        reached = [ms for ms, c in changes if c.reason is reason]
        assert len(reached) <= now / min(PACES[reason].down, PACES[reason].up) + 1


def test_the_steps_make_less_of_everything() -> None:
    base = CaptureSettings(screen_preset=8)
    assert stepped(base, []) == base
    low = stepped(base, list(Step))
    assert (low.screen_small_change_s, low.screen_preset, low.screen_rate, low.camera_rate) == (1.0, 12, 5, 5)
    assert low.screen_crf > base.screen_crf and low.camera_crf > base.camera_crf and low.camera_width == 320
    assert useful(base) == frozenset(Step)
    assert Step.PRESET_10 not in useful(CaptureSettings()), "it begins there"


def test_late_is_a_quarter_of_the_slots_in_ten_seconds() -> None:
    lateness = Lateness()
    assert lateness.felt(0) is Felt.CALM
    for second in range(10):
        lateness.count(second * 1000, kept=7, lost=3)
    assert lateness.felt(9000) is Felt.PRESSING
    for second in range(10, 20):
        lateness.count(second * 1000, kept=9, lost=1)
    assert lateness.felt(19_500) is Felt.BETWEEN
    for second in range(20, 30):
        lateness.count(second * 1000, kept=10, lost=0)
    assert lateness.felt(30_500) is Felt.CALM
    lateness.count(31_000, kept=1, lost=10)
    assert lateness.felt(31_000) is Felt.BETWEEN, "one late picture is not a late stream"
    lateness.count(32_000, kept=1, lost=36_000)
    assert lateness.felt(32_000) is Felt.BETWEEN, "an hour asleep is not late"
    lateness.forget()
    assert lateness.felt(32_000) is Felt.CALM
