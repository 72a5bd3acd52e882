"""The real program with a student inside: ``python window_of_tests.py PLAN ARGUMENTS...``.

Everything is as ``client.main`` starts it: window, web page, recorder as a child of its own. Only the student is made:
ten times a second they look at the page and do what it asks, by its controls. ``PLAN`` is JSON: login, password,
exam, the answer to type ("" for none), the file whose coming tells them to hand in, and ``stick``: where to save what
cannot be delivered ("" for a student with a network). What they see goes to standard output, one JSON line each; with
``SENIM_PICTURES`` set to a folder, a picture of each page as well.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QShowEvent

from client import main
from client.ui import app
from client.ui.window import MainWindow

LOOK_MS = 100


class Student(QObject):
    def __init__(self, window: MainWindow, plan: dict[str, Any]) -> None:
        super().__init__(window)
        self.window, self.plan = window, plan
        self._told: set[str] = set()
        self._pages: dict[str, Callable[[], None]] = {
            "sign_in": self._sign_in, "exams": self._choose, "consent": self._consent, "check": self._go_on,
            "identity": self._identity, "exam": self._exam, "handin": self._hand_in, "receipt": self._receipt,
        }  # fmt: skip
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(LOOK_MS)

    def tell(self, what: str, **seen: Any) -> None:
        if what not in self._told:
            self._told.add(what)
            if folder := os.environ.get("SENIM_PICTURES"):
                self.window.grab().save(str(Path(folder) / f"{len(self._told):02}-{what}.png"))
            sys.stdout.write(json.dumps({"saw": what, **seen}) + "\n")
            sys.stdout.flush()

    def _look(self) -> None:
        page = self.window.page
        self.tell(page)
        if page in self._pages:
            self._pages[page]()

    def _sign_in(self) -> None:
        page = self.window.sign_in
        if self.plan["stick"]:
            for card in page.earlier.cards.values():
                self.tell("earlier", can_go_on=card.item.can_go_on)
                card.go_on.click()
            return
        if self.window.bridge.running and not page._busy:
            page.login.setText(self.plan["login"])
            page.password.setText(self.plan["password"])
            page.main.click()

    def _choose(self) -> None:
        for card in self.window.exams.cards:
            if card.item.title == self.plan["exam"]:
                card.radio.setChecked(True)
                self.window.exams.main.click()

    def _consent(self) -> None:
        self.window.consent.agree.setChecked(True)
        self._go_on()

    def _go_on(self) -> None:
        main_button = self.window.pages[self.window.page].main  # the exam page goes its own way
        if main_button.isEnabled():
            main_button.click()

    def _identity(self) -> None:
        if self.window.state == "identifying":
            self.window.identity.cannot.click()
        else:
            self._go_on()

    def _exam(self) -> None:
        exam = self.window.exam
        question = next(q["id"] for q in exam._questions if not q["choices"] and q["kind"] != "description")
        self.tell("paper", held=exam.book.value(question))
        if self.plan["answer"]:
            if exam.book.value(question) != self.plan["answer"]:
                exam.question.channel.answer(question, json.dumps(self.plan["answer"]))
            elif exam.book.state == "server":
                self.tell("delivered")
        safe = ("disk", "server") if self.plan["stick"] else ("server",)
        if Path(self.plan["hand_in"]).exists() and exam.book.state in safe:
            exam.ask_hand_in()
            if exam._dialog is not None:
                exam._dialog.go.click()

    def _hand_in(self) -> None:
        page = self.window.handin
        if not self.plan["stick"] or not page.saver.save.isVisible():
            return
        if "sealed" not in self._told:
            self.tell("sealed", code=page.code.text())
            page.saver.save_to(self.plan["stick"])
        elif page.saver.save.isEnabled():
            self.tell("saved", words=page.saver.told.text())

    def _receipt(self) -> None:
        self.tell("code", code=self.window.receipt.code.text())
        self.window.close()


class DrivenWindow(MainWindow):
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.findChildren(Student):
            Student(self, json.loads(sys.argv[1]))


if __name__ == "__main__":
    vars(app)["MainWindow"] = DrivenWindow  # the student sits in the real window
    raise SystemExit(main.main(sys.argv[2:]))
