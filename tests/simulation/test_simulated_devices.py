"""The stand-in devices as their users meet them: real processes, a real reader, a real recording."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import psutil
import pytest

from simulation.process import StandIn, StandInFailed

if sys.platform != "linux":
    pytest.skip("the stand-in screen and microphone are Linux programs", allow_module_level=True)


def get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return bytes(answer.read())


def eventually(holds: Callable[[], bool], seconds: float = 8) -> None:
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends, "it did not come about"
        time.sleep(0.05)


@pytest.fixture
def camera() -> Iterator[StandIn]:
    with StandIn("simulation.camera", ["--size", "320x240"]) as one:
        yield one


def test_a_camera_that_opencv_reads_and_that_can_be_steered(camera: StandIn) -> None:
    capture = cv2.VideoCapture(camera.ready["url"], cv2.CAP_FFMPEG)
    try:
        began, frames = time.monotonic(), []
        for _ in range(15):
            ok, frame = capture.read()
            assert ok and frame.shape == (240, 320, 3)
            frames.append(frame)
        assert time.monotonic() - began < 8
        straight = frames[-1].astype(int)
        assert json.loads(get(camera.ready["control"] + "?pose=left")) == {"mode": "live"}
        eventually(lambda: np.abs(capture.read()[1].astype(int) - straight).mean() > 3)
        get(camera.ready["control"] + "?mode=black")
        eventually(lambda: capture.read()[1].mean() < 8)
    finally:
        capture.release()


def test_a_camera_that_is_unplugged_and_comes_back(camera: StandIn) -> None:
    control = camera.ready["control"]
    still = camera.ready["url"].replace("camera.mjpg", "frame.jpg")
    assert get(still)[:2] == b"\xff\xd8"
    with urllib.request.urlopen(camera.ready["url"], timeout=10) as stream:
        assert stream.read(100)
        get(control + "?mode=drop")
        assert stream.read().endswith(b"\r\n")  # the stream ends
    with pytest.raises(urllib.error.HTTPError) as gone:
        get(still)
    assert gone.value.code == 503
    get(control + "?mode=live")
    assert get(still)[:2] == b"\xff\xd8"


def test_a_camera_that_stalls(camera: StandIn) -> None:
    with urllib.request.urlopen(camera.ready["url"], timeout=0.7) as stream:
        stream.read(2000)
        get(camera.ready["control"] + "?mode=stall")
        with pytest.raises(TimeoutError):
            for _ in range(10_000):
                stream.read(4000)


def test_a_camera_that_freezes_and_changes_its_size_and_rate(camera: StandIn) -> None:
    control, still = camera.ready["control"], camera.ready["url"].replace("camera.mjpg", "frame.jpg")

    def picture() -> np.ndarray:
        return cv2.imdecode(np.frombuffer(get(still), np.uint8), cv2.IMREAD_COLOR)

    assert picture().shape == (240, 320, 3)
    quiet = get(still)
    get(control + "?mode=noisy")
    eventually(lambda: len(get(still)) > 1.3 * len(quiet))  # noise makes bytes
    get(control + "?size=160x120&fps=4")
    eventually(lambda: picture().shape == (120, 160, 3))
    get(control + "?mode=covered")
    eventually(lambda: picture()[..., 2].mean() > 2 * picture()[..., 0].mean())
    get(control + "?mode=frozen")
    eventually(lambda: get(still) == get(still) == get(still))
    frozen = get(still)
    get(control + "?mode=live")
    eventually(lambda: get(still) != frozen)


def test_wrong_wishes_are_answered(camera: StandIn) -> None:
    for wrong in ("?pose=up-side-down", "?mode=sleep", "?turn=far", "?size=0x0", "?size=big", "?fps=0", "?fps=nan"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            get(camera.ready["control"] + wrong)
        assert refused.value.code == 400
    with pytest.raises(urllib.error.HTTPError):
        get(camera.ready["control"].replace("control", "elsewhere"))


def test_stand_ins_end_cleanly() -> None:
    camera = StandIn("simulation.camera", ["--size", "320x240"])
    ready = camera.start()
    assert psutil.pid_exists(ready["pid"]) and camera.running()
    assert camera.stop() == 0 and camera.stop() is None
    assert not psutil.pid_exists(ready["pid"])


def test_a_stand_in_that_cannot_start_says_so() -> None:
    with pytest.raises(StandInFailed, match="ended with"):
        StandIn("simulation.camera", ["--who", "nobody at all"]).start()


RECORD = """
import pyaudio, sys
p = pyaudio.PyAudio()
s = p.open(format=pyaudio.paInt16, channels=1, rate=48000, input=True, frames_per_buffer=2880)
sys.stdout.buffer.write(b"".join(s.read(2880) for _ in range(int(sys.argv[1]))))
"""


def loudness(env: dict[str, str], blocks: int = 40) -> float:
    """RMS of the loudest 60 ms that PyAudio records from the default microphone."""
    answer = subprocess.run([sys.executable, "-c", RECORD, str(blocks)], env={**os.environ, **env},
                            capture_output=True, timeout=40, check=True)  # fmt: skip
    samples = np.frombuffer(answer.stdout, "<i2").astype(np.float64).reshape(-1, 2880)
    return float(np.sqrt((samples[5:] ** 2).mean(1)).max())


def test_a_microphone_that_speaks_and_can_be_muted(tmp_path: Path) -> None:
    home = Path.home() / ".asoundrc"
    before = home.exists()
    with StandIn("simulation.microphone", ["--run", str(tmp_path)]) as microphone:
        env = microphone.ready["env"]
        eventually(lambda: loudness(env) > 500, 25)
        mute = [sys.executable, "-m", "simulation.microphone", "--run", str(tmp_path), "--mute"]
        subprocess.run([*mute, "on"], check=True, timeout=20)
        assert loudness(env, 15) == 0
        subprocess.run([*mute, "off"], check=True, timeout=20)
        eventually(lambda: loudness(env, 15) > 5, 15)
        plug = [sys.executable, "-m", "simulation.microphone", "--run", str(tmp_path), "--plug"]

        def sources() -> str:
            listed = subprocess.run(["pactl", "list", "short", "sources"], env={**os.environ, **env},
                                    capture_output=True, text=True, timeout=20, check=True)  # fmt: skip
            return listed.stdout

        subprocess.run([*plug, "out"], check=True, timeout=20)
        assert sources() == ""
        subprocess.run([*plug, "other"], check=True, timeout=20)
        assert "other" in sources() and loudness(env, 15) > 500
        subprocess.run([*plug, "in"], check=True, timeout=20)
        assert "other" not in sources()
        eventually(lambda: loudness(env) > 5, 25)
        children = psutil.Process(microphone.pid).children(recursive=True)
        assert {"pulseaudio", "paplay"} >= {c.name() for c in children} and children
    assert not any(c.is_running() for c in children)
    assert home.exists() == before


def test_a_screen_with_a_window_manager() -> None:
    with StandIn("simulation.screen", ["--size", "800x600"]) as screen:
        env = {**os.environ, **screen.ready["env"]}
        seen = subprocess.run(["xdpyinfo"], env=env, capture_output=True, text=True, timeout=20, check=True).stdout
        assert "800x600 pixels" in seen
        children = psutil.Process(screen.pid).children(recursive=True)
        assert {c.name() for c in children} >= {"Xvfb", "openbox"}
    assert not any(c.is_running() for c in children)
