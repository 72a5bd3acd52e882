"""An encoder of sound that raises costs a moment and not the microphone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from client.capture import sound_track
from client.capture.encode import EncoderFailed, SoundEncoder
from client.capture.sound_lane import SoundLane
from client.capture.source import (
    SOUND_RATE,
    Next,
    Samples,
    SoundBlock,
    SourceState,
)
from simulation.manual_clock import ManualClock

from .fakes import Kept, decode
from .played import QUICK


class Hum:
    """A microphone on a clock that we turn: each read gives the 240 ms before it."""

    def __init__(self, clock: ManualClock) -> None:
        self.stream, self._clock = "sound", clock

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def read(self, wait_s: float) -> SoundBlock:
        self._clock.advance(0.24)
        at = np.arange(SOUND_RATE * 24 // 100)
        hum = (8000 * np.sin(2 * np.pi * 440 * at / SOUND_RATE)).astype(np.int16)
        return SoundBlock(self._clock.now_ns() - 240_000_000, hum)


class FailingSound:
    """Opus that refuses the next piece when told (``next_piece``), or does not open at all (``closed``)."""

    def __init__(self) -> None:
        self.next_piece = self.closed = False
        self.opened = 0

    def __call__(self, bits: int) -> Any:
        self.opened += 1
        if self.closed:
            raise EncoderFailed("does not open")
        encoder = SoundEncoder(bits)
        whole = encoder.encode

        def encode(samples: Samples, pts: int) -> Any:
            if self.next_piece:
                self.next_piece = False
                raise EncoderFailed("native trouble")
            return whole(samples, pts)

        encoder.encode = encode
        return encoder


@pytest.fixture
def failing_sound(monkeypatch: pytest.MonkeyPatch) -> FailingSound:
    made = FailingSound()
    monkeypatch.setattr(sound_track, "SoundEncoder", made)
    return made


@pytest.fixture
def humming() -> tuple[ManualClock, Kept, SoundLane]:
    clock, kept = ManualClock(), Kept()
    lane = SoundLane(Hum(clock), clock, QUICK, kept)
    lane.begin(Next())
    return clock, kept, lane


def listen(lane: SoundLane, times: int) -> None:
    for _ in range(times):
        lane._obey()
        lane._step()


def test_a_sound_encoder_that_raises_costs_a_moment_and_not_the_microphone(
    failing_sound: FailingSound, humming: tuple[ManualClock, Kept, SoundLane]
) -> None:
    clock, kept, lane = humming
    listen(lane, 12)
    failing_sound.next_piece = True
    listen(lane, 12)
    lane.finish(clock.now_ms())
    listen(lane, 8)
    kept.check("sound")
    assert [(p.reason, p.part) for p in kept.parts] == [("start", 0), ("encoder", 1)]
    ((_, start, end, cause),) = kept.gaps
    assert cause == "encoder_failed" and 0 < end - start <= 300
    assert kept.events == [("encoder-failed", {"stream": "sound", "codec": "opus"})]
    assert lane.state is SourceState.RUNNING
    for part in kept.parts:
        samples = sum(frame.samples for frame in decode(kept, "sound", part.part))
        covered = sum(s.end_ms - s.start_ms for s in kept.of("sound", part.part))
        assert samples == pytest.approx(covered * SOUND_RATE / 1000, abs=2 * 2880)


def test_without_any_sound_encoder_all_is_a_gap_and_little_is_tried(
    failing_sound: FailingSound, humming: tuple[ManualClock, Kept, SoundLane]
) -> None:
    clock, kept, lane = humming
    failing_sound.closed = True
    listen(lane, 250)
    until = clock.now_ms()
    lane.finish(until)
    lane._obey()
    assert kept.segments == [] and kept.parts == [] and failing_sound.opened < 20
    assert [gap[3] for gap in kept.gaps] == ["encoder_failed"] and kept.gaps[0][2] == until
    assert lane.state is SourceState.RUNNING and lane.heard, "its level is still shown"
