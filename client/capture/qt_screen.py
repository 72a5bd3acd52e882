"""Screens through Qt (QScreenCapture): Wayland's portal, Windows, macOS; on X11 too.

Windows, macOS and PipeWire send a frame when the screen changed and none else, so a static screen costs
nothing here; X11 (where Qt is not used) would send copies at a fixed rate.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from client.capture.qt_frames import Arrived, QtFrames, pixels
from client.capture.screen_permission import screens_may_be_seen
from client.capture.source import Pixels, Reading
from client.capture.tiles import TilePicture
from client.clock import Clock
from client.errors import ScreenNotShown

_FIRST_FRAME_NS = 8_000_000_000  # Wayland's portal asks the person first


class Frames(Protocol):
    """Where frames come from: ``QtFrames``; tests have others."""

    def take(self, wait_s: float) -> Arrived | None: ...

    def finish(self) -> None: ...


class QtScreen:
    """One screen, known by its name."""

    def __init__(
        self,
        stream: str,
        clock: Clock,
        name: str = "",
        frames: Callable[[str, int, Clock], Frames] = QtFrames,
        may_see: Callable[[], bool] = screens_may_be_seen,
    ) -> None:
        """Without a name it is the screen at the place of the stream's number."""
        self.stream, self.name = stream, name
        self._clock, self._make_frames, self._may_see = clock, frames, may_see
        self._frames: Frames | None = None
        self._picture: TilePicture | None = None
        self._scale = 1.0
        self._started_ns = 0
        self._seen = False

    def start(self) -> None:
        self.stop()
        if not self._may_see():
            raise ScreenNotShown(self.stream)
        self._frames = self._make_frames(self.name, int(self.stream.rpartition("-")[2]), self._clock)
        self._started_ns = self._clock.now_ns()
        self._seen = False

    def read(self, wait_s: float) -> Reading | None:
        assert self._frames is not None
        arrived = self._frames.take(wait_s)
        if arrived is None:
            if not self._seen and self._clock.now_ns() - self._started_ns > _FIRST_FRAME_NS:
                raise ScreenNotShown(self.stream)
            return None
        with pixels(arrived.frame) as seen:
            return None if seen is None else self._compare(arrived, seen)

    def _compare(self, arrived: Arrived, seen: Pixels) -> Reading | None:
        height, width = seen.shape[:2]
        picture = self._picture
        if picture is None or (picture.width, picture.height) != (width & ~1, height & ~1):
            picture = self._picture = TilePicture(width, height)
            self._seen = False
        changed = picture.update(seen)
        first = not self._seen or arrived.scale != self._scale
        self._seen, self._scale = True, arrived.scale
        if not changed and not first:
            return None
        return Reading(arrived.t_ns, picture.width, picture.height, changed, picture.tiles, arrived.scale)

    def yuv(self) -> Pixels:
        assert self._picture is not None
        return self._picture.yuv

    def bgr(self) -> Pixels | None:
        return self._picture.bgr() if self._picture is not None and self._seen else None

    def stop(self) -> None:
        frames, self._frames = self._frames, None
        if frames is not None:
            frames.finish()
