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
from typing import Protocol

from client.clock import Clock
from client.errors import SenimError
from client.spool.folder import SessionSpool
from client.spool.note import Stage
from client.spool.table import AnswerState, LostRace, SegmentRow, SegmentState
from client.spool.vault import VaultClosed
from client.upload.backoff import Backoff, pause_after
from client.upload.rate import Rate
from client.upload.transport import NetworkDown, Refused, Status, Transport, word_of
from evidence.receipt import Head, read_receipt
from evidence.signing import SigningError, VerifyingKey, line_digest, payload_of

_log = logging.getLogger(__name__)

LINES_EVERY_MS = 3000
STATUS_EVERY_MS = 5000
LINES_AT_ONCE = 200
LINE_BYTES_AT_ONCE = 192 * 1024
# Head receipts kept in the folder: one a minute shows the history well enough.
RECEIPT_EVERY_MS = 60_000
# A segment that waits longer than this means the line is too thin at the moment.
SLOW_AFTER_MS = 30_000
# As long as a segment lasts: whoever waits longer for an answer is not online in the sense a person means.
SILENT_MS = 4000
# Asking again about something only a person can cure (signed out, taken over).
STUCK_SECONDS = 15.0

# What the server will say to one answer for ever; its ``events`` line in the recording still holds it.
_ANSWER_NEVER = frozenset({"time_over", "already_handed_in", "unknown_question", "bad_request"})
# Answers of the server that mean: another computer has this session now, or the histories differ.
TAKEN_OVER = frozenset({"in_use_elsewhere", "ledger_conflict", "ledger_signature"})


