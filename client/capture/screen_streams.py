"""Which stream records which monitor: by the monitor's name, never by its place in a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from client.capture.source import ScreenInfo


class ScreenStreams:
    """A stream's number, once recorded under, belongs to one monitor for the whole session."""

    def __init__(self) -> None:
        self._streams: dict[str, str] = {}

    def learn(self, names: Mapping[str, str]) -> None:
        """``names``: {stream: monitor} of what was recorded before; everything else is forgotten."""
        self._streams = {name: stream for stream, name in names.items() if name}

    def forget(self) -> None:
        """Nothing was recorded yet: the next list is numbered from the beginning."""
        self._streams = {}

    def assign(self, found: Sequence[ScreenInfo]) -> list[ScreenInfo]:
        """The screens with their streams; one that was never seen gets the lowest number nobody had, or that of a
        screen whose name was not known."""
        return [replace(screen, stream=self._stream(screen.name)) for screen in found]

    def absent(self, found: Sequence[ScreenInfo]) -> list[ScreenInfo]:
        """Those that have a stream and are not there now; of unknown size."""
        there = {screen.name for screen in found}
        return [
            ScreenInfo(stream, name, 0, 0, 0, 0) for name, stream in self._streams.items() if name not in there
        ]  # fmt: skip

    def _stream(self, name: str) -> str:
        if name not in self._streams and "" in self._streams:
            self._streams[name] = self._streams.pop("")
        elif name not in self._streams:
            taken = set(self._streams.values())
            number = next(n for n in range(1, len(taken) + 2) if f"screen-{n}" not in taken)
            self._streams[name] = f"screen-{number}"
        return self._streams[name]


def change(before: Sequence[ScreenInfo], now: Sequence[ScreenInfo]) -> dict[str, Any]:
    """What the ledger says of screens that came and went."""
    old, new = ({screen.stream for screen in screens} for screens in (before, now))
    listed = [
        {"stream": s.stream, "name": s.name, "width": s.width, "height": s.height, "scale": s.scale}
        for s in now if s.name
    ]  # fmt: skip
    return {"count": len(listed), "screens": listed, "added": sorted(new - old), "removed": sorted(old - new)}
