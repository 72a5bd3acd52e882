"""Every page and every state of it, one after the other, for whoever wants to look at them.

Each function leads the window through one part of the way and calls ``show.take`` at each state worth a look. They
stand in ``WAY`` in the order a student meets them and lean on each other.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from client import messages as m
from client.ui.check_texts import CheckTexts
from client.ui.file_desk import Coming
from client.ui.problems import DURING, ProblemTexts
from client.ui.saver import DeliverySaver
from client.ui.window import MainWindow

from .fake_recorder import PICTURES, PRACTICAL, QUESTIONS
from .helpers import Walk

# Where a problem is met that is not met in the exam: page -> (code, the message it answers).
MET = {
    "sign_in": [(code, "SignIn") for code in (
        "wrong_password", "code_unknown", "code_expired", "code_used", "too_many_tries", "signed_out",
        "server_unreachable", "server_certificate", "server_answer", "overloaded", "internal", "spool_locked",
    )],
    "exams": [("session_taken_over", ""), ("server_unreachable", "ListExams")],
    "consent": [(code, "OpenSeat") for code in (
        "not_yours", "exam_not_open", "exam_closed", "already_handed_in", "in_use_elsewhere", "seat_key_unsigned",
    )],
    "identity": [("paper_not_ready", "OpenPaper"), ("no_reference", ""), ("identity_unavailable", ""),
                 ("key_lost", ""), ("recorder_interrupted", ""), ("recorder_restarted", "")],
    "handin": [("pieces_elsewhere", ""), ("time_up", ""), ("disk_full", "HandIn"), ("sign_in_again", ""),
               ("recorder_failing", "")],
}  # fmt: skip
VALUES = {
    "seconds": "30", "free_gb": "1.4", "server": "https://exam.example.kz", "stream": "camera", "name": "HD WebCam",
    "kinds": ".xlsx, .ods, .pdf", "most_mb": "20", "needed_mb": "64", "free_mb": "12.5",
    "opens": "2026-11-22T09:00:00Z", "closes": "2026-11-22T11:30:00Z",
}  # fmt: skip
LONG_MESSAGE = (
    "Құрметті білім алушы! Сіздің бөлмеңізде екінші адамның дауысы естіледі. Өтінемін, бөлмеде жалғыз қалыңыз және "
    "емтиханды жалғастырыңыз. Пожалуйста, останьтесь в комнате одни."
)


class Show(Protocol):
    """Takes pictures, or looks for what is cut."""

    window: MainWindow
    way: Walk

    def take(self, name: str, widget: QWidget | None = None) -> None: ...


def tell_problems(show: Show, page: str) -> None:
    shown = show.window.pages[page]
    for code, during in MET[page]:
        shown.banner.hide()
        shown.show_problem(m.Problem(code, during, VALUES))
        show.window.identity._ask_again.stop()  # here the paper comes when its turn is
        show.take(f"{page}-problem-{code}")
    shown.banner.hide()


def sign_in(show: Show) -> None:
    page = show.window.sign_in
    page.login.setText("Әсел")
    show.take("sign_in")
    tell_problems(show, "sign_in")
    page.by_code.click()
    show.window.bridge.ready.emit(m.Ready("1", ["Физика", "География, қорытынды емтихан"]))
    show.take("sign_in-code-unsent")
    show.window.bridge.ready.emit(m.Ready("1", []))
    page.by_password.click()
    left = [
        m.UnsentItem("s1", "География, қорытынды емтихан", "open", "", 44_000_000, True),
        m.UnsentItem("s2", "История Казахстана", "sealed", "7K3M-Q9XD-22TB", 44_000_000, False),
        m.UnsentItem("s3", "Физика", "delivered", "9XQM-7K3D-22TB", 0, False),
    ]
    show.window.bridge.unsent_view.emit(m.UnsentView(left))
    show.take("sign_in-earlier-exams")
    saving(show, page.earlier.cards["s2"].saver, "s2", "sign_in")
    page.show_problem(m.Problem("cannot_go_on", "GoOnOffline"))
    show.take("sign_in-problem-cannot_go_on")
    page.banner.hide()
    show.window.bridge.unsent_view.emit(m.UnsentView([]))
    for update in (m.UpdateView("0.2.0", "https://exam.example.kz/senim/"), m.UpdateView("0.1.0", "", True)):
        show.window.bridge.update_view.emit(update)
        show.take(f"sign_in-update-{update.version}")
    show.window.bridge.update_view.emit(m.UpdateView("", ""))
    page.password.setText("құпия")
    page.set_busy(True)
    show.take("sign_in-busy")
    page.set_busy(False)


def saving(show: Show, saver: DeliverySaver, session: str, name: str) -> None:
    """A file being written, written, and refused in each way."""
    path = "/media/asel/STICK/exam.senim"
    saver.save_to(path)
    views = [
        m.SavingView(session, "saving", 12_000_000, 44_000_000, path),
        m.SavingView(session, "saved", 44_000_000, 44_000_000, path, "7K3M-Q9XD-22TB"),
        *(m.SavingView(session, "failed", 0, 0, path, "", problem, {"needed_mb": "44", "free_mb": "3"})
          for problem in ("place_full", "place_missing", "place_closed")),
    ]  # fmt: skip
    for view in views:
        show.window.bridge.saving_view.emit(view)
        show.take(f"{name}-{view.problem or view.stage}")


def exams(show: Show) -> None:
    show.way.to_exams()
    show.take("exams")
    page = show.window.exams
    tell_problems(show, "exams")
    kept = [card.item for card in page.cards]
    page.show_exams(m.Exams([], ""))
    show.take("exams-none")
    page.show_exams(m.Exams(kept, ""))


def consent(show: Show) -> None:
    window = show.window
    window.exams.cards[1].radio.setChecked(True)
    window.exams.main.click()
    show.take("consent")
    planned = window.exams.cards[1].item
    window.consent.show_exam(dataclasses.replace(planned, rehearsal=True))
    show.take("consent-rehearsal")
    window.consent.show_exam(planned)
    window.consent.agree.setChecked(True)
    show.take("consent-agreed")
    tell_problems(show, "consent")
    window.consent.main.click()
    show.way.page("check")


def _check_view(codes: dict[str, tuple[str, str]], picture: str = "") -> m.CheckView:
    values = {"free_gb": "1.4", "needed_gb": "4", "kbit": "310", "needed_kbit": "500", "seconds": "4213",
              "width": "1920", "height": "1080"}  # fmt: skip
    items = [m.CheckItem(item, state, code, values) for item, (state, code) in codes.items()]
    names = [m.DeviceChoice("0", "HD WebCam"), m.DeviceChoice("1", "", True)]
    passed = all(state in ("ok", "warning") for state, _ in codes.values())
    return m.CheckView(items, names, names, "0", "0", passed)


def check(show: Show) -> None:
    window, way = show.window, show.way
    way.wait(lambda: window.check.picture.has_picture and "camera" in window.check._lines)
    show.take("check-failed")
    texts = CheckTexts()
    pools = {"camera": texts._camera(), "microphone": texts._microphone(), "screen-1": texts._screen()}
    bad = {item: [code for code in pool if not code.endswith("_ok")] for item, pool in pools.items()}
    for number in range(max(map(len, bad.values()))):
        failed = {item: ("failed", codes[number]) for item, codes in bad.items() if number < len(codes)}
        window.check.show_view(_check_view(failed))
        window.check.scroll_area.ensureVisible(0, 0)
        show.take(f"check-devices-{number + 1}")
    machine = {"server": ("failed", "server_certificate"), "clock": ("warning", "clock_off"),
               "disk": ("failed", "disk_low"), "uplink": ("warning", "uplink_unmeasured"),
               "camera": ("waiting", ""), "microphone": ("running", "")}  # fmt: skip
    window.check.show_view(_check_view(machine))
    show.take("check-machine")
    window.check.show_view(_check_view({"server": ("failed", "server_unreachable"), "uplink": ("failed", "no_words")}))
    show.take("check-server")
    window.check.enter()
    way.wait(lambda: "camera" in window.check._lines)
    window.check._lines["camera"].again.click()
    way.wait(window.check.main.isEnabled)
    show.take("check-passed")


def identity(show: Show) -> None:
    window, way = show.window, show.way
    page = window.identity
    window.check.main.click()
    way.wait(lambda: page.picture.has_picture)
    show.take("identity-explained")
    page.main.click()
    way.wait(lambda: window.state == "identifying")
    for prompt in page._prompts():
        page.show_view(m.IdentityView(prompt, "", 0.4))
        show.take(f"identity-prompt-{prompt}")
    for advice in page._advices():
        page.show_view(m.IdentityView("turn_left", advice, 0.4))
        show.take(f"identity-advice-{advice}")
    for outcome in page._outcomes():
        page.show_view(m.IdentityView("done", "", 1.0, outcome))
        show.take(f"identity-{outcome}")
    tell_problems(show, "identity")
    page._waiting_for_paper = False


def exam(show: Show) -> None:
    window = show.window
    with show.way.qtbot.waitSignal(window.exam.question.drawn, timeout=20000):
        window.identity._ask_for_paper()
    show.way.page("exam")
    page, bridge = window.exam, window.bridge
    page.question.channel.answer("q1", '["a"]')
    page.question.channel.answer("q4", '"1845"')
    page.go_to(3)
    page.foot.mark.click()
    page.flush()
    for index, kind in enumerate(("choice", "several", "truefalse", "short", "essay", "reading")):
        page.go_to(index)
        show.take(f"exam-question-{kind}")
    page.go_to(0)
    for where in ("disk", "server"):
        for question in ("q1", "q4"):
            bridge.answer_saved.emit(m.AnswerSaved(question, page.book._revisions[question], where))
        show.take(f"exam-saved-{where}")


def exam_bar(show: Show) -> None:
    """What the bar says of clock, network and devices."""
    window, bridge = show.window, show.window.bridge
    bridge.network_view.emit(m.NetworkView("slow", 12, 13_400_000, 8000))
    bridge.clock_view.emit(m.ClockView(240, "2026-11-22T10:10:00Z", "2026-11-22T09:10:00Z", False))
    show.take("exam-slow-unproven")
    bridge.network_view.emit(m.NetworkView("offline", 12, 3_400_000, 0))
    bridge.clock_view.emit(m.ClockView(40, "2026-11-22T10:10:00Z", "2026-11-22T10:09:20Z"))
    bridge.problem.emit(m.Problem("network_lost"))
    show.take("exam-network-lost")
    window.exam.banner.hide()
    bridge.clock_view.emit(m.ClockView(3600, "2026-11-22T10:10:00Z", "2026-11-22T09:10:00Z"))
    lost = {"screen-1": "running", "camera": "lost", "sound": "lost"}
    bridge.recording_view.emit(m.RecordingView(lost, "2026-11-22T09:07:00Z", ["camera", "microphone"]))
    bridge.problem.emit(m.Problem("camera_lost", "", {"stream": "camera"}))
    show.take("exam-camera-lost")
    running = dict.fromkeys(lost, "running")
    bridge.recording_view.emit(m.RecordingView(running, "2026-11-22T09:07:00Z"))
    bridge.network_view.emit(m.NetworkView("online", 0, 0, 120_000))


def attached(show: Show) -> None:
    """Files below a question: none, kept, delivered, on their way, refused, removed."""
    page, bridge = show.window.exam, show.window.bridge
    page.show_paper(m.PaperView("Практикалық жұмыс", PRACTICAL, {}, [], {}))
    show.take("files-none")
    held = [
        m.AttachedFile(f"{n:016x}", name, size, "0" * 64, 0, 1, 5)
        for n, (name, size) in enumerate((("Нәтижелер кестесі, 3-топ.xlsx", 48_300), ("Отчёт о работе.pdf", 7_340_032)))
    ]
    page.book.attach("f1", held)
    bridge.answer_saved.emit(m.AnswerSaved("f1", page.book._revisions["f1"], "server"))
    bridge.files_view.emit(m.FilesView({}, {held[0].id: 1.0, held[1].id: 0.5}))
    show.take("files-kept")
    page.files._coming["c" * 16] = Coming("f1", "photo-of-the-whole-blackboard-with-everything-on-it.jpg", "", 3)
    bridge.files_view.emit(m.FilesView({"c" * 16: 0.42}, {held[0].id: 1.0}))
    show.take("files-copying")
    bridge.file_refused.emit(m.FileRefused("f1", "c" * 16, "фото.heic", "file_kind", {"kinds": ".xlsx, .ods, .pdf"}))
    show.take("files-refused")
    page.files.box.banner.dismiss.click()
    page.files.remove(held[1].id)
    show.take("files-removed")
    page.go_to(1)
    show.take("files-no-text")
    page.files.ask()
    assert page.files._dialog is not None
    show.take("files-dialog", page.files._dialog)
    page.files.close_dialog()
    page.show_paper(m.PaperView("География, қорытынды емтихан", QUESTIONS, {}, [], PICTURES))


def exam_messages(show: Show) -> None:
    window, bridge = show.window, show.window.bridge
    window.exam.banner.hide()
    bridge.lost_view.emit(m.LostView(250.0, 8.0, 0.0, 8.0))
    show.take("exam-lost-time")
    window.exam.banner.hide()
    for kind, minutes in (("info", 0), ("warning", 0), ("call", 0), ("camera", 0), ("time_added", 10)):
        bridge.notice.emit(m.Notice(kind, kind, LONG_MESSAGE, "2026-11-22T09:20:00Z", minutes))
        show.take(f"exam-message-{kind}")
        window.exam.notices.action.click()
    ends, now = "2026-11-22T10:10:00Z", "2026-11-22T09:10:00Z"
    bridge.clock_view.emit(m.ClockView(3600, ends, now, paused=True))
    show.take("exam-paused")
    bridge.clock_view.emit(m.ClockView(3600, ends, now))
    bridge.notice.emit(m.Notice("n9", "warning", LONG_MESSAGE, "2026-11-22T09:20:00Z"))
    window.exam.show_recorder_gone(True, False)
    show.take("exam-message-and-recorder-gone")
    window.exam.notices.action.click()
    window.exam.show_recorder_gone(True, True)
    show.take("exam-recorder-failing")
    window.exam.show_recorder_gone(False, False)
    show.take("exam-recorder-back")
    window.exam.banner.hide()


def breaks(show: Show) -> None:
    window, tell = show.window, show.window.bridge.break_view.emit
    desk, until = window.exam.breaks, "2026-11-22T09:30:00Z"
    for name, rule in (
        ("ask", m.BreakView("", 10, False, 0, True, "", 0.0)), ("take", m.BreakView("", 10, True, 2, True, "", 0.0)),
    ):  # fmt: skip
        tell(rule)
        desk.button.click()
        assert desk._dialog is not None
        show.take(f"dialog-break-{name}", desk._dialog)
        desk._dialog.reject()
    tell(m.BreakView("asked", 10, False, 0, True, "", 0.0))
    show.take("exam-break-asked")
    tell(m.BreakView("allowed", 21, True, 0, True, "", 0.0))
    show.take("exam-break-allowed")
    tell(m.BreakView("running", 21, True, 0, True, until, 1203.0))
    show.take("exam-break-running")
    tell(m.BreakView("", 10, True, 0, True, "", 0.0))
    tell(m.BreakView("running", 21, False, 0, True, until, -5.0))
    show.take("exam-break-over")
    tell(m.BreakView("", 10, True, 0, True, "", 0.0))


def exam_problems(show: Show) -> None:
    elsewhere = {code for met in MET.values() for code, during in met if not during or during != "SignIn"}
    banner = show.window.exam.banner
    answers = {told: (code, during) for (code, during), told in DURING.items()}
    for code in sorted(set(ProblemTexts().table()) - elsewhere | {"sign_in_again", "screen_denied", "no_words"}):
        banner.hide()
        show.window.bridge.problem.emit(m.Problem(*answers.get(code, (code, "")), VALUES))
        show.take(f"exam-problem-{code}")
    banner.hide()


def dialogs(show: Show) -> None:
    window = show.window
    window.exam.ask_hand_in()
    assert window.exam._dialog is not None
    show.take("dialog-hand-in", window.exam._dialog)
    window.exam._dialog.reject()
    window.show_shortcuts()
    assert window._shortcut_list is not None
    show.take("dialog-shortcuts", window._shortcut_list)
    window._shortcut_list.accept()
    for state in ("sitting", "handing_in"):
        window.state = state
        window.close()
        assert window._close_question is not None
        show.take(f"dialog-close-{state}", window._close_question)
        window._close_question.reject()
    window.state = "sitting"


def handing_in(show: Show) -> None:
    window, bridge = show.window, show.window.bridge
    bridge.problem.emit(m.Problem("time_up"))
    bridge.state_changed.emit(m.StateChanged("handing_in"))
    show.take("handin-time-up")
    window.handin.banner.hide()
    stages = (("sealing", -1), ("sending", 20), ("confirming", -1), ("waiting_for_network", -1), ("held_back", -1),
              ("done", 0))  # fmt: skip
    for stage, left in stages:
        sent = 44_000_000 if stage in ("confirming", "done") else 41_000_000
        bridge.hand_in_view.emit(m.HandInView(stage, sent, 44_000_000, left, "7K3M-Q9XD-22TB", 150_000))
        show.take(f"handin-{stage}")
        if stage == "waiting_for_network":
            saving(show, window.handin.saver, "", "handin")
    window.handin.show_gone(True)
    show.take("handin-interrupted")
    window.handin.show_gone(False)
    tell_problems(show, "handin")


def receipt(show: Show) -> None:
    causes = ("source-lost", "opening", "window-lost", "suspended", "disk-full", "taken-over", "resumed", "?")
    gaps: list[dict[str, Any]] = [
        {"stream": "camera", "seconds": 4.0 + number, "cause": cause} for number, cause in enumerate(causes)
    ]
    coverage = {"screen-1": 1.0, "camera": 0.9981, "sound": 0.9999}
    view = m.ReceiptView("7K3M-Q9XD-22TB", "senim.txt", "line\n", "География, қорытынды емтихан", coverage, gaps[:1],
                         12, "2026-12-22T09:00:00Z")  # fmt: skip
    show.window.bridge.receipt_view.emit(view)
    show.take("receipt")
    page = show.window.receipt
    page.show_receipt(m.ReceiptView(**{**view.__dict__, "gaps": gaps}))
    closed = {"anchored": "2026-11-22T09:40:11Z", "local": "2026-11-22T10:05:40Z", "received": "2026-11-22T18:20:03Z"}
    page.show_receipt(m.ReceiptView(**{**view.__dict__, "check_at": "https://exam.example.kz/receipt",
                                       "closed": closed, "lost": m.LostView(250.0, 8.0, 0.0, 8.0)}))  # fmt: skip
    show.take("receipt-checked-closed-lost")
    page.show_receipt(m.ReceiptView(**{**view.__dict__, "gaps": gaps}))
    page._saved_to = "/home/asel/Құжаттар/senim-7K3M-Q9XD-22TB.txt"
    page.retranslate()
    show.take("receipt-many-gaps-saved")


WAY: tuple[Callable[[Show], None], ...] = (
    sign_in, exams, consent, check, identity, exam, exam_bar, attached, exam_messages, breaks, exam_problems, dialogs,
    handing_in, receipt,
)  # fmt: skip
