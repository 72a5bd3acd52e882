"""Every page on the way, by the controls a student uses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from client.ui.window import MainWindow

from .helpers import Recorder, Walk


def test_whole_way(make_window: Callable[..., MainWindow], walk: Callable[[MainWindow], Walk], recorder: Recorder,
                   qtbot: Any) -> None:  # fmt: skip
    window = make_window()
    way = walk(window)
    way.to_exam()
    window.exam.question.channel.answer("q1", '["a"]')
    qtbot.waitUntil(lambda: window.exam.book.state == "server", timeout=5000)
    window.exam.ask_hand_in()
    assert window.exam._dialog is not None
    window.exam._dialog.go.click()
    way.page("receipt")
    assert window.receipt.code.text() == "7K3M-Q9XD-22TB"
    assert [body["value"] for body in recorder.got("SetAnswer")] == [["a"]]
