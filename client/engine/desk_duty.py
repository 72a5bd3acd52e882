"""What the engine hears of the computer during the exam, brought to the rules of ``client.verify.desk``."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any, Protocol

from client.capture.source import CAMERA, Frame
from client.engine.moments import frames_of
from client.exam import Value, text_of
from client.system.front import Front
from client.verify.desk import DeskWatcher
from client.verify.own_text import OwnText
from client.verify.rules import Finding

HINTS_EVERY_MS = 4000  # some milliseconds of work; a program that is started is told within five seconds
CATCHING_UP_MS = 3000  # the window repeats what it holds as soon as a new recorder runs
Seal = Callable[[Mapping[str, Any], int], None]


class Time(Protocol):
    """The session's clock."""

    def now_ms(self) -> int: ...


class DeskDuty:
    """From the paper's opening to the end. Methods may be called from any thread and return at once, ``second``
    within milliseconds."""

    def __init__(
        self,
        clock: Time,
        seal: Seal,
        off: Sequence[str],
        hints: Callable[[], Mapping[str, tuple[str, str]]],
        latest: Callable[[str], Frame | None] = lambda _stream: None,
        restarted: bool = False,
    ) -> None:
        """``seal`` takes a finding's content and its time; ``off`` names rules that stay off; ``latest``: the newest
        picture of a stream. ``restarted``: the recorder was gone, and the window went on without it."""
        self._clock, self._seal, self._hints, self._latest = clock, seal, hints, latest
        self._watcher, self._texts = DeskWatcher(off=off), OwnText()
        self._hinted_ms = -HINTS_EVERY_MS
        self._caught_up_ms = clock.now_ms() + CATCHING_UP_MS if restarted else 0
        self._ended = self._resting = False

    def rest(self, on: bool) -> None:
        """On: a break. Which windows are in front and what is copied is nobody's matter then; screens, cameras and
        hints, which outlast it, are told all the same."""
        self._resting = on

    def restored(self, given: Mapping[str, tuple[int, Value]]) -> None:
        """The answers that are there already: {question: (revision, value)}."""
        for question, (_, value) in given.items():
            text = text_of(value)
            if text is not None:
                self._texts.restored(question, text)

    def second(self, front: Front) -> None:
        """Once a second, from one thread."""
        now = self._clock.now_ms()
        ours = True if self._resting else front.ours
        self._tell(self._watcher.front(front.app, front.title, ours, now))
        if now - self._hinted_ms >= HINTS_EVERY_MS and not self._ended:
            self._hinted_ms = now
            self._tell(self._watcher.hints(self._hints(), now))

    def noticed(self, name: str, data: Mapping[str, Any]) -> None:
        """An event of the capture, as the ledger gets it."""
        now = self._clock.now_ms()
        if name == "screens":
            self._tell(self._watcher.screens(int(data.get("count", 0)), list(data.get("added", [])), now))
        elif name == "devices" and data.get("stream") == CAMERA:
            said = (str(data.get("name", "")), str(data.get("origin", "")), data.get("replaced") is True)
            self._tell(self._watcher.camera(*said, now))

    def answered(self, question: str, value: Value) -> None:
        """A new revision is on the disk, told of from one thread. How many letters came in is all that is sealed."""
        now, text = self._clock.now_ms(), text_of(value)
        put_in = None if text is None else self._texts.put_in(question, text)
        if now >= self._caught_up_ms:  # before, it is what was written while nobody looked: all of it comes at once
            self._tell(self._watcher.answer(question, put_in, now))

    def clipboard(self, letters: int) -> None:
        """Something with so many letters was put into the clipboard."""
        if not self._resting:
            self._tell(self._watcher.clipboard(letters, self._clock.now_ms()))

    def finish(self) -> None:
        """The exam's end is about to be written."""
        self._ended = True
        for finding in self._watcher.finish():
            self._seal(asdict(finding), finding.to_ms)

    def _tell(self, findings: list[Finding]) -> None:
        for finding in findings if not self._ended else []:
            shown = replace(finding, pictures=frames_of(finding, self._latest))
            self._seal(asdict(shown), finding.to_ms)
