"""A picture of every page in three languages, light and dark, and no text that is cut.

Set ``SENIM_PICTURES`` to a folder to keep the pictures and look at them.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from client import messages as m
from client.ui.theme import theme
from client.ui.window import MainWindow

from .helpers import Walk

SIZES = {"kk": (1366, 768), "ru": (1024, 700), "en": (1366, 768)}


class Camera:
    """Takes each page in both appearances and looks for cut texts."""

    def __init__(self, qtbot: Any, window: MainWindow, folder: Path | None, language: str) -> None:
        self.qtbot, self.window, self.folder, self.language = qtbot, window, folder, language
        self.cut: list[str] = []

    def take(self, name: str, widget: QWidget | None = None) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        shown = widget or self.window
        for appearance in ("dark", "light") if self.folder else ():
            theme.apply(app, appearance)
            self.qtbot.wait(150 if self.window.page == "exam" else 30)
            shown.grab().save(str(self.folder / f"{name}-{self.language}-{appearance}.png"))
        self.qtbot.wait(20)
        self.cut += [f"{name}: {text}" for text in cut_texts(shown)]


def cut_texts(widget: QWidget) -> list[str]:
    """Texts of visible labels and buttons that need more room than they have."""
    cut = []
    for part in widget.findChildren(QWidget):
        if not part.isVisible() or not isinstance(part, QLabel | QAbstractButton) or not part.text():
            continue
        if part.objectName() == "exam_title":
            continue  # shortened on purpose, the whole title is its tooltip
        need = part.sizeHint().width()
        if isinstance(part, QLabel) and part.wordWrap():
            if part.heightForWidth(part.width()) > part.height() + 2:
                cut.append(part.text())
        elif need > part.width() + 2:
            cut.append(part.text())
    return cut


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_pictures(language: str, make_window: Callable[..., MainWindow], walk: Callable[[MainWindow], Walk],
                  qtbot: Any) -> None:  # fmt: skip
    kept = os.environ.get("SENIM_PICTURES")
    folder = Path(kept) if kept else None
    window = make_window("--manual", language=language, size=SIZES[language])
    way, camera = walk(window), Camera(qtbot, window, folder, language)
    window.sign_in.login.setText("Әсел")
    camera.take("01-sign-in")
    window.sign_in.show_problem(m.Problem("wrong_password", "SignIn"))
    camera.take("02-sign-in-problem")
    way.to_exams()
    camera.take("03-exams")
    window.exams.cards[1].radio.setChecked(True)
    window.exams.main.click()
    camera.take("04-consent")
    window.consent.agree.setChecked(True)
    window.consent.main.click()
    way.page("check")
    way.wait(lambda: window.check.picture.has_picture)
    window.check.show_view(m.CheckView([], [], [], "", "", False))
    window.check.enter()
    way.wait(lambda: "camera" in window.check._lines)
    camera.take("05-check-failed")
    window.check._lines["camera"].again.click()
    way.wait(window.check.main.isEnabled)
    camera.take("06-check-passed")
    window.check.main.click()
    way.wait(lambda: window.identity.picture.has_picture)
    camera.take("07-identity-explained")
    window.identity.main.click()
    way.wait(lambda: window.state == "identifying")
    qtbot.wait(100)
    camera.take("08-identity-prompt")
    window.identity.show_view(m.IdentityView("done", "", 1.0, "no_match"))
    camera.take("09-identity-no-match")
    window.identity.show_view(m.IdentityView("done", "", 1.0, "match"))
    camera.take("10-identity-match")
    with qtbot.waitSignal(window.exam.question.drawn, timeout=20000):
        window.identity.main.click()
    way.page("exam")
    window.exam.question.channel.answer("q1", '["a"]')
    window.exam.question.channel.answer("q4", '"1845"')
    window.exam.go_to(3)
    window.exam.mark.click()
    window.bridge.answer_saved.emit(m.AnswerSaved("q1", 1, "disk"))
    window.exam.go_to(0)
    camera.take("11-exam-choice")
    window.bridge.notice.emit(m.Notice("n1", "time_added", "Электр жарығы сөніп қалды.", "2026-11-22T09:20:00Z", 10))
    window.bridge.network_view.emit(m.NetworkView("offline", 12, 3_400_000, 0))
    window.bridge.clock_view.emit(m.ClockView(240, "2026-11-22T10:10:00Z", "2026-11-22T09:10:00Z", False))
    window.exam.show_recorder_gone(True, False)
    window.exam.go_to(4)
    camera.take("12-exam-trouble")
    window.exam.show_recorder_gone(False, False)
    window.exam.banner.hide()
    window.exam.ask_hand_in()
    assert window.exam._dialog is not None
    camera.take("13-hand-in", window.exam._dialog)
    window.exam._dialog.reject()
    window.show_shortcuts()
    assert window._shortcut_list is not None
    camera.take("14-shortcuts", window._shortcut_list)
    window._shortcut_list.accept()
    window.close()
    assert window._close_question is not None
    camera.take("15-close", window._close_question)
    window._close_question.reject()
    window.bridge.state_changed.emit(m.StateChanged("handing_in"))
    window.bridge.hand_in_view.emit(m.HandInView("sending", 41_000_000, 44_000_000, 20))
    camera.take("16-handing-in")
    window.bridge.hand_in_view.emit(m.HandInView("waiting_for_network", 41_000_000, 44_000_000, -1))
    camera.take("17-waiting-for-network")
    gaps = [{"stream": "camera", "seconds": 4.0, "cause": "source-lost"}]
    coverage = {"screen-1": 1.0, "camera": 0.9981, "sound": 0.9999}
    window.bridge.receipt_view.emit(m.ReceiptView("7K3M-Q9XD-22TB", "senim.txt", "line\n", "География", coverage, gaps,
                                                  12, "2026-12-22T09:00:00Z"))  # fmt: skip
    camera.take("18-receipt")
    assert camera.cut == []
