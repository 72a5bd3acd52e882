"""Microphones that are muted, silent, pulled out, replaced: told in the ledger, and recorded as far as they go."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from client.capture import devices, sound
from client.capture.capture import Capture
from client.capture.hearing import Hearing, Silence
from client.capture.settings import CaptureSettings
from client.capture.sound import Microphone
from client.capture.sound_lane import SoundLane
from client.capture.source import SOUND_RATE, Device, Next, SourceState
from client.clock import SessionClock
from simulation.manual_clock import ManualClock

from .conftest import SoundServer
from .fakes import FakeSound, Kept, wait_for
from .portaudio import FakePortAudio

QUICK = CaptureSettings(segment_s=0.5, retry_s=0.1)
BLOCK = 2880


# ---- silence --------------------------------------------------------------------------------


def feed(hearing: Hearing, seconds: float, low: int, high: int) -> Silence | None:
    random = np.random.default_rng(1)
    for _ in range(round(seconds * SOUND_RATE / BLOCK)):
        block = random.integers(low, high + 1, BLOCK).astype(np.int16)
        hearing.feed(block)
    return hearing.silence


def test_digital_silence_is_a_muted_microphone() -> None:
    hearing = Hearing()
    assert feed(hearing, 2.5, 0, 0) is None and not hearing.heard
    assert feed(hearing, 1.0, 0, 0) is Silence.MUTED
    assert feed(hearing, 0.1, -40, 40) is None and hearing.heard
    assert feed(hearing, 4, 5, 5) is Silence.MUTED  # a converter's offset is no sound either
    hearing.forget()
    assert hearing.silence is None and not hearing.heard


def test_a_quiet_room_is_not_silence_and_the_last_bits_of_a_converter_are() -> None:
    hearing = Hearing()
    assert feed(hearing, 60, -18, 18) is None
    assert feed(hearing, 25, -1, 1) is None
    assert feed(hearing, 10, -1, 1) is Silence.FAINT
    assert feed(hearing, 1, 0, 0) is Silence.FAINT
    assert feed(hearing, 4, 0, 0) is Silence.MUTED
    assert feed(hearing, 1, -1, 1) is Silence.FAINT
    assert feed(hearing, 0.1, -300, 300) is None


def test_a_muted_microphone_is_told_of_once_and_again_when_recording_begins() -> None:
    clock, kept = ManualClock(), Kept()
    lane = SoundLane(FakeSound(SessionClock()), clock, CaptureSettings(), kept)
    zeros, noise = np.zeros(BLOCK, np.int16), np.arange(BLOCK).astype(np.int16)

    def hear(samples: Any, blocks: int) -> None:
        for _ in range(blocks):
            clock.advance(0.06)
            lane._listen(sound.SoundBlock(clock.now_ns(), samples))

    hear(noise, 5)
    assert lane.heard
    hear(zeros, 60)
    assert not lane.heard  # the check must not pass with what was heard before
    hear(zeros, 60)
    lane.begin(Next())
    lane._obey()
    hear(noise, 2)
    hear(zeros, 20)
    hear(noise, 2)
    lane._end_part(None)
    assert [name for name, _ in kept.events] == ["microphone-muted", "microphone-muted", "sound-back"]
    assert lane.heard


# ---- a sound card of our own making ---------------------------------------------------------


@pytest.fixture
def cards(monkeypatch: pytest.MonkeyPatch) -> FakePortAudio:
    """Two microphones: the computer's own is the default."""
    system = FakePortAudio("Built-in", "USB Mic")
    monkeypatch.setattr(sound, "pyaudio", system)
    monkeypatch.setattr(devices, "microphones", lambda: [Device(f"0:{name}", name) for name in system.names])
    monkeypatch.setattr(sound, "_CHOSEN_S", 0.2)
    return system


@pytest.fixture
def chosen(cards: FakePortAudio) -> Iterator[tuple[SoundLane, Kept]]:
    """The USB microphone was chosen and is being recorded."""
    clock, kept = SessionClock(), Kept()
    lane = SoundLane(Microphone("0:USB Mic", clock), clock, QUICK, kept)
    lane.start()
    wait_for(lambda: lane.state is SourceState.RUNNING)
    lane.begin(Next())
    wait_for(lambda: kept.of("sound"))
    yield lane, kept
    lane.close()
    lane.join(3)
    assert not lane.is_alive()


def named(kept: Kept) -> list[tuple[str, bool, bool]]:
    """(name, stands in, replaced) of each line about devices, which are said again when recording begins."""
    said = [(d["name"], d["stand_in"], d["replaced"]) for name, d in kept.events if name == "devices"]
    return [row for row, _ in itertools.groupby(said)]


def test_the_system_s_default_stands_in_for_a_microphone_that_is_pulled_out(
    chosen: tuple[SoundLane, Kept], cards: FakePortAudio
) -> None:
    lane, kept = chosen
    assert named(kept) == [("USB Mic", False, False)]
    cards.names.remove("USB Mic")
    wait_for(lambda: ("Built-in", True, True) in named(kept))
    wait_for(lambda: kept.of("sound", part=1))
    assert [d["code"] for name, d in kept.events if name == "source-lost"] == ["microphone_lost"]
    assert kept.has_event("source-back", "sound")
    cards.names.append("USB Mic")
    wait_for(lambda: named(kept)[-1] == ("USB Mic", False, True))
    wait_for(lambda: kept.of("sound", part=2))
    until = lane._clock.now_ms()
    lane.finish(until)
    assert lane.wait_finished(3) == until
    kept.check("sound")
    assert [p.reason for p in kept.parts] == ["start", "source-back", "device"]
    assert cards.opened == ["USB Mic", "Built-in", "USB Mic"]
    assert len([g for g in kept.gaps if g[0] == "sound"]) == 2


