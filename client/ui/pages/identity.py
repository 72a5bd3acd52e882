"""Identity: the live picture, one instruction at a time, the result in words. Never a dead end."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from client import messages as m
from client.ui.bridge import RecorderBridge
from client.ui.page import Page
from client.ui.prompt_drawing import PromptRing
from client.ui.widgets import Picture, button, label, picture_of, say

ASK_AGAIN_MS = 2000  # a paper that is not ready yet is asked for again; the server answers within a second


class IdentityPage(Page):
    """Three stages: explain, do what is asked, know the result. Recording begins with the second."""

    skipped = Signal()

    def __init__(self, bridge: RecorderBridge) -> None:
        super().__init__("identity", bridge)
        self._stage = "explain"
        self._view = m.IdentityView("look_straight", "", 0.0)
        self._minutes = 0
        self._waiting_for_paper = False
        columns = QHBoxLayout()
        columns.setSpacing(24)
        self.picture = Picture("identity_picture", oval=True)
        self.picture.setMinimumSize(360, 270)
        self.picture.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        columns.addWidget(self.picture, 3)
        columns.addWidget(self._side(), 2)
        self.body.addLayout(columns, 1)
        self.who_sees = label("muted", name="identity_who_sees")
        self.body.addWidget(self.who_sees)
        self.cannot = button("identity_cannot", "quiet")
        self.again = button("identity_again")
        self.quiet.addWidget(self.cannot)
        self.quiet.addWidget(self.again)
        self.cannot.clicked.connect(self._cannot)
        self.another.clicked.connect(self._another)
        self.again.clicked.connect(self._again)
        self.main.clicked.connect(self._main)
        self._ask_again = QTimer(self)
        self._ask_again.setSingleShot(True)
        self._ask_again.setInterval(ASK_AGAIN_MS)
        self._ask_again.timeout.connect(self._ask_for_paper)
        bridge.identity_view.connect(self.show_view)
        bridge.preview.connect(self._show_preview)
        self.retranslate()

    def _side(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addStretch(1)
        self.ring = PromptRing()
        column.addWidget(self.ring, 0, Qt.AlignmentFlag.AlignHCenter)
        self.instruction = label("instruction", name="identity_instruction")
        self.advice = label("", name="identity_advice", tone="amber")
        self.instruction.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.advice.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.advice.setMinimumHeight(64)
        column.addWidget(self.instruction)
        column.addWidget(self.advice)
        self.another = button("identity_another")
        column.addWidget(self.another, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return box

    def enter(self) -> None:
        self.bridge.send(m.WantPreview("camera", True))

    def leave(self) -> None:
        self._ask_again.stop()
        self._waiting_for_paper = False
        self.bridge.send(m.WantPreview("camera", False))

    def begin(self, minutes: int) -> None:
        """The page is met for the first time: explain before anything is recorded."""
        self._stage, self._minutes = "explain", minutes
        self._view = m.IdentityView("look_straight", "", 0.0)
        self.clear_problem()
        self.retranslate()
        self.main.setFocus()

    def show_state(self, state: str) -> None:
        """``identifying`` and ``ready`` of the session: also after the recorder was restarted."""
        if state == "identifying" and self._stage == "explain":
            self._stage = "running"
        elif state == "ready" and self._stage != "done":
            self._stage = "done"
            if not self._view.outcome:
                self._view = m.IdentityView("done", "", 1.0, "invigilator")
        self.retranslate()

    def show_view(self, view: m.IdentityView) -> None:
        before = self._view
        self._view = view
        self._stage = "done" if view.outcome else "running"
        self.retranslate()
        if (view.prompt, view.outcome) != (before.prompt, before.outcome):
            say(self.instruction, self.instruction.text())
        if view.outcome and not before.outcome and self.isVisible():
            self.main.setFocus()

    def show_problem(self, problem: m.Problem) -> None:
        if problem.code == "paper_not_ready":
            self._waiting_for_paper = True
            self._ask_again.start()
        elif problem.during == "OpenPaper":
            self._waiting_for_paper = False
        super().show_problem(problem)
        self._update_buttons()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Is it you?"))
        self.lead.setText(self.tr("We compare your face with the picture your institution has of you."))
        self.who_sees.setText(
            self.tr("The comparison is made on this computer, and again by your institution from the recording. "
                    "Invigilators see the results and the pictures; if it is unclear, a person decides.")
        )  # fmt: skip
        self.picture.setAccessibleName(self.tr("Live picture of your camera"))
        self.picture.show_waiting(self.tr("The camera's picture appears here."))
        self.ring.setAccessibleName(self.tr("Progress of the comparison"))
        self.cannot.setText(self.tr("I cannot do this"))
        self.another.setText(self.tr("Ask me for another movement"))
        self.again.setText(self.tr("Try once more"))
        self._show_instruction()
        self._update_buttons()

    def _show_instruction(self) -> None:
        outcome = self._view.outcome if self._stage == "done" else ""
        if self._stage == "explain":
            text, advice = self.tr("Sit so that your face fits the oval."), self._explain()
        elif outcome:
            text, advice = self._outcomes().get(outcome, self._outcomes()["invigilator"])
        else:
            text, advice = self._prompts().get(self._view.prompt, ""), self._advices().get(self._view.advice, "")
        self.instruction.setText(text)
        self.advice.setText(advice)
        tone = "amber" if self._view.advice and self._stage == "running" else ""
        if self.advice.property("tone") != tone:
            self.advice.setProperty("tone", tone)
            self.advice.style().polish(self.advice)
        prompt = {"": self._view.prompt, "match": "done"}.get(outcome, "look_straight")
        advised = self._view.advice if self._stage == "running" else ""
        self.ring.show_prompt(prompt, self._view.progress, advised)

    def _explain(self) -> str:
        return self.tr("You will be asked to look straight, to turn your head and to blink. It takes half a minute. "
                       "If you cannot do a movement, you can ask for another one. "
                       "When you press the button, the recording of the exam begins.")  # fmt: skip

    def _prompts(self) -> dict[str, str]:
        return {
            "look_straight": self.tr("Look straight at the camera"),
            "turn_left": self.tr("Turn your head to the left"),
            "turn_right": self.tr("Turn your head to the right"),
            "blink": self.tr("Blink once or twice"),
            "nod_down": self.tr("Lower your head, then look straight again"),
            "nod_up": self.tr("Raise your head, then look straight again"),
            "open_mouth": self.tr("Open your mouth, then close it again"),
            "come_closer": self.tr("Come closer to the camera, or bring it closer, and stay there"),
            "hold_still": self.tr("Hold still for a moment"),
            "comparing": self.tr("Comparing…"),
            "done": self.tr("Done"),
        }

    def _advices(self) -> dict[str, str]:
        return {
            "no_face": self.tr("We cannot see your face. Please move into the oval."),
            "several_faces": self.tr("We see more than one face. Please sit alone before the camera."),
            "too_far": self.tr("Please come a little closer."),
            "too_close": self.tr("Please move back a little."),
            "too_dark": self.tr("It is too dark. Please move into the light."),
            "too_bright": self.tr("It is too bright. Please turn away from the window or lamp."),
            "blurred": self.tr("The picture is blurred. Please hold still, or wipe the camera."),
            "face_turned": self.tr("Please face the camera."),
            "face_covered": self.tr("A part of your face is covered. If you can, uncover it; if not, choose "
                                    "“I cannot do this”."),
        }  # fmt: skip

    def _outcomes(self) -> dict[str, tuple[str, str]]:
        return {
            "match": (self.tr("Thank you, it is you."), self.tr("The pictures agree.")),
            "no_match": (
                self.tr("The pictures do not agree well enough."),
                self.tr("This happens with new glasses, light or an old picture. You can try once more or go on: "
                        "an invigilator looks at it and decides."),
            ),
            "invigilator": (
                self.tr("An invigilator will confirm that it is you."),
                self.tr("You can go on now. Nothing is held against you."),
            ),
        }  # fmt: skip

    def _update_buttons(self) -> None:
        stage = self._stage
        self.main.setEnabled(stage != "running" and not self._waiting_for_paper)
        self._show_button(self.cannot, stage != "done")
        self._show_button(self.another, stage == "running")
        self._show_button(self.again, stage == "done" and self._view.outcome == "no_match")
        if stage == "explain":
            self.main.setText(self.tr("Begin the recording"))
            self.next_hint.setText(self.tr("Next: the recording begins and you are asked to look and turn."))
        elif stage == "running":
            self.main.setText(self.tr("Open the questions"))
            self.next_hint.setText(self.tr("Next: the questions. Your time has not started."))
        else:
            waiting = self._waiting_for_paper
            self.main.setText(self.tr("Please wait…") if waiting else self.tr("Open the questions"))
            self.next_hint.setText(
                self.tr("Your time starts with the questions: %n minute(s).", "", self._minutes)
                if self._minutes
                else self.tr("Your time starts with the questions.")
            )

    def _show_button(self, choice: QPushButton, shown: bool) -> None:
        if not shown and choice.hasFocus():
            self.main.setFocus()
        choice.setVisible(shown)

    def _main(self) -> None:
        if self._stage == "explain":
            self._stage = "running"
            self.clear_problem()
            self.bridge.send(m.StartIdentity())
            self.retranslate()
        elif self._stage == "done":
            self.clear_problem()
            self._ask_for_paper()

    def _ask_for_paper(self) -> None:
        self._waiting_for_paper = True
        self._update_buttons()
        self.bridge.send(m.OpenPaper())

    def _cannot(self) -> None:
        if self._stage == "explain":
            self.bridge.send(m.StartIdentity())
            self._stage = "running"
        self.bridge.send(m.LeaveIdentityToPerson("student"))
        self.retranslate()

    def _another(self) -> None:
        """The button stays all the while, so that the keyboard's focus does; where nothing else is left it says so."""
        if self._view.another:
            self.bridge.send(m.AnotherPrompt())
        elif self._view.prompt not in ("look_straight", "hold_still", "comparing"):
            self.advice.setText(
                self.tr("Nothing else can be asked for here. If you cannot do this either, choose “I cannot do this”.")
            )
            say(self.advice, self.advice.text())

    def _again(self) -> None:
        self.main.setFocus()  # this button goes; while the main one waits it keeps the keyboard's focus
        self._stage = "running"
        self._view = m.IdentityView("look_straight", "", 0.0)
        self.bridge.send(m.RetryIdentity())
        self.retranslate()

    def _show_preview(self, preview: m.Preview) -> None:
        if self.isVisible() and preview.source == "camera":
            self.picture.show_picture(picture_of(preview.jpeg), preview.points)
