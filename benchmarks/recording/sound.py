"""Beeps for the ear: when they truly sounded, and when the recording says so."""

from __future__ import annotations

import subprocess
import threading
import wave
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from client.clock import raw_ns
from simulation.tools import end, program

RATE = 48_000
TONE_HZ = 3000.0
BEEP_S = 0.2
BLOCK = 480  # 10 ms
LOUD = 0.05  # amplitude of the tone from which a block beeps
MIN_APART_S = 1.0
KEPT_BLOCKS = 300  # the earliest arrival within so many blocks says when sound was heard


class Tones:
    """Finds beginnings of beeps in a stream of samples; call ``feed`` with samples as they come."""

    def __init__(self) -> None:
        t = np.arange(BLOCK) / RATE
        self._wave = np.exp(-2j * np.pi * TONE_HZ * t).astype(np.complex64)
        self._before = False
        self._last_s = -MIN_APART_S

    def feed(self, samples: NDArray[np.float32], first_s: float) -> list[float]:
        """``first_s``: time of the first sample; returns the times at which beeps begin, to about 1 ms."""
        found = []
        for k in range(len(samples) // BLOCK):
            block = samples[k * BLOCK : (k + 1) * BLOCK]
            loud = abs(np.dot(block, self._wave)) * 2 / BLOCK > LOUD
            at = first_s + k * BLOCK / RATE
            if loud and not self._before and at - self._last_s >= MIN_APART_S:
                self._last_s = at
                found.append(at)
            self._before = bool(loud)
        return found


def beeps_in(packets: Iterable[tuple[float, NDArray[np.float32]]]) -> list[float]:
    """Session ms at which beeps begin in decoded sound; packets that do not join are taken apart."""
    tones, found = Tones(), []
    rest, at_ms = np.zeros(0, np.float32), 0.0
    for start_ms, samples in packets:
        if abs(start_ms - (at_ms + len(rest) * 1000 / RATE)) > 2:
            rest, at_ms = np.zeros(0, np.float32), start_ms
        rest = np.concatenate((rest, samples))
        whole = len(rest) // BLOCK * BLOCK
        found += [s * 1000 for s in tones.feed(rest[:whole], at_ms / 1000)]
        at_ms += whole * 1000 / RATE
        rest = rest[whole:]
    return found


def write_beeps(file: Path, every_s: float) -> None:
    """A WAV file with one beep, ``every_s`` long."""
    t = np.arange(round(every_s * RATE)) / RATE
    tone = np.where(t < BEEP_S, 0.3 * np.sin(2 * np.pi * TONE_HZ * t), 0.0)
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((tone * 32767).astype("<i2").tobytes())


class Beeper:
    """Plays a beep into the microphone every few seconds, and listens to that microphone with little delay."""

    def __init__(self, folder: Path, every_s: float) -> None:
        self._file = folder / "beep.wav"
        write_beeps(self._file, every_s)
        self._told = threading.Event()
        self._player: subprocess.Popen[bytes] | None = None
        self._ear: subprocess.Popen[bytes] | None = None
        self._threads: list[threading.Thread] = []
        self.heard_ns: list[int] = []

    def start(self) -> None:
        listen = [program("parec"), "--device=mic", "--raw", f"--rate={RATE}", "--channels=1", "--format=s16le"]
        self._ear = subprocess.Popen([*listen, "--latency-msec=20"], stdout=subprocess.PIPE, bufsize=0)
        for name, work in (("ear", self._listen), ("beeps", self._play)):
            thread = threading.Thread(target=work, name=name, daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        self._told.set()
        end(self._player)
        end(self._ear)
        for thread in self._threads:
            thread.join(5)

    def _play(self) -> None:
        command = [program("paplay"), "--device=mic_in", str(self._file)]
        while not self._told.is_set():
            self._player = subprocess.Popen(command)
            if self._player.wait() != 0:
                self._told.wait(1.0)

    def _listen(self) -> None:
        """Samples arrive late, never early: the earliest arrival lately tells when they were heard."""
        assert self._ear is not None and self._ear.stdout is not None
        tones, count, rest = Tones(), 0, b""
        offsets: list[int] = []
        while data := self._ear.stdout.read(4096):
            now = raw_ns()
            rest += data
            whole = len(rest) // (2 * BLOCK) * 2 * BLOCK
            samples = np.frombuffer(rest[:whole], np.int16).astype(np.float32) / 32768
            rest = rest[whole:]
            first_s = count / RATE
            count += len(samples)
            offsets = [*offsets[-KEPT_BLOCKS:], now - (count + len(rest) // 2) * 1_000_000_000 // RATE]
            self.heard_ns += [min(offsets) + round(s * 1e9) for s in tones.feed(samples, first_s)]


def offsets_ms(recorded_ns: Iterable[int], true_ns: Iterable[int], within_ms: float = 700.0) -> list[tuple[int, float]]:
    """(true time, recorded minus true in ms) of each beep that was recorded near its time."""
    true, found = sorted(true_ns), []
    for at in recorded_ns:
        if true:
            nearest = min(true, key=lambda t: abs(t - at))
            if abs(at - nearest) < within_ms * 1e6:
                found.append((nearest, (at - nearest) / 1e6))
    return found
