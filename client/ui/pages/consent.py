"""Consent: one line per kind of data, who sees it, until when; and that a person decides."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout

from client import messages as m
from client.clock import SessionClock
from client.ui import icons
from client.ui.bridge import RecorderBridge
from client.ui.page import Page
from client.ui.widgets import TickBox, button, label

# Changed whenever the meaning of the text changes in any language; it is kept with the consent.
CONSENT_VERSION = "2026-11-4"

KINDS = ("screen", "camera", "sound", "identity", "computer", "answers")
ICONS = {
    "screen": "monitor", "camera": "camera", "sound": "mic", "identity": "scan-face", "computer": "laptop",
    "answers": "pen-line",
}  # fmt: skip


class ConsentPage(Page):
    agreed = Signal(object)  # m.OpenSeat
    back = Signal()

    def __init__(self, bridge: RecorderBridge) -> None:
        super().__init__("consent", bridge)
        self._item: m.ExamItem | None = None
        self._busy = False
        self._takeover = False
        self._grid_frame = QFrame()
        self._grid_frame.setProperty("card", True)
        self._grid = QGridLayout(self._grid_frame)
        self._grid.setContentsMargins(16, 12, 16, 12)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        for column, stretch in ((1, 4), (2, 5), (3, 3), (4, 3)):
            self._grid.setColumnStretch(column, stretch)
        self.body.addWidget(self._grid_frame)
        self.days = label("", name="consent_days")
        self.body.addWidget(self.days)
        self.readiness = label("", name="consent_readiness")
        self.body.addWidget(self.readiness)
        self.decides = label("strong", name="consent_decides")
        self.body.addWidget(self.decides)
        self.agree = TickBox()
        self.agree.setObjectName("consent_agree")
        self.agree.toggled.connect(self._update_main)
        self.body.addWidget(self.agree)
        self.version = label("small", name="consent_version")
        self.body.addWidget(self.version)
        self.body.addStretch(1)
        self.back_button = button("consent_back", "quiet")
        self.back_button.clicked.connect(self.back)
        self.quiet.addWidget(self.back_button)
        self.main.clicked.connect(self._agree)
        self.banner.action.clicked.connect(self._take_over)
        self.retranslate()

    def show_exam(self, item: m.ExamItem) -> None:
        self._item = item
        self._takeover = False
        self.agree.setChecked(False)
        self.clear_problem()
        self.set_busy(False)
        self.retranslate()

    def enter(self) -> None:
        self.agree.setFocus()

    def set_busy(self, busy: bool) -> None:
        self._busy = busy
        if busy and self.agree.hasFocus():
            self.main.setFocus()
        self.agree.setEnabled(not busy)
        self._update_main()

    def show_problem(self, problem: m.Problem) -> None:
        self.set_busy(False)
        super().show_problem(problem)
        if problem.code == "in_use_elsewhere":
            self.banner.action.setText(self.tr("Go on on this computer"))
            self.banner.action.show()

    def retranslate(self) -> None:
        self.title.setText(self.tr("What is recorded, and why"))
        self.lead.setText(self._item.title if self._item else "")
        self._fill_grid()
        self.days.setText(
            self.tr("The days count from your hand-in. If the decision about your exam is still open then, the "
                    "recording is kept until it is made.")
        )  # fmt: skip
        self.days.setVisible(self._kept_days > 0)
        self.readiness.setText(
            self.tr("This is a rehearsal: the result of the next check goes to the institution, so that its "
                    "invigilators and administrators can help you before the exam. It tells the state of camera, "
                    "microphone, screens, disk and network, other programs that disturb, this program's version and "
                    "the system: no picture, no sound. Only the newest result of this computer is kept.")
        )  # fmt: skip
        self.readiness.setVisible(self._item is not None and self._item.rehearsal)
        self.decides.setText(
            self.tr("The program only marks moments to look at. It gives no grade and no verdict: a person decides, "
                    "and you can answer and appeal.")
        )  # fmt: skip
        self.agree.setText(self.tr("I have read this and agree to the recording of this exam"))
        self.version.setText(
            self.tr("Version of this text: {version}. It is kept with the time of your consent. If you do not agree, "
                    "go back: nothing is recorded. Then ask the institution for another way to sit the exam.")
            .format(version=CONSENT_VERSION)
        )  # fmt: skip
        self.back_button.setText(self.tr("Back to my exams"))
        self._update_main()

    def _update_main(self) -> None:
        self.main.setText(self.tr("Opening the exam…") if self._busy else self.tr("I agree, continue"))
        self.main.setEnabled(self.agree.isChecked() and not self._busy)
        self.next_hint.setText(self.tr("Next: a check of camera, microphone and screen. Nothing is recorded yet."))

    def _agree(self) -> None:
        if self._item is None:
            return
        self.clear_problem()
        self.set_busy(True)
        self.agreed.emit(m.OpenSeat(self._item.seat, CONSENT_VERSION, SessionClock().wall_iso(), self._takeover))

    def _take_over(self) -> None:
        self._takeover = True
        self._agree()

    def _kinds(self) -> list[str]:
        """Only what this exam asks for; what every exam needs is always listed."""
        streams = self._item.streams if self._item else []
        missing = {
            "screen": not any(s.startswith("screen") for s in streams), "camera": "camera" not in streams,
            "sound": "sound" not in streams,
        }  # fmt: skip
        return [kind for kind in KINDS if not (streams and missing.get(kind, False))]

    def _fill_grid(self) -> None:
        while (old := self._grid.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.deleteLater()
        heads = (self.tr("What"), self.tr("Why"), self.tr("Who sees it"), self.tr("Until when"))
        for column, head in enumerate(heads):
            title = label("small")
            title.setText(head)
            self._grid.addWidget(title, 0, column + 1)
        for row, kind in enumerate(self._kinds(), start=1):
            self._grid.addWidget(icons.IconLabel(ICONS[kind], "teal", 20), row, 0, Qt.AlignmentFlag.AlignTop)
            cells = (*self._texts()[kind], self._until(kind))
            for column, text in enumerate(cells):
                cell = label("strong" if column == 0 else "", name=f"consent_{kind}_{column}")
                cell.setText(text)
                self._grid.addWidget(cell, row, column + 1, Qt.AlignmentFlag.AlignTop)

    def _texts(self) -> dict[str, tuple[str, str, str]]:
        people = self.tr("invigilators and the commission")
        return {
            "screen": (self.tr("All your screens"), self.tr("to show how the work was done"), people),
            "camera": (self.tr("The camera's picture"), self.tr("to show who sits the exam"), people),
            "sound": (self.tr("The microphone's sound"), self.tr("to show that nobody dictates"), people),
            "identity": (
                self.tr("A comparison of your face"),
                self.tr("to confirm that it is you, with the picture the institution has"),
                people,
            ),
            "computer": (
                self.tr("The program in front, the network, how much is copied (never what), hints about the computer"),
                self.tr("to explain gaps and moments"),
                people,
            ),
            "answers": (
                self.tr("Your answers"),
                self.tr("to be graded"),
                self.tr("your teachers, invigilators and the commission"),
            ),
        }

    def _until(self, kind: str) -> str:
        if kind == "answers":
            return self.tr("as long as exam papers are kept")
        if self._kept_days <= 0:
            return self.tr("as the institution's rules say")
        return self.tr("%n day(s), then erased", "", self._kept_days)

    @property
    def _kept_days(self) -> int:
        return self._item.kept_days if self._item else 0
