"""One thread for small regular things: the track's line each second, thumbnails, previews for the window."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any

from client.capture.source import CAMERA, SourceState
from client.clock import Clock
from client.engine.pictures import jpeg, webp
from client.engine.workshop import CaptureLike
from client.messages import Preview

_log = logging.getLogger(__name__)

# At most 15 previews a second were promised; ten look smooth and cost little.
PREVIEW_EVERY_MS = 100
TRACK_EVERY_MS = 1000
THUMB_EVERY_MS = 10_000
WATCHED_THUMB_EVERY_MS = 6_000  # while somebody has them on a board; each is sent at once then
# (width, WebP quality). What the track comes to with them stands in docs/performance.md.
SCREEN_THUMB, CAMERA_THUMB = (256, 25), (128, 25)


class Observer:
    """``track`` takes a line for the track stream, ``send`` has what it holds sealed now; ``fields`` gives what only
    the engine knows of a second. ``watched``: somebody has the newest pictures on a board."""

    def __init__(
        self,
        capture: CaptureLike,
        clock: Clock,
        *,
        track: Callable[[Mapping[str, Any]], None],
        send: Callable[[], None],
        fields: Callable[[], dict[str, Any]],
        preview: Callable[[Preview], None],
    ) -> None:
        self._capture, self._clock = capture, clock
        self._track, self._send, self._fields, self._preview = track, send, fields, preview
        self.watched = False
        self._wanted: set[str] = set()
        self._shown: dict[str, int] = {}
        self._logged: set[str] = set()
        self._tracking = False
        self._track_ms = self._thumb_ms = -(10**9)
        self._stopping, self._wake = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="observer", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(2.0)

    def begin_track(self) -> None:
        self._tracking = True

    def want(self, sources: set[str]) -> None:
        """Which sources' previews are wanted from here."""
        self._wanted = set(sources)
        self._wake.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._look()
            except Exception as error:  # noqa: BLE001 -- one second's trouble must not end the track of the exam
                self._trouble(error)
            wait = PREVIEW_EVERY_MS if self._wanted else TRACK_EVERY_MS / 4
            self._wake.wait(wait / 1000)
            self._wake.clear()

    def _look(self) -> None:
        now = self._clock.now_ms()
        for source in sorted(self._wanted):
            self._show(source)
        if self._tracking and now - self._track_ms >= TRACK_EVERY_MS:
            self._track_ms = now
            self._write_track(now)

    def _trouble(self, error: Exception) -> None:
        """Into the log, once for each kind: it may come every second."""
        if repr(error)[:40] not in self._logged:
            self._logged.add(repr(error)[:40])
            _log.error("a second was not looked at", exc_info=error)

    def _show(self, source: str) -> None:
        frame = self._capture.latest(source)
        if frame is not None and frame.t_ms != self._shown.get(source):
            self._shown[source] = frame.t_ms
            data, width, height = jpeg(frame.bgr)
            self._preview(Preview(source, data, [], width, height))

    def _write_track(self, now: int) -> None:
        running = [stream for stream, state in self._capture.states().items() if state is SourceState.RUNNING]
        screens = [stream for stream in running if stream.startswith("screen-")]
        changed = {stream: round(self._capture.changed(stream), 3) for stream in screens}
        sound = round(self._capture.sound_level(), 3)
        self._track({"t": now, "changed": changed, "sound": sound, **self._fields()})
        watched = self.watched
        if now - self._thumb_ms < (WATCHED_THUMB_EVERY_MS if watched else THUMB_EVERY_MS):
            return
        self._thumb_ms = now
        for stream in screens + ([CAMERA] if CAMERA in running else []):
            frame = self._capture.latest(stream)
            if frame is not None:
                width, quality = CAMERA_THUMB if stream == CAMERA else SCREEN_THUMB
                self._track({"t": now, "thumb": stream, "webp": webp(frame.bgr, width, quality)})
        if watched:
            self._send()
