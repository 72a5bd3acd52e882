"""The exam: bar, numbered strip, the question, and quiet controls below it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from client import messages as m
from client.settings import Settings
from client.ui.answers import AnswerBook, Value, fits
from client.ui.banner import Banner
from client.ui.breaks import BreakDesk
from client.ui.bridge import RecorderBridge
from client.ui.camera_desk import CameraDesk
from client.ui.dialogs import HandInQuestion
from client.ui.exam_bar import ExamBar
from client.ui.exam_foot import ExamFoot
from client.ui.file_desk import FileDesk
from client.ui.lost_texts import LostTexts
from client.ui.notices import NoticeBanner
from client.ui.pause_cover import PauseCover
from client.ui.question_strip import QuestionStrip
from client.ui.question_view import QuestionView
from client.ui.theme import theme

FLUSH_MS = 250  # longer than the page holds back a long text (200 ms in question.js)
SIZES = (15, 16, 17, 18, 20, 22, 24, 28, 32)  # of the question's text, pixels


class ExamPage(QWidget):
    size_chosen = Signal(int)
    picture_chosen = Signal(bool)

    def __init__(self, bridge: RecorderBridge, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("page")
        self.page_name = "exam"
        self.bridge = bridge
        self._language = ""
        self._size = settings.text_size
        self._questions: list[dict[str, Any]] = []
        self._marked: set[str] = set()
        self._index = 0
        self._handing_in = False
        self._dialog: HandInQuestion | None = None
        self.book = AnswerBook(bridge.send, self)
        self.bar = ExamBar(self.book)
        self.strip = QuestionStrip()
        self.banner = Banner("exam_banner")
        self.notices = NoticeBanner(bridge)
        self.question = QuestionView()
        self.files = FileDesk(bridge, self.book, self)
        self.pause = PauseCover()
        self.paused = False
        self.breaks = BreakDesk(bridge, self)
        self.foot = ExamFoot(settings.config, self.breaks.button)
        self.camera = CameraDesk(bridge, self, self.question, self._below)
        self._lay_out()
        self._connect()
        self.camera.show(settings.camera_picture)
        self._shortcuts()
        self.retranslate()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        upper = QVBoxLayout()
        upper.setContentsMargins(24, 12, 24, 8)
        upper.setSpacing(8)
        upper.addWidget(self.banner)
        upper.addWidget(self.notices)
        upper.addWidget(self.breaks.banner)
        upper.addWidget(self.strip)
        column.addLayout(upper)
        column.addWidget(self.question, 1)
        beside = QVBoxLayout()
        beside.setContentsMargins(24, 0, 24, 8)
        beside.addWidget(self.files.box)
        column.addLayout(beside)
        column.addWidget(self.pause, 1)
        column.addWidget(self.breaks.panel, 1)
        column.addWidget(self.foot)

    def _connect(self) -> None:
        self.foot.stepped.connect(self._step)
        self.foot.mark_toggled.connect(self._toggle_mark)
        self.foot.size_stepped.connect(self._resize_text)
        self.foot.camera_toggled.connect(self.camera.toggle)
        self.camera.shown.connect(self.foot.show_camera)
        self.camera.chosen.connect(self.picture_chosen)
        for banner in (self.banner, self.notices, self.breaks.banner):
            banner.left.connect(self.question.view.setFocus)
        self.strip.chosen.connect(self.go_to)
        self.bar.hand_in.connect(self.ask_hand_in)
        self.bar.nearly_over.connect(self.flush)
        self.breaks.leaving.connect(self.flush)
        self.breaks.runs.connect(self._cover)
        self.question.answered.connect(self._on_answered)
        self.book.changed.connect(lambda _: self._show_strip())
        self.files.changed.connect(self._on_copied)
        self.bridge.paper_view.connect(self.show_paper)
        self.bridge.answer_saved.connect(self.book.saved)
        self.bridge.clock_view.connect(self._show_clock)
        self.bridge.recording_view.connect(self.bar.recording.show_view)
        self.bridge.network_view.connect(self.bar.show_network)
        self.bridge.lost_view.connect(self.show_lost)
        theme.changed.connect(self.breaks.show_icons)

    def _shortcuts(self) -> None:
        for keys, action in {
            "Alt+Right": lambda: self._step(1), "Ctrl+PgDown": lambda: self._step(1),
            "Alt+Left": lambda: self._step(-1), "Ctrl+PgUp": lambda: self._step(-1),
            "Ctrl+M": self._toggle_mark, "Ctrl+Return": self.ask_hand_in, "Ctrl+Enter": self.ask_hand_in,
            "Ctrl++": lambda: self._resize_text(1), "Ctrl+=": lambda: self._resize_text(1),
            "Ctrl+-": lambda: self._resize_text(-1), "Ctrl+Shift+C": self.camera.toggle,
            "Ctrl+O": self._attach,
        }.items():  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    # ---- what comes from the recorder ----

    def show_paper(self, paper: m.PaperView) -> None:
        """The paper, for the first time or again after a restart: what is typed here stays."""
        again = [q.get("id") for q in self._questions] == [q.get("id") for q in paper.questions]
        self.bar.show_title(paper.title)
        self.book.take_files(str(question["id"]) for question in paper.questions if question.get("files"))
        self.book.load(paper.answers)
        self._marked = self._marked | set(paper.marked) if again else set(paper.marked)
        self._handing_in = False
        self.question.use_pictures(paper.pictures)
        if not again:
            self._questions = paper.questions
            self.strip.show_count(len(self._questions))
            # Who comes back goes on where work is left; who begins sees the first page, whatever it is.
            begun = any(self.book.answered(str(q["id"])) for q in self._questions)
            self._index = next((i for i, q in enumerate(self._questions) if self._open(q)), 0) if begun else 0
            # Where this student was is better still.
            self._index = next((i for i, q in enumerate(self._questions) if q["id"] == paper.shown), self._index)
            self.go_to(self._index)
        self._show_strip()
        self.bar.show_saved()

    def _show_clock(self, view: m.ClockView) -> None:
        self.bar.show_clock(view)
        if view.paused != self.paused:
            self._show_paused(view.paused)

    def _show_paused(self, paused: bool) -> None:
        """In a pause the questions are covered; what was typed is saved before."""
        if paused:
            self.flush()
        self.paused = paused
        self._cover()

    def _cover(self) -> None:
        """In a pause and in a break whoever walks past sees no question, and nothing is answered. A break that is
        running keeps its page, with the way back on it, also in a pause."""
        away, covered = self.breaks.on, self.paused or self.breaks.on
        self.question.setVisible(not covered)
        self.files.cover(covered)
        self.pause.setVisible(self.paused and not away)
        for part in (self.strip, self.foot):
            part.setVisible(not away)
        self.strip.setEnabled(not self.paused)
        self.bar.hand_in_button.setEnabled(not covered)
        if covered and self._dialog is not None:
            self._dialog.reject()
        if self._questions:
            self._show_strip()
        if not away:
            (self.pause if self.paused else self.question.view).setFocus()
        self.camera.place_soon()

    def show_problem(self, problem: m.Problem) -> None:
        self.banner.tell_problem(problem)

    def show_lost(self, lost: m.LostView) -> None:
        """How much time was lost, and what became of it. It does not push a graver thing aside."""
        sentence = LostTexts().sentence(lost)
        if sentence and not (self.banner.isVisible() and self.banner.tone in ("amber", "red")):
            self.banner.tell("info", sentence, "")

    def show_recorder_gone(self, gone: bool, failing: bool) -> None:
        self.bar.show_recorder_gone(gone)
        if gone:
            self.show_problem(m.Problem("recorder_failing" if failing else "recorder_interrupted"))
        else:
            self.show_problem(m.Problem("recorder_restarted"))

    def reset(self) -> None:
        """The sitting is over: forget its questions and answers."""
        self._questions, self._marked, self._index = [], set(), 0
        self.book.clear()
        self.files.reset()
        self.bar.stop()
        if self.paused:
            self._show_paused(False)
        self.banner.hide()
        self.notices.clear()
        self.breaks.reset()

    def enter(self) -> None:
        self.camera.enter()
        self.question.view.setFocus()

    def leave(self) -> None:
        self.camera.leave()
        self.files.close_dialog()
        if self._dialog is not None:
            self._dialog.reject()

    # ---- what the student does ----

    def _step(self, by: int) -> None:
        self.go_to(self._index + by)

    def go_to(self, index: int) -> None:
        if not 0 <= index < len(self._questions) or self.paused or self.breaks.on:
            return
        self.question.flush()
        self.book.flush()
        self._index = index
        question = self._questions[index]
        self.question.show_question(question, self.book.value(str(question["id"])), self._words())
        self.files.show(question)
        self.bridge.send(m.ShowQuestion(str(question["id"])))
        self._show_strip()
        self.question.view.setFocus()

    def ask_hand_in(self) -> None:
        if not self._questions or self._dialog is not None or self.paused or self.breaks.on:
            return
        self.question.flush()
        self.book.flush()
        opened = [i for i, q in enumerate(self._questions) if self._open(q)]
        marked = [i for i, q in enumerate(self._questions) if q["id"] in self._marked]
        countable = sum(q["kind"] != "description" for q in self._questions)
        self._dialog = HandInQuestion(self, countable, opened, marked)
        self._dialog.show_copying(self.files.coming)
        self._dialog.jump.connect(self.go_to)
        self._dialog.finished.connect(self._on_hand_in_answer)
        self._dialog.open()

    def _attach(self) -> None:
        if self.files.box.isVisible():
            self.files.ask()

    def _on_copied(self) -> None:
        if self._dialog is not None:
            self._dialog.show_copying(self.files.coming)

    def flush(self) -> None:
        """Before closing: everything typed becomes a saved revision."""
        self.question.flush()
        self.book.flush()

    def _on_hand_in_answer(self, result: int) -> None:
        self._dialog = None
        if result:
            self._handing_in = True
            self.bar.hand_in_button.setEnabled(False)
            self.flush()
            QTimer.singleShot(FLUSH_MS, self._hand_in)
        else:
            self.question.view.setFocus()

    def _hand_in(self) -> None:
        self.book.flush()
        self.bar.hand_in_button.setEnabled(True)
        self.bridge.send(m.HandIn())

    def _on_answered(self, question: str, value: Value) -> None:
        held = next((q for q in self._questions if q["id"] == question), None)
        if held is None or not fits(held, value):
            return
        self.book.write(question, value)
        if question == self._questions[self._index]["id"]:
            self.question.hold(value)

    def _toggle_mark(self) -> None:
        if not self._questions or self.paused or self.breaks.on:
            return
        question = str(self._questions[self._index]["id"])
        self._marked ^= {question}
        self.bridge.send(m.MarkQuestion(question, question in self._marked))
        self._show_strip()

    def _resize_text(self, step: int) -> None:
        place = min(range(len(SIZES)), key=lambda i: abs(SIZES[i] - self._size))
        size = SIZES[max(0, min(len(SIZES) - 1, place + step))]
        if size != self._size and self._questions:
            self._size = size
            self._redraw()
            self.size_chosen.emit(size)

    # ---- how it looks ----

    def show_language(self, language: str) -> None:
        self._language = language
        self.retranslate()
        if self._questions:
            self._redraw(anew=True)

    def retranslate(self) -> None:
        self.foot.retranslate(self._language)
        self.camera.retranslate()
        self.question.view.setAccessibleName(self.tr("Question"))
        self.breaks.retranslate()
        self._show_strip()

    def _words(self) -> dict[str, Any]:
        question = self._questions[self._index]
        heading = self.tr("Question {number} of {total}").format(number=self._index + 1, total=len(self._questions))
        points = question.get("points")
        if isinstance(points, int | float) and points > 0:
            worth = self.tr("{points} points").format(points=points)
            if float(points).is_integer():
                worth = self.tr("%n point(s)", "", int(points))
            heading = f"{heading} · {worth}"
        if question["kind"] == "description":
            heading = f"{heading} · {self.tr('to read, no answer is needed')}"
        return {
            "heading": heading, "language": self._language, "size": self._size,
            "labels": {
                "choose_one": self.tr("Choose one answer."), "choose_several": self.tr("Choose every right answer."),
                "clear": self.tr("Clear my choice"), "your_answer": self.tr("Your answer"),
            },
        }  # fmt: skip

    def _redraw(self, *, anew: bool = False) -> None:
        question = self._questions[self._index]
        self.question.show_question(question, self.book.value(str(question["id"])), self._words(), anew=anew)

    def _open(self, question: dict[str, Any]) -> bool:
        return question["kind"] != "description" and not self._answered(question)

    def _answered(self, question: dict[str, Any]) -> bool:
        return self.book.answered(str(question["id"])) and self.files.enough(question)

    def _show_strip(self) -> None:
        marked_here = False
        for index, question in enumerate(self._questions):
            answered, marked = self._answered(question), question["id"] in self._marked
            marked_here = marked if index == self._index else marked_here
            parts = [self.tr("Question {number}").format(number=index + 1)]
            if question["kind"] == "description":
                parts.append(self.tr("to read, no answer is needed"))
            else:
                parts.append(self.tr("answered") if answered else self.tr("open"))
            if marked:
                parts.append(self.tr("marked"))
            self.strip.show_state(
                index, answered=answered, marked=marked, current=index == self._index, name=", ".join(parts)
            )
        last = self._index >= len(self._questions) - 1
        self.foot.show_place(first=self._index <= 0, last=last, marked=marked_here, paused=self.paused)

    def _below(self) -> QWidget:
        """What lies under the questions and is not to be covered."""
        return self.files.box if self.files.box.isVisible() else self.foot

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
