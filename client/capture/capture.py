"""All sources of one session together: open, watch, record, stop."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence

from client.capture.camera import Camera
from client.capture.camera_lane import CameraLane
from client.capture.choose import ScreenSystem, screen_system
from client.capture.ladder import Felt
from client.capture.memory import give_back
from client.capture.picture_lane import PictureLane
from client.capture.quality import Quality
from client.capture.screen_lane import ScreenLane
from client.capture.screen_streams import ScreenStreams, change
from client.capture.settings import CaptureSettings
from client.capture.sound import Microphone
from client.capture.sound_lane import SoundLane
from client.capture.source import CAMERA, SOUND, Frame, Next, ScreenInfo, SegmentSink, SoundBlock, SourceState
from client.capture.trial import run_trial
from client.clock import Clock
from client.errors import CaptureError, SenimError

_log = logging.getLogger(__name__)
_LOOK_FOR_SCREENS_S = 1.0
_SCREEN = "screen-"
_LATE_MS = 500  # after the recording's beginning
_STOP_S = 2.0
_SETTLED_MS = 20_000  # the trial, the identity check and its models are over


class Capture:
    """Every method returns at once except ``stop`` (2 s at most) and ``close`` (3 s at most).

    Methods may be called from any thread, but from within the sink none but ``latest``, which waits for nobody.
    """

    def __init__(
        self, clock: Clock, settings: CaptureSettings, sink: SegmentSink, system: ScreenSystem | None = None
    ) -> None:
        """``system``: the way to the screens, by default the one ``choose`` picks."""
        self._clock, self._settings, self._sink = clock, settings, sink
        self._system = system or screen_system()
        self._quality = Quality(clock, settings, sink.event)
        self._trial: threading.Thread | None = None
        self._lock = threading.RLock()
        self._lanes: dict[str, PictureLane | SoundLane] = {}
        self._following: Mapping[str, Next] | None = None
        self._closed = threading.Event()
        self._watcher: threading.Thread | None = None
        self._devices: dict[str, str] = {}
        self._streams = ScreenStreams()
        self._screens: list[ScreenInfo] = []
        self._begun = False  # something may have been recorded: streams keep their monitors from here on
        self._begun_ms = 0
        self._hear: Callable[[SoundBlock], None] | None = None

    def open(self, camera: str | None, microphone: str | None, screens: Sequence[ScreenInfo] | None = None) -> None:
        """Start the sources; nothing is recorded yet.

        ``camera``: a ``Device.id`` or a stream address; ``microphone``: a ``Device.id`` or "" for the
        system's default. None leaves the stream out. ``screens`` None means all there are, new ones
        included. Called again it goes over to other devices (a new part, if recording) and leaves the rest.
        """
        found = self._find_screens() if screens is None and self._watcher is None else []
        with self._lock:
            self._open_device(CAMERA, camera)
            self._open_device(SOUND, microphone)
            if screens is not None:
                self._arrange(screens)
            elif self._watcher is None:
                # without any, the first screen's own lane says what is wrong, and goes on trying
                self._arrange(found or [ScreenInfo("screen-1", "", 0, 0, 0, 0)])
                self._watcher = threading.Thread(target=self._watch, name="capture-watch", daemon=True)
                self._watcher.start()
            if self._trial is None and self._following is None:
                self._trial = threading.Thread(target=self._try_encoders, name="capture-trial", daemon=True)
                self._trial.start()

    def states(self) -> dict[str, SourceState]:
        """Of all streams but those of screens that are not there."""
        return {lane.stream: lane.state for lane in self._all() if not lane.absent}

    def problem(self, stream: str) -> SenimError | None:
        """Why the stream is LOST (or does not open); None when it runs."""
        lane = self._lanes.get(stream)
        return lane.problem if lane else None

    def latest(self, stream: str) -> Frame | None:
        """The newest picture of a screen or the camera, None before the first."""
        lane = self._lanes.get(stream)
        return lane.latest() if isinstance(lane, PictureLane) and not lane.absent else None

    def changed(self, stream: str) -> float:
        """Largest share of the picture that changed at once since the last call, 0..1."""
        lane = self._lanes.get(stream)
        return lane.changed() if isinstance(lane, PictureLane) else 0.0

    def camera_fault(self) -> str | None:
        """ "black", "one_coloured", "covered", "frozen", or None; looked at once a second."""
        lane = self._lanes.get(CAMERA)
        return lane.fault() if isinstance(lane, CameraLane) else None

    def look_closely(self, on: bool) -> None:
        """Every picture the camera gives is wanted (identity); else only so many as are recorded are decoded."""
        lane = self._lanes.get(CAMERA)
        if isinstance(lane, CameraLane):
            lane.closely = on

    def sound_level(self) -> float:
        """0..1 on a 60 dB scale; 0 while the microphone does not run."""
        lane = self._lanes.get(SOUND)
        return lane.level if isinstance(lane, SoundLane) and lane.state is SourceState.RUNNING else 0.0

    def heard(self) -> bool:
        """True once the microphone gave anything but digital silence, and while it is not muted."""
        lane = self._lanes.get(SOUND)
        return isinstance(lane, SoundLane) and lane.heard

    def listen(self, hear: Callable[[SoundBlock], None] | None) -> None:
        """Each block of the microphone goes to ``hear`` too, from its thread; it must return at once. None ends it."""
        self._hear = hear
        lane = self._lanes.get(SOUND)
        if isinstance(lane, SoundLane):
            lane.hear = hear

    def press(self, disk: Felt, uplink: Felt) -> None:
        """What the disk and the line are like, to be told about once a second: the quality steps down and up."""
        self._quality.press(disk, uplink)

    def lowest_quality(self) -> bool:
        """The quality cannot step down any further against something that presses."""
        return self._quality.lowest

    def begin_recording(self, following: Mapping[str, Next] | None = None) -> None:
        """``following``: where streams go on after a restart of the recorder, and which monitors they showed."""
        with self._lock:
            self._following = dict(following or {})
            self._begun, self._begun_ms = True, self._clock.now_ms()
            names = {stream: known.name for stream, known in self._following.items() if known.name}
            lanes = list(self._lanes.values())
            self._quality.begin()
            if names:
                self._streams.learn(names)
                self._arrange(self._screens)
            for lane in lanes:
                lane.begin(self._following.get(lane.stream, Next()))
            self._sink.event("screens", change(self._screens, self._screens))

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
        for thread in [*lanes, *(thread for thread in (self._watcher, self._trial) if thread is not None)]:
            thread.join(max(0.0, (deadline_ms - self._clock.now_ms()) / 1000))
        self._system.close()

    # ---- inside -----------------------------------------------------------------------------

    def _all(self) -> list[PictureLane | SoundLane]:
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
            if isinstance(lane, CameraLane):
                lane.replace(camera)
            else:
                self._add(CameraLane(camera, self._clock, self._settings, self._sink, self._quality))
            return
        microphone = Microphone(device, self._clock)
        if isinstance(lane, SoundLane):
            lane.replace(microphone)
        else:
            sound = SoundLane(microphone, self._clock, self._settings, self._sink)
            sound.hear = self._hear
            self._add(sound)

    def _add(self, lane: PictureLane | SoundLane, since_ms: int | None = None) -> None:
        self._lanes[lane.stream] = lane
        if self._following is not None:
            lane.begin(self._following.get(lane.stream, Next()), since_ms)
        lane.start()

    def _try_encoders(self) -> None:
        """Which encoder is used is decided before the recording begins; begun meanwhile, it stays the usual one."""
        screens = [screen for screen in self._screens if screen.width]
        if not screens:
            return
        largest = max(screens, key=lambda screen: screen.width * screen.height)
        pixels = sum(screen.width * screen.height for screen in screens)
        now_ns = self._clock.now_ns

        def stop() -> bool:
            return self._closed.is_set() or self._following is not None

        try:
            outcome = run_trial(self._settings, largest.width, largest.height, pixels, now_ns, stop)
        except CaptureError as problem:
            _log.error("no encoder: %r", problem)  # the lanes will say so to everybody
            return
        if outcome is not None:
            self._quality.adopt(outcome)

    # ---- screens ----------------------------------------------------------------------------

    def _watch(self) -> None:
        """A screen that is plugged in during the exam is recorded too."""
        given_back = False
        while not self._closed.wait(_LOOK_FOR_SCREENS_S):
            if self._begun and not given_back and self._clock.now_ms() - self._begun_ms > _SETTLED_MS:
                given_back = True
                give_back()
            found = self._find_screens()
            with self._lock:
                if found and not self._closed.is_set():
                    before = self._arrange(found)
                    if self._following is not None and before != self._screens:
                        self._sink.event("screens", change(before, self._screens))

    def _find_screens(self) -> list[ScreenInfo]:
        """All there are; none if they cannot be asked for: then the lanes say what is wrong."""
        try:
            return self._system.screens()
        except CaptureError:
            return []

    def _arrange(self, found: Sequence[ScreenInfo]) -> list[ScreenInfo]:
        """One lane for each screen. Before anything is recorded they are numbered as they stand; then a stream
        stays with its monitor, there or not. Returns what there was before."""
        if not self._begun:
            self._streams.forget()
        screens = self._streams.assign(found)
        wanted = [*screens, *(self._streams.absent(found) if self._begun else [])]
        for screen in wanted:
            self._open_screen(screen)
        if not self._begun:
            streams = {screen.stream for screen in wanted}
            for stream in [name for name in self._lanes if name.startswith(_SCREEN) and name not in streams]:
                self._lanes.pop(stream).close()
                del self._devices[stream]
        before, self._screens = self._screens, screens
        return before

    def _open_screen(self, screen: ScreenInfo) -> None:
        lane = self._lanes.get(screen.stream)
        if lane is not None and self._devices[screen.stream] == screen.name:
            return
        self._devices[screen.stream] = screen.name
        source = self._system.source(screen, self._clock)
        if isinstance(lane, ScreenLane):
            lane.replace(source)
        else:
            began_late = self._begun_ms if self._clock.now_ms() - self._begun_ms > _LATE_MS else None
            self._add(ScreenLane(source, self._clock, self._settings, self._sink, self._quality), began_late)
