"""Which prompts a student gets, in which order, with which pauses: from the server's nonce alone.

Version 1, so that anyone with the nonce can recompute it:

    digest = SHA-256("senim/prompts/v1\\n" + nonce + "\\n" + decimal attempt, UTF-8)
    order  = ORDERS[big-endian 16 bits of digest[0:2] mod 18]
    hold i = 700 + 4 * digest[2 + i] milliseconds, i = 0..4

``ORDERS``: all sequences of four out of turn_left, turn_right, blink that hold each at least once
and never the same twice in a row, in lexicographic order. Before, between and after the asks the
student looks straight for ``hold``. The nonce is the server's, so no recording made beforehand can
know the order.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LOOK_STRAIGHT, TURN_LEFT, TURN_RIGHT, BLINK = "look_straight", "turn_left", "turn_right", "blink"
ASKS = (BLINK, TURN_LEFT, TURN_RIGHT)
LENGTH = 4
DERIVATION = "senim/prompts/v1"

ORDERS: tuple[tuple[str, ...], ...] = tuple(
    order
    for order in sorted(itertools.product(ASKS, repeat=LENGTH))
    if set(order) == set(ASKS) and all(a != b for a, b in itertools.pairwise(order))
)


@dataclass(frozen=True)
class Step:
    """One prompt. ``hold_ms``: how long to look straight; 0 for the other prompts."""

    prompt: str
    hold_ms: int


def plan(nonce: str, attempt: int = 1) -> tuple[Step, ...]:
    """The nine steps of one attempt: straight, ask, straight, ask, ... straight."""
    digest = hashlib.sha256(f"{DERIVATION}\n{nonce}\n{attempt}".encode()).digest()
    order = ORDERS[int.from_bytes(digest[:2], "big") % len(ORDERS)]
    holds = [700 + 4 * digest[2 + k] for k in range(LENGTH + 1)]
    steps = [Step(LOOK_STRAIGHT, holds[0])]
    for prompt, hold in zip(order, holds[1:], strict=True):
        steps += [Step(prompt, 0), Step(LOOK_STRAIGHT, hold)]
    return tuple(steps)


def follows(asked: Sequence[Mapping[str, Any]], nonce: str, attempt: int) -> bool:
    """Whether the prompts of an identity finding are those the nonce gives: order, pauses, and that no pause was cut.

    ``asked``: as the finding lists them, hostile. A prompt that was never done is followed by nothing or by the first
    one again (the track broke). Empty lists follow: the student may have asked for a person at once.
    """
    steps, place = plan(nonce, attempt), 0
    for number, entry in enumerate(asked):
        if place >= len(steps) or entry.get("prompt") != steps[place].prompt:
            return False
        if (entry.get("hold_ms") or 0) != steps[place].hold_ms:
            return False
        begun, done = entry.get("asked_ms"), entry.get("done_ms")
        if not isinstance(begun, int):
            return False
        if done is None:
            place = 0
        elif isinstance(done, int) and not isinstance(done, bool) and done - begun >= steps[place].hold_ms:
            place += 1
        else:
            return False
        following = asked[number + 1].get("asked_ms") if number + 1 < len(asked) else None
        if following is not None and (not isinstance(following, int) or following < (begun if done is None else done)):
            return False
    return True
