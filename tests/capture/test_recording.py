"""The whole way on real devices: two screens, a camera, a microphone, recorded and decoded again."""

from __future__ import annotations

import itertools
import subprocess
import threading
import wave
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from client.capture.capture import Capture
from client.capture.picture_faults import Fault, screen_fault
from client.capture.settings import CaptureSettings
from client.capture.source import SourceState
from client.clock import SessionClock

from .conftest import Display, SoundServer
from .fakes import Kept, decode, wait_for
from .mjpeg import MjpegCamera

SETTINGS = CaptureSettings(stream_cameras=True, segment_s=2.0, read_timeout_s=1.0)
STREAMS = {"screen-1", "screen-2", "camera", "sound"}


@dataclass
class Sitting:
    """One recording and what happened in it, in session ms."""

    kept: Kept
    begun: int
    until: int
    ended: dict[str, int]
    dark: list[int] = field(default_factory=list)
    drawn: list[int] = field(default_factory=list)
    muted: list[int] = field(default_factory=list)
    threads: set[str] = field(default_factory=set)
    stop_took: int = 0


def sit(display: Display, served: MjpegCamera, server: SoundServer, folder: Path) -> Sitting:
    display.run("xrandr", "--setmonitor", "left", "640/160x720/180+0+0", "screen")
    display.run("xrandr", "--setmonitor", "right", "640/160x720/180+640+0", "none")
    display.draw(0, 0, 1280, 720, 0x303030)
    clock, kept = SessionClock(), Kept()
    capture = Capture(clock, SETTINGS, kept)
    player = _hum(server, folder)
    try:
        capture.open(served.url, "", None)
        wait_for(lambda: set(capture.states().values()) == {SourceState.RUNNING}, 15)
        wait_for(capture.heard)
        assert capture.states().keys() == STREAMS
        capture.begin_recording()
        begun = clock.now_ms()
        sitting = Sitting(kept, begun, 0, {})
        sitting.threads = {t.name for t in threading.enumerate()}
        let_pass(clock, 2000)
        for number in range(3):
            served.mode = "black" if number % 2 == 0 else "live"
            sitting.dark.append(clock.now_ms())
            display.draw(0, 0, 640, 720, 0xFFFFFF if number % 2 == 0 else 0x303030)
            sitting.drawn.append(clock.now_ms())
            server.mute(number % 2 == 0)
            sitting.muted.append(clock.now_ms())
            let_pass(clock, 1300)
        wait_for(lambda: kept.has_event("camera-black", "camera"))
        served.mode = "drop"
        wait_for(lambda: kept.has_event("source-lost", "camera"))
        assert capture.states()["camera"] is SourceState.LOST
        problem = capture.problem("camera")
        assert problem is not None and problem.code in {"camera_lost", "camera_missing"}
        assert capture.states()["sound"] is SourceState.RUNNING
        served.mode = "live"
        wait_for(lambda: kept.has_event("source-back", "camera"))
        wait_for(lambda: kept.of("camera", part=1))
        let_pass(clock, 700)
        sitting.until = clock.now_ms()
        sitting.ended = capture.stop(sitting.until)
        sitting.stop_took = clock.now_ms() - sitting.until
        frame = capture.latest("screen-2")
        assert frame is not None and frame.bgr.shape == (720, 640, 3)
        assert screen_fault(frame.bgr) is Fault.ONE_COLOURED
        assert capture.latest("sound") is None
        return sitting
    finally:
        capture.close()
        player.terminate()
        player.wait(5)


def let_pass(clock: SessionClock, ms: int) -> None:
    until = clock.now_ms() + ms
    wait_for(lambda: clock.now_ms() >= until)


