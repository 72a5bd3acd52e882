"""Which camera is plugged in: the kernel's word of it in a folder, read and told of as the recorder does."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from client.capture.naming import Naming
from client.capture.origins import KnownAs, linux_origin
from client.capture.source import CAMERA, PartInfo, SegmentInfo, SourceState
from client.errors import SenimError

# Where the kernel keeps a camera of each kind.
PLACES = {"hardware": "pci0000:00/0000:00:14.0/usb1/1-6", "virtual": "virtual", "unknown": "platform/soc"}


class _Events:
    """Hears what the recorder would write down."""

    def __init__(self) -> None:
        self.told: list[Mapping[str, Any]] = []

    def event(self, name: str, data: Mapping[str, Any]) -> None:
        self.told.append(data)

    def part(self, info: PartInfo) -> None: ...
    def segment(self, info: SegmentInfo) -> None: ...
    def gap(self, stream: str, from_ms: int, to_ms: int, cause: str) -> None: ...
    def state(self, stream: str, state: SourceState, problem: SenimError | None) -> None: ...
    def level(self, value: float) -> None: ...


class _Plugged:
    def __init__(self, known: KnownAs) -> None:
        self._known = known

    def known_as(self) -> KnownAs:
        return self._known


class Cameras:
    """A built-in one at the beginning."""

    def __init__(self) -> None:
        self._place = tempfile.TemporaryDirectory(prefix="senim-cameras-")
        self._events, self._count = _Events(), 0
        self._naming = Naming(CAMERA, self._events)
        self.plug("Integrated Camera", "hardware")

    def plug(self, name: str, place: str) -> list[Mapping[str, Any]]:
        """Another one is read; ``place``: a word of ``PLACES``. The events ``devices`` of the recorder."""
        self._count += 1
        real = Path(self._place.name) / "devices" / PLACES[place] / "video4linux" / f"video{self._count}"
        real.mkdir(parents=True)
        link = Path(self._place.name) / f"video{self._count}"
        link.symlink_to(real)
        self._naming.look(_Plugged(KnownAs(name, linux_origin(link, name))))
        told, self._events.told = self._events.told, []
        return told

    def close(self) -> None:
        self._place.cleanup()
