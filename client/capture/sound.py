"""The microphone through PortAudio (pyaudio)."""

from __future__ import annotations

import threading
from collections import deque
from typing import Any

import numpy as np
import pyaudio

from client.capture.source import SOUND, SOUND_RATE, Samples, SoundBlock
from client.clock import Clock
from client.errors import MicrophoneBusy, MicrophoneLost, MicrophoneMissing

_BLOCK = 2880  # 60 ms: one Opus packet, and PulseAudio's own rhythm
_SETTLE_NS = 1_500_000_000  # PulseAudio delivers a late lump right after opening
_SILENT_NS = 2_000_000_000  # no block for this long: the device is gone
_FIRST_NS = 6_000_000_000  # a sound server on a busy machine takes its time with the first one
_NAP_NS = 500_000_000  # asleep for longer than this: when blocks arrive has to be learnt anew
_WINDOW = 50  # blocks (3 s) whose earliest arrival says when sound was heard


class Microphone:
    """``device``: a ``Device.id`` from ``devices.microphones`` (a name), or "" for the system's default.

    Blocks arrive late by what the scheduler and the sound server make of it, never early; so the stamp of
    a block follows the earliest arrival within 3 s. If nobody reads, the oldest blocks are thrown away
    (5 s are kept) and the stamps show it.
    """

    def __init__(self, device: str, clock: Clock) -> None:
        self.stream = SOUND
        self.device = device
        self._clock = clock
        self._port: Any = None
        self._sound: Any = None
        self._fresh = threading.Condition()
        self._blocks: deque[tuple[int, int, bytes]] = deque(maxlen=80)
        self._received = 0
        self._offsets: deque[int] = deque(maxlen=_WINDOW)
        self._opened_ns = self._last_ns = 0
        self._asleep_ns = 0

    def start(self) -> None:
        self._port = pyaudio.PyAudio()
        index = _find(self._port, self.device)
        self._blocks.clear()
        self._offsets.clear()
        self._received = 0
        self._opened_ns = self._last_ns = self._clock.now_ns()
        self._asleep_ns = self._clock.asleep_ns()
        try:
            self._sound = self._port.open(
                format=pyaudio.paInt16,
                channels=1,
                rate=SOUND_RATE,
                input=True,
                input_device_index=index,
                frames_per_buffer=_BLOCK,
                stream_callback=self._called,
            )
        except (OSError, ValueError) as error:
            raise MicrophoneBusy(str(error)) from error

    def _called(self, data: bytes, count: int, times: Any, flags: int) -> tuple[None, int]:
        """PortAudio's thread: note and return."""
        now_ns = self._clock.now_ns()
        with self._fresh:
            if now_ns - self._opened_ns >= _SETTLE_NS:
                self._blocks.append((now_ns, self._received, data))
                self._received += count
            self._last_ns = now_ns
            self._fresh.notify()
        return (None, pyaudio.paContinue)

    def read(self, wait_s: float) -> SoundBlock | None:
        with self._fresh:
            if not self._blocks:
                self._fresh.wait(wait_s)
            self._forget_before_sleep()
            if not self._blocks:
                self._check()
                return None
            arrived_ns, before, data = self._blocks.popleft()
        samples: Samples = np.frombuffer(data, np.int16)
        length_ns = (before + len(samples)) * 1_000_000_000 // SOUND_RATE
        self._offsets.append(arrived_ns - length_ns)
        return SoundBlock(min(self._offsets) + before * 1_000_000_000 // SOUND_RATE, samples)

    def _forget_before_sleep(self) -> None:
        """Arrivals of before would date what is heard now into the sleep, for as long as the window remembers."""
        before, self._asleep_ns = self._asleep_ns, self._clock.asleep_ns()
        if self._asleep_ns - before > _NAP_NS:
            self._blocks.clear()
            self._offsets.clear()
            self._last_ns = self._clock.now_ns()  # it gets its time to wake up, too

    def _check(self) -> None:
        limit_ns = _FIRST_NS if self._last_ns == self._opened_ns else _SILENT_NS
        if self._clock.now_ns() - self._last_ns > limit_ns:
            raise MicrophoneLost("no sound arrives")
        if not self._sound.is_active():
            raise MicrophoneLost("PortAudio ended the stream")

    def stop(self) -> None:
        sound, self._sound = self._sound, None
        port, self._port = self._port, None
        try:
            if sound is not None:
                sound.close()
        except OSError:
            pass  # the device is gone; terminate releases the rest
        if port is not None:
            port.terminate()


def _find(port: Any, device: str) -> int:
    """PortAudio's index now of the device with this name. Raises ``MicrophoneMissing``."""
    if not device:
        try:
            return int(port.get_default_input_device_info()["index"])
        except OSError as error:
            raise MicrophoneMissing("no default microphone") from error
    for index in range(port.get_device_count()):
        info = port.get_device_info_by_index(index)
        if int(info["maxInputChannels"]) > 0 and microphone_id(info) == device:
            return index
    raise MicrophoneMissing(device)


def microphone_id(info: dict[str, Any]) -> str:
    """A name that survives re-plugging, unlike PortAudio's index."""
    return f"{info['hostApi']}:{info['name']}"
