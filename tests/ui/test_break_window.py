"""A break in the window: asked for by button and dialog, questions hidden while it runs, the clock rule in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from client import messages as m
from client.ui.breaks import BreakTexts
from client.ui.languages import Languages
from client.ui.window import MainWindow

from .helpers import Recorder, Walk

Make = Callable[..., MainWindow]
Way = Callable[[MainWindow], Walk]
NONE = m.BreakView("", 10, False, 0, True, "", 0.0)
UNTIL = "2026-11-22T09:20:00.000Z"


def wishes(recorder: Recorder) -> list[str]:
    return [body["wish"] for body in recorder.got("BreakWish")]


def test_from_the_wish_to_the_way_back(make_window: Make, walk: Way, recorder: Recorder, qtbot: Any) -> None:
    window = make_window("--manual")
    walk(window).to_exam()
    exam, desk = window.exam, window.exam.breaks
    assert desk.button.isHidden(), "the institution has not said that there are breaks"
    tell = window.bridge.break_view.emit
    tell(NONE)
    assert desk.button.isVisible() and desk.button.accessibleName() == "Break"
    desk.button.click()
    assert desk._dialog is not None and desk._dialog.heading.text() == "Ask for a break of 10 minutes?"
    desk._dialog.go.click()
    walk(window).wait(lambda: wishes(recorder) == ["ask"])
    tell(m.BreakView("asked", 10, False, 0, True, "", 0.0))
    assert desk.banner.isVisible() and not desk.button.isEnabled() and exam.question.isVisible()
    tell(m.BreakView("allowed", 7, True, 0, True, "", 0.0))
    assert desk.banner.headline.text() == "You may take a break of 7 minutes"
    assert "stands still" in desk.banner.text.text()
    desk.banner.action.click()
    walk(window).wait(lambda: wishes(recorder) == ["ask", "begin"])
    tell(m.BreakView("running", 7, True, 0, True, UNTIL, 420.0))
    assert desk.panel.isVisible() and exam.question.isHidden() and exam.strip.isHidden() and exam.foot.isHidden()
    assert not exam.bar.hand_in_button.isEnabled() and not desk.banner.isVisible()
    assert desk.panel.left.text() in ("0:07:00", "0:06:59")
    assert "stands still" in desk.panel.rules.text() and window.focusWidget() is desk.panel.main
    exam.ask_hand_in()
    exam.go_to(1)
    assert exam._dialog is None and exam._index == 0, "no key leads to a question"
    desk.panel.main.click()
    walk(window).wait(lambda: wishes(recorder) == ["ask", "begin", "end"])
    tell(NONE)
    assert desk.panel.isHidden() and exam.question.isVisible() and exam.bar.hand_in_button.isEnabled()
    assert exam.question.isAncestorOf(window.focusWidget())


def test_a_granted_break_needs_one_question_and_its_time_can_be_over(
    make_window: Make, walk: Way, recorder: Recorder
) -> None:
    window = make_window("--manual")
    walk(window).to_exam()
    desk = window.exam.breaks
    window.bridge.break_view.emit(m.BreakView("", 10, False, 2, False, "", 0.0))
    desk.button.click()
    assert desk._dialog is not None and desk._dialog.heading.text() == "Take a break of 10 minutes now?"
    desk._dialog.go.click()
    walk(window).wait(lambda: wishes(recorder) == ["begin"])
    window.bridge.break_view.emit(m.BreakView("running", 10, False, 1, False, UNTIL, -3.0))
    assert desk.panel.heading.text() == "The time of your break is over" and desk.panel.left.text() == "0:00:00"
    window.exam.reset()
    assert not desk.on and desk.panel.isHidden() and window.exam.question.isVisibleTo(window.exam)


def test_a_pause_within_a_break_keeps_the_questions_covered(make_window: Make, walk: Way, recorder: Recorder) -> None:
    window = make_window("--manual")
    walk(window).to_exam()
    exam, clock = window.exam, window.bridge.clock_view.emit

    def shown() -> tuple[bool, bool, bool]:
        return exam.question.isVisible(), exam.pause.isVisible(), exam.breaks.panel.isVisible()

    window.bridge.break_view.emit(m.BreakView("running", 10, False, 1, False, UNTIL, 600.0))
    clock(m.ClockView(3600, UNTIL, UNTIL, paused=True))
    assert shown() == (False, False, True), "the way back from the break stays"
    window.bridge.break_view.emit(NONE)
    assert shown() == (False, True, False) and exam.strip.isVisible() and not exam.bar.hand_in_button.isEnabled()
    clock(m.ClockView(3600, UNTIL, UNTIL, paused=False))
    assert shown() == (True, False, False) and exam.bar.hand_in_button.isEnabled()


@pytest.mark.parametrize(("language", "runs"), [("kk", "жүре береді"), ("ru", "идёт"), ("en", "runs on")])
def test_the_clock_rule_in_three_languages(languages: Languages, language: str, runs: str) -> None:
    languages.use(language)
    assert runs in BreakTexts().clock(NONE)
    stands = {BreakTexts().clock(m.BreakView("", n, True, 0, True, "", 0.0)) for n in (1, 2, 5)}
    assert all("{" not in text and "%" not in text for text in stands) and len(stands) == 3
