"""How to record now: the settings, what the trial chose, and the ladder's steps, for all picture streams together."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from client.capture.ladder import Change, Felt, Ladder, Reason, stepped, useful
from client.capture.lateness import Lateness
from client.capture.settings import CaptureSettings
from client.capture.trial import Outcome
from client.clock import Clock

_LOOK_EVERY_MS = 1000


class Quality:
    """Safe from all threads. ``tell`` takes events for the ledger and is called without any lock held."""

    def __init__(self, clock: Clock, settings: CaptureSettings, tell: Callable[[str, Mapping[str, Any]], None]) -> None:
        self._clock, self._settings, self._tell = clock, settings, tell
        self._lock = threading.Lock()
        self._ladder = Ladder(useful(settings))
        self._lateness: dict[str, Lateness] = {}
        self._felt = {Reason.DISK: Felt.CALM, Reason.UPLINK: Felt.CALM}
        self._looked_ms = 0
        self._outcome: Outcome | None = None
        self._recording = False
        self.settings = settings
        """To be asked before each picture; replaced as a whole."""

    @property
    def lowest(self) -> bool:
        """Nothing more can be given up against one of the pressures."""
        return self._ladder.at_the_bottom

    def begin(self) -> None:
        """Recording begins: the ledger is told with what."""
        self._recording = True
        self._tell_codec()

    def adopt(self, outcome: Outcome) -> None:
        """The trial's result; from now on screens are encoded so."""
        with self._lock:
            self._outcome = outcome
            self._settings = outcome.chosen.settings(self._settings)
            self._ladder = Ladder(useful(self._settings))
            self.settings = self._settings
        if self._recording:
            self._tell_codec()

    def fall_back(self, stream: str) -> None:
        """The encoder of ``stream`` failed again and again: VP9 for all pictures, for good."""
        with self._lock:
            if self._settings.video_codec == "vp9":
                return
            self._settings = replace(self._settings, video_codec="vp9")
            self.settings = stepped(self._settings, self._ladder.taken)
        self._tell("quality", {"stream": stream, "step": "vp9", "direction": "down", "reason": "encoder-failed"})

    def slots(self, stream: str, kept: int, lost: int) -> None:
        """A stream's thread kept so many slots in time and lost so many while it was busy."""
        now_ms = self._clock.now_ms()
        with self._lock:
            self._lateness.setdefault(stream, Lateness()).count(now_ms, kept, lost)
        self._look(now_ms)

    def press(self, disk: Felt, uplink: Felt) -> None:
        """What the disk and the line are like; to be told about once a second."""
        with self._lock:
            self._felt = {Reason.DISK: disk, Reason.UPLINK: uplink}
        self._look(self._clock.now_ms())

    # ---- inside -----------------------------------------------------------------------------

    def _look(self, now_ms: int) -> None:
        with self._lock:
            if now_ms - self._looked_ms < _LOOK_EVERY_MS:
                return
            self._looked_ms = now_ms
            late = [lateness.felt(now_ms) for lateness in self._lateness.values()]
            changes = self._ladder.feel(now_ms, {**self._felt, Reason.LATE: _worst(late)})
            if changes:
                self.settings = stepped(self._settings, self._ladder.taken)
                for lateness in self._lateness.values():
                    lateness.forget()
        for change in changes:
            self._tell("quality", _told(change))

    def _tell_codec(self) -> None:
        settings, outcome = self.settings, self._outcome
        preset = settings.screen_preset if settings.video_codec == "av1" else None
        said: dict[str, Any] = {"codec": settings.video_codec, "preset": preset, "ms": None}
        if outcome is not None:
            said = dict(outcome.told())
        self._tell("codec", {**said, "steps": sorted(self._ladder.taken)})


def _worst(felt: list[Felt]) -> Felt:
    for feeling in (Felt.PRESSING, Felt.BETWEEN):
        if feeling in felt:
            return feeling
    return Felt.CALM


def _told(change: Change) -> dict[str, Any]:
    return {
        "stream": "camera" if change.step.of_camera else "screen",
        "step": change.step.value,
        "direction": "down" if change.down else "up",
        "reason": change.reason.value,
    }
