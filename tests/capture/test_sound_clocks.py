"""The microphone's crystal against the computer's clock: hours of sound in fake time, with all that delays it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from client.capture import sound, sound_track
from client.capture.cutter import SegmentCutter
from client.capture.drift import Drift, stretch
from client.capture.encode import OPUS_FRAME
from client.capture.fragments import Packet
from client.capture.sound_clock import ArrivalClock
from client.capture.sound_track import SoundTrack
from client.capture.source import SOUND_RATE, Next, Samples

from .fakes import Kept

BLOCK = sound._BLOCK
NS = 1_000_000_000
BLOCK_NS = BLOCK * NS // SOUND_RATE


class Device:
    """A microphone whose crystal is off by ``ppm`` and whose blocks come late; times in seconds.

    ``stalls``: (from, to): nothing arrives, then all at once. ``losses``: (at, seconds): so much is thrown away.
    """

    def __init__(self, ppm: float, seed: int = 1) -> None:
        self.rate = SOUND_RATE * (1 + ppm / 1e6)
        self.stalls: list[tuple[float, float]] = []
        self.losses: list[tuple[float, float]] = []
        self.busy: list[tuple[float, float]] = []  # every block is 20 to 50 ms late
        self._random = np.random.default_rng(seed)

    def blocks(self, seconds: float) -> Iterator[tuple[float, float, bool]]:
        """(when its first sample was heard, when it arrived, samples were thrown away before it)."""
        heard = arrived = 0.0
        losses = list(self.losses)
        while heard < seconds:
            lost = bool(losses and heard >= losses[0][0])
            if lost:
                heard += losses.pop(0)[1]
            end = heard + BLOCK / self.rate
            late = self._random.exponential(0.002) + 0.001
            if any(a <= end < b for a, b in self.busy):
                late = self._random.uniform(0.02, 0.05)
            arrival = end + late
            for a, b in self.stalls:
                if a <= arrival < b:
                    arrival = b
            arrived = max(arrived, arrival)
            yield heard, arrived, lost
            heard = end


class Quick:
    """In the encoder's place: three hours of Opus are another test."""

    init = b"\0\0\0\x08ftypdOps"

    def __init__(self, bits: int) -> None:
        self.bits = bits

    def encode(self, samples: Samples, pts: int) -> list[Packet]:
        assert len(samples) == OPUS_FRAME
        return [Packet(pts, True, b"x")]

    def finish(self) -> list[Packet]:
        return []


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_track, "SoundEncoder", Quick)


class Followed:
    """What a track made of a device: ``offsets`` in ms, how much later a block stands than it was heard."""

    def __init__(self, device: Device, seconds: float, flags: bool = True) -> None:
        self.kept = Kept()
        self.track = SoundTrack(SegmentCutter("sound", self.kept, 4.0, Next()), 16_000)
        self.lost_s = 0.0
        self.offsets: list[tuple[float, float]] = []
        clock, samples = ArrivalClock(SOUND_RATE), np.zeros(BLOCK, np.int16)
        waiting: list[tuple[int, float]] = []
        received = 0
        for heard, arrived, lost in device.blocks(seconds):
            waiting.append((received, heard))
            received += BLOCK
            clock.arrived(round(arrived * NS), received, lost and flags)
            while waiting and clock.settled:
                first, truth = waiting.pop(0)
                self._take(clock.heard_ns(first), truth, samples)

    def _take(self, t_ns: int, truth: float, samples: Samples) -> None:
        if not self.track.open:
            self.track.begin(t_ns, "start")
        self.lost_s += self.track.take(t_ns, samples)
        stands_ns = t_ns - round(self.track.behind_s(t_ns) * NS) - BLOCK * NS // SOUND_RATE
        self.offsets.append((truth, stands_ns / 1e6 - truth * 1000))

    def worst(self, since: float = 0.0, until: float = 1e9) -> float:
        return max(abs(offset) for at, offset in self.offsets if since <= at < until)


@pytest.mark.parametrize(("ppm", "hours"), [(200.0, 3.0), (-200.0, 3.0), (40.0, 0.5), (700.0, 0.5), (-700.0, 0.5)])
def test_three_hours_of_another_crystal_stay_with_the_pictures(ppm: float, hours: float) -> None:
    followed = Followed(Device(ppm), hours * 3600)
    assert followed.worst() < 15
    assert followed.track.jumps == 0 and followed.lost_s == 0
    drift = followed.track.drift
    expected = -ppm / 1e6 * hours * 3600 * SOUND_RATE
    assert drift.samples == pytest.approx(expected, abs=SOUND_RATE * 0.02)
    # each takes up 5 ms: so many there must be, and not many more
    assert drift.corrections <= abs(expected) / (SOUND_RATE * 0.004) + 3
    last = followed.kept.segments[-1]
    assert last.end_ms == pytest.approx(hours * 3600 * 1000, abs=5000)


def test_a_right_clock_is_left_alone() -> None:
    followed = Followed(Device(0.0), 1200)
    assert followed.worst() < 10
    assert followed.track.drift.corrections <= 1 and followed.track.jumps == 0


def test_a_machine_that_stands_still_for_seconds_moves_no_stamp() -> None:
    device = Device(100.0)
    device.stalls = [(60, 63), (200, 208), (400, 401), (401.5, 409)]
    followed = Followed(device, 600)
    assert followed.worst() < 25
    assert followed.track.jumps == 0


