"""From a sitting's threads to the engine's: each thing told becomes a job in the inbox, or a message."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from client import messages as m
from client.capture.source import SourceState
from client.engine.inbox import Inbox
from client.errors import SenimError
from client.upload.transport import Status


class Heard(Protocol):
    """What the engine does about it, in its own thread."""

    def on_checked(self, view: m.CheckView) -> None: ...
    def on_decided(self, outcome: str, content: Mapping[str, Any], at_ms: int) -> None: ...
    def on_source(self, stream: str, state: SourceState, problem: SenimError | None) -> None: ...
    def on_noticed(self, name: str, data: Mapping[str, Any]) -> None: ...
    def on_note(self, code: str) -> None: ...
    def on_disk(self, word: str, free_bytes: int) -> None: ...
    def on_dropped(self, stream: str, seconds: float) -> None: ...
    def on_trouble(self, word: str, error: Exception) -> None: ...
    def on_network(self, state: str) -> None: ...
    def on_status(self, status: Status, asked_ms: int, answered_ms: int) -> None: ...
    def on_delivered(self, receipt: str) -> None: ...
    def on_refused(self, word: str) -> None: ...


class Relay:
    """Keeps ``client.engine.sitting.SittingEvents``. ``finding`` seals at once, in the judge's own thread:
    the last findings of an exam must stand before its ``end``."""

    def __init__(
        self,
        inbox: Inbox,
        send: Callable[[m.Message], None],
        heard: Heard,
        finding: Callable[[Mapping[str, Any], int], None],
    ) -> None:
        self._inbox, self._send, self._heard, self._finding = inbox, send, heard, finding

    # capture
    def source(self, stream: str, state: SourceState, problem: SenimError | None) -> None:
        self._inbox.put(lambda: self._heard.on_source(stream, state, problem))

    def noticed(self, name: str, data: Mapping[str, Any]) -> None:
        self._inbox.put(lambda: self._heard.on_noticed(name, data))

    def level(self, value: float) -> None:
        self._send(m.Level(round(value, 3)))

    # check and judge
    def check_view(self, view: m.CheckView) -> None:
        self._inbox.put(lambda: self._heard.on_checked(view))  # first: what the student does about it comes after
        self._send(view)

    def identity(self, view: m.IdentityView) -> None:
        self._send(view)

    def preview(self, picture: m.Preview) -> None:
        self._send(picture)

    def decided(self, outcome: str, content: Mapping[str, Any], at_ms: int) -> None:
        self._inbox.put(lambda: self._heard.on_decided(outcome, content, at_ms))

    def found(self, finding: Mapping[str, Any], at_ms: int) -> None:
        self._finding(finding, at_ms)

    def note(self, code: str) -> None:
        self._inbox.put(lambda: self._heard.on_note(code))

    def unavailable(self) -> None:
        self._inbox.put(lambda: self._heard.on_trouble("identity_unavailable", SenimError("the models do not load")))

    # disk
    def disk(self, word: str, free_bytes: int) -> None:
        self._inbox.put(lambda: self._heard.on_disk(word, free_bytes))

    def segment_dropped(self, stream: str, seconds: float) -> None:
        self._inbox.put(lambda: self._heard.on_dropped(stream, seconds))

    def refused_line(self, error: Exception) -> None:
        self._inbox.put(lambda: self._heard.on_trouble("", error))

    def failed(self, error: Exception) -> None:
        self._inbox.put(lambda: self._heard.on_trouble("spool_damaged", error))

    # delivery
    def network(self, state: str) -> None:
        self._inbox.put(lambda: self._heard.on_network(state))

    def status(self, status: Status, asked_ms: int, answered_ms: int) -> None:
        self._inbox.put(lambda: self._heard.on_status(status, asked_ms, answered_ms))

    def answer_held(self, question: str, revision: int) -> None:
        self._send(m.AnswerSaved(question, revision, "server"))

    def sent(self, count: int) -> None:
        """The table's weights tell the progress; nothing to do for a single segment."""

    def delivered(self, receipt: str) -> None:
        self._inbox.put(lambda: self._heard.on_delivered(receipt))

    def refused(self, word: str) -> None:
        self._inbox.put(lambda: self._heard.on_refused(word))
