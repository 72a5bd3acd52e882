"""A student for tests: the steerable puppet answers prompts after a moment, looks are taken at a fixed rate.

No clock: time is counted in frames of the puppet.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import cv2
import numpy as np

from client.verify.identity import IdentityCheck, IdentityProgress
from faces.detect import Face, FaceAnalyser, Picture
from simulation.performer import Performer

FPS = 15
REACTION_MS = 500
POSES = {"turn_left": "left", "turn_right": "right", "blink": "blink", "nod_down": "down", "nod_up": "up"}
Change = Callable[[Picture, int], Picture]
_LOOKS: dict[bytes, list[Face]] = {}


def sit(
    check: IdentityCheck,
    analyser: FaceAnalyser,
    performer: Performer,
    *,
    until_ms: int = 150_000,
    ignores: tuple[str, ...] = (),
    cannot: tuple[str, ...] = (),
    change: Change | None = None,
) -> tuple[IdentityProgress, int]:
    """Run the check until it has an outcome or the time is over; the last progress and its time.

    ``ignores``: prompts this student does not follow; ``cannot``: those in whose place something else is asked for;
    ``change`` alters what the camera sees."""
    progress, prompt, act_at, t = IdentityProgress("", "", 0.0), "", -1, 0
    while t < until_ms and not progress.outcome:
        picture = np.asarray(cv2.imdecode(np.frombuffer(performer.frame(), np.uint8), cv2.IMREAD_COLOR), dtype=np.uint8)
        if change is not None:
            picture = change(picture, t)
        progress = check.feed(picture, look(analyser, picture), t)
        if progress.prompt in cannot and progress.another:
            check.another_prompt()
        if progress.prompt != prompt:
            prompt, act_at = progress.prompt, t + REACTION_MS
        if 0 <= act_at <= t:
            act_at = -1
            if prompt not in ignores:
                performer.pose(POSES.get(prompt, "straight"))
        t += round(1000 / FPS)
    return progress, t


def look(analyser: FaceAnalyser, picture: Picture) -> list[Face]:
    """What the real analyser finds; the puppet's frames repeat, and a look depends on nothing else."""
    key = hashlib.sha1(picture.tobytes(), usedforsecurity=False).digest()
    if key not in _LOOKS:
        _LOOKS[key] = analyser.look(picture)
    return _LOOKS[key]


def words(evidence: dict[str, Any]) -> list[str]:
    """The prompts that were done, in order."""
    return [p["prompt"] for p in evidence["prompts"] if p["done_ms"] is not None]
