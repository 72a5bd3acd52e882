"""The window's end of the pipe: owns the recorder process, turns its messages into Qt signals.

The window holds what a recorder that died needs to go on: the session key's copy, every answer with its revision,
the files that are being copied, the marks, the language, which pictures are wanted. A new recorder gets the key first,
then everything else again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from client import messages as m
from client.clock import SessionClock
from client.ui.recorder_pipe import RecorderPipe

RESTART_MS = (200, 500, 1000, 1500)  # the promise is 2 s; a recorder that dies at once is not started in a tight loop
FAILING_AFTER = 4  # deaths within FAILING_MS: the person is told that a restart does not help
FAILING_MS = 30_000
QUIT_SECONDS = 3.0


class RecorderBridge(QObject):
    """One signal per message type, each with the message as its argument."""

    ready = Signal(object)
    problem = Signal(object)
    signed_in = Signal(object)
    exams = Signal(object)
    state_changed = Signal(object)
    check_view = Signal(object)
    level = Signal(object)
    preview = Signal(object)
    identity_view = Signal(object)
    paper_view = Signal(object)
    answer_saved = Signal(object)
    file_attached = Signal(object)
    file_refused = Signal(object)
    files_view = Signal(object)
    clock_view = Signal(object)
    recording_view = Signal(object)
    network_view = Signal(object)
    notice = Signal(object)
    hand_in_view = Signal(object)
    receipt_view = Signal(object)
    lost_view = Signal(object)
    saving_view = Signal(object)
    unsent_view = Signal(object)
    update_view = Signal(object)
    break_view = Signal(object)

    interrupted = Signal(bool)  # the recorder is gone and being restarted; True: it keeps failing
    restored = Signal(bool)  # a new recorder runs; True: it got the session's key

    _arrived = Signal(object, object)
    _died = Signal(object)

    def __init__(self, argv: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._argv = list(argv)
        self._pipe: RecorderPipe | None = None
        self._key: m.SessionKeyCopy | None = None
        self._answers: dict[str, m.SetAnswer] = {}
        self._coming: dict[str, m.AttachFile] = {}
        self._marks: dict[str, m.MarkQuestion] = {}
        self._wanted: dict[str, m.WantPreview] = {}
        self._language: m.SetLanguage | None = None
        self._metered: m.UseMeteredLine | None = None
        self._shown: m.ShowQuestion | None = None
        self._deaths: deque[int] = deque(maxlen=FAILING_AFTER)
        self._clock = SessionClock()
        self._quitting = False
        self._signals: dict[type[Any], Callable[[Any], None]] = {
            m.Ready: self._on_ready, m.Problem: self.problem.emit, m.SignedIn: self.signed_in.emit,
            m.Exams: self.exams.emit, m.StateChanged: self.state_changed.emit, m.CheckView: self.check_view.emit,
            m.Level: self.level.emit, m.Preview: self.preview.emit, m.IdentityView: self.identity_view.emit,
            m.PaperView: self.paper_view.emit, m.AnswerSaved: self.answer_saved.emit,
            m.FileAttached: self._on_file_attached, m.FileRefused: self._on_file_refused,
            m.FilesView: self.files_view.emit,
            m.ClockView: self.clock_view.emit, m.RecordingView: self.recording_view.emit,
            m.NetworkView: self.network_view.emit, m.Notice: self.notice.emit,
            m.HandInView: self.hand_in_view.emit, m.ReceiptView: self._on_receipt,
            m.SessionKeyCopy: self._keep_key, m.LostView: self.lost_view.emit,
            m.SavingView: self.saving_view.emit, m.UnsentView: self.unsent_view.emit,
            m.UpdateView: self.update_view.emit,
            m.BreakView: self.break_view.emit,
        }  # fmt: skip
        self._arrived.connect(self._on_arrived)
        self._died.connect(self._on_died)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.start)

    @property
    def running(self) -> bool:
        return self._pipe is not None

    @property
    def has_session(self) -> bool:
        return self._key is not None

    @Slot()
    def start(self) -> None:
        """Start a recorder; after a death it gets the session's key before anything else."""
        if self._pipe is not None or self._quitting:
            return
        try:
            self._pipe = RecorderPipe(self._argv, self._arrived.emit, self._died.emit)
        except OSError:
            self._on_died(None)
            return
        if self._key is not None:
            self._pipe.send(m.RestoreSession(self._key.session, self._key.secret))
        for message in self._to_repeat():
            self._pipe.send(message)
        if self._deaths:
            self.restored.emit(self._key is not None)

    def send(self, message: m.Message) -> None:
        """Hand a message to the recorder. Answers and marks are kept and repeated; nothing blocks."""
        match message:
            case m.SetAnswer():
                self._answers[message.question] = message
            case m.AttachFile():
                self._coming[message.file] = message
            case m.MarkQuestion():
                self._marks[message.question] = message
            case m.WantPreview(on=True):
                self._wanted[message.source] = message
            case m.WantPreview():
                self._wanted.pop(message.source, None)
            case m.SetLanguage():
                self._language = message
            case m.UseMeteredLine():
                self._metered = message
            case m.ShowQuestion():
                self._shown = message
            case m.SignOut():
                self.forget_session()
            case _:
                pass
        if self._pipe is not None:
            self._pipe.send(message)

    def forget_session(self) -> None:
        """After the receipt or sign-out nothing of the session stays in memory."""
        self._key, self._shown = None, None
        self._answers.clear()
        self._coming.clear()
        self._marks.clear()

    def quit(self) -> None:
        """Ask the recorder to seal and end. It may go on uploading by itself; it is never killed."""
        self._quitting = True
        self._timer.stop()
        if self._pipe is not None:
            self._pipe.close(QUIT_SECONDS)
            self._pipe = None

    def _to_repeat(self) -> list[m.Message]:
        first: list[m.Message] = [message for message in (self._language, self._metered) if message]
        last: list[m.Message] = [self._shown] if self._shown else []
        if self._key is None:
            return [*first, *self._wanted.values()]
        answers: list[m.Message] = [*self._answers.values(), *self._coming.values(), *self._marks.values()]
        return [*first, *answers, *self._wanted.values(), *last]

    @Slot(object, object)
    def _on_arrived(self, pipe: RecorderPipe, message: m.Message | None) -> None:
        if pipe is not self._pipe:
            return  # the last words of a recorder that was replaced
        if message is None:
            for picture in pipe.newest_previews():
                self.preview.emit(picture)
            return
        handler = self._signals.get(type(message))
        if handler is not None:
            handler(message)

    @Slot(object)
    def _on_died(self, pipe: RecorderPipe | None) -> None:
        if self._quitting or pipe is not self._pipe:
            return
        if self._pipe is not None:
            self._pipe.abandon()
            self._pipe = None
        now = self._clock.now_ms()
        self._deaths.append(now)
        recent = [t for t in self._deaths if now - t < FAILING_MS]
        self.interrupted.emit(len(recent) >= FAILING_AFTER)
        self._timer.start(RESTART_MS[min(len(recent) - 1, len(RESTART_MS) - 1)])

    def _on_ready(self, message: m.Ready) -> None:
        self.ready.emit(message)

    def _keep_key(self, message: m.SessionKeyCopy) -> None:
        if self._key is not None and self._key.session != message.session:
            self.forget_session()
        self._key = message

    def _on_file_attached(self, message: m.FileAttached) -> None:
        self._coming.pop(message.file.id, None)
        self.file_attached.emit(message)

    def _on_file_refused(self, message: m.FileRefused) -> None:
        self._coming.pop(message.file, None)
        self.file_refused.emit(message)

    def _on_receipt(self, message: m.ReceiptView) -> None:
        self.forget_session()
        self.receipt_view.emit(message)
