"""A stand-in for a camera's picture, the recorder's log, and the way of a student through the pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPen

from client.settings import InstitutionConfig
from client.ui.window import MainWindow

HERE = Path(__file__).resolve().parent
CONFIG = InstitutionConfig(
    name={"kk": "Орталық университеті", "ru": "Центральный университет", "en": "Central University"},
    server="http://127.0.0.1:8600",
    verifying_key="ed25519:" + "A" * 43,
    help={
        "kk": "Көмек желісі: +7 700 000 00 00", "ru": "Линия помощи: +7 700 000 00 00",
        "en": "Help line: +7 700 000 00 00",
    },
)  # fmt: skip


def draw_portrait(width: int = 320, height: int = 240) -> QImage:
    """A drawing of no one in particular, as a stand-in for a camera's picture."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = QLinearGradient(0, 0, 0, height)
    ground.setColorAt(0, QColor("#9db4c0"))
    ground.setColorAt(1, QColor("#5c6b73"))
    painter.fillRect(image.rect(), ground)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#2f4858"))
    painter.drawEllipse(QRectF(width * 0.22, height * 0.78, width * 0.56, height * 0.6))
    painter.setBrush(QColor("#d9b89c"))
    painter.drawEllipse(QRectF(width * 0.37, height * 0.2, width * 0.26, height * 0.55))
    painter.setPen(QPen(QColor("#33261d"), 4))
    for x in (0.45, 0.55):
        painter.drawPoint(QPointF(width * x, height * 0.43))
    painter.drawLine(QPointF(width * 0.46, height * 0.6), QPointF(width * 0.54, height * 0.6))
    painter.end()
    return image


class Recorder:
    """What the scripted recorder was told, read from its log."""

    def __init__(self, log: Path) -> None:
        self.log = log

    def got(self, kind: str) -> list[dict[str, Any]]:
        if not self.log.exists():
            return []
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return [body for body in map(json.loads, lines) if body["type"] == kind]

    def all(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]


class Walk:
    """Goes the way of a student as far as asked, by the same controls."""

    def __init__(self, qtbot: Any, window: MainWindow) -> None:
        self.qtbot, self.window = qtbot, window

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=10000)

    def page(self, name: str) -> None:
        self.wait(lambda: self.window.page == name)

    def to_exams(self) -> None:
        window = self.window
        window.sign_in.login.setText("asel")
        window.sign_in.password.setText("құпия сөз")
        window.sign_in.main.click()
        self.page("exams")
        self.wait(lambda: len(window.exams.cards) == 4)

    def to_consent(self) -> None:
        self.to_exams()
        self.window.exams.cards[1].radio.setChecked(True)
        self.window.exams.main.click()
        self.page("consent")

    def to_check(self) -> None:
        self.to_consent()
        self.window.consent.agree.setChecked(True)
        self.window.consent.main.click()
        self.page("check")
        self.wait(lambda: "camera" in self.window.check._lines and self.window.check.picture.has_picture)

    def to_identity(self) -> None:
        self.to_check()
        self.window.check._lines["camera"].again.click()
        self.wait(self.window.check.main.isEnabled)
        self.window.check.main.click()
        self.page("identity")

    def to_exam(self) -> None:
        self.to_identity()
        self.window.identity.cannot.click()
        self.wait(lambda: self.window.state == "ready")
        with self.qtbot.waitSignal(self.window.exam.question.drawn, timeout=20000):
            self.window.identity.main.click()
        self.page("exam")
