"""The question on the screen: a web view that shows one question and reports its answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget

from client.ui.answers import Value
from client.ui.question_web import PAGE, QuestionProfile, make_page
from client.ui.theme import theme

MAX_ANSWER = 100_000  # letters; the same bound as in question.js


class ExamChannel(QObject):
    """The only thing the question page can talk to."""

    shown = Signal(str)
    flushed = Signal()

    answered = Signal(str, object)
    is_ready = Signal()
    is_drawn = Signal(str)

    @Slot()
    def ready(self) -> None:
        self.is_ready.emit()

    @Slot(str)
    def drawn(self, question: str) -> None:
        self.is_drawn.emit(question)

    @Slot(str, str)
    def answer(self, question: str, text: str) -> None:
        """Only a text or a list of texts passes; anything else is dropped."""
        if len(text) > 8 * MAX_ANSWER:
            return
        try:
            value = json.loads(text)
        except ValueError:
            return
        texts = isinstance(value, list) and all(isinstance(v, str) for v in value)
        if texts or (isinstance(value, str) and len(value) <= MAX_ANSWER):
            self.answered.emit(question, value)


class QuestionView(QWidget):
    """``answered(question id, value)`` for every change the student makes."""

    answered = Signal(str, object)
    drawn = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.channel = ExamChannel()
        self.channel.setParent(self)
        # Qt deletes children in the order they were made: the view with its page must go before the profile.
        self.view = QWebEngineView(self)
        self.profile = QuestionProfile(self)
        self.page = make_page(self.profile, self.channel, self.view)
        self.view.setObjectName("exam_question")
        self.view.setPage(self.page)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.view.setAcceptDrops(False)
        self._ready = False
        self._question: dict[str, Any] | None = None
        self.channel.answered.connect(self.answered)
        self.channel.is_drawn.connect(self.drawn)
        self.channel.is_ready.connect(self._on_ready)
        self.page.renderProcessTerminated.connect(self._on_terminated)
        theme.changed.connect(self._on_theme)
        self._on_theme()
        self.page.load(PAGE)

    def resizeEvent(self, event: object) -> None:
        self.view.setGeometry(self.rect())

    def use_pictures(self, pictures: Mapping[str, Mapping[str, str]]) -> None:
        self.profile.handler.use_pictures(pictures)

    def show_question(
        self, question: Mapping[str, Any], value: Value | None, words: Mapping[str, Any], *, anew: bool = True
    ) -> None:
        """``words``: heading, labels, language, size (px). ``anew`` False: only looks changed, typing goes on."""
        self._question = {
            "id": str(question["id"]), "kind": str(question["kind"]), "html": str(question.get("html", "")),
            "choices": [{"id": str(c["id"]), "html": str(c["html"])} for c in question.get("choices") or []],
            "single": bool(question.get("single", False)), "text": bool(question.get("text", True)),
            "value": value, "anew": anew, "focus": anew,
            "heading": words["heading"], "labels": words["labels"], "language": words["language"],
            "style": {**_colours(), "size": f"{words['size']}px"},
        }  # fmt: skip
        if self._ready:
            self.channel.shown.emit(json.dumps(self._question))

    def flush(self) -> None:
        """Ask the page for what is typed but not yet reported."""
        self.channel.flushed.emit()

    def hold(self, value: Value) -> None:
        """Remember the newest answer, should the page have to be drawn anew."""
        if self._question is not None:
            self._question["value"] = value

    def _on_ready(self) -> None:
        self._ready = True
        if self._question is not None:
            self._question["anew"] = True
            self.channel.shown.emit(json.dumps(self._question))

    def _on_terminated(self) -> None:
        """The page's process died: load it again, the answers are held here."""
        self._ready = False
        self.page.load(PAGE)

    def _on_theme(self) -> None:
        self.page.setBackgroundColor(QColor(theme.palette.paper))
        if self._question is not None and self._ready:
            self._question.update(anew=False, style={**self._question["style"], **_colours()})
            self.channel.shown.emit(json.dumps(self._question))


def _colours() -> dict[str, str]:
    colours = {name: value for name, value in asdict(theme.palette).items() if isinstance(value, str)}
    return {**colours, "scheme": "dark" if theme.palette.dark else "light"}