def _hum(server: SoundServer, folder: Path) -> subprocess.Popen[bytes]:
    rate = 48_000
    samples = 9000 * np.sin(2 * np.pi * 500 * np.arange(rate * 40) / rate)
    with wave.open(str(folder / "hum.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.astype(np.int16).tobytes())
    return server.play(folder / "hum.wav")


SETTLED_MS = 300  # the three things done lie about 1.3 s apart


def changes(levels: list[tuple[float, bool]]) -> list[float]:
    """Times at which the answer changes for good: a sound server may let a late block through after a mute."""
    times = [t for (_, before), (t, now) in itertools.pairwise(levels) if before != now]
    clusters: list[list[float]] = []
    for t in times:
        if clusters and t - clusters[-1][-1] < SETTLED_MS:
            clusters[-1].append(t)
        else:
            clusters.append([t])
    return [cluster[-1] for cluster in clusters if len(cluster) % 2]


def pictures_over_time(kept: Kept, stream: str, part: int, limit: float, above: bool) -> list[tuple[float, bool]]:
    origin = next(p.origin_ms for p in kept.parts_of(stream) if p.part == part)
    found = []
    for frame in decode(kept, stream, part):
        mean = float(frame.to_ndarray(format="gray").mean())
        found.append((origin + frame.pts / 90, (mean > limit) == above))
    return found


@pytest.fixture(scope="module")
def monkeypatch_module() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def sitting(monkeypatch_module: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("sound")
    display, served, server = Display(), MjpegCamera(), SoundServer(folder)
    for name, value in (("DISPLAY", display.name), ("PULSE_SERVER", server.address), ("XDG_RUNTIME_DIR", str(folder))):
        monkeypatch_module.setenv(name, value)
    for name in ("WAYLAND_DISPLAY", "XDG_SESSION_TYPE"):
        monkeypatch_module.delenv(name, raising=False)
    try:
        yield sit(display, served, server, folder)
    finally:
        served.close()
        server.close()
        display.close()


@pytest.mark.parametrize("stream", sorted(STREAMS))
def test_every_stream_covers_the_whole_time(sitting: Sitting, stream: str) -> None:
    kept = sitting.kept
    kept.check(stream)
    segments = kept.of(stream)
    assert segments[0].start_ms - sitting.begun <= 1000  # a later first picture would have a gap line
    slack = 2 if stream == "camera" else 0
    assert abs(segments[-1].end_ms - sitting.until) <= slack
    assert sitting.ended[stream] == segments[-1].end_ms
    assert sitting.stop_took <= 2000
    if stream != "camera":
        assert len(kept.parts_of(stream)) == 1
        assert not [g for g in kept.gaps if g[0] == stream]


@pytest.mark.parametrize("stream", sorted(STREAMS - {"sound"}))
def test_what_was_recorded_is_what_decodes(sitting: Sitting, stream: str) -> None:
    for part in sitting.kept.parts_of(stream):
        segments = sitting.kept.of(stream, part.part)
        frames = decode(sitting.kept, stream, part.part)
        stamps = [f.pts for f in frames]
        assert len(frames) == sum(s.frames for s in segments)
        assert stamps == sorted(set(stamps))
        assert stamps[0] == 0 and segments[-1].pts0 <= stamps[-1] < segments[-1].pts1
        assert [f.pts for f in frames if f.key_frame] == [k for s in segments for k in s.keys]
        assert max(b - a for a, b in itertools.pairwise(stamps)) <= 4.2 * 90_000
        assert {(f.width, f.height) for f in frames} == {(part.width, part.height)}


def test_sound_is_all_there(sitting: Sitting) -> None:
    segments = sitting.kept.of("sound")
    frames = decode(sitting.kept, "sound")
    seconds = sum(f.samples for f in frames) / 48_000
    assert seconds == pytest.approx((segments[-1].end_ms - segments[0].start_ms) / 1000, abs=0.25)


def test_camera_lost_and_back(sitting: Sitting) -> None:
    kept = sitting.kept
    first, second = kept.parts_of("camera")
    ((_, start, end, cause),) = [g for g in kept.gaps if g[0] == "camera"]
    assert cause == "camera_lost"
    assert (start, end) == (kept.of("camera", 0)[-1].end_ms, second.origin_ms)
    assert (first.reason, second.reason) == ("start", "source-back")
    assert kept.has_event("camera-black", "camera")
    names = [s for s in kept.states if s[0] == "camera"]
    assert [s for _, s, _ in names].count(SourceState.RUNNING) == 2


def test_sound_and_pictures_are_in_step(sitting: Sitting) -> None:
    """Three things were done at known moments; the recording shows each of them then."""
    kept = sitting.kept
    camera = changes(pictures_over_time(kept, "camera", 0, 50, above=False))
    screen = changes(pictures_over_time(kept, "screen-1", 0, 150, above=True))
    origin = kept.parts_of("sound")[0].origin_ms
    loud = []
    for frame in decode(kept, "sound"):
        for number, piece in enumerate(np.array_split(np.abs(frame.to_ndarray()[0]), 6)):
            loud.append((origin + frame.pts / 48 + number * 10, bool(piece.max() < 0.02)))
    sound = changes([row for row in loud if row[0] > sitting.begun + 300])
    assert len(camera) == len(screen) == len(sound) == 3
    for seen, done, limit in ((camera, sitting.dark, 250), (screen, sitting.drawn, 150), (sound, sitting.muted, 250)):
        late = [when - at for when, at in zip(seen, done, strict=True)]
        assert all(-80 <= ms <= limit for ms in late), late


def test_threads_have_names_and_end(sitting: Sitting) -> None:
    named = {n for n in sitting.threads if n.startswith("capture-")}
    assert named >= {f"capture-{s}" for s in STREAMS} | {"capture-watch", "capture-camera-reader"}
    wait_for(lambda: not [t for t in threading.enumerate() if t.name.startswith("capture-")], 5)


# ---- smaller sittings -----------------------------------------------------------------------


def test_no_device_at_all_is_a_state_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """No X server, no such camera, no such microphone: each a typed problem, and nothing raises."""
    monkeypatch.setenv("DISPLAY", ":9999")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    clock, kept = SessionClock(), Kept()
    capture = Capture(clock, SETTINGS, kept)
    capture.open("77", "0:nothing", None)
    wait_for(lambda: set(capture.states().values()) == {SourceState.LOST}, 10)
    problems = {stream: capture.problem(stream) for stream in capture.states()}
    codes = {stream: problem.code if problem else "" for stream, problem in problems.items()}
    assert codes == {"screen-1": "screen_missing", "camera": "camera_missing", "sound": "microphone_missing"}
    assert capture.latest("camera") is None and capture.sound_level() == 0.0 and not capture.heard()
    capture.begin_recording()
    until = wait_for(lambda: clock.now_ms() if kept.has_event("source-lost", "sound") else 0) + 400
    let_pass(clock, 400)
    ended = capture.stop(until)
    assert ended.keys() == codes.keys()
    assert {(g[0], g[2], g[3]) for g in kept.gaps} == {(stream, until, code) for stream, code in codes.items()}
    capture.close()


def test_a_screen_plugged_in_during_the_exam_is_recorded(display: Display) -> None:
    display.draw(0, 0, 1280, 720, 0x5060A0)
    display.run("xrandr", "--setmonitor", "left", "640/160x720/180+0+0", "screen")
    kept = Kept()
    clock = SessionClock()
    capture = Capture(clock, CaptureSettings(segment_s=0.5), kept)
    capture.open(None, None, None)
    wait_for(lambda: capture.states() == {"screen-1": SourceState.RUNNING})
    capture.begin_recording()
    wait_for(lambda: kept.of("screen-1"))
    display.run("xrandr", "--setmonitor", "right", "640/160x720/180+640+0", "none")
    wait_for(lambda: kept.of("screen-2"), 8)
    wait_for(lambda: [e for e in kept.events if e[0] == "screens"], 8)
    capture.stop(clock.now_ms())
    capture.close()
    kept.check("screen-2")
    assert kept.events[-1][1]["count"] == 2


def test_microphone_unplugged_and_back(sound_server: SoundServer) -> None:
    kept, clock = Kept(), SessionClock()
    capture = Capture(clock, CaptureSettings(segment_s=0.5), kept)
    capture.open(None, "", [])
    wait_for(lambda: capture.states() == {"sound": SourceState.RUNNING}, 8)
    capture.begin_recording()
    wait_for(lambda: kept.of("sound"))
    for module in ("module-virtual-source", "module-null-sink"):
        assert sound_server.ask("unload-module", module).returncode == 0
    wait_for(lambda: kept.has_event("source-lost", "sound"), 8)
    assert sound_server.ask("load-module", "module-null-sink", "sink_name=mic_in", "rate=48000").returncode == 0
    sound_server.ask("set-default-source", "mic_in.monitor")
    wait_for(lambda: kept.has_event("source-back", "sound"), 15)
    wait_for(lambda: kept.of("sound", part=1), 8)
    capture.stop(clock.now_ms())
    capture.close()
    kept.check("sound")
    assert [g[3] for g in kept.gaps] == ["microphone_lost"]


def test_the_microphone_of_a_machine_without_one(sound_server: SoundServer) -> None:
    for module in ("module-virtual-source", "module-null-sink"):
        sound_server.ask("unload-module", module)
    capture = Capture(SessionClock(), CaptureSettings(), Kept())
    capture.open(None, "", [])
    wait_for(lambda: capture.states() == {"sound": SourceState.LOST}, 10)
    problem = capture.problem("sound")
    assert problem is not None and problem.code in {"microphone_missing", "microphone_busy"}
    capture.close()
