"""How much was put into the clipboard during the exam: a number of letters, never the letters."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QClipboard, QGuiApplication

from client import messages as m


class ClipboardCount(QObject):
    """``send`` takes a ``WindowEvent`` each time the clipboard gets text, from whichever program."""

    def __init__(self, send: Callable[[m.WindowEvent], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._send = send
        self._clipboard: QClipboard = QGuiApplication.clipboard()
        self._clipboard.dataChanged.connect(self._changed)

    def _changed(self) -> None:
        letters = len(self._clipboard.text())
        if letters:
            self._send(m.WindowEvent("clipboard", letters))
