"""The prompts, one after the other: each is a small judge that sees looks and says when it is done.

Order and pauses come from the server's nonce (``faces.asks``). All prompts are done within one
unbroken track of one face; when the track breaks they begin again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from client.verify.signals import STRAIGHT_DEG, BlinkJudge, EyeBaseline, Track, TurnJudge
from faces.asks import BLINK, LOOK_STRAIGHT, TURN_LEFT, Step
from faces.detect import Face
from faces.landmarks import Points

STEP_LIMIT_MS = 25_000
MIN_BLINK_RATE = 8.0  # looks a second; below, blinks fall between two looks


@dataclass
class Asked:
    """One prompt as it goes into the evidence. ``peak``: degrees of a turn, depth of a blink, yaw when straight."""

    prompt: str
    asked_ms: int
    done_ms: int | None = None
    peak: float = 0.0
    residual: float | None = None
    hold_ms: int = 0

    def to_dict(self) -> dict[str, Any]:
        values: dict[str, Any] = {"prompt": self.prompt, "asked_ms": self.asked_ms, "done_ms": self.done_ms,
                                  "peak": round(self.peak, 3)}  # fmt: skip
        if self.residual is not None:
            values["residual"] = round(self.residual, 4)
        if self.hold_ms:
            values["hold_ms"] = self.hold_ms
        return values


class Prompts:
    """Runs the steps of a plan. ``asked`` lists what was asked so far, also of broken-off tries."""

    def __init__(self, steps: tuple[Step, ...]) -> None:
        self._steps = steps
        self._place = 0
        self._judge: BlinkJudge | TurnJudge | None = None
        self._straight_since: int | None = None
        self._frontal: tuple[Points, float] | None = None
        self._baseline = EyeBaseline()
        self._asked_now = False
        self.asked: list[Asked] = []
        self.tries = 1

    @property
    def done(self) -> bool:
        return self._place >= len(self._steps)

    @property
    def prompt(self) -> str:
        if self.done:
            return LOOK_STRAIGHT
        last = self._place == len(self._steps) - 1
        return "hold_still" if last and self._straight_since is not None else self._steps[self._place].prompt

    @property
    def share(self) -> float:
        return self._place / len(self._steps)

    @property
    def place(self) -> int:
        return self._place

    @property
    def looking_straight(self) -> bool:
        """The present step asks to look straight: pictures for the comparison are taken here."""
        return not self.done and self._steps[self._place].prompt == LOOK_STRAIGHT

    def restart(self) -> None:
        """The track broke: from the first step again, with a fresh baseline."""
        self._place, self._judge, self._straight_since, self._frontal = 0, None, None, None
        self._baseline, self._asked_now = EyeBaseline(), False
        self.tries += 1

    def waited_ms(self, t_ms: int) -> int:
        """How long the present prompt has been standing."""
        return t_ms - self.asked[-1].asked_ms if self._asked_now else 0

    def feed(self, face: Face, t_ms: int, straight_allowed: bool) -> bool:
        """One look. ``straight_allowed``: a picture for the comparison was taken in this step, so it
        may end. True when a step was completed."""
        if self.done:
            return False
        step = self._steps[self._place]
        if not self._asked_now:
            self._ask(step, t_ms)
        finished = self._straight(step, face, t_ms, straight_allowed) if step.prompt == LOOK_STRAIGHT \
            else self._ask_done(face, t_ms)  # fmt: skip
        if finished:
            self.asked[-1].done_ms = t_ms
            self._place, self._judge, self._straight_since, self._asked_now = self._place + 1, None, None, False
            if not self.done:
                self._ask(self._steps[self._place], t_ms)
        return finished

    def why_not(self, track: Track) -> str:
        """The reason word when the present prompt's time is over."""
        if isinstance(self._judge, TurnJudge) and self._judge.flat:
            return "flat_picture"
        if isinstance(self._judge, BlinkJudge) and track.rate < MIN_BLINK_RATE:
            return "camera_too_slow"
        return "prompt_not_seen"

    def _ask(self, step: Step, t_ms: int) -> None:
        self.asked.append(Asked(step.prompt, t_ms, hold_ms=step.hold_ms))
        self._asked_now = True
        if step.prompt == LOOK_STRAIGHT or self._frontal is None:
            return
        points, yaw = self._frontal
        if step.prompt == BLINK:
            self._judge = BlinkJudge(self._baseline.value or 0.0)
        else:
            self._judge = TurnJudge(1 if step.prompt == TURN_LEFT else -1, yaw, points)

    def _straight(self, step: Step, face: Face, t_ms: int, allowed: bool) -> bool:
        if face.points is None or max(abs(face.pose.yaw), abs(face.pose.pitch)) > STRAIGHT_DEG:
            self._straight_since = None
            return False
        if self._straight_since is None:
            self._straight_since = t_ms
        self._baseline.feed(face.eye_open, t_ms)
        self._frontal = face.points, face.pose.yaw
        self.asked[-1].peak = face.pose.yaw
        held = t_ms - self._straight_since >= step.hold_ms
        return held and allowed and self._baseline.value is not None

    def _ask_done(self, face: Face, t_ms: int) -> bool:
        asked = self.asked[-1]
        if isinstance(self._judge, TurnJudge):
            finished = self._judge.feed(face)
            asked.peak, asked.residual = self._judge.peak, self._judge.residual
            return finished
        if isinstance(self._judge, BlinkJudge):
            finished = self._judge.feed(face.eye_open, face.pose.yaw, t_ms)
            asked.peak = self._judge.depth
            return finished
        return False
