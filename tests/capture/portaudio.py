"""PortAudio without a sound card: microphones that can be plugged in and pulled out, on any system."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import numpy as np

BLOCK = 2880
_NS = 60_000_000


class FakePortAudio:
    """In the place of the module ``pyaudio``. ``names``: what is plugged in, the first one is the default.

    ``value``: the sample all microphones give, or "noise".
    """

    paInt16 = 8  # noqa: N815 -- its name
    paContinue = 0  # noqa: N815 -- its name

    def __init__(self, *names: str) -> None:
        self.names = list(names)
        self.noise: bool = True
        self.value = 0
        self.opened: list[str] = []
        self.streams: list[_Stream] = []

    def PyAudio(self) -> _Port:
        return _Port(self)


class _Port:
    def __init__(self, system: FakePortAudio) -> None:
        self._system = system
        self._seen = list(system.names)  # PortAudio lists devices once, when it is started

    def get_device_count(self) -> int:
        return len(self._seen)

    def get_device_info_by_index(self, index: int) -> dict[str, Any]:
        return {"index": index, "name": self._seen[index], "hostApi": 0, "maxInputChannels": 1}

    def get_default_input_device_info(self) -> dict[str, Any]:
        if not self._seen:
            raise OSError("no default input device")
        return self.get_device_info_by_index(0)

    def open(self, *, input_device_index: int, stream_callback: Callable[..., Any], **_: Any) -> _Stream:
        name = self._seen[input_device_index]
        if name not in self._system.names:
            raise OSError("unanticipated host error")
        self._system.opened.append(name)
        stream = _Stream(self._system, name, stream_callback)
        self._system.streams.append(stream)
        return stream

    def terminate(self) -> None:
        self._seen = []


class _Stream:
    """Blocks in real time for as long as the microphone is plugged in."""

    def __init__(self, system: FakePortAudio, name: str, called: Callable[..., Any]) -> None:
        self._system, self._name, self._called = system, name, called
        self._random = np.random.default_rng(3)
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="fake-portaudio", daemon=True)
        self._thread.start()

    def is_active(self) -> bool:
        return self._thread.is_alive()

    def close(self) -> None:
        self._ending.set()
        self._thread.join(2)

    def _run(self) -> None:
        while not self._ending.wait(0.06) and self._name in self._system.names:
            block = np.full(BLOCK, self._system.value, np.int16)
            if self._system.noise:
                block = self._random.integers(-500, 500, BLOCK).astype(np.int16)
            self._called(block.tobytes(), BLOCK, {}, 0)
