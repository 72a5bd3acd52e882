"""All sources of one session together: open, watch, record, stop."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence

from client.capture.camera import Camera
from client.capture.camera_lane import CameraLane
from client.capture.choose import ScreenSystem, screen_system
from client.capture.lane import Lane
from client.capture.picture_lane import PictureLane
from client.capture.screen_lane import ScreenLane
from client.capture.settings import CaptureSettings
from client.capture.sound import Microphone
from client.capture.sound_lane import SoundLane
from client.capture.source import CAMERA, SOUND, Frame, Next, ScreenInfo, SegmentSink, SourceState
from client.clock import Clock
from client.errors import CaptureError, SenimError

_log = logging.getLogger(__name__)
_LOOK_FOR_SCREENS_S = 2.0
_STOP_S = 2.0


class Capture:
    """Every method returns at once except ``stop`` (2 s at most) and ``close`` (3 s at most).

    Methods may be called from any thread, but not from within the sink.
    """

    def __init__(
        self, clock: Clock, settings: CaptureSettings, sink: SegmentSink, system: ScreenSystem | None = None
    ) -> None:
        """``system``: the way to the screens, by default the one ``choose`` picks."""
        self._clock, self._settings, self._sink = clock, settings, sink
        self._system = system or screen_system()
        self._lock = threading.RLock()
        self._lanes: dict[str, Lane] = {}
        self._following: Mapping[str, Next] | None = None
        self._closed = threading.Event()
        self._watcher: threading.Thread | None = None
        self._devices: dict[str, str] = {}

    def open(self, camera: str | None, microphone: str | None, screens: Sequence[ScreenInfo] | None = None) -> None:
        """Start the sources; nothing is recorded yet.

        ``camera``: a ``Device.id`` or a stream address; ``microphone``: a ``Device.id`` or "" for the
        system's default. None leaves the stream out. ``screens`` None means all there are, new ones
        included. Called again it goes over to other devices (a new part, if recording) and leaves the rest.
        """
        with self._lock:
            self._open_device(CAMERA, camera)
            self._open_device(SOUND, microphone)
            if screens is not None:
                self._open_screens(screens)
            elif self._watcher is None:
                known = self._follow_screens()
                self._watcher = threading.Thread(target=self._watch, args=(known,), name="capture-watch", daemon=True)
                self._watcher.start()

    def states(self) -> dict[str, SourceState]:
        return {lane.stream: lane.state for lane in self._all()}

    def problem(self, stream: str) -> SenimError | None:
        """Why the stream is LOST (or does not open); None when it runs."""
        lane = self._lanes.get(stream)
        return lane.problem if lane else None

    def latest(self, stream: str) -> Frame | None:
        """The newest picture of a screen or the camera, None before the first."""
        lane = self._lanes.get(stream)
        return lane.latest() if isinstance(lane, PictureLane) else None

    def changed(self, stream: str) -> float:
        """Largest share of the picture that changed at once since the last call, 0..1."""
        lane = self._lanes.get(stream)
        return lane.changed() if isinstance(lane, PictureLane) else 0.0

    def camera_fault(self) -> str | None:
        """ "black", "one_coloured", "frozen", or None; looked at once a second."""
        lane = self._lanes.get(CAMERA)
        return lane.fault() if isinstance(lane, CameraLane) else None

    def sound_level(self) -> float:
        """0..1 on a 60 dB scale; 0 while the microphone does not run."""
        lane = self._lanes.get(SOUND)
        return lane.level if isinstance(lane, SoundLane) and lane.state is SourceState.RUNNING else 0.0

    def heard(self) -> bool:
        """True once the microphone gave anything but digital silence."""
        lane = self._lanes.get(SOUND)
        return isinstance(lane, SoundLane) and lane.heard

    def begin_recording(self, following: Mapping[str, Next] | None = None) -> None:
        """``following``: where streams go on after a restart of the recorder."""
        with self._lock:
            self._following = dict(following or {})
            for lane in self._lanes.values():
                lane.begin(self._following.get(lane.stream, Next()))

    def stop(self, until_ms: int) -> dict[str, int]:
        """End the recording at session time ``until_ms`` (now, or up to a second ahead); sources stay open.

        When it returns, each stream's last segment was delivered. Returns where each ended; a stream whose
        device or sink hangs is missing in it.
        """
        with self._lock:
            self._following = None
            lanes = list(self._lanes.values())
        for lane in lanes:
            lane.finish(until_ms)
        deadline_ms = max(until_ms, self._clock.now_ms()) + round(_STOP_S * 1000)
        ended: dict[str, int] = {}
        for lane in lanes:
            end = lane.wait_finished(max(0.0, (deadline_ms - self._clock.now_ms()) / 1000))
            if end is None:
                _log.error("%s did not end its recording in time", lane.stream)
            else:
                ended[lane.stream] = end
        return ended

    def close(self) -> None:
        """Release all devices. What is still being recorded ends where it is."""
        self._closed.set()
        with self._lock:
            lanes = list(self._lanes.values())
        for lane in lanes:
            lane.close()
        deadline_ms = self._clock.now_ms() + 3000
        for thread in [*lanes, *([self._watcher] if self._watcher else [])]:
            thread.join(max(0.0, (deadline_ms - self._clock.now_ms()) / 1000))

    # ---- inside -----------------------------------------------------------------------------

    def _all(self) -> list[Lane]:
        with self._lock:
            return list(self._lanes.values())

    def _open_device(self, stream: str, device: str | None) -> None:
        lane = self._lanes.get(stream)
        if device is None:
            if lane is not None:
                lane.close()
                del self._lanes[stream], self._devices[stream]
            return
        if self._devices.get(stream) == device:
            return
        self._devices[stream] = device
        if stream == CAMERA:
            camera = Camera(device, self._clock, self._settings)
            if lane is None:
                self._add(CameraLane(camera, self._clock, self._settings, self._sink))
            else:
                lane.replace(camera)
            return
        microphone = Microphone(device, self._clock)
        if lane is None:
            self._add(SoundLane(microphone, self._clock, self._settings, self._sink))
        else:
            lane.replace(microphone)

    def _open_screens(self, screens: Sequence[ScreenInfo]) -> None:
        for screen in screens:
            if screen.stream not in self._lanes:
                source = self._system.source(screen, self._clock)
                self._add(ScreenLane(source, self._clock, self._settings, self._sink))

    def _add(self, lane: Lane) -> None:
        self._lanes[lane.stream] = lane
        if self._following is not None:
            lane.begin(self._following.get(lane.stream, Next()))
        lane.start()

    def _follow_screens(self) -> list[ScreenInfo]:
        try:
            screens = self._system.screens()
        except CaptureError:
            # the first screen's own lane says what is wrong, and goes on trying
            screens = [ScreenInfo("screen-1", "", 0, 0, 0, 0)]
        self._open_screens(screens)
        return screens

    def _watch(self, known: list[ScreenInfo]) -> None:
        """A screen that is plugged in during the exam is recorded too."""
        while not self._closed.wait(_LOOK_FOR_SCREENS_S):
            with self._lock:
                screens = self._follow_screens()
            if screens != known:
                sizes = [f"{s.width}x{s.height}" for s in screens]
                self._sink.event("screens", {"count": len(screens), "sizes": sizes})
            known = screens