def test_without_any_other_microphone_it_is_waited_for(chosen: tuple[SoundLane, Kept], cards: FakePortAudio) -> None:
    lane, kept = chosen
    cards.names.clear()
    wait_for(lambda: lane.problem is not None and lane.problem.code == "microphone_missing")
    cards.names += ["USB Mic"]
    wait_for(lambda: kept.has_event("source-back", "sound"))
    assert named(kept) == [("USB Mic", False, False)]


def test_before_the_exam_no_other_microphone_is_taken(cards: FakePortAudio) -> None:
    """The check shows the one that was chosen; another one in its place would be a surprise."""
    clock, kept = SessionClock(), Kept()
    cards.names.remove("USB Mic")
    lane = SoundLane(Microphone("0:USB Mic", clock), clock, QUICK, kept)
    lane.start()
    wait_for(lambda: lane.problem is not None)
    wait_for(lambda: kept.states[-1][2] == "microphone_missing")
    assert cards.opened == []
    lane.close()
    lane.join(3)


def test_the_end_of_the_recording_is_the_end_of_the_sound(cards: FakePortAudio) -> None:
    for number in range(5):
        clock, kept = SessionClock(), Kept()
        lane = SoundLane(Microphone("", clock), clock, CaptureSettings(), kept)
        lane.start()
        wait_for(lambda lane=lane: lane.state is SourceState.RUNNING)
        begun = clock.now_ms()
        lane.begin(Next())
        wait_for(lambda begun=begun, clock=clock, number=number: clock.now_ms() > begun + 300 + 37 * number)
        until = clock.now_ms()
        lane.finish(until)
        assert lane.wait_finished(3) == until
        assert kept.segments[-1].end_ms == until and kept.gaps == []
        assert begun <= kept.parts[0].origin_ms <= begun + 200
        lane.close()
        lane.join(3)


def test_a_microphone_that_dies_before_the_end_ends_where_it_is(
    chosen: tuple[SoundLane, Kept], cards: FakePortAudio
) -> None:
    lane, kept = chosen
    cards.names.clear()
    until = lane._clock.now_ms() + 700
    lane.finish(until)
    ended = lane.wait_finished(4)
    assert ended is not None and ended < until
    kept.check("sound")
    assert kept.gaps[-1][1:3] == (ended, until)


# ---- PulseAudio -----------------------------------------------------------------------------


@pytest.fixture
def pulse(sound_server: SoundServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> SoundServer:
    """A microphone that is never quite silent, and one that is another."""
    monkeypatch.setattr(sound, "_ROUTE_S", 0.3)
    assert sound_server.ask("load-module", "module-sine-source", "source_name=other", "frequency=300").returncode == 0
    return sound_server


@pytest.fixture
def recorded(pulse: SoundServer) -> Iterator[tuple[Capture, Kept, SessionClock]]:
    kept, clock = Kept(), SessionClock()
    capture = Capture(clock, QUICK, kept)
    capture.open(None, "", [])
    wait_for(lambda: capture.states() == {"sound": SourceState.RUNNING}, 15)
    capture.begin_recording()
    yield capture, kept, clock
    capture.close()


def test_sound_is_recorded_to_the_ordered_millisecond(recorded: tuple[Capture, Kept, SessionClock]) -> None:
    capture, kept, clock = recorded
    begun = clock.now_ms()
    wait_for(lambda: len(kept.of("sound")) >= 3)
    until = clock.now_ms()
    assert capture.stop(until) == {"sound": until}
    kept.check("sound")
    segments = kept.of("sound")
    assert segments[-1].end_ms == until and kept.gaps == []
    assert segments[0].start_ms <= begun + 100
    assert sum(s.end_ms - s.start_ms for s in segments) == until - segments[0].start_ms


def test_the_default_s_change_is_followed_and_told(
    recorded: tuple[Capture, Kept, SessionClock], pulse: SoundServer
) -> None:
    capture, kept, _ = recorded
    wait_for(lambda: named(kept))
    assert kept.events[0][1]["origin"] == "virtual"
    wait_for(lambda: kept.has_event("microphone-muted", "sound"), 15)  # nobody plays: the null sink gives zeros
    outputs = pulse.ask("list", "short", "source-outputs").stdout.decode().splitlines()
    (ours,) = [line.split("\t")[0] for line in outputs if "protocol-native" in line]
    assert pulse.ask("move-source-output", ours, "other").returncode == 0
    wait_for(lambda: len(named(kept)) == 2, 15)
    name, stands_in, replaced = named(kept)[1]
    assert "Sine" in name and replaced and not stands_in
    wait_for(lambda: kept.has_event("sound-back", "sound"), 15)
    assert capture.states() == {"sound": SourceState.RUNNING}
    assert pulse.ask("set-source-mute", "other", "1").returncode == 0
    wait_for(lambda: [n for n, _ in kept.events].count("microphone-muted") == 2, 15)
    assert not capture.heard()
    assert pulse.ask("set-source-mute", "other", "0").returncode == 0
    wait_for(lambda: [n for n, _ in kept.events].count("sound-back") == 2, 15)
