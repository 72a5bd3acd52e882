"""The derivation of the prompts is fixed: review and other programs recompute it."""

from __future__ import annotations

import hashlib
import itertools
from collections import Counter

from faces.asks import ASKS, BLINK, LOOK_STRAIGHT, ORDERS, TURN_LEFT, TURN_RIGHT, plan


def test_orders_hold_every_ask_and_no_repeat_in_a_row() -> None:
    assert len(ORDERS) == 18 == len(set(ORDERS)) and list(ORDERS) == sorted(ORDERS)
    assert all(set(o) == set(ASKS) and all(a != b for a, b in itertools.pairwise(o)) for o in ORDERS)


def test_a_stranger_gets_the_same_plan() -> None:
    digest = hashlib.sha256(b"senim/prompts/v1\nabc\n2").digest()
    steps = plan("abc", 2)
    assert [s.prompt for s in steps[1::2]] == list(ORDERS[int.from_bytes(digest[:2], "big") % 18])
    assert [s.hold_ms for s in steps[0::2]] == [700 + 4 * b for b in digest[2:7]]
    assert all(s.prompt == LOOK_STRAIGHT for s in steps[0::2]) and len(steps) == 9


def test_this_vector_never_changes() -> None:
    steps = plan("senim")
    assert [(s.prompt, s.hold_ms) for s in steps] == VECTOR


def test_nonces_and_attempts_spread_over_all_orders() -> None:
    seen = Counter(tuple(s.prompt for s in plan(f"nonce {k // 2}", 1 + k % 2)) for k in range(1800))
    assert len(seen) == 18 and min(seen.values()) > 50
    assert plan("a", 1) != plan("a", 2) and plan("a") == plan("a", 1)


VECTOR = [
    (LOOK_STRAIGHT, 1680),
    (TURN_LEFT, 0),
    (LOOK_STRAIGHT, 884),
    (TURN_RIGHT, 0),
    (LOOK_STRAIGHT, 1128),
    (BLINK, 0),
    (LOOK_STRAIGHT, 772),
    (TURN_RIGHT, 0),
    (LOOK_STRAIGHT, 880),
]
