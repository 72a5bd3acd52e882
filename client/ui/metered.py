""" "I pay for my data": the person's word that recordings wait for another line. Answers still go."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from client.ui.widgets import TickBox, label


class MeteredBox(QWidget):
    chosen = Signal(bool)

    def __init__(self, name: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.box = TickBox()
        self.box.setObjectName(f"{name}_metered")
        self.box.toggled.connect(self.chosen)
        self.help = label("muted", name=f"{name}_metered_help")
        column.addWidget(self.box)
        column.addWidget(self.help)
        self.retranslate()

    def show_choice(self, on: bool) -> None:
        """Without telling anybody."""
        self.box.blockSignals(True)
        self.box.setChecked(on)
        self.box.blockSignals(False)
        self.retranslate()

    def retranslate(self) -> None:
        self.box.setText(self.tr("I pay for my data: send recordings later"))
        self.box.setAccessibleName(self.box.text())
        self.help.setText(
            self.tr("Answers still go at once. The recording stays on this computer until you take the tick away; the "
                    "receipt comes when it has arrived.")
        )  # fmt: skip

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
