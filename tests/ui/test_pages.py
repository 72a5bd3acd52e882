"""Pages: what a student sees and does, and what the recorder is told."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from client import messages as m
from client.ui.answers import AnswerBook
from client.ui.pages.consent import CONSENT_VERSION
from client.ui.window import MainWindow

from .fake_recorder import EXAMS
from .helpers import Recorder, Walk

Make = Callable[..., MainWindow]
Way = Callable[[MainWindow], Walk]
LETTERS = "Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі"


def test_whole_way(make_window: Make, walk: Way, recorder: Recorder, qtbot: Any) -> None:
    window = make_window()
    way = walk(window)
    way.to_exam()
    window.exam.question.channel.answer("q1", '["a"]')
    qtbot.waitUntil(lambda: window.exam.book.state == "server", timeout=5000)
    assert window.exam.bar.saved.text == "saved and delivered"
    window.exam.ask_hand_in()
    assert window.exam._dialog is not None
    window.exam._dialog.go.click()
    way.page("receipt")
    assert window.receipt.code.text() == "7K3M-Q9XD-22TB"
    assert [body["value"] for body in recorder.got("SetAnswer")] == [["a"]]
    opened = recorder.got("OpenSeat")[0]
    assert (opened["seat"], opened["consent_version"], opened["takeover"]) == ("seat-geo", "2026-11-4", False)
    assert opened["consented_at"].endswith("Z")


def test_wrong_password(make_window: Make, qtbot: Any) -> None:
    window = make_window()
    page = window.sign_in
    QTest.keyClicks(page.login, "wrong")
    QTest.keyClicks(page.password, "x")
    QTest.keyClick(page.password, Qt.Key.Key_Return)
    assert not page.main.isEnabled()
    qtbot.waitUntil(page.banner.isVisible, timeout=5000)
    assert "do not belong together" in page.banner.headline.text()
    assert page.main.isEnabled()
    assert page.login.text() == "wrong"


def test_signed_out_at_the_list_of_exams(make_window: Make, walk: Way, recorder: Recorder, qtbot: Any) -> None:
    """The sign-in page says why it is there again, and signing in works again."""
    window = make_window()
    way = walk(window)
    way.to_exams()
    window.bridge.problem.emit(m.Problem("signed_out", "ListExams"))
    assert window.page == "sign_in"
    assert "signed out" in window.sign_in.banner.headline.text()
    qtbot.waitUntil(lambda: bool(recorder.got("SignOut")), timeout=5000)
    way.to_exams()
    assert len(recorder.got("SignIn")) == 2


def test_a_sign_in_that_ends_in_the_exam_says_what_to_do(make_window: Make, walk: Way) -> None:
    window = make_window()
    walk(window).to_exam()
    window.bridge.problem.emit(m.Problem("sign_in_again"))
    assert window.page == "exam"
    assert "no longer accepts" in window.exam.banner.headline.text()
    assert "start Senim again and sign in" in window.exam.banner.text.text()


def test_sign_in_with_code(make_window: Make, walk: Way, recorder: Recorder) -> None:
    window = make_window()
    window.sign_in.by_code.click()
    window.sign_in.code.setText(" AB-12 ")
    window.sign_in.main.click()
    walk(window).page("exams")
    assert recorder.got("SignInWithCode")[0]["code"] == "AB-12"
    assert window.sign_in.code.text() == ""


def test_kazakh_name_and_password(make_window: Make, recorder: Recorder, qtbot: Any) -> None:
    window = make_window(language="kk")
    window.sign_in.login.setText(LETTERS)
    window.sign_in.password.setText(LETTERS)
    window.sign_in.main.click()
    qtbot.waitUntil(lambda: bool(recorder.got("SignIn")), timeout=5000)
    assert recorder.got("SignIn")[0] | {"pid": 0} == {
        "pid": 0, "type": "SignIn", "login": LETTERS, "password": LETTERS,
    }  # fmt: skip
    qtbot.waitUntil(lambda: "Әсел Ғұмарқызы Өңірбаева" in window.exams.lead.text(), timeout=5000)


def test_language_at_once(make_window: Make, recorder: Recorder, qtbot: Any) -> None:
    window = make_window()
    for language, title in (("kk", "Емтиханға кіру"), ("ru", "Вход на экзамен"), ("en", "Sign in to your exam")):
        window.sign_in.language_buttons[language].click()
        assert window.sign_in.title.text() == title
        assert window.windowTitle() == f"{title} – Senim"
        assert window.settings.language == language
    qtbot.waitUntil(
        lambda: [b["language"] for b in recorder.got("SetLanguage")][-3:] == ["kk", "ru", "en"], timeout=5000
    )


def test_unsent_sessions_are_told(make_window: Make) -> None:
    window = make_window()
    window.bridge.ready.emit(m.Ready("1", ["Физика"]))
    assert "1 earlier exam on this computer is still being sent" in window.sign_in.unsent.text()


def test_only_open_exams_can_be_chosen(make_window: Make, walk: Way) -> None:
    window = make_window()
    walk(window).to_exams()
    assert [card.radio.isEnabled() for card in window.exams.cards] == [True, True, False, False]
    assert not window.exams.main.isEnabled()
    QTest.mouseClick(window.exams.cards[1], Qt.MouseButton.LeftButton)
    assert window.exams.main.isEnabled()
    assert "15 extra minutes" in window.exams.cards[1].length_text.text()
    assert "rehearsal" in window.exams.cards[0].length_text.text()


def test_in_use_elsewhere_can_be_taken_over(make_window: Make, walk: Way, recorder: Recorder, qtbot: Any) -> None:
    window = make_window()
    way = walk(window)
    way.to_exams()
    window.exams.cards[0].radio.setChecked(True)
    window.exams.main.click()
    window.consent.agree.setChecked(True)
    window.consent.main.click()
    qtbot.waitUntil(window.consent.banner.action.isVisible, timeout=5000)
    assert window.page == "consent"
    window.consent.banner.action.click()
    way.page("check")
    assert [body["takeover"] for body in recorder.got("OpenSeat")] == [False, True]


def begun(window: Any, consent_version: str) -> None:
    item = dataclasses.replace(
        EXAMS[1], state="running", consent_version=consent_version, consented_at="2026-11-22T09:00:00.000Z"
    )
    window.bridge.exams.emit(m.Exams([item], "2026-11-22T09:10:00.000Z"))
    assert window.exams.cards[0].radio.isChecked(), "what was begun is what one comes back for"
    window.sent = []
    window.bridge.send = window.sent.append
    window.exams.main.click()


def test_who_was_in_the_exam_goes_straight_back(make_window: Make, walk: Way, qtbot: Any) -> None:
    """One press: neither consent nor check nor identity stand between a crash and the question."""
    window = make_window()
    walk(window).to_exams()
    begun(window, CONSENT_VERSION)
    assert window.sent == [
        m.OpenSeat("seat-geo", CONSENT_VERSION, "2026-11-22T09:00:00.000Z", straight_back=True),
    ]  # fmt: skip
    assert window.page == "exams" and not window.exams.main.isEnabled()
    assert "at once" in window.exams.next_hint.text()
    window.bridge.problem.emit(m.Problem("in_use_elsewhere", "OpenSeat"))
    assert window.page == "consent" and window.consent.banner.action.isVisible()


def test_a_newer_text_is_consented_to_again(make_window: Make, walk: Way) -> None:
    window = make_window()
    walk(window).to_exams()
    begun(window, "of last year")
    assert window.page == "consent" and window.sent == []


def test_consent_names_only_what_this_exam_records(make_window: Make) -> None:
    window = make_window()
    item = m.ExamItem("s", "t", "", "", 60, 0, "open", False, ["screen-1", "camera"], 1)
    window.consent.show_exam(item)
    assert window.consent._kinds() == ["screen", "camera", "identity", "computer", "answers"]
    assert window.consent._until("camera") == "1 day, then erased"
    assert not window.consent.main.isEnabled()


def test_check_opens_only_what_fails(make_window: Make, walk: Way, recorder: Recorder, qtbot: Any) -> None:
    window = make_window()
    way = walk(window)
    way.to_check()
    lines = window.check._lines
    assert not window.check.main.isEnabled()
    way.wait(lambda: [name for name, line in lines.items() if line.remedy.isVisible()] == ["uplink", "camera"])
    assert lines["screen-1"].picture.pixmap().height() == 56
    window.check.camera.setCurrentIndex(1)
    window.check.camera.activated.emit(1)
    qtbot.waitUntil(lambda: bool(recorder.got("UseDevices")), timeout=5000)
    assert recorder.got("UseDevices")[0]["camera"] == "http://127.0.0.1"
    assert window.check.camera.itemText(1) == "Portrait (simulated)"
    lines["camera"].again.click()
    way.wait(window.check.main.isEnabled)
    assert recorder.got("RetryCheck")[0]["item"] == "camera"


def test_identity_never_ends_in_a_wall(make_window: Make, walk: Way, recorder: Recorder, qtbot: Any) -> None:
    window = make_window()
    way = walk(window)
    way.to_identity()
    page = window.identity
    page.main.click()
    way.wait(lambda: window.state == "identifying")
    assert page.cannot.isVisible()
    assert not page.main.isEnabled()
    way.wait(lambda: "too dark" in page.advice.text())
    window.bridge.identity_view.emit(m.IdentityView("done", "", 1.0, "no_match"))
    assert page.main.isEnabled()
    assert page.again.isVisible()
    assert "decides" in page.advice.text()
    page.again.click()
    qtbot.waitUntil(lambda: bool(recorder.got("RetryIdentity")), timeout=5000)


def test_paper_is_asked_for_again(make_window: Make, walk: Way, recorder: Recorder, qtbot: Any) -> None:
    window = make_window()
    walk(window).to_identity()
    window.bridge.problem.emit(m.Problem("paper_not_ready", "OpenPaper"))
    assert "almost here" in window.identity.banner.headline.text()
    qtbot.waitUntil(lambda: bool(recorder.got("OpenPaper")), timeout=5000)


def test_notices_wait_until_read(make_window: Make, walk: Way, recorder: Recorder, qtbot: Any) -> None:
    window = make_window()
    walk(window).to_exam()
    for notice in ("n1", "n2", "n1"):
        window.bridge.notice.emit(m.Notice(notice, "warning", f"<b>{notice}</b>", "2026-11-22T09:00:00Z"))
    shown = window.exam.notices
    assert shown.text.text() == "<b>n1</b>"  # never markup
    shown.action.click()
    assert shown.text.text() == "<b>n2</b>"
    shown.action.click()
    assert not shown.isVisible()
    window.bridge.notice.emit(m.Notice("n1", "warning", "again", ""))
    assert not shown.isVisible()
    qtbot.waitUntil(lambda: [b["notice"] for b in recorder.got("NoticeRead")] == ["n1", "n2"], timeout=5000)


@pytest.mark.parametrize(
    ("texts", "text", "said"),
    [
        ({"kk": "Күтіңіз", "ru": "Подождите", "en": "Please wait"}, "Please wait", ""),
        ({"ru": "Подождите"}, "Подождите", "written in Russian"),
        ({}, "Подождите", "written in Russian"),
    ],
)
def test_a_notice_in_the_windows_language_or_with_its_own_said(
    make_window: Make, walk: Way, texts: dict[str, str], text: str, said: str
) -> None:
    window = make_window()
    walk(window).to_exam()
    notice = m.Notice("n1", "info", "Подождите", "2026-11-22T09:00:00Z", 0, "ru", texts)
    window.bridge.notice.emit(notice)
    shown = window.exam.notices
    assert shown.text.text() == text and (said in shown.code.text() if said else "written" not in shown.code.text())


def test_sources_lost_and_back(make_window: Make, walk: Way) -> None:
    window = make_window()
    walk(window).to_exam()
    light = window.exam.bar.recording
    window.bridge.recording_view.emit(
        m.RecordingView({"screen-1": "running", "camera": "lost"}, "2026-11-22T09:00:00Z")
    )
    window.bridge.problem.emit(m.Problem("camera_lost", "", {"stream": "camera"}))
    assert light.text.text() == "Recording: screen. Missing: camera"
    window.bridge.problem.emit(m.Problem("network_back"))
    assert "camera stopped" in window.exam.banner.headline.text()  # good news about another thing waits
    window.bridge.problem.emit(m.Problem("camera_back"))
    assert "camera works" in window.exam.banner.headline.text()
    window.bridge.recording_view.emit(m.RecordingView({"screen-1": "stopped"}, ""))
    assert light.text.text() == "Not recording"


def test_answer_that_is_not_on_the_disk(make_window: Make, walk: Way) -> None:
    window = make_window("--manual")
    walk(window).to_exam()
    window.exam.question.channel.answer("q1", '["a"]')
    window.bridge.problem.emit(m.Problem("disk_full", "SetAnswer"))
    assert "only in this window" in window.exam.banner.headline.text()
    assert window.exam.bar.saved.text == "saving…"


def test_time_up(make_window: Make, walk: Way, recorder: Recorder, qtbot: Any) -> None:
    """What is typed goes out before the end; the page then says why the exam is over."""
    window = make_window()
    walk(window).to_exam()
    window.exam.question.channel.answer("q4", '"соңғы"')
    window.bridge.clock_view.emit(m.ClockView(1.5, "2026-11-22T10:00:00Z", "2026-11-22T09:59:59Z"))
    qtbot.waitUntil(lambda: bool(recorder.got("SetAnswer")), timeout=1000)
    window.bridge.problem.emit(m.Problem("time_up"))
    window.bridge.state_changed.emit(m.StateChanged("handing_in"))
    assert window.page == "handin"
    assert "time is up" in window.handin.banner.headline.text()


def test_a_pause_covers_the_questions(make_window: Make, walk: Way, recorder: Recorder, qtbot: Any) -> None:
    """What is typed is saved before; nothing can be answered, turned or handed in until the exam goes on."""
    window = make_window()
    walk(window).to_exam()
    page = window.exam
    page.question.channel.answer("q4", '"соңғы"')
    ends, now = "2026-11-22T10:00:00Z", "2026-11-22T09:00:00Z"
    window.bridge.clock_view.emit(m.ClockView(3600, ends, now, paused=True))
    qtbot.waitUntil(lambda: bool(recorder.got("SetAnswer")), timeout=5000)
    assert page.pause.isVisible() and not page.question.isVisible()
    for control in (page.foot.next, page.foot.mark, page.strip, page.bar.hand_in_button):
        assert not control.isEnabled()
    page.ask_hand_in()
    page.go_to(2)
    assert page._dialog is None and page._index == 0
    window.bridge.clock_view.emit(m.ClockView(3590, ends, now, paused=True))
    assert page.bar.seconds_left == 3600, "the clock stands still"
    window.bridge.clock_view.emit(m.ClockView(3599, ends, now))
    assert page.question.isVisible() and not page.pause.isVisible()
    assert page.foot.next.isEnabled() and page.bar.hand_in_button.isEnabled()


def test_taken_over(make_window: Make, walk: Way) -> None:
    window = make_window()
    walk(window).to_exam()
    window.bridge.problem.emit(m.Problem("session_taken_over"))
    window.bridge.state_changed.emit(m.StateChanged("interrupted"))
    assert window.page == "exams"
    assert "another computer" in window.exams.banner.headline.text()
    assert not window.bridge.has_session


def test_hand_in_progress(make_window: Make) -> None:
    window = make_window()
    window.bridge.state_changed.emit(m.StateChanged("handing_in"))
    window.bridge.hand_in_view.emit(m.HandInView("sending", 41_000_000, 44_000_000, 20))
    assert window.handin.amount.text() == "Sent 41 of 44 MB, about 20 s left"
    assert not window.handin.code.isVisible()
    window.bridge.hand_in_view.emit(m.HandInView("waiting_for_network", 41_000_000, 44_000_000, -1, "7K3M-Q9XD-22TB"))
    assert "7K3M-Q9XD-22TB" in window.handin.code.text() and window.handin.code.isVisible()
    assert "You may close Senim" in window.handin.may_leave.text()


def test_receipt(make_window: Make, tmp_path: Path) -> None:
    window = make_window()
    gaps = [{"stream": "camera", "seconds": 4.2, "cause": "camera-lost"}, {"stream": "camera", "seconds": 0.2}]
    gaps.append({"stream": "sound", "seconds": 0.04, "cause": "short"})
    coverage = {"sound": 0.9984, "camera": 0.998, "screen-1": 1.0}
    window.bridge.receipt_view.emit(m.ReceiptView("C", "../../r.txt", "Ә\n", "T", coverage, gaps, 1, ""))
    page = window.receipt
    words = [[page._grid.itemAtPosition(row, column).widget().text() for column in range(3)] for row in range(3)]
    assert words == [
        ["Screen 1", "100 %", "no gap"],
        ["Camera", "99.8 %",
         "one gap of 4 s: the device was gone; one gap of less than 1 s: the cause is not known"],
        ["Sound", "99.8 %", "tiny gaps: 0.04 s"],
    ]  # fmt: skip
    assert page._file_name() == "r.txt"
    page.save_to(tmp_path / "sub" / "r.txt")
    assert (tmp_path / "sub" / "r.txt").read_text(encoding="utf-8") == "Ә\n"
    assert page.saved.isVisible()
    page.save_to(tmp_path / "sub" / "r.txt" / "x")
    assert "could not be saved" in page.banner.headline.text()


@pytest.mark.parametrize(
    ("share", "gaps", "said"),
    [
        (1.0, [], "no gap"),
        (1.0, [{"stream": "sound", "seconds": 0.003, "cause": "short"}], "no gap"),
        (0.999999, [{"stream": "sound", "seconds": 0.003, "cause": "short"}], "tiny gaps: 0.003 s"),
        (0.9, [], "tiny gaps"),
    ],
)
def test_no_gap_stands_only_beside_all_of_it(make_window: Make, share: float, gaps: list[Any], said: str) -> None:
    window = make_window()
    window.bridge.receipt_view.emit(m.ReceiptView("C", "r.txt", "line\n", "T", {"sound": share}, gaps, 1, ""))
    shown, words = (window.receipt._grid.itemAtPosition(0, column).widget().text() for column in (1, 2))
    assert words == said
    assert (shown == "100 %") == (words == "no gap")


def test_saved_is_never_more_than_known(qtbot: Any) -> None:
    sent: list[m.SetAnswer] = []
    book = AnswerBook(sent.append)
    assert book.state == ""
    book.write("q", "a")
    assert book.state == "typed"
    book.write("q", "ab")
    qtbot.waitUntil(lambda: book.state == "sent", timeout=3000)
    assert [message.value for message in sent] == ["ab"]
    book.write("q", "abc")
    book.saved(m.AnswerSaved("q", 1, "server"))  # of the older revision
    assert book.state == "typed"
    book.flush()
    book.saved(m.AnswerSaved("q", 2, "disk"))
    book.write("p", ["x"])
    assert book.state == "sent"
    book.saved(m.AnswerSaved("p", 1, "server"))
    book.saved(m.AnswerSaved("q", 2, "server"))
    book.saved(m.AnswerSaved("q", 2, "disk"))  # late words take nothing back
    assert book.state == "server"


def test_text_size_is_remembered(make_window: Make, walk: Way) -> None:
    window = make_window()
    walk(window).to_exam()
    window.exam.foot.larger.click()
    assert window.settings.text_size == 18
    for _ in range(20):
        window.exam.foot.larger.click()
    assert window.settings.text_size == 32


@pytest.mark.parametrize("state", ["sitting", "handing_in", "no_such_state"])
def test_states_show_their_page(make_window: Make, state: str) -> None:
    window = make_window()
    window.bridge.state_changed.emit(m.StateChanged(state))
    assert window.page == {"sitting": "exam", "handing_in": "handin"}.get(state, "sign_in")


def test_a_newer_version_is_one_sentence_on_the_sign_in_page(make_window: Any, qtbot: Any) -> None:
    """It says where it is, that nobody need wait for it, and goes away again; signing in works all the same."""
    window = make_window()
    note = window.sign_in.update_note
    assert not note.isVisibleTo(window)
    window.bridge.update_view.emit(m.UpdateView("0.2.0", "https://exam.example.edu/senim"))
    assert note.isVisibleTo(window)
    assert "0.2.0" in note.text() and "https://exam.example.edu/senim" in note.text()
    window.bridge.update_view.emit(m.UpdateView("0.2.0", ""))
    assert "Your institution installs it" in note.text()
    window.bridge.update_view.emit(m.UpdateView("0.1.0", "", True))
    assert "goes back to version 0.1.0" in note.text()
    window.sign_in.login.setText("login")
    window.sign_in.password.setText("password")
    assert window.sign_in.main.isEnabled()
    window.bridge.update_view.emit(m.UpdateView("", ""))
    assert not note.isVisibleTo(window)


def test_a_rehearsal_says_what_its_check_tells(make_window: Any) -> None:
    window = make_window()
    for rehearsal in (True, False):
        window.consent.show_exam(m.ExamItem("s", "t", "o", "c", 60, 0, "open", rehearsal, ["camera"], 30))
        assert window.consent.readiness.isVisibleTo(window.consent) is rehearsal
    assert "no picture, no sound" in window.consent.readiness.text()
