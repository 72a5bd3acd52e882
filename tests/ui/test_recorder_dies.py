"""The recorder dies, hangs or talks nonsense: the window holds everything and starts another within two seconds."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from client import messages as m
from client.ui.bridge import RecorderBridge
from client.ui.window import MainWindow

from .helpers import Recorder, Walk

Make = Callable[..., MainWindow]
Way = Callable[[MainWindow], Walk]


def kill(window: MainWindow) -> int:
    pipe = window.bridge._pipe
    assert pipe is not None
    os.kill(pipe.pid, signal.SIGKILL)
    return pipe.pid


def test_answers_are_resent_after_the_key(make_window: Make, walk: Way, recorder: Recorder, qtbot: Any) -> None:
    window = make_window("--manual")
    way = walk(window)
    way.to_exam()
    channel = window.exam.question.channel
    channel.answer("q1", '["a"]')
    channel.answer("q1", '["b"]')
    channel.answer("q4", '"Әбілқайыр"')
    window.exam.foot.mark.click()
    window.exam.flush()
    qtbot.waitUntil(lambda: len(recorder.got("SetAnswer")) == 3 and bool(recorder.got("MarkQuestion")), timeout=5000)
    old = kill(window)
    begun = time.monotonic()
    way.wait(lambda: not window.bridge.running)
    assert window.exam.banner.isVisible()
    assert "being restarted" in window.exam.bar.recording.text.text()
    channel.answer("q4", '"Әбілқайыр хан"')  # typed while no recorder runs
    window.exam.flush()
    assert "kept in this window" in window.exam.bar.saved.text
    qtbot.waitUntil(lambda: bool(recorder.got("RestoreSession")), timeout=5000)
    assert time.monotonic() - begun < 2
    way.wait(lambda: len([b for b in recorder.all() if b["pid"] != old and b["type"] == "SetAnswer"]) == 2)
    new = [body for body in recorder.all() if body["pid"] != old]
    assert (new[0]["type"], new[0]["session"], new[0]["secret"]) == ("RestoreSession", "session-1", "secret-1")
    resent = {body["question"]: (body["revision"], body["value"]) for body in new if body["type"] == "SetAnswer"}
    assert resent == {"q1": (2, ["b"]), "q4": (2, "Әбілқайыр хан")}
    assert [body["marked"] for body in new if body["type"] == "MarkQuestion"] == [True]
    way.wait(lambda: "Recording since" in window.exam.bar.recording.text.text())
    assert window.page == "exam"
    assert window.exam.book.value("q4") == "Әбілқайыр хан"


def test_before_a_session_one_signs_in_again(make_window: Make, walk: Way, qtbot: Any) -> None:
    window = make_window()
    way = walk(window)
    way.to_consent()
    kill(window)
    way.page("sign_in")
    assert "signed out" in window.sign_in.banner.headline.text()
    way.wait(lambda: window.bridge.running)
    way.to_exams()


def test_nothing_is_sent_to_the_next_session(make_window: Make, walk: Way, recorder: Recorder, qtbot: Any) -> None:
    window = make_window()
    way = walk(window)
    way.to_exam()
    window.exam.question.channel.answer("q1", '["a"]')
    window.exam._on_hand_in_answer(1)
    way.page("receipt")
    assert not window.bridge.has_session
    kill(window)
    way.wait(lambda: window.bridge.running and window.page == "sign_in")
    assert recorder.got("RestoreSession") == []
    assert window.exam.book.value("q1") is None


def test_keeps_failing(qtbot: Any) -> None:
    bridge = RecorderBridge([sys.executable, "-c", "print('this is no frame')"])
    told: list[bool] = []
    bridge.interrupted.connect(told.append)
    bridge.start()
    qtbot.waitUntil(lambda: True in told, timeout=20000)
    assert told.index(True) == 3
    bridge.quit()


def test_no_such_program(qtbot: Any, tmp_path: Path) -> None:
    bridge = RecorderBridge([str(tmp_path / "missing")])
    with qtbot.waitSignal(bridge.interrupted, timeout=5000):
        bridge.start()
    bridge.quit()


def test_hung_recorder_is_replaced(qtbot: Any) -> None:
    """A recorder that reads nothing is ended once its queue is full; the window never waits for it."""
    bridge = RecorderBridge([sys.executable, "-c", "import time; time.sleep(60)"])
    bridge.start()
    with qtbot.waitSignal(bridge.interrupted, timeout=20000):
        for number in range(4000):
            bridge.send(m.SetAnswer("q", number + 1, "x" * 1000))
    bridge.quit()


def test_previews_keep_only_the_newest(qtbot: Any) -> None:
    """A flood of pictures does not pile up: while the window is busy, older ones are dropped."""
    flood = (
        "import sys; sys.path.insert(0, '.'); from client import messages as m\n"
        "for n in range(300): sys.stdout.buffer.write(m.encode(m.Preview('camera', 'x' * 10000, [], n, 0)))\n"
        "sys.stdout.buffer.write(m.encode(m.Ready('1'))); sys.stdout.buffer.flush(); sys.stdin.buffer.read()"
    )
    bridge = RecorderBridge([sys.executable, "-c", flood])
    seen: list[int] = []
    bridge.preview.connect(lambda picture: (seen.append(picture.width), time.sleep(0.01)))
    with qtbot.waitSignal(bridge.ready, timeout=20000):
        bridge.start()
    qtbot.waitUntil(lambda: bool(seen) and seen[-1] == 299, timeout=5000)
    assert len(seen) < 300
    assert seen == sorted(seen)
    bridge.quit()
