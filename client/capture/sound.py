"""The microphone through PortAudio (pyaudio)."""

from __future__ import annotations

import os
import threading
from collections import deque
from dataclasses import replace
from typing import Any

import numpy as np
import pyaudio

from client.capture import devices
from client.capture.asking import Asking
from client.capture.origins import KnownAs, named_origin
from client.capture.pulse import heard_microphone, through_server
from client.capture.sound_clock import ArrivalClock
from client.capture.source import SOUND, SOUND_RATE, Samples, SoundBlock
from client.clock import Clock
from client.errors import MicrophoneBusy, MicrophoneLost, MicrophoneMissing

# 240 ms, four Opus packets: each time that threads wake up costs more than the sound they carry (measured: 4.0 %
# of a core with blocks of 60 ms, 2.2 % with 120 ms, 1.6 % with 240 ms). The end of the recording waits for one block.
_BLOCK = 11_520
_KEPT = 50  # blocks (12 s) that wait for a reader who is held up
# PulseAudio's virtual devices sleep in rounds of 2 s until their first listener's wish for less reaches them
# (measured: the first block after 2.0 s on an idle machine; the same for a stream that is moved to one).
_SILENT_S = 3.0  # no block for this long: the device is gone
_FIRST_S = 6.0  # a busy machine takes its own time
_NAP_NS = 500_000_000  # asleep for longer than this: when blocks arrive has to be learnt anew
_ROUTE_S = 20.0  # how often the sound server is asked what stands behind its door
_CHOSEN_S = 60.0  # how often a chosen microphone that is gone is looked for
_MOST_WAITED_S = 5.0  # no queue holds more
_OVERFLOW = 2  # paInputOverflow: samples were thrown away before this block


class Microphone:
    """``device``: a ``Device.id`` from ``devices.microphones`` (a name), or "" for the system's default.

    Blocks are held back until it is known when they were heard: 0.3 s after opening, or after a silence. Nothing
    of them is lost by that. If nobody reads, the oldest are thrown away and the stamps show it.
    """

    def __init__(self, device: str, clock: Clock) -> None:
        self.stream = SOUND
        self.device = device
        self._clock = clock
        self._port: Any = None
        self._sound: Any = None
        self._fresh = threading.Condition()
        self._blocks: deque[tuple[int, bytes]] = deque(maxlen=_KEPT)
        self._received = 0
        self._arrivals = ArrivalClock(SOUND_RATE)
        self._waited_s = 0.0
        self._asleep_ns = 0
        self._known: KnownAs | None = None
        self._stand_in_will_do = False
        self._route: Asking[KnownAs | None] | None = None
        self._chosen: Asking[bool] | None = None

    def start(self) -> None:
        self._port = pyaudio.PyAudio()
        index, stand_in = self._choose(self._port)
        self._forget()
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
        self._ask_around(str(self._port.get_device_info_by_index(index)["name"]), stand_in)

    def allow_stand_in(self) -> None:
        self._stand_in_will_do = True

    def chosen_is_back(self) -> bool:
        return self._chosen is not None and bool(self._chosen.answer)

    def known_as(self) -> KnownAs | None:
        if self._route is None:
            return self._known
        behind = self._route.answer
        return behind if behind is not None or not self._route.answered else self._known

    def _choose(self, port: Any) -> tuple[int, bool]:
        """(PortAudio's index, whether it stands in for the chosen one). Raises ``MicrophoneMissing``."""
        try:
            return _find(port, self.device), False
        except MicrophoneMissing:
            if not self._stand_in_will_do or not self.device:
                raise
            return _find(port, ""), True

    def _ask_around(self, name: str, stand_in: bool) -> None:
        self._known = KnownAs(name, named_origin(name), stand_in)
        if through_server(name):
            self._route = Asking("capture-sound-route", lambda: _behind_door(stand_in), _ROUTE_S)
        if stand_in:
            self._chosen = Asking("capture-sound-chosen", self._is_listed, _CHOSEN_S)

    def _is_listed(self) -> bool:
        return any(found.id == self.device for found in devices.microphones())

    def _forget(self) -> None:
        """What was learnt about the arrival of blocks, and the blocks."""
        self._blocks.clear()
        self._arrivals = ArrivalClock(SOUND_RATE)
        self._received = 0
        self._waited_s = 0.0

    def _called(self, data: bytes, count: int, times: Any, flags: int) -> tuple[None, int]:
        """PortAudio's thread: note and return."""
        now_ns = self._clock.now_ns()
        with self._fresh:
            self._blocks.append((self._received, data))
            self._received += count
            self._waited_s = 0.0
            self._arrivals.arrived(now_ns, self._received, bool(flags & _OVERFLOW), waited_ns(times, count))
            if self._arrivals.settled:
                self._fresh.notify()
        return (None, pyaudio.paContinue)

    def read(self, wait_s: float) -> SoundBlock | None:
        with self._fresh:
            if not (self._blocks and self._arrivals.settled):
                self._waited_s += wait_s  # a clock would count time asleep, too
                self._fresh.wait(wait_s)
            asleep_before, self._asleep_ns = self._asleep_ns, self._clock.asleep_ns()
            if self._asleep_ns - asleep_before > _NAP_NS:
                # arrivals of before would date what is heard now into the sleep
                self._forget()
            if not (self._blocks and self._arrivals.settled):
                self._check()
                return None
            first, data = self._blocks.popleft()
            samples: Samples = np.frombuffer(data, np.int16)
            return SoundBlock(self._arrivals.heard_ns(first), samples)

    def _check(self) -> None:
        if self._waited_s > (_SILENT_S if self._received else _FIRST_S):
            raise MicrophoneLost("no sound arrives")
        if not self._sound.is_active():
            raise MicrophoneLost("PortAudio ended the stream")

    def stop(self) -> None:
        for asking in (self._route, self._chosen):
            if asking is not None:
                asking.stop()
        self._route = self._chosen = None
        sound, self._sound = self._sound, None
        port, self._port = self._port, None
        try:
            if sound is not None:
                sound.close()
        except OSError:
            pass  # the device is gone; terminate releases the rest
        if port is not None:
            port.terminate()


def waited_ns(times: Any, count: int) -> int:
    """How long PortAudio says that a block of ``count`` samples had to wait since its last one; 0 if it says nothing
    that makes sense (some drivers give no times at all)."""
    try:
        age_s = times["current_time"] - times["input_buffer_adc_time"]
    except (TypeError, KeyError):
        return 0
    waited_s = age_s - count / SOUND_RATE
    return round(waited_s * 1e9) if 0 < waited_s < _MOST_WAITED_S else 0


def _behind_door(stand_in: bool) -> KnownAs | None:
    for wait_s in (0.2, 0.5, 1.0, 2.0):  # a stream that was just opened may not be listed yet
        heard = heard_microphone(os.getpid())
        if heard is not None:
            return replace(heard, stand_in=stand_in)
        threading.Event().wait(wait_s)
    return None


def _find(port: Any, device: str) -> int:
    """PortAudio's index now of the device with this name. Raises ``MicrophoneMissing``."""
    if not device:
        try:
            return int(port.get_default_input_device_info()["index"])
        except OSError as error:
            raise MicrophoneMissing("no default microphone") from error
    for index in range(port.get_device_count()):
        info = port.get_device_info_by_index(index)
        if int(info["maxInputChannels"]) > 0 and devices.microphone_id(info) == device:
            return index
    raise MicrophoneMissing(device)
