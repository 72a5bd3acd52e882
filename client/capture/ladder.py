"""How recording steps down when the computer, its disk or its line cannot keep up, and up again afterwards.

The written order for each kind of pressure stands in ``ORDERS``; every step helps against that pressure, the
first ones cost the least of what a person later sees. Steps of several pressures add up. Nothing here asks the
time or knows a device: whoever feels the pressure calls ``Ladder.feel`` with the time, about once a second.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from client.capture.settings import CaptureSettings


class Step(StrEnum):
    """One thing less; the words stand in the ledger."""

    SMALL_CHANGES = "screen-small-changes-1s"
    PRESET_10 = "screen-preset-10"
    PRESET_12 = "screen-preset-12"
    SCREEN_RATE = "screen-5-a-second"
    SCREEN_COARSER = "screen-coarser"
    CAMERA_RATE = "camera-5-a-second"
    CAMERA_COARSER = "camera-coarser"
    CAMERA_SMALL = "camera-320"

    @property
    def of_camera(self) -> bool:
        return self.value.startswith("camera")


class Reason(StrEnum):
    """What presses: the encoder is late, the disk fills, the line is slow."""

    LATE = "late"
    DISK = "disk"
    UPLINK = "uplink"


ORDERS: Mapping[Reason, tuple[Step, ...]] = {
    Reason.LATE: (
        Step.SMALL_CHANGES, Step.PRESET_10, Step.CAMERA_RATE, Step.PRESET_12, Step.SCREEN_RATE, Step.CAMERA_SMALL,
    ),
    Reason.DISK: (
        Step.CAMERA_COARSER, Step.SCREEN_COARSER, Step.CAMERA_RATE, Step.SMALL_CHANGES, Step.SCREEN_RATE,
        Step.CAMERA_SMALL,
    ),
    Reason.UPLINK: (
        Step.CAMERA_COARSER, Step.SCREEN_COARSER, Step.CAMERA_RATE, Step.SMALL_CHANGES, Step.SCREEN_RATE,
        Step.CAMERA_SMALL,
    ),
}  # fmt: skip

_SMALL_CHANGE_S = 1.0
_HALF_RATE = 5
_SCREEN_CRF_MORE, _CAMERA_CRF_MORE = 8, 8
_WORST_CRF = 63
_SMALL_WIDTH = 320


def stepped(base: CaptureSettings, taken: Collection[Step]) -> CaptureSettings:
    """``base`` with the steps taken."""
    now = base
    if Step.SMALL_CHANGES in taken:
        now = replace(now, screen_small_change_s=max(_SMALL_CHANGE_S, base.screen_small_change_s))
    for step, preset in ((Step.PRESET_10, 10), (Step.PRESET_12, 12)):
        if step in taken:
            now = replace(now, screen_preset=max(preset, base.screen_preset))
    if Step.SCREEN_RATE in taken:
        now = replace(now, screen_rate=min(_HALF_RATE, base.screen_rate))
    if Step.SCREEN_COARSER in taken:
        now = replace(now, screen_crf=min(_WORST_CRF, base.screen_crf + _SCREEN_CRF_MORE))
    if Step.CAMERA_RATE in taken:
        now = replace(now, camera_rate=min(_HALF_RATE, base.camera_rate))
    if Step.CAMERA_COARSER in taken:
        now = replace(now, camera_crf=min(_WORST_CRF, base.camera_crf + _CAMERA_CRF_MORE))
    if Step.CAMERA_SMALL in taken:
        now = replace(now, camera_width=min(_SMALL_WIDTH, base.camera_width))
    return now


def useful(base: CaptureSettings) -> frozenset[Step]:
    """The steps that change anything from ``base``."""
    return frozenset(step for step in Step if stepped(base, [step]) != base)


class Felt(StrEnum):
    """How a pressure is felt now. ``BETWEEN``: neither so strong that anything must be done, nor gone."""

    PRESSING = "pressing"
    BETWEEN = "between"
    CALM = "calm"


@dataclass(frozen=True)
class Pace:
    """Milliseconds. ``down``: at least from any step to a step down, so that the first can show what it does.
    ``up``: calm for so long before a step up; doubled, up to ``up_most``, by each step up that did not last."""

    down: int
    up: int
    up_most: int


PACES: Mapping[Reason, Pace] = {
    Reason.LATE: Pace(10_000, 60_000, 1_920_000),
    Reason.DISK: Pace(20_000, 60_000, 1_920_000),
    Reason.UPLINK: Pace(60_000, 120_000, 1_920_000),
}
_LASTED = 2  # a step up that holds for so many times its patience did last


@dataclass(frozen=True)
class Change:
    """A step was taken (``down``) or taken back."""

    step: Step
    down: bool
    reason: Reason


class Ladder:
    """``steps``: those that are of use here; the others are passed over."""

    def __init__(self, steps: Collection[Step] = tuple(Step)) -> None:
        self._rungs = [
            _Rung(reason, tuple(step for step in order if step in steps), PACES[reason])
            for reason, order in ORDERS.items()
        ]

    @property
    def taken(self) -> frozenset[Step]:
        """All steps taken now."""
        return frozenset(step for rung in self._rungs for step in rung.taken)

    @property
    def at_the_bottom(self) -> bool:
        """Nothing is left that could be done against one of the pressures."""
        return any(rung.order and rung.count == len(rung.order) for rung in self._rungs)

    def feel(self, now_ms: int, felt: Mapping[Reason, Felt]) -> list[Change]:
        """What changes now: at most one step. Pressures left out are felt as before, and nothing is done."""
        rungs = [(rung, felt[rung.reason]) for rung in self._rungs if rung.reason in felt]
        for rung, feeling in rungs:
            rung.note(now_ms, feeling)
        for down in (True, False):
            for rung, feeling in rungs:
                changes = list(self._move(rung, now_ms, feeling, down))
                if changes:
                    return changes
        return []

    def _move(self, rung: _Rung, now_ms: int, feeling: Felt, down: bool) -> Iterator[Change]:
        """Move until something really changes: what another pressure asks for as well changes nothing."""
        if not (rung.may_go_down(now_ms, feeling) if down else rung.may_go_up(now_ms, feeling)):
            return
        while rung.count < len(rung.order) if down else rung.count:
            before = self.taken
            step = rung.go_down(now_ms) if down else rung.go_up(now_ms)
            if self.taken != before:
                yield Change(step, down, rung.reason)
                return


class _Rung:
    """How far one pressure has driven us down its order."""

    def __init__(self, reason: Reason, order: tuple[Step, ...], pace: Pace) -> None:
        self.reason, self.order, self._pace = reason, order, pace
        self.count = 0
        self._patience = pace.up
        self._calm_since: int | None = None
        self._moved_ms: int | None = None
        self._up_ms: int | None = None  # of a step up that was not taken again since

    @property
    def taken(self) -> tuple[Step, ...]:
        return self.order[: self.count]

    def note(self, now_ms: int, feeling: Felt) -> None:
        if feeling is not Felt.CALM:
            self._calm_since = None
        elif self._calm_since is None:
            self._calm_since = now_ms

    def may_go_down(self, now_ms: int, feeling: Felt) -> bool:
        rested = self._moved_ms is None or now_ms - self._moved_ms >= self._pace.down
        return feeling is Felt.PRESSING and rested and self.count < len(self.order)

    def may_go_up(self, now_ms: int, feeling: Felt) -> bool:
        if feeling is not Felt.CALM or self._calm_since is None or self._moved_ms is None or not self.count:
            return False
        return now_ms - max(self._calm_since, self._moved_ms) >= self._patience

    def go_down(self, now_ms: int) -> Step:
        if self._up_ms is not None:
            lasted = now_ms - self._up_ms > _LASTED * self._patience
            self._patience = self._pace.up if lasted else min(2 * self._patience, self._pace.up_most)
            self._up_ms = None
        self._moved_ms = now_ms
        self.count += 1
        return self.order[self.count - 1]

    def go_up(self, now_ms: int) -> Step:
        self._moved_ms = self._up_ms = now_ms
        self.count -= 1
        return self.order[self.count]
