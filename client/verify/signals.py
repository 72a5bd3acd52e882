"""Signals over time that prompts are judged by: the own open-eye baseline, blinks, turns, the track.

Times are milliseconds of the session; nothing here asks a clock.
"""

from __future__ import annotations

import statistics
from collections import deque
from dataclasses import dataclass, field

import numpy as np

from faces.detect import Face
from faces.landmarks import Points, eye_distance, planar_residual

BLINK_DEPTH = 0.7  # share of the own baseline; measured 81 % of drawn blinks, no false one
BLINK_OPEN = 0.8  # reopened
BLINK_MS = (60, 700)  # a closed eye for longer is no blink; drawn out by slow cameras
BLINK_MAX_TURN_DEG = 20.0
BASELINE_MS, BASELINE_LOOKS = 1500, 12
TURN_DEG = 20.0
TURN_RESIDUAL = 0.05  # below, a flat sheet explains what was seen
TURN_START_DEG = 10.0
NOD_DEG, NOD_START_DEG = 12.0, 6.0  # heads nod less far than they turn
NOD_FLAT = 0.03  # residuals of puppets: 0.05 and more at 14 degrees, 0.04 at 11; sheets tilted by 40 degrees 0.01
MOUTH_OPENED, MOUTH_SHUT = 0.15, 0.07  # height over width, above the own usual; puppets open by 0.17-0.2
CLOSER = 1.2  # eye distance over that of the last straight look
CLOSER_MS = 1500
STRAIGHT_DEG = 12.0
TRACK_GAP_MS = 1500  # longer without the face: someone else may sit there now
TRACK_JUMP = 0.8  # in face widths between two looks


class EyeBaseline:
    """The person's own open eyes: 75th percentile of the openness while looking straight."""

    def __init__(self) -> None:
        self._values: deque[float] = deque(maxlen=60)
        self._first_ms: int | None = None
        self._last_ms = 0

    def feed(self, eye_open: float, t_ms: int) -> None:
        self._first_ms = t_ms if self._first_ms is None else self._first_ms
        self._last_ms = t_ms
        self._values.append(eye_open)

    @property
    def value(self) -> float | None:
        """None until there was enough to see."""
        if self._first_ms is None or len(self._values) < BASELINE_LOOKS:
            return None
        return float(np.percentile(self._values, 75)) if self._last_ms - self._first_ms >= BASELINE_MS else None


@dataclass
class BlinkJudge:
    """Waits for one blink. ``depth``: the lowest openness seen, as a share of the baseline."""

    baseline: float
    depth: float = 1.0
    _closed_ms: int | None = None
    _was_open: bool = False

    def feed(self, eye_open: float, yaw: float, t_ms: int) -> bool:
        """True once the eye was open, closed for a blink's time and opened again."""
        if abs(yaw) > BLINK_MAX_TURN_DEG:
            self._closed_ms, self._was_open = None, False
            return False
        share = eye_open / self.baseline
        if share < BLINK_DEPTH:
            self.depth = min(self.depth, share)
            if self._closed_ms is None and self._was_open:
                self._closed_ms = t_ms
            return False
        if share < BLINK_OPEN:
            return False
        started, self._closed_ms, self._was_open = self._closed_ms, None, True
        return started is not None and BLINK_MS[0] <= t_ms - started <= BLINK_MS[1]


@dataclass
class TurnJudge:
    """Waits for a turn by 20 degrees to one side (``sign`` +1: the person's left), seen under way.

    ``rest``: the angle while looking straight. ``peak``: the largest turn in degrees; ``residual``: what a flat sheet
    leaves unexplained there.
    """

    sign: int
    rest: float
    frontal: Points
    peak: float = 0.0
    residual: float = 0.0
    start_deg: float = TURN_START_DEG
    needed_deg: float = TURN_DEG
    flat_below: float = TURN_RESIDUAL
    _under_way: bool = False
    _beyond: int = 0

    def feed(self, face: Face) -> bool:
        turn = self.sign * (self._angle(face) - self.rest)
        if abs(turn) < self.start_deg:
            self._under_way = True  # it began after the prompt, from straight ahead
        self._beyond = self._beyond + 1 if turn >= self.needed_deg else 0
        self.peak = max(self.peak, turn)
        if turn >= self.needed_deg and face.points is not None:
            self.residual = max(self.residual, planar_residual(self.frontal, face.points))
        return self._under_way and self._beyond >= 2 and self.residual >= TURN_RESIDUAL

    @property
    def flat(self) -> bool:
        """It turned far enough, and like a sheet."""
        return self.peak >= self.needed_deg and self.residual < self.flat_below

    def _angle(self, face: Face) -> float:
        return face.pose.yaw


@dataclass
class NodJudge(TurnJudge):
    """The same for a nod (``sign`` +1: the chin goes down)."""

    start_deg: float = NOD_START_DEG
    needed_deg: float = NOD_DEG
    flat_below: float = NOD_FLAT

    def _angle(self, face: Face) -> float:
        return face.pose.pitch


@dataclass
class MouthJudge:
    """Waits for a mouth that opens and shuts again. ``usual``: its openness while looking straight."""

    usual: float
    peak: float = 0.0
    _opened: int = 0

    def feed(self, mouth_open: float) -> bool:
        """``peak``: the widest, above the usual."""
        more = mouth_open - self.usual
        self.peak = max(self.peak, more)
        if more >= MOUTH_OPENED:
            self._opened += 1
        return self._opened >= 2 and more <= MOUTH_SHUT


@dataclass
class CloserJudge:
    """Waits for a face that comes closer and stays there. ``apart``: the eye distance of the last straight look."""

    apart: float
    peak: float = 0.0
    _since_ms: int | None = None

    def feed(self, face: Face, t_ms: int) -> bool:
        """``peak``: the largest share of the earlier distance."""
        share = eye_distance(face.points) / self.apart if face.points is not None else 0.0
        self.peak = max(self.peak, share)
        if share < CLOSER:
            self._since_ms = None
            return False
        self._since_ms = t_ms if self._since_ms is None else self._since_ms
        return t_ms - self._since_ms >= CLOSER_MS


@dataclass
class Track:
    """Is it the same face as a moment ago? By place and time, not by looks."""

    _last: Face | None = None
    _last_ms: int = 0
    _steps: deque[int] = field(default_factory=lambda: deque(maxlen=40))

    def feed(self, face: Face | None, t_ms: int) -> bool:
        """False when the track broke with this look (which then starts a new one)."""
        if face is None:
            return self._last is None or t_ms - self._last_ms <= TRACK_GAP_MS
        last, gap = self._last, t_ms - self._last_ms
        self._last, self._last_ms = face, t_ms
        if last is None:
            return True
        self._steps.append(gap)
        return gap <= TRACK_GAP_MS and _jump(last, face) <= TRACK_JUMP

    def forget(self) -> None:
        self._last = None

    @property
    def rate(self) -> float:
        """Looks a second with a face, by the median step; 0 while unknown."""
        middle = statistics.median(self._steps) if len(self._steps) >= 5 else 0
        return 1000 / middle if middle else 0.0


def _jump(before: Face, after: Face) -> float:
    (x0, y0, w0, h0), (x1, y1, w1, h1) = before.box, after.box
    away = np.hypot(x0 + w0 / 2 - x1 - w1 / 2, y0 + h0 / 2 - y1 - h1 / 2)
    return float(away / max(1, min(w0, w1)))
