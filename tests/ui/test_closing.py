"""Closing asks while there is an exam, and never loses anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt

from client import messages as m
from client.ui.window import MainWindow

from .helpers import Recorder, Walk

Make = Callable[..., MainWindow]
Way = Callable[[MainWindow], Walk]


@pytest.mark.parametrize("state", ["signed_out", "choosing", "checking", "delivered"])
def test_closes_at_once(make_window: Make, state: str, recorder: Recorder) -> None:
    window = make_window()
    window.bridge.state_changed.emit(m.StateChanged(state))
    assert window.close()
    assert recorder.got("Quit")


@pytest.mark.parametrize("state", ["identifying", "ready", "sitting", "handing_in", "sealed_offline"])
def test_asks(make_window: Make, state: str, recorder: Recorder, qtbot: Any) -> None:
    window = make_window()
    window.bridge.state_changed.emit(m.StateChanged(state))
    assert not window.close()
    question = window._close_question
    assert question is not None
    assert question.stay.isDefault()  # Enter is the safe answer
    qtbot.keyClick(question, Qt.Key.Key_Escape)
    assert window._close_question is None
    assert window.isVisible()
    assert not recorder.got("Quit")
    assert not window.close()
    assert window._close_question is not None
    window._close_question.go.click()
    assert not window.isVisible()
    assert recorder.got("Quit")


def test_what_was_typed_goes_out_before_quit(make_window: Make, walk: Way, recorder: Recorder, qtbot: Any) -> None:
    window = make_window()
    walk(window).to_exam()
    window.exam.question.channel.answer("q5", '"Жауаптың соңғы сөзі"')
    window.close()
    assert window._close_question is not None
    window._close_question.go.click()
    kinds = [body["type"] for body in recorder.all()]
    assert kinds.index("SetAnswer") < kinds.index("Quit")
    assert recorder.got("SetAnswer")[-1]["value"] == "Жауаптың соңғы сөзі"
    assert recorder.got("WindowEvent")[0]["name"] == "close-asked"
