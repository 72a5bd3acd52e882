"""Every answer with its revision, and the truth about where it is: here, on the disk, at the institution."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from client import messages as m

Value = str | list[str]

PAUSE_MS = 300  # a pause in typing; each revision is signed and synced to the disk, so not every letter becomes one
LONGEST_MS = 1000  # ... but no letter waits longer than this
RANK = {"typed": 0, "sent": 1, "disk": 2, "server": 3}


class AnswerBook(QObject):
    """Collects typed changes into revisions. ``send`` takes each ``SetAnswer``."""

    changed = Signal(str)

    def __init__(self, send: Callable[[m.SetAnswer], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._send = send
        self._values: dict[str, Value] = {}
        self._files: dict[str, list[m.AttachedFile]] = {}  # of those questions that take files
        self._revisions: dict[str, int] = {}
        self._where: dict[str, str] = {}
        self._pause, self._longest = QTimer(self), QTimer(self)
        for timer, length in ((self._pause, PAUSE_MS), (self._longest, LONGEST_MS)):
            timer.setSingleShot(True)
            timer.setInterval(length)
            timer.timeout.connect(self.flush)

    def clear(self) -> None:
        self._stop()
        for part in (self._values, self._files, self._revisions, self._where):
            part.clear()

    def take_files(self, questions: Iterable[str]) -> None:
        """The answers of these questions name files, from the first one on."""
        for question in questions:
            self._files.setdefault(question, [])

    def load(self, answers: dict[str, dict[str, Any]]) -> None:
        """What a paper brought. What was typed here and is newer stays."""
        for question, held in answers.items():
            revision, value, files = held.get("revision"), *_apart(held.get("value"))
            if not isinstance(revision, int) or not isinstance(value, str | list):
                continue
            if revision > self._revisions.get(question, 0) and self._where.get(question) != "typed":
                self._values[question] = value
                if files is not None:
                    self._files[question] = files
                self._revisions[question] = revision
                self._where[question] = "disk"

    def value(self, question: str) -> Value | None:
        return self._values.get(question)

    def files(self, question: str) -> list[m.AttachedFile]:
        return list(self._files.get(question, []))

    def where(self, question: str) -> str:
        """typed, sent, disk, server; "" while there is no answer."""
        return self._where.get(question, "")

    def answered(self, question: str) -> bool:
        value = self._values.get(question, "")
        return bool(value.strip() if isinstance(value, str) else value) or bool(self._files.get(question))

    def attach(self, question: str, files: list[m.AttachedFile]) -> None:
        """All files that the answer names from now on; it goes out at once."""
        self._files[question] = list(files)
        self._go(question)
        self.changed.emit(question)

    def write(self, question: str, value: Value) -> None:
        """The student changed the answer. Choices go out at once, text at the next pause."""
        if self._values.get(question) == value:
            return
        self._values[question] = value
        self._where[question] = "typed"
        if isinstance(value, str):
            self._pause.start()
            if not self._longest.isActive():
                self._longest.start()
        else:
            self._go(question)
        self.changed.emit(question)

    def flush(self) -> None:
        """Everything typed becomes a revision now."""
        self._stop()
        for question in [q for q, where in self._where.items() if where == "typed"]:
            self._go(question)
            self.changed.emit(question)

    def saved(self, message: m.AnswerSaved) -> None:
        """The recorder says where a revision is. Older revisions say nothing about the present one."""
        present = self._where.get(message.question)
        if message.revision != self._revisions.get(message.question) or present in (None, "typed"):
            return
        if RANK.get(message.where, 0) > RANK[present]:
            self._where[message.question] = message.where
            self.changed.emit(message.question)

    def count(self, where: str) -> int:
        return sum(place == where for place in self._where.values())

    @property
    def state(self) -> str:
        """The least safe place of any answer: typed, sent, disk, server; "" when there is none."""
        return min(self._where.values(), key=RANK.__getitem__, default="")

    def _stop(self) -> None:
        self._pause.stop()
        self._longest.stop()

    def _go(self, question: str) -> None:
        self._revisions[question] = self._revisions.get(question, 0) + 1
        self._where[question] = "sent"
        value, files = self._values.get(question, ""), self._files.get(question)
        self._send(m.SetAnswer(question, self._revisions[question], value, None if files is None else list(files)))


def fits(question: Mapping[str, Any], value: Value) -> bool:
    """Only an answer of this question's own form is taken: text, or choices that it really has."""
    ids = {str(choice["id"]) for choice in question.get("choices") or []}
    if not ids:
        return isinstance(value, str) and question["kind"] != "description" and bool(question.get("text", True))
    return isinstance(value, list) and set(value) <= ids and (len(value) <= 1 or not question.get("single"))


def _apart(value: Any) -> tuple[Value, list[m.AttachedFile] | None]:
    """Text or choices, and the files of an answer that names some."""
    if not isinstance(value, dict):
        return value, None
    return value.get("text", ""), [m.AttachedFile(**file) for file in value.get("files") or []]