class UploadListener(Protocol):
    """Told from the uploader's thread; must be quick and raise nothing."""

    def network(self, state: str) -> None:
        """``online``, ``offline`` or ``slow``; told when it changes."""
        ...

    def status(self, status: Status, asked_ms: int, answered_ms: int) -> None:
        """What rode on an answer, with the session times around the call."""
        ...

    def answer_held(self, question: str, revision: int) -> None: ...
    def sent(self, count: int) -> None:
        """``count`` bytes of the recording arrived."""
        ...

    def delivered(self, receipt: str) -> None:
        """The closing receipt, verified. The uploader has ended."""
        ...

    def refused(self, word: str) -> None:
        """The server said no in a way that trying again will not cure by itself; told once per word."""
        ...


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
        self._server_key, self._listener, self._lines = server_key, listener, lines
        self._backoff = backoff or Backoff()
        self._held_n, self._session = held_n, spool.note.session
        self._network, self._load = "", 0
        self._calling_ms: int | None = None  # since when the call under way has had no answer
        self._telling = threading.Lock()  # of the network's state: two threads see it
        self._heard_ms = self._lines_ms = self._receipt_ms = -(10**9)
        self._asked_ms, self._rate = 0, Rate()
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
        with self._telling:
            since = self._calling_ms
            if since is not None and self._network != "offline" and self._clock.now_ms() - since > SILENT_MS:
                self._tell("slow")

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
        return self._held_n

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
                self._stopping.wait(self._after(error))
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
        with self._telling:
            self._calling_ms = self._clock.now_ms()
        try:
            return self._one_thing()
        finally:
            with self._telling:
                self._calling_ms = None

    def _one_thing(self) -> float | None:
        for name, send in (("lines", self._send_lines), ("answers", self._send_answer)):
            self._asked_ms = self._clock.now_ms()
            if self._asked_ms >= self._barred_ms.get(name, 0) and self._unless_taken_over(name, send):
                return 0.0
        self._asked_ms = self._clock.now_ms()
        row = next(iter(self._spool.table.segments(SegmentState.LISTED, limit=1)), None)
        if row is not None and (row.line or 0) <= self._held_n and not self._holding.is_set():
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
            if isinstance(refused_n, int) and self._held_n < refused_n <= len(self._lines()):
                self._held_n = refused_n - 1  # those before it were the server's own
            self._barred_ms[name] = self._clock.now_ms() + round(STUCK_SECONDS * 1000)
            return False

    def _after(self, error: SenimError) -> float:
        """Seconds to wait after ``error``; tells who has to know."""
        if isinstance(error, NetworkDown):
            self._tell_network("offline")
            return self._backoff.failed()
        if isinstance(error, Refused) and error.passing:
            # It is there and asks for patience; every other number comes from something that stands before it.
            self._tell_network("slow" if error.status in (429, 503) else "offline")
            return self._backoff.failed(error.retry_after)
        self._backoff.failed()
        self._refused(word_of(error))
        if isinstance(error, Refused) and error.word in ("ledger_broken", "segment_unlisted", "not_ended"):
            # The server's memory differs from what we thought: go on from what it holds.
            head = error.fields.get("head")
            self._held_n = int(head["n"]) if isinstance(head, dict) and isinstance(head.get("n"), int) else -1
            return 1.0 if self._backoff.failures < 4 else STUCK_SECONDS
        return STUCK_SECONDS

    def _heard(self, status: Status) -> None:
        self._backoff.succeeded()
        self._heard_ms, self._load = self._clock.now_ms(), status.load
        self._listener.status(status, self._asked_ms, self._heard_ms)
        self._tell_network("slow" if self._behind() else "online")

    def _behind(self) -> bool:
        if self._holding.is_set():
            return False
        oldest = next(iter(self._spool.table.segments(SegmentState.LISTED, limit=1)), None)
        return oldest is not None and self._clock.now_ms() - int(oldest.fields.get("end", 0)) > SLOW_AFTER_MS

    def _tell_network(self, state: str) -> None:
        with self._telling:
            self._calling_ms = None  # there was an answer, or none will come
            self._tell(state)

    def _tell(self, state: str) -> None:
        if state != self._network:
            self._network = state
            self._listener.network(state)

    def _refused(self, word: str) -> None:
        if word not in self._told:
            self._told.add(word)
            self._listener.refused(word)

    # -- lines --------------------------------------------------------------------------

    def _send_lines(self) -> bool:
        lines = self._lines()
        now = self._clock.now_ms()
        waiting = len(lines) - 1 - self._held_n
        at_once = self._hurry.is_set() or self._ended()
        if waiting <= 0 or not (at_once or now - self._lines_ms >= LINES_EVERY_MS):
            return False
        batch = _some(lines[self._held_n + 1 :])
        try:
            taken = self._transport.post_lines(self._session, batch)
        except Refused as error:
            if error.word != "already_handed_in" or not self._ended():
                raise
            self._held_n = len(lines) - 1  # the receipt was on its way when this program ended: fetch it
            return False
        last = self._held_n + len(batch)
        self._check_receipt(taken.receipt, taken.head, lines)
        self._held_n = min(taken.head.n, len(lines) - 1)
        if self._held_n >= len(lines) - 1:
            self._lines_ms = now
            self._hurry.clear()
        self._told.discard("ledger_broken")
        self._heard(taken.status)
        return self._held_n >= last

    def _check_receipt(self, receipt: str, head: Head, lines: list[str]) -> None:
        """The server's signature over a head that is ours. Raises ``Refused`` when it is another's."""
        try:
            payload = read_receipt(receipt, self._server_key)
        except SigningError as error:
            raise Refused("server_answer", 200, {}) from error
        named = payload["head"]
        ours = head.n < len(lines) and (head.n < 0 or line_digest("ledger", lines[head.n]) == head.digest)
        if payload["session"] != self._session or (named["n"], named["digest"]) != (head.n, head.digest) or not ours:
            raise Refused("ledger_conflict", 409, {})
        if self._clock.now_ms() - self._receipt_ms >= RECEIPT_EVERY_MS or (head.n == len(lines) - 1 and self._ended()):
            self._receipt_ms = self._clock.now_ms()
            self._spool.add_receipt(receipt)

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
            self._refused("spool_damaged")
            return 0.0
        began = self._clock.now_ms()
        try:
            self._transport.put_segment(self._session, row.stream, row.index, sealed)
        except Refused as error:
            if error.word not in ("segment_conflict", "segment_too_large", "segment_digest", "unknown_stream"):
                raise
            if error.word == "segment_digest" and hashlib.sha256(sealed).hexdigest() == row.sha256:
                raise NetworkDown("the segment was changed on its way") from error
            self._spool.table.move(row.stream, row.index, SegmentState.LISTED, SegmentState.REFUSED)
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
        return self._ended() and self._held_n == len(self._lines()) - 1

    def _hand_in(self) -> float | None:
        lines = self._lines()
        head = Head(len(lines) - 1, line_digest("ledger", lines[-1]))
        answers = {row.question: row.revision for row in self._spool.table.answers()}
        done = self._transport.hand_in(self._session, head, answers)
        self._heard(done.status)
        if done.receipt is None:
            elsewhere = self._send_again(done.missing)
            for question in done.missing_answers:
                self._spool.table.answer_again(question)
            return STUCK_SECONDS if elsewhere or self._told & _ANSWER_NEVER else 0.5
        try:
            payload = read_receipt(done.receipt, self._server_key)
        except SigningError as error:
            raise Refused("server_answer", 200, {}) from error
        named = payload["head"]
        if payload["type"] != "closing" or payload["session"] != self._session or named != head.to_json():
            raise Refused("server_answer", 200, {})
        self._listener.delivered(done.receipt)
        return None

    def _send_again(self, missing: dict[str, list[int]]) -> bool:
        """The server does not hold what we thought it held. True: some of it is not on this computer."""
        elsewhere = False
        for stream, indexes in missing.items():
            for index in indexes:
                row = self._spool.table.segment(stream, index)
                if row is not None and row.state is SegmentState.HELD:
                    self._spool.table.move(stream, index, SegmentState.HELD, SegmentState.LISTED)
                elif row is None or row.state is SegmentState.DROPPED:
                    elsewhere = True
                    self._refused("pieces_elsewhere")
                elif row.state is not SegmentState.LISTED:
                    self._refused("spool_damaged")
        return elsewhere


def _some(lines: list[str]) -> list[str]:
    """As many lines as one call may carry, at least one."""
    size = 0
    for count, line in enumerate(lines[:LINES_AT_ONCE]):
        size += len(line)
        if size > LINE_BYTES_AT_ONCE and count:
            return lines[:count]
    return lines[:LINES_AT_ONCE]


def held_by_receipts(receipts: list[str], session: str) -> int:
    """The newest line the server confirmed, by the receipts kept; -1 when none did."""
    for line in reversed(receipts):
        try:
            payload = payload_of(line)
            if payload.get("session") == session:
                return int(payload["head"]["n"])
        except (SigningError, KeyError, TypeError, ValueError):
            continue
    return -1
