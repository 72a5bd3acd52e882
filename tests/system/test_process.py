"""The recorder as the system sees it: behind the window, every thread with a name, and stopped by a signal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from client.system.thread_names import shortened

ROOT = Path(__file__).resolve().parents[2]


def child(code: str) -> subprocess.Popen[str]:
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    return subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": paths, "OPENBLAS_NUM_THREADS": "1"},
    )  # fmt: skip


def end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait(5)
    for stream in (process.stdin, process.stdout):
        assert stream is not None
        stream.close()


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


NAMED = """
import sys, threading
import numpy as np
from client.capture.encode import VideoEncoder, screen_recipe
from client.capture.settings import CaptureSettings
from client.system.priority import give_way
from client.system.thread_names import name_threads, shortened

def encode():
    encoder = VideoEncoder(screen_recipe(CaptureSettings()), 320, 240, 10, shortened(threading.current_thread().name))
    encoder.encode(np.zeros((360, 320), np.uint8), 0, True)
    started.release()
    done.wait()

give_way()
name_threads("senim-recorder")
started, done = threading.Semaphore(0), threading.Event()
for name in ("capture-screen-1", "engine"):
    threading.Thread(target=encode, name=name, daemon=True).start()
    started.acquire()
print(sys.getprofile(), flush=True)
input()
"""


def test_the_recorder_gives_way_and_its_threads_have_names() -> None:
    process = child(NAMED)
    try:
        assert line(process) == "None"
        assert os.getpriority(os.PRIO_PROCESS, process.pid) == os.getpriority(os.PRIO_PROCESS, 0) + 5
        tasks = [task for task in Path(f"/proc/{process.pid}/task").iterdir() if (task / "comm").exists()]
        names = [(task / "comm").read_text().strip() for task in tasks]
        assert set(names) == {"senim-recorder", "screen-1", "engine", "enc-screen-1", "enc-engine"}
        assert names.count("senim-recorder") == names.count("screen-1") == 1
        nice = {int((task / "stat").read_text().rsplit(")", 1)[1].split()[16]) for task in tasks}
        assert nice == {os.getpriority(os.PRIO_PROCESS, 0) + 5}
    finally:
        end(process)


def test_names_fit() -> None:
    names = [
        "capture-screen-1",
        "capture-camera-reader",
        "system-watch",
        "spool-writer",
        "engine-hands",
        "senim-recorder",
    ]
    short = [shortened(name) for name in names]
    assert short == ["screen-1", "camera-reader", "system-watch", "spool-writer", "engine-hands", "senim-recorder"]
    assert all(len(name) <= 15 for name in short)


STOPPED = """
import json
from client.capture import picture_lane
from client.capture.screen_lane import ScreenLane
from client.capture.settings import CaptureSettings
from client.capture.source import Next
from client.clock import SessionClock
from client.system.absences import Absences
from client.system.keep_awake import KeepAwake
from client.system.session import NoProbe
from client.system.watch import SystemWatch
from capture.fakes import FakePictures, Kept, wait_for

picture_lane._STALLED_NS = 1_000_000_000
clock, kept, told = SessionClock(), Kept(), []
absences = Absences(clock)
watch = SystemWatch(
    clock, absences, lambda name, at, data: told.append(name), awake=lambda: KeepAwake([]), probe=NoProbe
)
watch.start()
settings = CaptureSettings(segment_s=0.5, screen_heartbeat_s=0.3)
lane = ScreenLane(FakePictures("screen-1", clock), clock, settings, kept)
lane.begin(Next())
lane.start()
wait_for(lambda: kept.segments)
print("running", flush=True)
input()
lane.finish(clock.now_ms())
lane.wait_finished(3)
lane.close()
watch.stop()
causes = [cause for gap in kept.gaps for start, end, cause in absences.explain(*gap) if end - start > 1000]
print(json.dumps({"told": told, "causes": causes}), flush=True)
"""


def test_a_stopped_recorder_was_stalled_and_did_not_sleep() -> None:
    process = child(STOPPED)
    try:
        assert line(process) == "running"
        process.send_signal(signal.SIGSTOP)
        time.sleep(2.5)
        process.send_signal(signal.SIGCONT)
        time.sleep(1)  # and it goes on by itself
        assert process.stdin is not None
        print(file=process.stdin, flush=True)
        assert json.loads(line(process)) == {"told": ["kept-awake"], "causes": ["stalled"]}
    finally:
        end(process)
