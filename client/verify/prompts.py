"""The prompts, one after the other: each is a small judge that sees looks and says when it is done.

Order, pauses, and what is asked of somebody who cannot follow a prompt come from the server's nonce
(``faces.asks``). All prompts are done within one unbroken track of one face; when the track breaks they begin again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from client.verify.signals import (
    STRAIGHT_DEG,
    BlinkJudge,
    CloserJudge,
    EyeBaseline,
    MouthJudge,
    NodJudge,
    Track,
    TurnJudge,
)
from faces.asks import BLINK, COME_CLOSER, LOOK_STRAIGHT, NOD_DOWN, NOD_UP, OPEN_MOUTH, TURN_LEFT, instead, plan
from faces.detect import Face
from faces.landmarks import eye_distance

STEP_LIMIT_MS = 25_000
Judge = BlinkJudge | TurnJudge | MouthJudge | CloserJudge
MIN_BLINK_RATE = 8.0  # looks a second; below, blinks fall between two looks


@dataclass
class Asked:
    """One prompt as it goes into the evidence. ``peak``: degrees of a turn or nod, depth of a blink, how far the mouth
    opened, how much larger the face got, yaw when straight. ``instead_of``: the prompt in whose place it stands."""

    prompt: str
    asked_ms: int
    done_ms: int | None = None
    peak: float = 0.0
    residual: float | None = None
    hold_ms: int = 0
    instead_of: str = ""

    def to_dict(self) -> dict[str, Any]:
        values: dict[str, Any] = {"prompt": self.prompt, "asked_ms": self.asked_ms, "done_ms": self.done_ms,
                                  "peak": round(self.peak, 3)}  # fmt: skip
        if self.residual is not None:
            values["residual"] = round(self.residual, 4)
        if self.hold_ms:
            values["hold_ms"] = self.hold_ms
        if self.instead_of:
            values["instead_of"] = self.instead_of
        return values


class Prompts:
    """Runs the steps of an attempt's plan. ``asked`` lists what was asked so far, also of broken-off tries."""

    def __init__(self, nonce: str, attempt: int) -> None:
        self._nonce, self._attempt = nonce, attempt
        self._steps = plan(nonce, attempt)
        self._place = self._given_up = 0
        self._judge: Judge | None = None
        self._straight_since: int | None = None
        self._frontal: Face | None = None
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
        return "hold_still" if last and self._straight_since is not None else self._choices[self._given_up]

    @property
    def _choices(self) -> tuple[str, ...]:
        """The present step's prompt and what may be asked in its place."""
        prompt = self._steps[self._place].prompt
        return (prompt, *instead(prompt, self._nonce, self._attempt, self._place))

    @property
    def has_another(self) -> bool:
        """Something else may be asked in the place of the present prompt."""
        return not self.done and self._asked_now and self._given_up + 1 < len(self._choices)

    @property
    def others(self) -> int:
        """How many prompts were given up so far."""
        return sum(bool(asked.instead_of) for asked in self.asked)

    @property
    def live(self) -> bool:
        """What was done shows a live, solid head. Coming closer does not."""
        return not any(asked.prompt == COME_CLOSER and asked.done_ms is not None for asked in self.asked)

    def another(self, t_ms: int) -> bool:
        """The student cannot follow the present prompt: ask the next one in its place. False if there is none."""
        if not self.has_another:
            return False
        self._given_up += 1
        self._ask(t_ms)
        return True

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
        self._place, self._given_up, self._judge, self._straight_since, self._frontal = 0, 0, None, None, None
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
            self._ask(t_ms)
        finished = self._straight(step.hold_ms, face, t_ms, straight_allowed) if step.prompt == LOOK_STRAIGHT \
            else self._ask_done(face, t_ms)  # fmt: skip
        if finished:
            self.asked[-1].done_ms = t_ms
            self._place, self._given_up, self._asked_now = self._place + 1, 0, False
            self._judge = self._straight_since = None
            if not self.done:
                self._ask(t_ms)
        return finished

    def why_not(self, track: Track) -> str:
        """The reason word when the present prompt's time is over."""
        if isinstance(self._judge, TurnJudge) and self._judge.flat:
            return "flat_picture"
        if isinstance(self._judge, BlinkJudge) and track.rate < MIN_BLINK_RATE:
            return "camera_too_slow"
        return "prompt_not_seen"

    def _ask(self, t_ms: int) -> None:
        step, prompt = self._steps[self._place], self._choices[self._given_up]
        replaced = step.prompt if self._given_up else ""
        self.asked.append(Asked(prompt, t_ms, hold_ms=step.hold_ms, instead_of=replaced))
        self._asked_now = True
        if prompt != LOOK_STRAIGHT and self._frontal is not None:
            self._judge = self._judge_of(prompt, self._frontal)

    def _judge_of(self, prompt: str, frontal: Face) -> Judge:
        assert frontal.points is not None
        if prompt == BLINK:
            return BlinkJudge(self._baseline.value or 0.0)
        if prompt == OPEN_MOUTH:
            return MouthJudge(frontal.mouth_open)
        if prompt == COME_CLOSER:
            return CloserJudge(eye_distance(frontal.points))
        if prompt in (NOD_DOWN, NOD_UP):
            return NodJudge(1 if prompt == NOD_DOWN else -1, frontal.pose.pitch, frontal.points)
        return TurnJudge(1 if prompt == TURN_LEFT else -1, frontal.pose.yaw, frontal.points)

    def _straight(self, hold_ms: int, face: Face, t_ms: int, allowed: bool) -> bool:
        if face.points is None or max(abs(face.pose.yaw), abs(face.pose.pitch)) > STRAIGHT_DEG:
            self._straight_since = None
            return False
        if self._straight_since is None:
            self._straight_since = t_ms
        self._baseline.feed(face.eye_open, t_ms)
        self._frontal = face
        self.asked[-1].peak = face.pose.yaw
        held = t_ms - self._straight_since >= hold_ms
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
        if isinstance(self._judge, MouthJudge):
            finished, asked.peak = self._judge.feed(face.mouth_open), self._judge.peak
            return finished
        if isinstance(self._judge, CloserJudge):
            finished, asked.peak = self._judge.feed(face, t_ms), self._judge.peak
            return finished
        return False
