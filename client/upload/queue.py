"""The loop that brings a session to the institution: a view of the spool, nothing of its own in memory.

Ledger lines go first (they are tiny and fix the history early), then answers, then segments, oldest first.
Everything may be repeated; nothing is forgotten; a dead network costs patience and nothing else.
"""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import threading
from collections.abc import Callable

from client.clock import Clock
from client.errors import SenimError
from client.spool.folder import SessionSpool
from client.spool.note import Stage
from client.spool.table import AnswerState, LostRace, SegmentRow, SegmentState
from client.spool.vault import VaultClosed
from client.upload.backoff import Backoff, pause_after
from client.upload.closing import check_closing, hold_files, send_again
from client.upload.history import History
from client.upload.listener import UploadListener
from client.upload.network_state import NetworkState
from client.upload.rate import Rate
from client.upload.transport import NetworkDown, Refused, Status, Transport, word_of
from evidence.signing import VerifyingKey

_log = logging.getLogger(__name__)

STATUS_EVERY_MS = 5000
# A segment that waits longer than this means the line is too thin at the moment.
SLOW_AFTER_MS = 30_000
# Asking again about something only a person can cure (signed out, taken over).
STUCK_SECONDS = 15.0
# Between two tries to deliver files over the institution's limit, or damaged here: each brings more than a megabyte in
# vain, and a person has to raise it.
LIMIT_SECONDS = 60.0

_OVER_LIMIT = "files_too_large"
_DAMAGED = "spool_damaged"
# What the server will say to one answer for ever; its ``events`` line in the recording still holds it.
_ANSWER_NEVER = frozenset({"time_over", "already_handed_in", "unknown_question", "bad_request"})
# The same of a segment: it stays here and is not sent again, files over the limit not before the end.
_SEGMENT_NEVER = frozenset({"segment_conflict", "segment_too_large", "segment_digest", "unknown_stream", _OVER_LIMIT})
# Answers of the server that mean: another computer has this session now, or the histories differ.
TAKEN_OVER = frozenset({"in_use_elsewhere", "ledger_conflict", "ledger_signature"})


