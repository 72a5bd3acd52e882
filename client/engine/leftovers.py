"""Sessions of this student that an earlier run could not deliver: brought home in the background."""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

from client.clock import Clock, Origin, SessionClock
from client.engine.branches import set_aside
from client.engine.opening import Asked, current_key, deliver_lines, session_request
from client.engine.signed_keys import resume_token
from client.engine.workshop import Workshop
from client.errors import SenimError
from client.exam import unix_ms
from client.machine import machine_name
from client.spool.folder import SessionSpool, sessions_in
from client.spool.note import SessionNote, SpoolDamaged, Stage
from client.spool.table import SegmentState
from client.upload.backoff import Backoff
from client.upload.history import held_by_receipts
from client.upload.queue import Uploader
from client.upload.transport import NetworkDown, Refused, Status, Transport
from evidence.errors import EvidenceError
from evidence.keys import read_server_key

_log = logging.getLogger(__name__)


def undelivered(root: Path) -> list[SessionNote]:
    """Notes of all sessions here that still owe something."""
    notes = []
    for folder in sessions_in(root):
        try:
            note = SessionNote.load(folder)
        except SpoolDamaged:
            continue  # told when the seat is opened; nothing can be delivered from it
        begun = note.stage is not Stage.OPENED or (folder / "ledger.txt").exists()
        if begun and note.stage is not Stage.DELIVERED:
            notes.append(note)
    return notes


def remove_old(root: Path, unix_now_ms: int) -> None:
    """Folders whose closing receipt is older than the time they are kept."""
    for folder in sessions_in(root):
        try:
            note = SessionNote.load(folder)
        except SpoolDamaged:
            continue
        if note.may_go(unix_now_ms):
            shutil.rmtree(folder)


