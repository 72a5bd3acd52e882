"""Exams of earlier starts on this computer: what became of each, and what can be done about it without a network."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from client import messages as m
from client.ui.bridge import RecorderBridge
from client.ui.languages import Words
from client.ui.saver import DeliverySaver
from client.ui.widgets import button, label


class UnsentCard(QFrame):
    """One exam: a sentence, and the buttons that help."""

    def __init__(self, item: m.UnsentItem, bridge: RecorderBridge) -> None:
        super().__init__()
        self.item = item
        self.setProperty("card", True)
        self.setObjectName(f"unsent_{item.session}")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        self.title = label("strong", name=f"unsent_title_{item.session}")
        self.told = label("", name=f"unsent_text_{item.session}")
        column.addWidget(self.title)
        column.addWidget(self.told)
        self.go_on = button("unsent_go_on")
        self.go_on.clicked.connect(lambda: bridge.send(m.GoOnOffline(item.session)))
        self.receipt = button("unsent_receipt")
        self.receipt.clicked.connect(lambda: bridge.send(m.ShowReceipt(item.session)))
        self.saver = DeliverySaver(f"unsent_{item.session}", bridge, item.session, item.title)
        row = QHBoxLayout()
        row.setSpacing(8)
        for part, shown in ((self.go_on, item.can_go_on), (self.receipt, item.state == "delivered")):
            part.setVisible(shown)
            row.addWidget(part)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.saver)
        self.saver.setVisible(item.state == "sealed")
        self.retranslate()

    def show_item(self, item: m.UnsentItem) -> None:
        """The same exam, further on."""
        self.item = item
        self.go_on.setVisible(item.can_go_on)
        self.receipt.setVisible(item.state == "delivered")
        self.saver.setVisible(item.state == "sealed")
        self.retranslate()

    def retranslate(self) -> None:
        item, size = self.item, Words().megabytes(self.item.waiting_bytes)
        self.title.setText(item.title)
        sentences = {
            "sealed": self.tr(
                "Handed in on this computer under the code {code}; {size} MB are sent by themselves as soon as there "
                "is a network. Without one, save it for delivery."
            ),
            "delivered": self.tr("Delivered. Code of the receipt: {code}."),
            "open": self.tr("Begun here and not handed in. Sign in to go on; nothing is lost."),
        }
        told = sentences.get(item.state, sentences["open"])
        if item.state == "open" and item.can_go_on:
            told = self.tr(
                "Begun here and not handed in. Sign in to go on; if there is no network, go on without it: the "
                "questions and your answers are on this computer."
            )
        self.told.setText(told.format(code=item.code, size=size))
        self.go_on.setText(self.tr("Go on without network"))
        self.go_on.setAccessibleDescription(item.title)
        self.receipt.setText(self.tr("Show the receipt"))
        self.receipt.setAccessibleDescription(item.title)


class UnsentList(QWidget):
    """Stays hidden where there is nothing to tell."""

    shown = Signal()

    def __init__(self, bridge: RecorderBridge) -> None:
        super().__init__()
        self._bridge = bridge
        self.cards: dict[str, UnsentCard] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.name = label("heading", name="unsent_name")
        self._column.addWidget(self.name)
        bridge.unsent_view.connect(self.show_view)
        self.hide()

    def show_view(self, view: m.UnsentView) -> None:
        """Cards that stay keep their focus and their file's progress."""
        wanted = {item.session: item for item in view.items}
        for session in [known for known in self.cards if known not in wanted]:
            card = self.cards.pop(session)
            card.hide()
            card.deleteLater()
        for session, item in wanted.items():
            if session in self.cards:
                self.cards[session].show_item(item)
            else:
                self.cards[session] = UnsentCard(item, self._bridge)
                self._column.addWidget(self.cards[session])
        self.setVisible(bool(wanted))
        self.retranslate()
        self.shown.emit()

    def retranslate(self) -> None:
        self.name.setText(self.tr("Earlier exams on this computer"))
        for card in self.cards.values():
            card.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
