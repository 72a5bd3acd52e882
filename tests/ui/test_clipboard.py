"""The clipboard during the exam is a number of letters; its content goes nowhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QGuiApplication

from client.ui.window import MainWindow

from .helpers import Recorder, Walk


def test_letters_are_counted_in_the_exam_alone(
    make_window: Callable[..., MainWindow], walk: Callable[[MainWindow], Walk], recorder: Recorder, qtbot: Any
) -> None:
    window = make_window()
    QGuiApplication.clipboard().setText("before the exam")
    walk(window).to_exam()
    QGuiApplication.clipboard().setText("Әділетті жауап")
    qtbot.waitUntil(lambda: [e for e in recorder.got("WindowEvent") if e["name"] == "clipboard"] != [], timeout=5000)
    told = [event for event in recorder.got("WindowEvent") if event["name"] == "clipboard"]
    assert [event["letters"] for event in told] == [14]
    assert "жауап" not in repr(recorder.all()) and "before the exam" not in repr(recorder.all())
