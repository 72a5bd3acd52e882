"""Beeps, processor time, bytes on the wire, the slope of a soak."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import wave
from pathlib import Path

import numpy as np
import pytest

from benchmarks.recording import processes
from benchmarks.recording.baseline import commands
from benchmarks.recording.soak import Soak, lines, slope_per_hour
from benchmarks.recording.sound import RATE, beeps_in, offsets_ms, write_beeps
from benchmarks.recording.wire import Wire


def packets(file: Path, length: int = 2880) -> list[tuple[float, np.ndarray[tuple[int], np.dtype[np.float32]]]]:
    with wave.open(str(file), "rb") as sound:
        samples = np.frombuffer(sound.readframes(sound.getnframes()), np.int16).astype(np.float32) / 32768
    return [(k * 1000 / RATE, samples[k : k + length]) for k in range(0, len(samples), length)]


def test_a_beep_is_heard_where_it_begins(tmp_path: Path) -> None:
    write_beeps(tmp_path / "beep.wav", 2.0)
    once = packets(tmp_path / "beep.wav")
    later = [(at + 2000, samples) for at, samples in once]
    found = beeps_in([*once, *later])
    assert found == pytest.approx([0.0, 2000.0], abs=10)


def test_a_gap_in_the_stamps_moves_the_beep_with_it(tmp_path: Path) -> None:
    write_beeps(tmp_path / "beep.wav", 2.0)
    once = packets(tmp_path / "beep.wav")
    assert beeps_in([*once, *[(at + 5000, samples) for at, samples in once]])[1] == pytest.approx(5000, abs=10)


def test_speech_like_noise_is_no_beep() -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, RATE).astype(np.float32)
    assert beeps_in([(0.0, noise)]) == []


def test_beeps_find_their_true_time() -> None:
    ms = 1_000_000
    assert offsets_ms([1040 * ms, 3990 * ms, 9000 * ms], [1000 * ms, 4000 * ms]) == [
        (1000 * ms, 40.0),
        (4000 * ms, -10.0),
    ]
    assert offsets_ms([1], []) == []


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_time_is_counted_by_process_thread_and_child() -> None:
    before = processes.usage(os.getpid())
    work = threading.Thread(target=lambda: sum(range(3_000_000)))
    work.start()
    work.join()
    subprocess.run([sys.executable, "-c", "sum(range(3_000_000))"], check=True)
    after = processes.usage(os.getpid())
    assert after.process > before.process
    assert after.children > before.children
    assert any(thread == os.getpid() for _, thread in after.threads)


def test_time_by_thread_adds_up() -> None:
    before = processes.Usage(1.0, 0.5, {("screen", 11): 0.4, ("enc", 12): 0.1})
    after = processes.Usage(3.0, 0.6, {("screen-1", 11): 1.4, ("enc", 12): 0.3, ("enc", 13): 0.2})
    rows = processes.by_thread(before, after, {11: "capture-screen-1"}, 10.0)
    named = {name: (count, round(percent, 6)) for name, count, percent in rows}
    assert named["capture-screen-1"] == (1, 10.0)  # known by its id, though it took another name
    assert named["enc: library threads"] == (2, 4.0)
    assert named["children"] == (0, 1.0)
    assert sum(percent for _, percent in named.values()) == pytest.approx(21.0)
    assert "capture-screen-1" in processes.thread_table(rows)[1]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_children_are_found_and_weighed() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    assert child.stdin is not None
    try:
        assert child.pid in processes.descendants(os.getpid())
        assert processes.name(child.pid).startswith("python")
        assert processes.rss_mb(child.pid) > 1
    finally:
        child.stdin.close()
        child.wait(10)
    assert processes.name(child.pid) == ""


def test_the_wire_counts_what_leaves_and_brings_back_the_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        wire = Wire()
        wire.target = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", wire.port), 5) as client:
            there, _ = server.accept()
            with there:
                client.sendall(b"x" * 1000)
                got = b""
                while len(got) < 1000:
                    got += there.recv(4096)
                there.sendall(b"thanks, that is more than was asked for")
                assert client.recv(4096).startswith(b"thanks")
        wire.close()
    assert wire.sent == 1000


def test_the_baseline_is_what_the_figures_say(tmp_path: Path) -> None:
    screen, both = (" ".join(command) for command in commands(":7", "http://127.0.0.1:1/c", tmp_path).values())
    assert "-f x11grab -framerate 10 -video_size 1920x1080 -i :7" in screen and "-preset veryfast" in screen
    assert "-r 10 -c:v libx264 -preset veryfast" in both and "-c:a libopus -b:a 24k" in both


def test_a_slope_is_taken_behind_the_warm_up() -> None:
    points = [(0.0, 100.0), (10.0, 500.0), *[(600.0 + 36 * k, 200 + 0.01 * k) for k in range(100)]]
    assert slope_per_hour(points, after=600) == pytest.approx(1.0)
    assert slope_per_hour(points[:2]) is None


def test_a_short_soak_gives_no_slope() -> None:
    soak = Soak(180.0, [(k * 10.0, 300.0 + k) for k in range(18)], [16.0], [(k * 20.0, 8.0) for k in range(9)])
    assert soak.growth is None and soak.drift is None
    assert "an hour" not in "\n".join(lines(soak))


def test_a_soak_tells_growth_drift_and_coverage() -> None:
    offsets = [(k * 100.0, 10 + 0.1 * k) for k in range(36)]
    rss = [(k * 10.0, 300.0) for k in range(360)]
    soak = Soak(3600.0, rss, [10.0, 20.0], offsets, 900, 57.0, {"camera": 0.9999}, 0, True)
    text = "\n".join(lines(soak))
    assert "+0.00 MB an hour" in text and "drift" in text and "+3.60 ms an hour" in text
    assert "57.0 MB/h" in text and "camera 0.9999" in text and "verifies: yes" in text
