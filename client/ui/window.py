"""The main window: which page is shown, and how messages of the recorder reach it. It decides nothing else."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from client import messages as m
from client.settings import Settings
from client.ui.about import AboutSenim
from client.ui.bridge import RecorderBridge
from client.ui.clipboard_count import ClipboardCount
from client.ui.dialogs import CloseQuestion, ShortcutList
from client.ui.languages import Languages
from client.ui.metered import MeteredBox
from client.ui.page import Page
from client.ui.pages.check import CheckPage
from client.ui.pages.consent import ConsentPage
from client.ui.pages.exam import ExamPage
from client.ui.pages.exams import ExamsPage, goes_straight_back
from client.ui.pages.handin import HandInPage
from client.ui.pages.identity import IdentityPage
from client.ui.pages.receipt import ReceiptPage
from client.ui.pages.sign_in import SignInPage
from client.ui.side import Side
from client.ui.theme import theme

# Session states (client/session.py) and the page each is seen on.
PAGE_OF_STATE = {
    "signed_out": "sign_in", "choosing": "exams", "consenting": "consent", "checking": "check",
    "identifying": "identity", "ready": "identity", "sitting": "exam", "handing_in": "handin",
    "sealed_offline": "handin", "delivered": "receipt", "interrupted": "exams",
}  # fmt: skip
ASK_BEFORE_CLOSING = ("identifying", "ready", "sitting", "handing_in", "sealed_offline")


class MainWindow(QMainWindow):
    page_shown = Signal(str)

    def __init__(self, settings: Settings, bridge: RecorderBridge, languages: Languages) -> None:
        super().__init__()
        self.setObjectName("senim_window")
        self.settings = settings
        self.bridge = bridge
        self.languages = languages
        self.state = "signed_out"
        self._item: m.ExamItem | None = None
        self._close_allowed = False
        self._close_question: CloseQuestion | None = None
        self._shortcut_list: ShortcutList | None = None
        self._gone = False
        self.sign_in = SignInPage(bridge, settings)
        self.exams = ExamsPage(bridge)
        self.consent = ConsentPage(bridge)
        self.check = CheckPage(bridge)
        self.identity = IdentityPage(bridge)
        self.exam = ExamPage(bridge, settings)
        self.handin = HandInPage(bridge)
        self.receipt = ReceiptPage(bridge)
        self.pages: dict[str, Page | ExamPage] = {
            page.page_name: page
            for page in (self.sign_in, self.exams, self.consent, self.check, self.identity, self.exam, self.handin,
                         self.receipt)
        }  # fmt: skip
        self._lay_out()
        self._connect_pages()
        self._connect_bridge()
        self.use_language(settings.start_language(_system_language()))
        if settings.metered:
            self._show_metered(True)
            bridge.send(m.UseMeteredLine(True))
        self.show_page("sign_in")

    def _lay_out(self) -> None:
        self.side = Side(self.settings.config)
        self.stack = QStackedWidget()
        for page in self.pages.values():
            self.stack.addWidget(page)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addWidget(self.stack, 1)
        self.setCentralWidget(middle)
        self.setMinimumSize(960, 640)
        self.resize(1280, 800)

    def _connect_pages(self) -> None:
        self.sign_in.language_chosen.connect(self._choose_language)
        self.exams.chosen.connect(self._on_exam_chosen)
        self.exams.sign_out.connect(self._sign_out)
        self.consent.agreed.connect(self._open_seat)
        self.consent.back.connect(lambda: self.show_page("exams"))
        self.check.back.connect(self._back_to_exams)
        self.check.go_on.connect(self._on_check_passed)
        self.receipt.back.connect(self._back_from_receipt)
        for box in self._metered_boxes:
            box.chosen.connect(self._choose_metered)
        self.exam.size_chosen.connect(lambda size: self._choose("text_size", size))
        self.exam.picture_chosen.connect(lambda shown: self._choose("camera_picture", shown))
        self.exam.foot.keys.clicked.connect(self.show_shortcuts)
        self.side.shortcuts.connect(self.show_shortcuts)
        self.side.appearance.connect(self._choose_appearance)
        self.side.about.connect(lambda: AboutSenim(self, self.settings).open())
        for keys in ("F1", "?"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.show_shortcuts)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._on_application_state)
        self._clipboard = ClipboardCount(self._on_clipboard, self)

    @property
    def _metered_boxes(self) -> tuple[MeteredBox, ...]:
        return (self.exams.metered, self.handin.metered)

    def _choose_metered(self, on: bool) -> None:
        self._show_metered(on)
        self.bridge.send(m.UseMeteredLine(on))
        self._choose("metered", on)

    def _show_metered(self, on: bool) -> None:
        for box in self._metered_boxes:
            box.show_choice(on)

    def _connect_bridge(self) -> None:
        bridge = self.bridge
        bridge.ready.connect(self.sign_in.show_ready)
        bridge.update_view.connect(self.sign_in.show_update)
        bridge.signed_in.connect(self._on_signed_in)
        bridge.exams.connect(self.exams.show_exams)
        bridge.state_changed.connect(self._on_state)
        bridge.problem.connect(self._on_problem)
        bridge.recording_view.connect(self.side.recording.show_view)
        bridge.paper_view.connect(lambda _: self._on_state(m.StateChanged("sitting")))
        bridge.receipt_view.connect(self._on_receipt)
        bridge.interrupted.connect(self._on_interrupted)
        bridge.restored.connect(self._on_restored)

    # ---- pages ----

    @property
    def page(self) -> str:
        return next(name for name, page in self.pages.items() if page is self.stack.currentWidget())

    def show_page(self, name: str) -> None:
        before, after = self.stack.currentWidget(), self.pages[name]
        if before is not after and isinstance(before, Page | ExamPage):
            before.leave()
        self.stack.setCurrentWidget(after)
        self.side.show_page(name)
        self.side.setVisible(name != "exam")
        self._title()
        if before is not after or name == "sign_in":
            after.enter()
            self.page_shown.emit(name)

    def use_language(self, language: str) -> None:
        self.languages.use(language)
        self.sign_in.show_language(language)
        self.side.show_language(language)
        self.exam.show_language(language)
        self.bridge.send(m.SetLanguage(language))
        self._title()

    def show_shortcuts(self) -> None:
        if self._shortcut_list is None:
            self._shortcut_list = ShortcutList(self)
            self._shortcut_list.finished.connect(self._on_shortcuts_closed)
            self._shortcut_list.open()

    def _on_shortcuts_closed(self) -> None:
        self._shortcut_list = None

    def _title(self) -> None:
        page = self.pages[self.page]
        title = page.title.text() if isinstance(page, Page) else self.tr("Exam")
        self.setWindowTitle(f"{title} – Senim")

    def _choose(self, name: str, value: str | int | bool) -> None:
        self.settings = self.settings.with_choice(name, value)
        try:
            self.settings.save()
        except OSError:
            return  # a choice that cannot be kept still holds for this time

    def _choose_language(self, language: str) -> None:
        self.use_language(language)
        self._choose("language", language)

    def _choose_appearance(self, appearance: str) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, appearance)
        self._choose("appearance", appearance)

    # ---- the way ----

    def _on_signed_in(self, message: m.SignedIn) -> None:
        self.exams.show_name(message.name)
        self.sign_in.clear_problem()
        if self.state == "signed_out":
            self._on_state(m.StateChanged("choosing"))

    def _on_exam_chosen(self, item: m.ExamItem) -> None:
        self._item = item
        self.consent.show_exam(item)
        if goes_straight_back(item):
            self.exams.set_busy(True)
            self._open_seat(m.OpenSeat(item.seat, item.consent_version, item.consented_at, straight_back=True))
            return
        self.show_page("consent")

    def _open_seat(self, message: m.OpenSeat) -> None:
        self.check.reset()
        self.exam.reset()
        self.bridge.send(message)

    def _on_check_passed(self) -> None:
        self.identity.begin(self._minutes())
        self.show_page("identity")

    def _minutes(self) -> int:
        return self._item.minutes + self._item.extra_minutes if self._item else 0

    def _back_from_receipt(self) -> None:
        """A receipt of an earlier exam can be looked at before anyone has signed in."""
        if self.state == "signed_out":
            self.show_page("sign_in")
        else:
            self._back_to_exams()

    def _back_to_exams(self) -> None:
        self.bridge.send(m.ListExams())
        self.show_page("exams")

    def _sign_out(self) -> None:
        self.bridge.send(m.SignOut())
        self.state = "signed_out"
        self.show_page("sign_in")

    def _on_state(self, message: m.StateChanged) -> None:
        """The recorder's state decides the page; a page the student went to by hand stays if it fits."""
        before, self.state = self.state, message.state
        name = PAGE_OF_STATE.get(message.state)
        if name is None:
            return
        if message.state == "interrupted":
            self._taken_over()
            return
        fits = {"choosing": ("exams", "consent"), "checking": ("check", "identity")}.get(message.state, (name,))
        if message.state == "choosing" and before not in ("choosing", "consenting"):
            fits = ("exams",)
        if message.state == "checking" and before != "checking":
            fits = ("check",)
        if message.state in ("identifying", "ready"):
            self.identity.show_state(message.state)
        if message.state == "handing_in" and self.page != "handin":
            self.handin.begin()
        if self.page not in fits:
            self.show_page(name)

    def _taken_over(self) -> None:
        """The student went on on another computer: here there is nothing more to answer."""
        self.exam.reset()
        self.bridge.forget_session()
        self.show_page("exams")
        self.exams.show_problem(m.Problem("session_taken_over"))

    def _on_receipt(self, receipt: m.ReceiptView) -> None:
        self.receipt.show_receipt(receipt)
        if self.state == "signed_out":
            self.show_page("receipt")
            return
        self._on_state(m.StateChanged("delivered"))
        self.exam.reset()

    def _on_problem(self, problem: m.Problem) -> None:
        if problem.code == "signed_out" and self.state in ("signed_out", "choosing"):
            if self.state == "choosing":
                self.bridge.send(m.SignOut())  # else the recorder would not hear of another sign-in
            self.state = "signed_out"
            self.show_page("sign_in")
            self.sign_in.show_problem(problem)
            return
        if problem.code == "time_up" and self.page == "exam":
            self.handin.begin()
            self.show_page("handin")
        if problem.during in ("SignIn", "SignInWithCode"):
            self.sign_in.show_problem(problem)
        elif problem.during == "OpenSeat":
            self.exams.set_busy(False)
            self.show_page("consent")  # also after the short way: there it can be tried again
            self.consent.show_problem(problem)
        else:
            self.pages[self.page].show_problem(problem)

    # ---- the recorder dies ----

    def _on_interrupted(self, failing: bool) -> None:
        self._gone = True
        self.side.recording.show_gone(True)
        self.exam.show_recorder_gone(True, failing)
        self.handin.show_gone(True)
        if self.page != "exam" and (failing or self.bridge.has_session):
            problem = m.Problem("recorder_failing" if failing else "recorder_interrupted")
            self.pages[self.page].show_problem(problem)

    def _on_restored(self, has_session: bool) -> None:
        self._gone = False
        self.side.recording.show_gone(False)
        self.exam.show_recorder_gone(False, False)
        self.handin.show_gone(False)
        if has_session:
            if self.page != "exam":
                self.pages[self.page].show_problem(m.Problem("recorder_restarted"))
            return
        if self.page != "sign_in":
            # Without a session's key the new recorder knows nobody: sign in again, nothing was recorded yet.
            self.state = "signed_out"
            self.show_page("sign_in")
            self.sign_in.show_problem(m.Problem("signed_out"))
        else:
            self.sign_in.set_busy(False)

    # ---- closing ----

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._close_allowed or self.state not in ASK_BEFORE_CLOSING:
            self.exam.flush()
            self.bridge.quit()
            event.accept()
            return
        event.ignore()
        if self._close_question is None:
            self.exam.flush()
            self.bridge.send(m.WindowEvent("close-asked"))
            self._close_question = CloseQuestion(self, self.state)
            self._close_question.finished.connect(self._on_close_answer)
            self._close_question.open()

    def _on_close_answer(self, result: int) -> None:
        self._close_question = None
        if result:
            self._close_allowed = True
            self.close()

    def _on_clipboard(self, event: m.WindowEvent) -> None:
        if self.state == "sitting":
            self.bridge.send(event)

    def _on_application_state(self, state: Qt.ApplicationState) -> None:
        if self.state in ("identifying", "ready", "sitting"):
            active = state == Qt.ApplicationState.ApplicationActive
            self.bridge.send(m.WindowEvent("focus-back" if active else "focus-lost"))
            if not active:
                self.exam.flush()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "stack"):
            self._title()


def _system_language() -> str:
    return QLocale.system().name()
