"""The system check: a list that fills by itself, in a thread of its own.

It passes only when each required source has delivered a real picture or real sound.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from client.capture.picture_faults import screen_fault
from client.capture.source import CAMERA, SOUND, Device, SourceState
from client.clock import SessionClock
from client.engine.chosen import Chosen
from client.engine.device_lists import DeviceLists
from client.engine.pictures import is_empty, jpeg
from client.engine.policy import SCREENS, Policy
from client.engine.workshop import CaptureLike, Workshop
from client.errors import SenimError
from client.exam import unix_ms
from client.messages import CheckItem, CheckView, DeviceChoice
from client.upload.transport import CertificateRefused, Transport

LOOK_SECONDS = 0.3
PROBE_BYTES = 96 * 1024
# Measured: about 60 MB an hour leave the machine; with head-room for catching up after an outage.
NEEDED_KBIT = 200
MEGABYTES_AN_HOUR = 90
SPARE_GIGABYTES = 0.3
# Exam time is the server's; a computer this far off confuses people and certificates.
CLOCK_SECONDS = 60
# A microphone that gives nothing but digital silence for so long is muted or not there.
SILENT_AFTER_MS = 4000
CAMERA_SLOW_MS = 8000
PICTURE_EVERY_MS = 1500
STAND_IN_MICROPHONE = "SenimSimulated"  # what the sound server calls it


class SystemCheck:
    """``show`` is called from the check's thread. The capture stays open when the check ends."""

    def __init__(
        self,
        workshop: Workshop,
        transport: Transport,
        policy: Policy,
        *,
        clock: SessionClock,
        capture: CaptureLike,
        show: Callable[[CheckView], None],
    ) -> None:
        self._workshop, self._transport, self._policy = workshop, transport, policy
        self._clock, self._capture, self._show = clock, capture, show
        self._items: dict[str, CheckItem] = {}
        self._cameras: list[Device] = []
        self._microphones: list[Device] = []
        self._lists = DeviceLists(workshop, policy)
        self._wanted: tuple[str | None, str | None] = (None, None)
        self._again: set[str] = set()
        self._opened_ms = 0
        self._pictured: dict[str, tuple[int, str]] = {}
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self.chosen = Chosen(None, None)
        self.passed = False
        self._thread = threading.Thread(target=self._run, name="system-check", daemon=True)

    def start(self, camera: str = "", microphone: str = "") -> None:
        """``camera``, ``microphone``: ids chosen earlier, "" for the best there is."""
        self._wanted = (camera or None, microphone or None)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(5.0)

    def use(self, camera: str | None, microphone: str | None) -> None:
        """Take other devices at the next look; None keeps the present one."""
        with self._lock:
            now = self._wanted
            self._wanted = (camera if camera is not None else now[0], microphone if microphone is not None else now[1])
            self._again.add("devices")

    def retry(self, item: str) -> None:
        with self._lock:
            self._again.add(item)

    # -- the thread ---------------------------------------------------------------------

    def _run(self) -> None:
        for name in self._names():
            self._set(name, "waiting", "")
        self._lists.ask()
        steps: dict[str, Callable[[], None]] = {
            "server": self._check_server, "disk": self._check_disk, "uplink": self._check_uplink,
        }  # fmt: skip
        todo: list[str] = ["server", "disk", "uplink"]
        while not self._stopping.is_set():
            if todo:
                steps[todo.pop(0)]()
            self._take_lists()
            self._look()
            self._tell()
            self._stopping.wait(0.02 if todo else LOOK_SECONDS)
            todo += self._asked_again()

    def _asked_again(self) -> list[str]:
        with self._lock:
            again, self._again = self._again, set()
        if again & {"devices", CAMERA, "microphone"} or any(name.startswith("screen") for name in again):
            if again == {"devices"}:
                self._open_devices()
            else:
                self._lists.ask()
        todo = {"server" if name == "clock" else name for name in again}
        return [name for name in ("server", "disk", "uplink") if name in todo]

    def _names(self) -> list[str]:
        devices = [CAMERA] if self._policy.wants(CAMERA) else []
        devices += ["microphone"] if self._policy.wants(SOUND) else []
        devices += [SCREENS] if self._policy.wants(SCREENS) else []
        return ["server", "clock", "disk", "uplink", *devices]

    def _set(self, name: str, state: str, code: str, picture: str = "", **values: object) -> None:
        self._items[name] = CheckItem(name, state, code, {k: str(v) for k, v in values.items()}, picture)

    def _tell(self) -> None:
        items = list(self._items.values())
        self.passed = all(item.state in ("ok", "warning") for item in items)
        camera, microphone = self.chosen.camera, self.chosen.microphone
        view = CheckView(
            items=items,
            cameras=[_choice(device) for device in self._cameras],
            microphones=[_choice(device) for device in self._microphones],
            camera=camera.id if camera else "",
            microphone=microphone.id if microphone else "",
            passed=self.passed,
        )
        self._show(view)

    # -- server, clock, disk, uplink ----------------------------------------------------

    def _check_server(self) -> None:
        self._set("server", "running", "")
        self._set("clock", "running", "")
        self._tell()
        asked = self._clock.now_ms()
        try:
            server_time = self._transport.time()
            server_ms = unix_ms(server_time)
        except CertificateRefused:
            self._set("server", "failed", "server_certificate")
            self._set("clock", "waiting", "")
            return
        except (SenimError, ValueError):
            self._set("server", "failed", "server_unreachable")
            self._set("clock", "waiting", "")
            return
        self._clock.learn_server_time(server_ms, asked, self._clock.now_ms())
        self._set("server", "ok", "server_ok")
        off = round((unix_ms(self._clock.wall_iso()) - self._clock.server_ms()) / 1000)
        if abs(off) > CLOCK_SECONDS:
            self._set("clock", "warning", "clock_off", seconds=abs(off))
        else:
            self._set("clock", "ok", "clock_ok")

    def _check_disk(self) -> None:
        free = self._workshop.free_bytes(self._workshop.data_dir) / 1e9
        needed = SPARE_GIGABYTES + MEGABYTES_AN_HOUR / 1000 * self._policy.minutes / 60
        if free >= needed:
            self._set("disk", "ok", "disk_ok", free_gb=f"{free:.1f}")
        else:
            self._set("disk", "failed", "disk_low", free_gb=f"{free:.1f}", needed_gb=f"{needed:.1f}")

    def _check_uplink(self) -> None:
        self._set("uplink", "running", "")
        self._tell()
        began = self._clock.now_ms()
        try:
            self._transport.probe(bytes(PROBE_BYTES))
        except SenimError:
            self._set("uplink", "warning", "uplink_unmeasured")
            return
        kbit = round(PROBE_BYTES * 8 / max(1, self._clock.now_ms() - began))
        if kbit >= NEEDED_KBIT:
            self._set("uplink", "ok", "uplink_ok", kbit=kbit)
        else:
            self._set("uplink", "warning", "uplink_slow", kbit=kbit, needed_kbit=NEEDED_KBIT)

    # -- devices ------------------------------------------------------------------------

    def _open_devices(self) -> None:
        with self._lock:
            camera_id, microphone_id = self._wanted
        camera = _pick(self._cameras, camera_id) if self._policy.wants(CAMERA) else None
        microphone = _pick(self._microphones, microphone_id) if self._policy.wants(SOUND) else None
        self.chosen = Chosen(camera, microphone)
        self._opened_ms = self._clock.now_ms()
        self._capture.open(camera.id if camera else None, microphone.id if microphone else None, self._policy.screens)

    def _take_lists(self) -> None:
        """What the system was asked for may have come."""
        found = self._lists.take()
        if found is not None:
            self._cameras, self._microphones = found
            self._open_devices()

    def _look(self) -> None:
        states = self._capture.states()
        if self._policy.wants(CAMERA):
            self._look_at_camera(states.get(CAMERA))
        if self._policy.wants(SOUND):
            self._look_at_microphone(states.get(SOUND))
        if self._policy.wants(SCREENS):
            self._look_at_screens(states)

    def _look_at_camera(self, state: SourceState | None) -> None:
        frame = self._capture.latest(CAMERA)
        if self.chosen.camera is None:
            self._set(CAMERA, *(("running", "") if self._lists.asking else ("failed", "camera_missing")))
        elif state is SourceState.LOST:
            self._set(CAMERA, "failed", self._word(CAMERA, "camera_busy"))
        elif state is SourceState.RUNNING and frame is not None:
            fault = self._capture.camera_fault()
            if fault == "covered":
                self._set(CAMERA, "warning", "camera_covered")
            elif fault is not None or is_empty(frame.bgr):
                self._set(CAMERA, "failed", "camera_frozen" if fault == "frozen" else "camera_black")
            else:
                height, width = frame.bgr.shape[:2]
                self._set(CAMERA, "ok", "camera_ok", width=width, height=height)
        elif self._clock.now_ms() - self._opened_ms > CAMERA_SLOW_MS:
            self._set(CAMERA, "failed", "camera_busy")
        else:
            self._set(CAMERA, "running", "")

    def _look_at_microphone(self, state: SourceState | None) -> None:
        if self.chosen.microphone is None:
            self._set("microphone", *(("running", "") if self._lists.asking else ("failed", "microphone_missing")))
        elif state is SourceState.LOST:
            self._set("microphone", "failed", self._word(SOUND, "microphone_busy"))
        elif state is SourceState.RUNNING and self._capture.heard():
            self._set("microphone", "ok", "microphone_ok")
        elif self._clock.now_ms() - self._opened_ms > SILENT_AFTER_MS:
            code = "microphone_silent" if state is SourceState.RUNNING else "microphone_busy"
            self._set("microphone", "failed", code)
        else:
            self._set("microphone", "running", "")

    def _look_at_screens(self, states: dict[str, SourceState]) -> None:
        found = sorted(stream for stream in states if stream.startswith("screen-"))
        for gone in [name for name in self._items if name.startswith("screen-") and name not in found]:
            if gone != SCREENS:
                del self._items[gone]
        if not found and not self._opened_ms:
            self._set(SCREENS, "running", "")
        elif not found:
            waited = self._clock.now_ms() - self._opened_ms
            self._set(SCREENS, *(("failed", "screen_missing") if waited > CAMERA_SLOW_MS / 2 else ("running", "")))
        for stream in found:
            frame = self._capture.latest(stream)
            if states[stream] is SourceState.LOST:
                self._set(stream, "failed", self._word(stream, "screen_missing"))
            elif frame is None:
                self._set(stream, "running", "")
            elif screen_fault(frame.bgr) is not None:  # it looks past the pointer, which we draw ourselves
                self._set(stream, "failed", "screen_black", self._picture(stream))
            else:
                height, width = frame.bgr.shape[:2]
                self._set(stream, "ok", "screen_ok", self._picture(stream), width=width, height=height)

    def _picture(self, stream: str) -> str:
        """A fresh small picture now and then."""
        now, (at, picture) = self._clock.now_ms(), self._pictured.get(stream, (-(10**9), ""))
        if now - at >= PICTURE_EVERY_MS:
            frame = self._capture.latest(stream)
            picture = jpeg(frame.bgr)[0] if frame is not None else ""
            self._pictured[stream] = now, picture
        return picture

    def _word(self, stream: str, otherwise: str) -> str:
        problem = self._capture.problem(stream)
        words = {
            "screen_not_shown": "screen_denied",
            "capture_failed": otherwise,
            "camera_not_allowed": "camera_missing",
        }
        return otherwise if problem is None else words.get(problem.code, problem.code)


def _choice(device: Device) -> DeviceChoice:
    """Our own stand-ins go without a name: an address says nothing to a student, the window has words for them."""
    ours = device.simulated and device.name in (device.id, STAND_IN_MICROPHONE)
    return DeviceChoice(device.id, "" if ours else device.name, device.simulated)


def _pick(devices: list[Device], wanted: str | None) -> Device | None:
    return next((d for d in devices if d.id == wanted), devices[0] if devices else None)
