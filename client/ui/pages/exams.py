"""My exams: when, how long, in which state; a rehearsal to try everything without risk."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QRadioButton, QVBoxLayout

from client import messages as m
from client.ui.bridge import RecorderBridge
from client.ui.languages import Words
from client.ui.metered import MeteredBox
from client.ui.page import Page
from client.ui.pages.consent import CONSENT_VERSION
from client.ui.widgets import Chip, button, label, set_property

ENTERABLE = ("open", "running")


def goes_straight_back(item: m.ExamItem) -> bool:
    """The exam was begun on this computer with a consent to the present text: there is nothing to ask again."""
    return item.state == "running" and item.consent_version == CONSENT_VERSION


class ExamCard(QFrame):
    """One exam. The radio button carries its accessible name; the whole card can be clicked."""

    def __init__(self, item: m.ExamItem) -> None:
        super().__init__()
        self.item = item
        self.setProperty("card", True)
        self.setObjectName(f"exam_card_{item.seat}")
        self.radio = QRadioButton()
        self.radio.setObjectName(f"exam_{item.seat}")
        self.radio.setText(item.title)
        self.radio.setEnabled(item.state in ENTERABLE)
        self.radio.toggled.connect(lambda on: set_property(self, "chosen", on))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        top = QHBoxLayout()
        top.addWidget(self.radio, 1)
        self.state = Chip(f"exam_state_{item.seat}")
        top.addWidget(self.state)
        column.addLayout(top)
        self.window_text = label("muted", name=f"exam_window_{item.seat}")
        self.window_text.setIndent(40)
        self.length_text = label("muted", name=f"exam_length_{item.seat}")
        self.length_text.setIndent(40)
        column.addWidget(self.window_text)
        column.addWidget(self.length_text)
        self.retranslate()

    def retranslate(self) -> None:
        item, words = self.item, Words()
        states = {
            "upcoming": ("hourglass", self.tr("opens later"), "muted"),
            "open": ("circle-dot", self.tr("open now"), "teal"),
            "running": ("circle-play", self.tr("begun, you can go on"), "amber_ink"),
            "handed_in": ("circle-check", self.tr("handed in"), "teal"),
            "closed": ("circle-minus", self.tr("closed"), "muted"),
        }
        icon, word, tone = states.get(item.state, ("circle", item.state, "muted"))
        self.state.show_state(icon, word, tone)
        self.window_text.setText(words.window(item.opens, item.closes))
        parts = [self.tr("%n minute(s)", "", item.minutes)]
        if item.extra_minutes:
            parts.append(self.tr("and %n extra minute(s) for you", "", item.extra_minutes))
        if item.rehearsal:
            parts.append(self.tr("a rehearsal: it does not count"))
        self.length_text.setText(", ".join(parts))
        self.radio.setAccessibleName(item.title)
        self.radio.setAccessibleDescription(f"{word}. {self.window_text.text()}. {self.length_text.text()}")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.radio.isEnabled() and event.button() == Qt.MouseButton.LeftButton:
            self.radio.setChecked(True)
            self.radio.setFocus()


class ExamsPage(Page):
    chosen = Signal(object)  # m.ExamItem
    sign_out = Signal()

    def __init__(self, bridge: RecorderBridge) -> None:
        super().__init__("exams", bridge)
        self.cards: list[ExamCard] = []
        self._name = ""
        self._loaded = self._refreshing = self._busy = False
        self._group = QButtonGroup(self)
        self._group.buttonToggled.connect(self._update_main)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.empty = label("muted", name="exams_empty")
        self.body.addLayout(self._list)
        self.body.addWidget(self.empty)
        self.metered = MeteredBox("exams")
        self.body.addSpacing(16)
        self.body.addWidget(self.metered)
        self.body.addStretch(1)
        self.refresh = button("exams_refresh", "quiet")
        self.leave_button = button("exams_sign_out", "quiet")
        self.quiet.addWidget(self.leave_button)
        self.quiet.addWidget(self.refresh)
        self.refresh.clicked.connect(self._refresh)
        self.leave_button.clicked.connect(self.sign_out)
        self.main.clicked.connect(self._choose)
        self.retranslate()

    def retranslate(self) -> None:
        self.title.setText(self.tr("My exams"))
        self.lead.setText(self.tr("Signed in as {name}.").format(name=self._name) if self._name else "")
        self.refresh.setText(self.tr("Refresh the list"))
        self.leave_button.setText(self.tr("Sign out"))
        self.empty.setText(
            self.tr("No exam is planned for you at present. If you expected one, tell the help line.")
            if self._loaded
            else self.tr("Asking the institution for your exams…")
        )
        for card in self.cards:
            card.retranslate()
        self._update_main()

    def enter(self) -> None:
        self.clear_problem()
        self.set_busy(False)
        self._ask()

    def set_busy(self, busy: bool) -> None:
        """The way back to the questions is being asked for."""
        self._busy = busy
        self._update_main()

    def show_name(self, name: str) -> None:
        self._name = name
        self.retranslate()

    def show_exams(self, exams: m.Exams) -> None:
        """The list anew, what is over at its end; the choice stays if that exam can still be entered."""
        before = self._chosen()
        if any(card.radio.hasFocus() for card in self.cards):
            self.refresh.setFocus()  # these cards go; an empty list must not send the keyboard out of the page
        for card in self.cards:
            self._group.removeButton(card.radio)
            card.hide()
            card.deleteLater()
        over = ("handed_in", "closed")
        self.cards = [ExamCard(item) for item in sorted(exams.items, key=lambda item: item.state in over)]
        self._loaded = True
        for card in self.cards:
            self._list.addWidget(card)
            self._group.addButton(card.radio)
        enterable = [card for card in self.cards if card.radio.isEnabled()]
        wanted = [card for card in enterable if before is not None and card.item.seat == before.seat]
        running = [card for card in enterable if card.item.state == "running"]
        for card in [*wanted, *running, *(enterable if len(enterable) == 1 else [])][:1]:
            card.radio.setChecked(True)
        stays, self._refreshing = self._refreshing and self.refresh.hasFocus(), False
        if enterable and self.isVisible() and not stays:
            (self._chosen_card() or enterable[0]).radio.setFocus()
        self.empty.setVisible(not self.cards)
        self.retranslate()

    def _refresh(self) -> None:
        self.clear_problem()
        self._refreshing = True  # who asked by this button stays at it
        self._ask()

    def _ask(self) -> None:
        self.empty.setVisible(not self.cards)
        self.bridge.send(m.ListExams())

    def _chosen_card(self) -> ExamCard | None:
        return next((card for card in self.cards if card.radio.isChecked()), None)

    def _chosen(self) -> m.ExamItem | None:
        card = self._chosen_card()
        return card.item if card else None

    def _update_main(self) -> None:
        chosen = self._chosen()
        self.main.setText(self.tr("Back to the questions…") if self._busy else self.tr("Continue"))
        self.main.setEnabled(chosen is not None and not self._busy)
        if chosen is not None and goes_straight_back(chosen):
            self.next_hint.setText(self.tr("Next: your questions and answers. The recording goes on at once."))
        elif chosen is None:
            self.next_hint.setText(self.tr("Choose an exam that is open."))
        else:
            self.next_hint.setText(self.tr("Next: what will be recorded, and why."))

    def _choose(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.chosen.emit(chosen)
