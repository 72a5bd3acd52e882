"""The recorder's end of the pipe: nothing blocks the engine, newest pictures win, the end is noticed."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

from client import messages as m
from client.pipe import MOST_WAITING, Pipe


def ends() -> tuple[Pipe, int, int]:
    from_window, to_engine = os.pipe()
    from_engine, to_window = os.pipe()
    pipe = Pipe(os.fdopen(from_window, "rb"), os.fdopen(to_window, "wb", buffering=0))
    return pipe, to_engine, from_engine


def test_messages_both_ways_and_the_end() -> None:
    pipe, to_engine, from_engine = ends()
    heard: list[m.Message] = []
    got, ended = threading.Event(), threading.Event()
    pipe.start(lambda message: (heard.append(message), got.set())[1], ended.set)
    os.write(to_engine, m.encode(m.SignIn("s", "p")))
    assert got.wait(5)
    assert heard == [m.SignIn("s", "p")]
    pipe.send(m.Ready("1"))
    with os.fdopen(from_engine, "rb") as reading:
        assert m.read(reading) == m.Ready("1")
        os.close(to_engine)
        assert ended.wait(5)
        pipe.close()


def test_a_malformed_frame_counts_as_a_lost_window() -> None:
    pipe, to_engine, from_engine = ends()
    ended = threading.Event()
    pipe.start(lambda _message: None, ended.set)
    os.write(to_engine, b"\x00\x00\x00\x02{}")
    assert ended.wait(5)
    os.close(to_engine)
    os.close(from_engine)
    pipe.close()


def test_a_window_that_does_not_read_costs_no_memory_and_no_time() -> None:
    pipe, to_engine, from_engine = ends()
    pipe.start(lambda _message: None, lambda: None)
    for number in range(500):
        pipe.send(m.Preview("camera", "x" * 20000, [], number, 1))
        pipe.send(m.Preview("screen-1", "x" * 20000, [], number, 1))
    pipe.send(m.Problem("last"))
    assert len(pipe._waiting) <= 4
    with os.fdopen(from_engine, "rb") as reading:
        seen = []
        while not seen or seen[-1] != m.Problem("last"):
            seen.append(m.read(reading))
        assert seen[-2] == m.Preview("screen-1", "x" * 20000, [], 499, 1)
        os.close(to_engine)
        pipe.close()


def test_a_window_that_hangs_keeps_the_newest() -> None:
    pipe, to_engine, from_engine = ends()
    for number in range(2 * MOST_WAITING):  # nobody writes: as if the pipe were full
        pipe.send(m.Problem(str(number)))
    assert [message for _, message in pipe._waiting] == [
        m.Problem(str(number)) for number in range(MOST_WAITING, 2 * MOST_WAITING)
    ]
    for end in (to_engine, from_engine):
        os.close(end)


def test_a_gone_window_is_no_error_for_the_sender() -> None:
    """The writer ends at the first broken write, and from then on nothing piles up; reading tells of the end."""
    pipe, to_engine, from_engine = ends()
    ended = threading.Event()
    pipe.start(lambda _message: None, ended.set)
    os.close(from_engine)
    for _ in range(100):
        pipe.send(m.Problem("x"))
    pipe._writer.join(5)
    assert not pipe._writer.is_alive()
    pipe.send(m.Problem("to nobody"))
    assert not pipe._waiting
    assert not ended.is_set()  # the engine hears of it once, from the reading side
    os.close(to_engine)
    assert ended.wait(5)
    pipe.close()


def test_libraries_that_print_do_not_corrupt_the_frames() -> None:
    code = (
        "import os; from client.pipe import standard_streams; from client import messages as m;"
        "reading, writing = standard_streams(); os.write(1, b'noise from a library'); print('more noise', flush=True);"
        "writing.write(m.encode(m.read(reading)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=m.encode(m.HandIn()), capture_output=True, check=True, timeout=30
    )
    assert done.stdout == m.encode(m.HandIn())
    assert b"noise from a library" in done.stderr