def test_a_busy_machine_moves_the_stamps_by_little() -> None:
    device = Device(-100.0)
    device.busy = [(60, 90), (200, 230)]
    followed = Followed(device, 400)
    assert followed.worst() < 45
    assert followed.track.jumps == 0


@pytest.mark.parametrize("flags", [True, False])
def test_sound_that_was_thrown_away_is_not_closed_up(flags: bool) -> None:
    device = Device(50.0)
    device.losses = [(100, 0.5), (300, 2.0), (500, 0.2)]
    followed = Followed(device, 700, flags)
    assert followed.lost_s == pytest.approx(2.7, abs=0.2)
    assert followed.track.jumps == 3
    for at, _ in device.losses:  # without the driver's word it takes some seconds to be sure
        assert followed.worst(at + 8, at + 199) < 20
    assert followed.worst(0, 99) < 15
    if flags:
        assert followed.worst() < 20


def test_sound_lost_in_a_stall_is_found_out_at_once() -> None:
    device = Device(0.0)
    device.stalls = [(100, 104)]
    device.losses = [(100.5, 2.5)]
    followed = Followed(device, 200, flags=False)
    assert followed.lost_s == pytest.approx(2.5, abs=0.1)
    assert followed.worst(104.5) < 20


def test_what_waits_in_a_queue_for_good_moves_no_stamp() -> None:
    """A sound server's queue on a busy machine: each stall leaves something behind, and the driver says so."""
    random = np.random.default_rng(4)
    clock, waits_ns = ArrivalClock(SOUND_RATE), 0
    for number in range(1, 5000):  # twenty minutes
        if number % 100 == 0:
            waits_ns += 15_000_000
        said_ns = max(0, waits_ns + round(random.normal(0, 4e6)))
        clock.arrived(number * BLOCK_NS + waits_ns + round(random.exponential(1e6)), number * BLOCK, False, said_ns)
    assert waits_ns > 700_000_000
    assert abs(clock.heard_ns(0)) < 25_000_000


def test_the_driver_s_word_makes_nothing_earlier() -> None:
    """PulseAudio claims a delay of 0.7 s in the first second of a null sink, which is not there."""
    clock = ArrivalClock(SOUND_RATE)
    for number in range(1, 200):
        claimed_ns = max(0, 700_000_000 - number * 60_000_000)
        late_ns = 3_000_000_000 if number > 100 else 0  # a silence, after which it is claimed again
        if number > 100:
            claimed_ns = max(0, 700_000_000 - (number - 100) * 60_000_000)
        clock.arrived(number * BLOCK_NS + late_ns, number * BLOCK, False, claimed_ns)
        if number == 100:
            assert abs(clock.heard_ns(0)) < 1_000_000
    assert clock.heard_ns(0) == pytest.approx(3_000_000_000, abs=120_000_000)


@pytest.mark.parametrize(
    ("times", "waited"),
    [
        ({"current_time": 10.0, "input_buffer_adc_time": 9.7}, 60_000_000),
        ({"current_time": 10.0, "input_buffer_adc_time": 9.9}, 0),  # less than the block itself
        ({"current_time": 10.0, "input_buffer_adc_time": 0.0}, 0),  # the driver gives no time
        ({}, 0),
        (None, 0),
    ],
)
def test_what_the_driver_says_about_waiting(times: Any, waited: int) -> None:
    assert sound.waited_ns(times, 11_520) == pytest.approx(waited, abs=1000)


def test_a_driver_that_always_complains_is_heard_all_the_same() -> None:
    clock = ArrivalClock(SOUND_RATE)
    settled = 0
    for number in range(1, 200):
        clock.arrived(number * BLOCK_NS, number * BLOCK, lost=True)
        settled += clock.settled
    assert settled > 20
    assert clock.heard_ns(BLOCK) == pytest.approx(BLOCK_NS, abs=1_000_000)


def test_a_lump_at_the_beginning_is_dated_back() -> None:
    """Sound that waited in a server before we were told of it."""
    clock = ArrivalClock(SOUND_RATE)
    for number in range(1, 40):
        heard_ns = number * BLOCK_NS
        clock.arrived(max(heard_ns, 900_000_000), number * BLOCK)
    assert clock.heard_ns(0) == pytest.approx(0, abs=10)


def test_stretching_is_not_heard() -> None:
    rate = np.arange(BLOCK)
    tone = (12_000 * np.sin(2 * np.pi * 440 * rate / SOUND_RATE)).astype(np.int16)
    for extra in (5, -5):
        made = stretch(tone, extra)
        assert len(made) == BLOCK + extra and made.dtype == np.int16
        spectrum = np.abs(np.fft.rfft(made * np.hanning(len(made))))
        peak = int(np.argmax(spectrum))
        assert peak == round(440 * BLOCK / SOUND_RATE)
        rest = np.delete(spectrum, range(peak - 24, peak + 24))
        assert rest.max() < spectrum[peak] / 1000  # 60 dB below
    assert stretch(tone, 0) is tone


def test_corrections_begin_late_and_end_near() -> None:
    drift = Drift()
    assert [drift.correction(behind, 2880) for behind in (0, 100, -200)] == [0, 0, 0]
    assert drift.correction(300, 2880) == 5
    assert drift.correction(100, 2880) == 5
    assert drift.correction(20, 2880) == 0
    assert drift.correction(100, 2880) == 0
    assert drift.correction(-300, 2880) == -5
    assert (drift.corrections, drift.samples) == (2, 5)
