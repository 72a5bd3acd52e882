"""Which prompts a student gets, in which order, with which pauses: from the server's nonce alone.

Version 1, so that anyone with the nonce can recompute it:

    digest = SHA-256("senim/prompts/v1\\n" + nonce + "\\n" + decimal attempt, UTF-8)
    order  = ORDERS[big-endian 16 bits of digest[0:2] mod 18]
    hold i = 700 + 4 * digest[2 + i] milliseconds, i = 0..4

``ORDERS``: all sequences of four out of turn_left, turn_right, blink that hold each at least once
and never the same twice in a row, in lexicographic order. Before, between and after the asks the
student looks straight for ``hold``. The nonce is the server's, so no recording made beforehand can
know the order.

Somebody who cannot follow a prompt asks for another one in its place; there are two for each, in an order that
follows from the same nonce, so that nobody chooses the movement itself:

    digest = SHA-256("senim/instead/v1\\n" + nonce + "\\n" + decimal attempt + "\\n" + decimal place, UTF-8)
    nod    = nod_down if digest[0] is even, else nod_up
    blink: open_mouth, nod       a turn: nod, come_closer       (place: of the step in the plan, from 0)

All but ``come_closer`` show that a live, solid head is there. It does not, so that a person decides after it.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LOOK_STRAIGHT, TURN_LEFT, TURN_RIGHT, BLINK = "look_straight", "turn_left", "turn_right", "blink"
NOD_DOWN, NOD_UP, OPEN_MOUTH, COME_CLOSER = "nod_down", "nod_up", "open_mouth", "come_closer"
ASKS = (BLINK, TURN_LEFT, TURN_RIGHT)
LENGTH = 4
DERIVATION = "senim/prompts/v1"
DERIVATION_INSTEAD = "senim/instead/v1"

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


def instead(prompt: str, nonce: str, attempt: int, place: int) -> tuple[str, ...]:
    """What may be asked in the place of a step's prompt, one after the other; () for looking straight."""
    if prompt not in ASKS:
        return ()
    digest = hashlib.sha256(f"{DERIVATION_INSTEAD}\n{nonce}\n{attempt}\n{place}".encode()).digest()
    nod = NOD_UP if digest[0] % 2 else NOD_DOWN
    return (OPEN_MOUTH, nod) if prompt == BLINK else (nod, COME_CLOSER)


def follows(asked: Sequence[Mapping[str, Any]], nonce: str, attempt: int) -> bool:
    """Whether the prompts of an identity finding are those the nonce gives: order, pauses, and that no pause was cut.

    ``asked``: as the finding lists them, hostile. A prompt that was never done is followed by nothing, by the next one
    in its place (``instead_of``), or by the first one again (the track broke). Empty lists follow: the student may
    have asked for a person at once.
    """
    steps, place, given_up = plan(nonce, attempt), 0, 0
    for number, entry in enumerate(asked):
        if place >= len(steps):
            return False
        step, following = steps[place], asked[number + 1] if number + 1 < len(asked) else None
        choices = (step.prompt, *instead(step.prompt, nonce, attempt, place))
        if given_up >= len(choices) or entry.get("prompt") != choices[given_up]:
            return False
        if entry.get("instead_of") != (step.prompt if given_up else None):
            return False
        if (entry.get("hold_ms") or 0) != step.hold_ms or not _in_time(entry, following):
            return False
        done = entry.get("done_ms")
        if done is None:
            another = following is not None and following.get("instead_of") is not None
            place, given_up = (place, given_up + 1) if another else (0, 0)
        elif isinstance(done, int) and not isinstance(done, bool) and done - entry["asked_ms"] >= step.hold_ms:
            place, given_up = place + 1, 0
        else:
            return False
    return True


def _in_time(entry: Mapping[str, Any], following: Mapping[str, Any] | None) -> bool:
    """Whether the next prompt was asked after this one was, and after it was done."""
    begun, done = entry.get("asked_ms"), entry.get("done_ms")
    if not isinstance(begun, int):
        return False
    then = following.get("asked_ms") if following is not None else None
    if then is None:
        return True
    return isinstance(then, int) and then >= (done if isinstance(done, int) else begun)
