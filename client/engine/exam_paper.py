"""The paper and the student's answers: asked for, shown, kept."""

from __future__ import annotations

import logging
from dataclasses import asdict
from typing import Any

from client import messages as m
from client.engine.breaks import Breaks
from client.engine.hub import Hub
from client.engine.sitting import Sitting
from client.engine.views import Views
from client.errors import SenimError
from client.exam import Paper, Taken, Value
from client.plain_text import whole
from client.session import SessionEvent, SessionState
from client.spool.table import AnswerState
from client.upload.transport import NetworkDown, Refused, Status

_log = logging.getLogger(__name__)
_E, _S = SessionEvent, SessionState

AGAIN_SECONDS = 0.4
# The first segments of all streams are there after some eight seconds; a thin line needs longer.
PATIENCE_SECONDS = 60.0
LOST_AFTER_SECONDS = 1.0


class ExamPaper:
    def __init__(self, hub: Hub, views: Views, breaks: Breaks) -> None:
        self._hub, self._views, self._breaks, self._asking = hub, views, breaks, False

    def forget(self) -> None:
        """Another sitting begins."""
        self._asking = False

    def open(self, _message: m.OpenPaper) -> None:
        if self._hub.may(_E.PAPER_SHOWN) and not self._asking:
            self._asking = True
            self._ask(self._hub.clock.now_ms() + round(PATIENCE_SECONDS * 1000))

    def _ask(self, until_ms: int) -> None:
        sitting, transport = self._hub.open_sitting(), self._hub.transport
        if sitting.recording.uploader is not None:
            sitting.recording.uploader.hurry()

        def call() -> tuple[dict[str, Any], Status]:
            session = sitting.spool.note.session
            return transport.paper(session), transport.status(session)

        self._hub.calls.ask(call, self._came, lambda error: self._none(error, until_ms))

    def _none(self, error: SenimError, until_ms: int) -> None:
        sitting = self._hub.sitting
        if sitting is None or not self._hub.may(_E.PAPER_SHOWN):
            self._asking = False
            return
        not_ready = isinstance(error, Refused) and error.word == "paper_not_ready"
        if not_ready and self._hub.clock.now_ms() < until_ms:
            self._hub.inbox.later(AGAIN_SECONDS, lambda: self._ask(until_ms))
            return
        self._asking = False
        if isinstance(error, NetworkDown) and sitting.paper is not None:
            self._open_paper(sitting, sitting.paper)  # it was released before; the exam does not wait for the network
            return
        self._hub.problem(error, "OpenPaper")

    def _came(self, answer: tuple[dict[str, Any], Status]) -> None:
        self._asking = False
        if not self._hub.may(_E.PAPER_SHOWN):
            return
        sitting = self._hub.open_sitting()
        body, status = answer
        sitting.exam_clock.learn(status.ends)
        try:
            paper = Paper.from_json(body)
        except SenimError as error:
            self._hub.problem(error, "OpenPaper")
            return
        self._open_paper(sitting, paper)
        self._breaks.learn(status.breaks)

    def _open_paper(self, sitting: Sitting, paper: Paper) -> None:
        sitting.open_paper(paper)
        sitting.spool.update(ends=sitting.exam_clock.ends)
        self._hub.move(_E.PAPER_SHOWN)
        self.show(sitting, paper)

    def show(self, sitting: Sitting, paper: Paper) -> None:
        """With the answers given so far, at the question the student was at."""
        view = m.PaperView(
            paper.title,
            paper.questions,
            sitting.answers.view(),
            sorted(sitting.answers.marked),
            paper.pictures,
            sitting.last_question,
        )
        self._hub.send(view)
        for row in sitting.spool.table.answers(AnswerState.SERVER):
            self._hub.send(m.AnswerSaved(row.question, row.revision, "server"))
        self._hub.inbox.later(LOST_AFTER_SECONDS, self._views.lost)
        self._views.tick(force=True)

    def set_answer(self, message: m.SetAnswer) -> None:
        sitting = self._hub.sitting
        if sitting is None or self._hub.state is not _S.SITTING:
            late = sitting is not None and message.revision > sitting.answers.given.get(message.question, (0, ""))[0]
            if late and self._hub.state in (_S.HANDING_IN, _S.SEALED_OFFLINE, _S.DELIVERED):
                self._hub.problem("time_over", "SetAnswer")
            return
        try:
            taken = sitting.answer(message.question, message.revision, _value(message))
        except (OSError, SenimError) as error:
            _log.exception("an answer could not be kept")
            sitting.answers.given.pop(message.question, None)
            self._hub.problem("disk_full", "SetAnswer", detail=repr(error)[:80])
            return
        if taken is not Taken.STALE:
            self._hub.send(m.AnswerSaved(message.question, message.revision, "disk"))
        if sitting.recording.uploader is not None:
            sitting.recording.uploader.poke()

    def mark(self, message: m.MarkQuestion) -> None:
        if self._hub.state is _S.SITTING:
            self._hub.open_sitting().mark(message.question, message.marked)

    def show_question(self, message: m.ShowQuestion) -> None:
        if self._hub.sitting is not None:
            self._hub.sitting.show(message.question)


def _value(message: m.SetAnswer) -> Value:
    value = whole(message.value) if isinstance(message.value, str) else message.value
    if message.files is None:
        return value
    text = value if isinstance(value, str) else ""
    return {"text": text, "files": [asdict(file) for file in message.files]}
