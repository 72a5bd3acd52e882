"""One thread per source: keeps the device open, watches it, records it when told to.

A device that fails never stops another one. Whatever goes wrong in it becomes the state LOST with a
problem, is tried again, and leaves a gap that says how long nothing was recorded and why.
"""

from __future__ import annotations

import logging
import threading
from abc import ABC, abstractmethod
from typing import Generic, Protocol, TypeVar

from client.capture.cutter import SegmentCutter
from client.capture.settings import CaptureSettings
from client.capture.source import Next, SegmentSink, SourceState
from client.clock import Clock
from client.errors import CaptureError, ScreenMissing, ScreenRemoved, SenimError

_log = logging.getLogger(__name__)
_BEGIN_SLACK_MS = 1000  # a running source needs a moment for its first packet; that is no gap
_END_SLACK_MS = 250  # sound comes in blocks, late ones are not waited for


class Opens(Protocol):
    """The part of a source that lanes of all kinds use."""

    stream: str

    def start(self) -> None: ...

    def stop(self) -> None: ...


_Source = TypeVar("_Source", bound=Opens)


class Lane(ABC, threading.Thread, Generic[_Source]):
    """What sound and pictures have in common. Public methods may be called from any thread."""

    def __init__(self, source: _Source, clock: Clock, settings: CaptureSettings, sink: SegmentSink) -> None:
        super().__init__(name=f"capture-{source.stream}", daemon=True)
        self.stream = source.stream
        self.state = SourceState.OPENING
        self.problem: SenimError | None = None
        self.absent = False
        """The device is not part of the computer (any more), which is nobody's failure: an unplugged screen."""
        self.source = source
        self._clock, self._settings, self._sink = clock, settings, sink
        self._wake = threading.Event()
        self._closing = False
        self._replacement: _Source | None = None
        self._begin: tuple[Next, int | None, int] | None = None
        self._until_ms: int | None = None
        self._finished = threading.Event()
        self._recording = False
        self._cutter: SegmentCutter | None = None
        self._covered_ms = 0  # recorded up to here; what comes later than this is a gap
        self._cause = "opening"
        self._reason = "start"
        self._owes_back = False  # the ledger was told of a loss and not of its end

    # ---- orders -----------------------------------------------------------------------------

    def begin(self, following: Next, since_ms: int | None = None) -> None:
        """Record from now on. ``since_ms``: when the recording of the others began, and this device was not there."""
        self._finished.clear()
        self._begin = following, since_ms, self._clock.now_ms()
        self._wake.set()

    def finish(self, until_ms: int) -> None:
        """End the recording at ``until_ms``; ``wait_finished`` tells when that is done."""
        self._until_ms = until_ms
        self._wake.set()

    def wait_finished(self, seconds: float) -> int | None:
        """Where the recording ended in session ms; None if it did not end in time."""
        return self._covered_ms if self._finished.wait(seconds) else None

    def replace(self, source: _Source) -> None:
        """Go on with another device of the same stream."""
        self._replacement = source
        self._wake.set()

    def close(self) -> None:
        """Release the device and end the thread (``join`` it)."""
        self._closing = True
        self._wake.set()

    # ---- the thread -------------------------------------------------------------------------

    def run(self) -> None:
        while not self._closing:
            try:
                self.source.start()
                self._opened()
                while not self._closing and self._replacement is None:
                    self._obey()
                    self._step()
            except ScreenRemoved:
                self._depart()
            except CaptureError as problem:
                self._lose(problem)
            except Exception as error:  # noqa: BLE001 - a library's surprise is the loss of this source alone
                _log.exception("%s failed", self.stream)
                self._lose(CaptureError(f"{type(error).__name__}: {error}"))
            self.source.stop()
            self._pause()
        self._obey()
        self._end_part(self._seen_until_ms())
        self._announce(SourceState.STOPPED, None)

    def _pause(self) -> None:
        if self._replacement is not None:
            self.source, self._replacement = self._replacement, None
            self._leave("device")
            self._announce(SourceState.OPENING, None)
            return
        again_ns = self._clock.now_ns() + round(self._settings.retry_s * 1e9)
        while not self._closing and self._replacement is None:
            self._obey()
            left = (again_ns - self._clock.now_ns()) / 1e9
            if left <= 0:
                return
            self._wake.wait(min(left, 0.25))
            self._wake.clear()

    def _obey(self) -> None:
        if self._begin is not None:
            (following, since_ms, ordered_ms), self._begin = self._begin, None
            self._cutter = SegmentCutter(self.stream, self._sink, self._settings.segment_s, following)
            self._recording = True
            self._covered_ms = ordered_ms if since_ms is None else since_ms
            self._reason = "start" if following.fresh else "resumed"
            self._cause = "opening" if since_ms is None and not self.absent else ScreenMissing.code
            if self.problem is not None:
                self._tell_loss(self.problem)
            self._begun(self._cutter)
        if self._until_ms is not None and self._ready_to_end(self._until_ms):
            until_ms, self._until_ms = self._until_ms, None
            if self._recording:
                self._end_part(until_ms)
                if until_ms - self._covered_ms > _END_SLACK_MS:
                    self._sink.gap(self.stream, self._covered_ms, until_ms, self._cause)
            self._recording = False
            self._finished.set()

    def _lose(self, problem: CaptureError) -> None:
        if self.state is not SourceState.LOST and self._recording:
            self._end_part(self._seen_until_ms())
            self._tell_loss(problem)
        self.absent = False
        self._announce(SourceState.LOST, problem)

    def _depart(self) -> None:
        """The device was taken away on purpose: no loss to be mended, but not recorded until it is back."""
        if self._recording and not self.absent:
            self._end_part(self._seen_until_ms())
            self._cause, self._reason = ScreenMissing.code, "source-back"
        self.absent = True
        self._announce(SourceState.STOPPED, None)

    def _tell_loss(self, problem: SenimError) -> None:
        self._owes_back = True
        self._sink.event("source-lost", {"stream": self.stream, "code": problem.code})
        self._cause, self._reason = problem.code, "source-back"

    def _leave(self, reason: str) -> None:
        """End the part on purpose; the next one says ``reason``."""
        if self._recording:
            self._end_part(None)
        self._cause = self._reason = reason

    def _running(self) -> None:
        """The source delivered."""
        if self.state is SourceState.RUNNING:
            return
        self.absent = False
        self._announce(SourceState.RUNNING, None)
        if self._owes_back and self._recording:
            self._sink.event("source-back", {"stream": self.stream})
        self._owes_back = False

    def _part_begins(self, origin_ms: int) -> None:
        """To be called with each part's origin: tells of the gap before it."""
        slack = _BEGIN_SLACK_MS if self._reason in {"start", "resumed"} and self._cause == "opening" else 0
        if origin_ms - self._covered_ms > slack:
            self._sink.gap(self.stream, self._covered_ms, origin_ms, self._cause)
        self._cause, self._reason = "opening", "start"

    def _end_part(self, end_ms: int | None) -> None:
        self._end_track(end_ms)
        if self._cutter is not None and self._cutter.end_ms is not None:
            self._covered_ms = max(self._covered_ms, self._cutter.end_ms)

    def _announce(self, state: SourceState, problem: SenimError | None) -> None:
        before = (self.state, self.problem and self.problem.code)
        self.state, self.problem = state, problem
        if before != (state, problem and problem.code):
            self._sink.state(self.stream, state, problem)

    # ---- what sound and pictures do differently ---------------------------------------------

    def _seen_until_ms(self) -> int | None:
        """Up to when the device is known to have brought nothing new; None: up to the end of its last reading."""
        return None

    @abstractmethod
    def _opened(self) -> None:
        """The device has just been started."""

    @abstractmethod
    def _begun(self, cutter: SegmentCutter) -> None:
        """Recording begins; segments go through ``cutter``."""

    @abstractmethod
    def _step(self) -> None:
        """Read once, at most 0.25 s; call ``_running`` for a reading and record it if recording."""

    @abstractmethod
    def _ready_to_end(self, until_ms: int) -> bool:
        """False while what happened before ``until_ms`` may still be on its way."""

    @abstractmethod
    def _end_track(self, end_ms: int | None) -> None:
        """End the part, if one is open: at ``end_ms`` or where the last reading ends."""