class Leftovers:
    """One thread; stop it before the student opens a seat, so that no two uploaders work on one folder.

    ``login``: whose sessions go, by that student's ``transport``. Empty: nobody is signed in, and what was handed in
    here goes by the resume token of each session. ``delivered`` is told each session that got its receipt.
    A network that is away, before or in the middle, is waited for: it goes on by itself when the network is back.
    """

    def __init__(
        self,
        workshop: Workshop,
        transport: Transport,
        login: str,
        delivered: Callable[[SessionNote], None],
        backoff: Backoff | None = None,
    ) -> None:
        self._workshop, self._transport, self._login, self._delivered = workshop, transport, login, delivered
        self._backoff = backoff or Backoff()
        self._stopping = threading.Event()
        self._holding = False
        self._uploader: Uploader | None = None
        self._thread = threading.Thread(target=self._run, name="leftovers", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(5.0)

    def hold_back(self, on: bool) -> None:
        """The student pays for data: recordings wait."""
        self._holding = on
        if self._uploader is not None:
            self._uploader.hold_back(on)

    @property
    def running(self) -> bool:
        return self._thread.is_alive()

    def _run(self) -> None:
        """Round after round, until nothing is left that time alone would cure."""
        settled: set[str] = set()
        while not self._stopping.is_set():
            due = [note for note in undelivered(self._workshop.spool_root) if self._mine(note, settled)]
            if not due:
                return
            waits = [wait for note in due if (wait := self._one(note, settled)) is not None]
            if waits:
                self._stopping.wait(max(waits))

    def _mine(self, note: SessionNote, settled: set[str]) -> bool:
        by_name = note.login == self._login or (not self._login and note.stage is Stage.ENDED)
        return by_name and note.server == self._workshop.server and note.session not in settled

    def _one(self, note: SessionNote, settled: set[str]) -> float | None:
        """Seconds until it is worth another try; None when it is ``settled``: delivered, or of no use to ask again."""
        if self._stopping.is_set():
            return None
        try:
            self._deliver(note)
        except NetworkDown as error:
            _log.info("session %s waits for the network: %r", note.session, error)
            return self._backoff.failed()
        except Refused as error:
            _log.warning("session %s: the server says %s", note.session, error.word)
            if error.passing:
                return self._backoff.failed(error.retry_after)
            if error.word == "already_handed_in" and note.stage is not Stage.ENDED:
                # Handed in on another computer, so all of this that counts has arrived.
                set_aside(self._workshop.spool_root, note.session)
        except (SenimError, EvidenceError, OSError) as error:
            _log.warning("session %s stays in the spool: %r", note.session, error)
        self._backoff.succeeded()
        settled.add(note.session)
        return None

    def _deliver(self, note: SessionNote) -> None:
        spool = SessionSpool.open(self._workshop.spool_root / note.session)
        transport = self._transport
        try:
            if self._login:
                self._take_charge(note, spool)
            else:
                token = resume_token(spool)
                if not token:
                    return  # opened before there were such tokens: it goes after the next sign-in
                transport = self._workshop.transport()
                transport.resume_with(note.session, token, machine_name(self._workshop.data_dir))
            server_key = read_server_key(note.server_key, self._workshop.verifying_key)
            clock = SessionClock(Origin(**note.origin))
            held = held_by_receipts(spool.receipts(), note.session)
            uploader = Uploader(
                transport, spool, clock, server_key, _Quiet(self, spool, clock), lines=spool.lines, held_n=held
            )
            self._uploader = uploader
            uploader.hold_back(self._holding)
            uploader.hurry()
            self._drive(uploader, spool)
        finally:
            spool.close()

    def _take_charge(self, note: SessionNote, spool: SessionSpool) -> None:
        """Answers are taken only from the client that opened the session last."""
        asked = Asked(note.seat, note.title, note.login, note.consent_version, note.consented_at, takeover=False)
        try:
            deliver_lines(self._transport, spool)  # first, as whoever opens a seat does: a new grant would void them
            self._transport.open_session(note.seat, session_request(self._workshop, current_key(spool.lines()), asked))
        except NetworkDown:
            raise
        except SenimError as error:
            if isinstance(error, Refused) and error.passing:
                raise
            _log.info("seat of %s does not open again: %r", note.session, error)

    def _drive(self, uploader: Uploader, spool: SessionSpool) -> None:
        """Until all is there, the server says no, or someone else needs the folder."""
        while not self._stopping.is_set():
            try:
                wait = uploader.step()
            except NetworkDown:
                self._stopping.wait(self._backoff.failed())
                continue
            except Refused as error:
                if not error.passing or error.status == 500:  # a fault of the server's own must not hold up the others
                    raise
                self._stopping.wait(uploader.after(error))  # it has too much to do; here nobody waits
                continue
            self._backoff.succeeded()
            sent = not spool.table.segments(SegmentState.LISTED, limit=1) and uploader.held_n >= len(spool.lines()) - 1
            if wait is None or (sent and spool.note.stage is not Stage.ENDED):
                return
            self._stopping.wait(wait)

    def finished(self, spool: SessionSpool, receipt: str, clock: Clock) -> None:
        spool.delivered(receipt, unix_ms(clock.wall_iso()))
        self._delivered(spool.note)


class _Quiet:
    """A listener for uploads nobody watches."""

    def __init__(self, owner: Leftovers, spool: SessionSpool, clock: Clock) -> None:
        self._owner, self._spool, self._clock = owner, spool, clock

    def network(self, state: str) -> None:
        _log.info("left over session %s: %s", self._spool.note.session, state)

    def status(self, status: Status, asked_ms: int, answered_ms: int) -> None:
        _log.debug("left over session: load %s", status.load)

    def answer_held(self, question: str, revision: int) -> None:
        _log.debug("left over answer %s held", question)

    def sent(self, count: int) -> None:
        _log.debug("left over: %s bytes sent", count)

    def delivered(self, receipt: str) -> None:
        self._owner.finished(self._spool, receipt, self._clock)

    def refused(self, word: str) -> None:
        _log.warning("left over session %s: the server says %s", self._spool.note.session, word)
