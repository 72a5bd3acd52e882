"""The keyboard's focus stays with the person: while a button waits, when it goes, when a banner is put away.

Keys go to the window as the window system gives them; Qt decides which control gets them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from client import messages as m
from client.ui.window import MainWindow

from .helpers import Recorder, Walk

Key = Qt.Key


class Keys:
    """A person with a keyboard and no mouse."""

    def __init__(self, qtbot: Any, window: MainWindow, recorder: Recorder) -> None:
        self.qtbot, self.window, self.recorder = qtbot, window, recorder
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window, timeout=5000)

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.window.windowHandle(), key)

    def at(self, control: QWidget) -> bool:
        return QApplication.focusWidget() is control

    def arrive(self, control: QWidget) -> None:
        """Tab until ``control`` has the focus; a hundred controls are more than any page has."""
        for _ in range(100):
            if self.at(control):
                return
            self.press(Key.Key_Tab)
        raise AssertionError(f"Tab does not lead to {control.objectName()}")

    def heard(self, kind: str, count: int) -> None:
        self.qtbot.waitUntil(lambda: len(self.recorder.got(kind)) >= count, timeout=5000)
        self.qtbot.wait(50)
        assert len(self.recorder.got(kind)) == count


Begin = Callable[..., tuple[MainWindow, Walk, Keys]]


@pytest.fixture
def begin(
    make_window: Callable[..., MainWindow], walk: Callable[[MainWindow], Walk], recorder: Recorder, qtbot: Any
) -> Begin:
    """``begin("SignIn")``: a window whose recorder answers everything but a ``SignIn``."""

    def make(*deaf: str) -> tuple[MainWindow, Walk, Keys]:
        window = make_window(*(part for kind in deaf for part in ("--deaf", kind)))
        return window, walk(window), Keys(qtbot, window, recorder)

    return make


def waits(keys: Keys, control: QWidget, message: str) -> None:
    """Pressed once and then again and again: one message, and the focus does not move."""
    keys.press(Key.Key_Space)
    assert not control.isEnabled()
    assert keys.at(control)
    keys.press(Key.Key_Space, Key.Key_Return, Key.Key_Space)
    assert keys.at(control)
    keys.heard(message, 1)


def test_signing_in_from_the_field(begin: Begin) -> None:
    window, _, keys = begin("SignIn")
    page = window.sign_in
    keys.arrive(page.login)
    QTest.keyClicks(page.login, "asel")
    keys.press(Key.Key_Tab)
    QTest.keyClicks(page.password, "secret")
    keys.press(Key.Key_Return, Key.Key_Return, Key.Key_A)
    assert keys.at(page.password)
    assert page.password.text() == "secret"  # what is on its way cannot be changed any more
    keys.heard("SignIn", 1)
    window.bridge.problem.emit(m.Problem("wrong_password", "SignIn"))
    assert keys.at(page.password)
    keys.press(Key.Key_A)
    assert page.password.text() == "secreta"


def test_signing_in_by_the_button(begin: Begin) -> None:
    window, way, keys = begin("SignIn")
    window.sign_in.login.setText("asel")
    window.sign_in.password.setText("secret")
    keys.arrive(window.sign_in.main)
    waits(keys, window.sign_in.main, "SignIn")
    window.bridge.signed_in.emit(m.SignedIn("Әсел", "asel"))
    way.page("exams")
    way.wait(lambda: len(window.exams.cards) == 4)
    assert keys.at(window.exams.cards[0].radio)


def test_consent(begin: Begin) -> None:
    window, way, keys = begin("OpenSeat")
    way.to_consent()
    page = window.consent
    assert keys.at(page.agree)
    keys.press(Key.Key_Space)
    keys.arrive(page.main)
    waits(keys, page.main, "OpenSeat")
    window.bridge.problem.emit(m.Problem("in_use_elsewhere", "OpenSeat"))
    assert keys.at(page.main) and page.main.isEnabled()
    keys.arrive(page.banner.action)
    keys.press(Key.Key_Space)
    assert keys.at(page.main)  # the banner with the pressed button went away
    keys.heard("OpenSeat", 2)


def test_a_line_of_the_check(begin: Begin) -> None:
    window, way, keys = begin("RetryCheck")
    way.to_check()
    page = window.check
    assert not keys.at(page.back_button)
    again = page._lines["camera"].again
    keys.arrive(again)
    keys.press(Key.Key_Space)
    keys.heard("RetryCheck", 1)
    view = m.CheckView([m.CheckItem("camera", "running", "")], [], [], "", "", False)
    page.show_view(view)
    assert keys.at(again) and not again.isEnabled()
    keys.press(Key.Key_Space)
    keys.heard("RetryCheck", 1)
    page.show_view(m.CheckView([m.CheckItem("camera", "failed", "camera_busy")], [], [], "", "", False))
    assert keys.at(again) and again.isEnabled()
    keys.press(Key.Key_Space)
    keys.heard("RetryCheck", 2)
    page.show_view(view)
    page.show_view(m.CheckView([m.CheckItem("camera", "ok", "camera_ok")], [], [], "", "", True))
    assert keys.at(page.main)


def test_a_cured_line_leads_to_the_next(begin: Begin) -> None:
    window, way, keys = begin()
    way.to_check()
    page = window.check
    keys.arrive(page._lines["uplink"].again)
    view = m.CheckView(
        [m.CheckItem("uplink", "ok", "uplink_ok"), m.CheckItem("camera", "failed", "camera_busy")],
        [], [], "", "", False,
    )  # fmt: skip
    page.show_view(view)
    assert keys.at(page._lines["camera"].again)


def test_the_identity_check(begin: Begin) -> None:
    window, way, keys = begin("StartIdentity", "OpenPaper", "RetryIdentity")
    way.to_identity()
    page = window.identity
    assert keys.at(page.main)
    waits(keys, page.main, "StartIdentity")
    window.bridge.identity_view.emit(m.IdentityView("blink", "", 0.5))
    assert keys.at(page.main)
    window.bridge.identity_view.emit(m.IdentityView("done", "", 1.0, "no_match"))
    assert keys.at(page.main) and page.main.isEnabled()
    keys.arrive(page.again)
    keys.press(Key.Key_Space)
    keys.heard("RetryIdentity", 1)
    assert keys.at(page.main) and not page.main.isEnabled()
    window.bridge.identity_view.emit(m.IdentityView("done", "", 1.0, "match"))
    waits(keys, page.main, "OpenPaper")
    assert page.main.text() == "Please wait…"
    window.bridge.problem.emit(m.Problem("paper_not_ready", "OpenPaper"))
    assert keys.at(page.main)
    window.bridge.problem.emit(m.Problem("server_unreachable", "OpenPaper"))
    assert keys.at(page.main) and page.main.isEnabled()


def test_another_movement_is_asked_for_by_the_keyboard(begin: Begin) -> None:
    """The button keeps the focus while prompts come and go, and says where there is nothing else to ask for."""
    window, way, keys = begin("StartIdentity", "AnotherPrompt")
    way.to_identity()
    page = window.identity
    assert not page.another.isVisible()
    waits(keys, page.main, "StartIdentity")
    window.bridge.identity_view.emit(m.IdentityView("turn_left", "", 0.2, another=True))
    keys.arrive(page.another)
    keys.press(Key.Key_Space)
    keys.heard("AnotherPrompt", 1)
    window.bridge.identity_view.emit(m.IdentityView("nod_down", "", 0.2, another=True))
    assert "Lower your head" in page.instruction.text() and keys.at(page.another)
    window.bridge.identity_view.emit(m.IdentityView("look_straight", "", 0.3))
    assert keys.at(page.another)
    window.bridge.identity_view.emit(m.IdentityView("come_closer", "", 0.4))
    keys.press(Key.Key_Space)
    assert "I cannot do this" in page.advice.text()
    keys.heard("AnotherPrompt", 1)
    window.bridge.identity_view.emit(m.IdentityView("done", "", 1.0, "invigilator"))
    assert keys.at(page.main) and not page.another.isVisible()


def test_i_cannot_do_this(begin: Begin) -> None:
    window, way, keys = begin("StartIdentity", "LeaveIdentityToPerson")
    way.to_identity()
    page = window.identity
    keys.arrive(page.cannot)
    keys.press(Key.Key_Space)
    assert keys.at(page.cannot)
    window.bridge.identity_view.emit(m.IdentityView("done", "", 1.0, "invigilator"))
    assert keys.at(page.main) and page.main.isEnabled()


def test_tab_leaves_a_button_that_waits(begin: Begin) -> None:
    window, way, keys = begin("OpenPaper")
    way.to_identity()
    window.identity.cannot.click()
    way.wait(lambda: window.state == "ready")
    waits(keys, window.identity.main, "OpenPaper")
    keys.press(Key.Key_Tab)
    elsewhere = QApplication.focusWidget()
    assert elsewhere is not window.identity.main
    window.bridge.problem.emit(m.Problem("server_unreachable", "OpenPaper"))
    assert window.identity.main.isEnabled() and QApplication.focusWidget() is elsewhere


def test_another_window_in_between(begin: Begin, qtbot: Any) -> None:
    """The keyboard comes back to the button that waited, also when it waited while another window had it."""
    window, way, keys = begin("OpenPaper")
    way.to_identity()
    window.identity.cannot.click()
    way.wait(lambda: window.state == "ready")
    waits(keys, window.identity.main, "OpenPaper")
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is other, timeout=5000)
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window, timeout=5000)
    window.bridge.problem.emit(m.Problem("server_unreachable", "OpenPaper"))
    assert keys.at(window.identity.main)


def test_a_banner_put_away(begin: Begin) -> None:
    window, way, keys = begin()
    way.to_identity()
    window.bridge.problem.emit(m.Problem("camera_lost"))
    keys.arrive(window.identity.banner.dismiss)
    keys.press(Key.Key_Space)
    assert keys.at(window.identity.main)


def test_a_message_that_was_read_leads_back_to_the_question(begin: Begin, qtbot: Any) -> None:
    window, way, keys = begin()
    way.to_exam()
    inside = window.exam.question.view.focusProxy()
    window.bridge.notice.emit(m.Notice("n1", "warning", "Please sit upright.", "2026-11-22T09:00:00Z"))
    window.exam.notices.action.setFocus()
    keys.press(Key.Key_Space)
    assert not window.exam.notices.isVisible()
    assert isinstance(inside, QWidget)
    assert keys.at(inside)


def test_the_list_of_exams_asked_for_again(begin: Begin) -> None:
    window, way, keys = begin()
    way.to_exams()
    keys.arrive(window.exams.refresh)
    keys.press(Key.Key_Space)
    cards = window.exams.cards
    way.wait(lambda: window.exams.cards is not cards)
    assert keys.at(window.exams.refresh)


def test_a_list_that_became_empty(begin: Begin) -> None:
    window, way, keys = begin()
    way.to_exams()
    assert keys.at(window.exams.cards[0].radio)
    window.exams.show_exams(m.Exams([], ""))
    assert keys.at(window.exams.refresh)
