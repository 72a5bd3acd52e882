"""The derivation of the prompts is fixed: review and other programs recompute it."""

from __future__ import annotations

import hashlib
import itertools
from collections import Counter

import pytest

from faces.asks import ASKS, BLINK, LOOK_STRAIGHT, ORDERS, TURN_LEFT, TURN_RIGHT, follows, instead, plan


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


def asked(nonce: str, attempt: int = 1) -> list[dict]:
    """A faultless student's prompts, as a finding lists them."""
    entries, t = [], 1000
    for step in plan(nonce, attempt):
        begun, t = t, t + step.hold_ms + 900
        entries.append({"prompt": step.prompt, "asked_ms": begun, "done_ms": t, "peak": 1.0}
                       | ({"hold_ms": step.hold_ms} if step.hold_ms else {}))  # fmt: skip
    return entries


def test_a_stranger_recomputes_what_was_asked() -> None:
    whole = asked("nonce", 2)
    assert follows(whole, "nonce", 2) and follows([], "nonce", 2)
    unfinished = [*whole[:4], whole[4] | {"done_ms": None}]
    assert follows(unfinished, "nonce", 2)
    later = [entry | {"asked_ms": entry["asked_ms"] + 60_000, "done_ms": entry["done_ms"] + 60_000} for entry in whole]
    assert follows([*unfinished, *later], "nonce", 2)  # the track broke, from the first prompt again


@pytest.mark.parametrize("forge", [
    lambda whole: whole[1:],
    lambda whole: [whole[0], whole[3], *whole[2:]],
    lambda whole: [*whole, *whole],
    lambda whole: [whole[0] | {"hold_ms": 1}, *whole[1:]],
    lambda whole: [whole[0] | {"done_ms": whole[0]["asked_ms"] + 1}, *whole[1:]],
    lambda whole: [whole[0] | {"done_ms": None}, *whole[1:]],
    lambda whole: [*whole[:2], whole[2] | {"asked_ms": 0}, *whole[3:]],
    lambda whole: [whole[0] | {"prompt": "smile"}, *whole[1:]],
    lambda whole: [whole[0] | {"asked_ms": "then"}, *whole[1:]],
    lambda whole: [whole[0] | {"done_ms": True}, *whole[1:]],
], ids=["no-first", "swapped", "twice", "pause", "cut", "skipped", "before", "unknown", "no-t", "no-end"])  # fmt: skip
def test_other_prompts_are_noticed(forge) -> None:
    assert not follows(forge(asked("nonce")), "nonce", 1)


def test_another_nonces_or_attempts_prompts_are_noticed() -> None:
    assert not follows(asked("another"), "nonce", 1) and not follows(asked("nonce", 2), "nonce", 1)


def test_what_is_asked_instead_follows_from_the_nonce() -> None:
    digest = hashlib.sha256(b"senim/instead/v1\nabc\n2\n3").digest()
    nod = ("nod_down", "nod_up")[digest[0] % 2]
    assert instead(BLINK, "abc", 2, 3) == ("open_mouth", nod) and instead(TURN_LEFT, "abc", 2, 3) == (
        nod,
        "come_closer",
    )
    assert instead(LOOK_STRAIGHT, "abc", 2, 0) == ()
    assert {instead(TURN_RIGHT, "abc", 1, place)[0] for place in range(9)} == {"nod_down", "nod_up"}


def replaced(place: int = 1, count: int = 1) -> list[dict]:
    """A student who cannot follow the prompt of ``place``, and ``count`` - 1 of those in its place."""
    whole = asked("nonce")
    entry, others = whole[place], instead(whole[place]["prompt"], "nonce", 1, place)
    gave_up = [entry | {"prompt": word, "done_ms": None} for word in (entry["prompt"], *others)[:count]]
    answered = [*gave_up, entry | {"prompt": others[count - 1]}]
    marked = [answered[0], *(one | {"instead_of": entry["prompt"]} for one in answered[1:])]
    return [*whole[:place], *marked, *whole[place + 1 :]]


@pytest.mark.parametrize("place", [1, 3, 5, 7])
@pytest.mark.parametrize("count", [1, 2])
def test_prompts_asked_instead_are_recomputed(place: int, count: int) -> None:
    assert follows(replaced(place, count), "nonce", 1) and not follows(replaced(place, count), "another", 1)


@pytest.mark.parametrize("forge", [
    lambda entries: [*entries[:1], *entries[2:]],
    lambda entries: [*entries[:2], entries[2] | {"instead_of": None}, *entries[3:]],
    lambda entries: [*entries[:2], entries[2] | {"instead_of": "smile"}, *entries[3:]],
    lambda entries: [*entries[:2], entries[2] | {"prompt": "come_closer"}, *entries[3:]],
    lambda entries: [*entries[:3], entries[2], *entries[3:]],
    lambda entries: [entries[0] | {"instead_of": "blink"}, *entries[1:]],
    lambda entries: [*entries[:1], entries[1] | {"done_ms": 9_000_000}, *entries[2:]],
], ids=["not-asked", "not-said", "unknown", "the-second-first", "twice", "straight", "done-too"])  # fmt: skip
def test_other_prompts_instead_are_noticed(forge) -> None:
    assert not follows(forge(replaced()), "nonce", 1)