class Uploader:
    """``lines`` gives the ledger's lines so far. ``held_n``: the last line the server is known to hold."""

    def __init__(
        self,
        transport: Transport,
        spool: SessionSpool,
        clock: Clock,
        server_key: VerifyingKey,
        listener: UploadListener,
        *,
        lines: Callable[[], list[str]],
        held_n: int = -1,
        backoff: Backoff | None = None,
    ) -> None:
        self._transport, self._spool, self._clock = transport, spool, clock
        self._server_key, self._listener = server_key, listener
        self._backoff = backoff or Backoff()
        self._history = History(transport, spool, clock, server_key, lines, held_n)
        self._network = NetworkState(clock, listener.network)
        self._session, self._load = spool.note.session, 0
        self._heard_ms, self._asked_ms, self._rate = -(10**9), 0, Rate()
        self._sent = 0
        self._told: set[str] = set()
        self._barred_ms: dict[str, int] = {}
        self._wake, self._stopping = threading.Event(), threading.Event()
        self._hurry, self._holding = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="uploader", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def poke(self) -> None:
        """There is something new to send (does not cut a wait after a failure short)."""
        self._wake.set()

    def hurry(self) -> None:
        """Send lines without waiting for company: a person is waiting (hand-in, paper)."""
        self._hurry.set()
        self._wake.set()

    def look(self) -> None:
        """Tell of a call that gets no answer before it has failed. From any thread, as often as the person looks."""
        self._network.look()

    def tell_again(self) -> None:
        """What the server still refuses is told once more: the person looks at another page now."""
        self._told.clear()

    def stop(self, seconds: float = 3.0) -> None:
        """End after the call under way, at most ``seconds`` later."""
        self._stopping.set()
        self._wake.set()
        if self._thread.is_alive() and self._thread is not threading.current_thread():
            self._thread.join(seconds)

    @property
    def held_n(self) -> int:
        """The last ledger line the server is known to hold."""
        return self._history.held_n

    @property
    def sent_bytes(self) -> int:
        """Of the recording, brought home since this program started."""
        return self._sent

    @property
    def bytes_per_second(self) -> float:
        """Of the last moments, with all rests in it; 0.0 while nothing is known."""
        return self._rate.bytes_per_second(self._clock.now_ms())

    def hold_back(self, on: bool) -> None:
        """The student pays for data: the recording waits here; ledger and answers still go. From any thread."""
        (self._holding.set if on else self._holding.clear)()
        self._wake.set()

    @property
    def holding(self) -> bool:
        """Whether the recording is held back."""
        return self._holding.is_set()

    # -- the loop -----------------------------------------------------------------------

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                wait = self.step()
            except SenimError as error:
                self._stopping.wait(self.after(error))
            except LostRace:
                continue  # the row moved meanwhile (a full disk made room): look again
            except (OSError, sqlite3.Error) as error:
                _log.error("the spool cannot be read: %r", error)
                self._refused("spool_damaged")
                self._stopping.wait(STUCK_SECONDS)
            else:
                if wait is None:
                    return
                self._wake.wait(wait)
                self._wake.clear()

    def step(self) -> float | None:
        """Do one thing; seconds until there may be more, None when all is done. Raises ``SenimError``."""
        with self._network.calling():
            return self._one_thing()

    def _one_thing(self) -> float | None:
        for name, send in (("lines", self._send_lines), ("answers", self._send_answer)):
            self._asked_ms = self._clock.now_ms()
            if self._asked_ms >= self._barred_ms.get(name, 0) and self._unless_taken_over(name, send):
                return 0.0
        self._asked_ms = self._clock.now_ms()
        row = next(iter(self._spool.table.segments(SegmentState.LISTED, limit=1)), None)
        if row is not None and (row.line or 0) <= self._history.held_n and not self._holding.is_set():
            return self._send_segment(row)
        if row is None and self._ready_to_close():
            return self._hand_in()
        if self._clock.now_ms() - self._heard_ms >= STATUS_EVERY_MS:
            self._heard(self._transport.status(self._session))
        return 0.2 if self._hurry.is_set() or self._ended() else 1.0

    def _unless_taken_over(self, name: str, send: Callable[[], bool]) -> bool:
        """Another computer has the session: its lines and answers count now. What the server's ledger already
        lists is still brought home, so that the recording of before is whole."""
        try:
            return send()
        except Refused as error:
            if error.word not in TAKEN_OVER:
                raise
            self._refused(error.word)
            refused_n = error.fields.get("n")
            if isinstance(refused_n, int) and self._history.held_n < refused_n <= len(self._history.lines()):
                self._history.held_n = refused_n - 1  # those before it were the server's own
            self._barred_ms[name] = self._clock.now_ms() + round(STUCK_SECONDS * 1000)
            return False

    def after(self, error: SenimError) -> float:
        """Seconds to wait after ``error``; tells who has to know."""
        if isinstance(error, NetworkDown):
            self._network.is_now("offline")
            return self._backoff.failed()
        if isinstance(error, Refused) and error.passing:
            # It is there and asks for patience; every other number comes from something that stands before it.
            self._network.is_now("slow" if error.status in (429, 503) else "offline")
            return self._backoff.failed(error.retry_after)
        self._backoff.failed()
        self._refused(word_of(error))
        if isinstance(error, Refused) and error.word in ("ledger_broken", "segment_unlisted", "not_ended"):
            # The server's memory differs from what we thought: go on from what it holds.
            head = error.fields.get("head")
            self._history.held_n = int(head["n"]) if isinstance(head, dict) and isinstance(head.get("n"), int) else -1
            return 1.0 if self._backoff.failures < 4 else STUCK_SECONDS
        return STUCK_SECONDS

    def _heard(self, status: Status) -> None:
        self._backoff.succeeded()
        self._heard_ms, self._load = self._clock.now_ms(), status.load
        self._listener.status(status, self._asked_ms, self._heard_ms)
        self._network.is_now("slow" if self._behind() else "online")

    def _behind(self) -> bool:
        if self._holding.is_set():
            return False
        oldest = next(iter(self._spool.table.segments(SegmentState.LISTED, limit=1)), None)
        return oldest is not None and self._clock.now_ms() - int(oldest.fields.get("end", 0)) > SLOW_AFTER_MS

    def _refused(self, word: str) -> None:
        if word not in self._told:
            self._told.add(word)
            self._listener.refused(word)

    # -- lines --------------------------------------------------------------------------

    def _send_lines(self) -> bool:
        ended = self._ended()
        sent = self._history.send(at_once=self._hurry.is_set() or ended, ended=ended)
        if sent is None:
            return False
        if sent.all_held:
            self._hurry.clear()
        self._told.discard("ledger_broken")
        self._heard(sent.status)
        return sent.whole

    # -- answers ------------------------------------------------------------------------

    def _send_answer(self) -> bool:
        try:
            row = next(iter(self._spool.table.answers(AnswerState.DISK)), None)
        except VaultClosed as error:
            self._refused(error.code)
            return False
        if row is None:
            return False
        sent = {name: row.body[name] for name in ("value", "at", "commitment", "salt")}
        try:
            status = self._transport.put_answer(self._session, row.question, {"revision": row.revision, **sent})
        except Refused as error:
            if error.word != "answer_stale" and error.word not in _ANSWER_NEVER:
                raise
            # A newer one is held, or the time is over: this one will never be taken. It stays sealed in the
            # recording's ``events`` stream, where a person finds it.
            if error.word != "answer_stale":
                self._refused(error.word)
            self._spool.table.answer_at_server(row.question, row.revision)
            return True
        self._spool.table.answer_at_server(row.question, row.revision)
        self._listener.answer_held(row.question, row.revision)
        self._heard(status)
        return True

    # -- segments -----------------------------------------------------------------------

    def _send_segment(self, row: SegmentRow) -> float:
        try:
            sealed = self._spool.read_segment(row.stream, row.index)
        except OSError:
            self._spool.table.move(row.stream, row.index, SegmentState.LISTED, SegmentState.REFUSED)
            self._refused(_DAMAGED)
            return 0.0
        began = self._clock.now_ms()
        try:
            self._transport.put_segment(self._session, row.stream, row.index, sealed)
        except Refused as error:
            if error.word not in _SEGMENT_NEVER:
                raise
            if error.word == "segment_digest" and hashlib.sha256(sealed).hexdigest() == row.sha256:
                raise NetworkDown("the segment was changed on its way") from error
            self._spool.table.move(row.stream, row.index, SegmentState.LISTED, SegmentState.REFUSED)
            if error.word == _OVER_LIMIT:
                hold_files(self._spool.table, row.index)
            self._refused(error.word)
            return 0.0
        seconds = max(0.001, (self._clock.now_ms() - began) / 1000)
        self._spool.table.move(row.stream, row.index, SegmentState.LISTED, SegmentState.HELD)
        self._backoff.succeeded()
        self._rate.sent(began, self._clock.now_ms(), row.size)
        self._sent += row.size
        self._listener.sent(row.size)
        return pause_after(self._load, seconds)

    # -- the end ------------------------------------------------------------------------

    def _ended(self) -> bool:
        return self._spool.note.stage is Stage.ENDED

    def _ready_to_close(self) -> bool:
        return self._ended() and self._history.all_held

    def _hand_in(self) -> float | None:
        head = self._history.head
        answers = {row.question: row.revision for row in self._spool.table.answers()}
        done = self._transport.hand_in(self._session, head, answers)
        self._heard(done.status)
        if done.receipt is None:
            again = send_again(self._spool.table, done.missing)
            for word in sorted(again.words):
                self._refused(word)
            for question in done.missing_answers:
                self._spool.table.answer_again(question)
            if again.files and self._told & (
                _SEGMENT_NEVER | {_DAMAGED}
            ):  # else the page of the end is to hear of it soon
                return LIMIT_SECONDS
            return STUCK_SECONDS if again.words or self._told & _ANSWER_NEVER else 0.5
        check_closing(done.receipt, self._session, head, self._server_key)
        self._listener.delivered(done.receipt)
        return None
