"""Handing in: what is being done, how much of it, how long, and whether one may leave."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar

from client import messages as m
from client.ui.bridge import RecorderBridge
from client.ui.languages import Words
from client.ui.metered import MeteredBox
from client.ui.page import Page
from client.ui.saver import DeliverySaver
from client.ui.widgets import label, say

STEPS = 1000


class HandInPage(Page):
    def __init__(self, bridge: RecorderBridge) -> None:
        super().__init__("handin", bridge)
        self._view = m.HandInView("sealing", 0, 0, -1)
        self._gone = False
        self.stage = label("heading", name="handin_stage")
        self.bar = QProgressBar()
        self.bar.setObjectName("handin_progress")
        self.bar.setRange(0, STEPS)
        self.bar.setTextVisible(False)
        self.amount = label("", name="handin_amount")
        self.may_leave = label("muted", name="handin_may_leave")
        self.code = label("strong", name="handin_code")
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.saver = DeliverySaver("handin", bridge)
        self.metered = MeteredBox("handin")
        for part in (self.stage, self.bar, self.amount, self.code, self.may_leave, self.saver, self.metered):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.main.hide()
        bridge.hand_in_view.connect(self.show_view)
        self.retranslate()

    def begin(self) -> None:
        """Before the first word of the recorder."""
        self._view = m.HandInView("sealing", 0, 0, -1)
        self.saver.forget()
        self.clear_problem()
        self.retranslate()

    def show_view(self, view: m.HandInView) -> None:
        changed = view.stage != self._view.stage
        self._view = view
        self.retranslate()
        if changed:
            say(self.stage, f"{self.stage.text()} {self.amount.text()}")

    def show_gone(self, gone: bool) -> None:
        self._gone = gone
        self.retranslate()

    def retranslate(self) -> None:
        view = self._view
        self.title.setText(self.tr("Your exam is being handed in"))
        self.lead.setText(self.tr("Your answers are fixed. The recording has ended."))
        stages = {
            "sealing": self.tr("Sealing the last piece of the recording"),
            "sending": self.tr("Sending the rest of the recording to the institution"),
            "confirming": self.tr("The institution checks that everything arrived"),
            "done": self.tr("Everything has arrived"),
            "waiting_for_network": self.tr("Sealed, to be delivered: waiting for the network"),
            "held_back": self.tr("Sealed, to be delivered: the recording waits for a line you do not pay for"),
        }
        stage = stages.get(view.stage, stages["sending"])
        if self._gone:
            stage = self.tr("The sending was interrupted and is being restarted")
        self.stage.setText(stage)
        known = view.total_bytes > 0
        share = 1.0 if view.stage == "done" else view.sent_bytes / view.total_bytes if known else 0.0
        self.bar.setValue(int(share * STEPS))
        self.bar.setAccessibleName(stage)
        self.amount.setText(self._amount() if known else "")
        waiting = view.stage in ("waiting_for_network", "held_back")
        self.saver.setVisible(waiting or bool(self._last_problem))
        self.metered.setVisible(view.stage in ("sending", "held_back"))
        self.code.setText(self.tr("Your work is sealed under the code {code}. Write it down.").format(code=view.code))
        self.code.setVisible(waiting and bool(view.code))
        self.may_leave.setText(
            self.tr("Everything is sealed and safe on this computer. You may close Senim; start it here again when "
                    "there is a network, and the rest is sent. The institution sees when you handed in.")
            if waiting
            else self.tr("Please stay until the receipt appears. If you must leave, nothing is lost: the rest is sent "
                         "when Senim runs on this computer again.")
        )  # fmt: skip
        self.next_hint.setText(self.tr("Next: your receipt."))

    def show_problem(self, problem: m.Problem) -> None:
        """Whatever keeps the exam from being sent: a file for a stick is another way."""
        super().show_problem(problem)
        self.retranslate()

    def _amount(self) -> str:
        words, view = Words(), self._view
        sent, total = words.megabytes(min(view.sent_bytes, view.total_bytes)), words.megabytes(view.total_bytes)
        going = view.seconds_left >= 0 and view.stage == "sending" and view.sent_bytes < view.total_bytes
        if going and view.bytes_per_second > 0:
            return self.tr("Sent {sent} of {total} MB at {rate} kB/s, {time} left").format(
                sent=sent, total=total, rate=words.kilobytes(view.bytes_per_second),
                time=words.duration(view.seconds_left),
            )  # fmt: skip
        if going:
            return self.tr("Sent {sent} of {total} MB, {time} left").format(
                sent=sent, total=total, time=words.duration(view.seconds_left)
            )
        return self.tr("Sent {sent} of {total} MB").format(sent=sent, total=total)
