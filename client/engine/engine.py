"""The recorder's engine: one thread, typed messages in and out, everything built by hand in one place."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from client import messages as m
from client.engine.hall import Hall
from client.engine.hub import Hub
from client.engine.leftovers import remove_old, undelivered
from client.engine.reception import Reception
from client.engine.workshop import Workshop
from client.errors import SenimError
from client.exam import unix_ms
from client.pipe import Outlet
from client.session import ForbiddenMove, SessionEvent, SessionState
from client.spool.lock import SpoolLock, SpoolLocked
from client.spool.note import Stage
from client.spool.table import AnswerState, SegmentState

_log = logging.getLogger(__name__)
_S = SessionState

TICK_SECONDS = 0.25
LOCK_PATIENCE_SECONDS = 2.0
# The window's first words come before anything is sent: whether the student pays for data is one of them.
SOON_SECONDS = 0.5
# A recorder without a window uploads for at most so long; the next start of the program goes on.
ALONE_MS = 24 * 3_600_000


class Engine:
    """Start it, hand it messages from any thread, wait for its end."""

    def __init__(self, workshop: Workshop, outlet: Outlet) -> None:
        self._workshop = workshop
        workshop.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = SpoolLock(workshop.spool_root)
        self._hub = Hub(workshop, outlet)
        self._hall = Hall(self._hub)
        self._reception = Reception(self._hub, self._hall)
        self._alone_since: int | None = None
        self._ending = False
        self._ended = threading.Event()
        self._handlers = self._table()
        self._thread = threading.Thread(target=self._run, name="engine", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def receive(self, message: m.Message) -> None:
        """From the window. Returns at once."""
        self._hub.inbox.put(lambda: self._handle(message))

    def window_lost(self) -> None:
        """The window is gone: seal, release the devices within two seconds, and only upload from then on."""
        if not self._lock.held:
            self._ending = True  # it is still waiting for another program
        self._hub.inbox.put(self._alone)

    def wait(self, seconds: float | None = None) -> bool:
        """Until the engine has ended; False after ``seconds``."""
        return self._ended.wait(seconds)

    @property
    def state(self) -> SessionState:
        return self._hub.state

    def _table(self) -> dict[type[Any], Callable[[Any], None]]:
        reception, hall = self._reception, self._hall
        return {
            m.SignIn: reception.sign_in, m.SignInWithCode: reception.sign_in_with_code, m.SignOut: reception.sign_out,
            m.ListExams: reception.list_exams, m.OpenSeat: reception.open_seat, m.RestoreSession: reception.restore,
            m.StartCheck: hall.start_check, m.UseDevices: hall.use_devices, m.RetryCheck: hall.retry_check,
            m.StartIdentity: hall.start_identity, m.LeaveIdentityToPerson: hall.leave_identity,
            m.AnotherPrompt: hall.another_prompt, m.RetryIdentity: hall.retry_identity,
            m.OpenPaper: hall.paper.open, m.SetAnswer: hall.paper.set_answer,
            m.AttachFile: hall.attaching.attach,
            m.MarkQuestion: hall.paper.mark, m.ShowQuestion: hall.paper.show_question, m.WindowEvent: hall.window_event,
            m.WantPreview: hall.want_preview, m.NoticeRead: hall.notices.read, m.HandIn: hall.hand_in,
            m.BreakWish: hall.breaks.wish,
            m.SaveForDelivery: reception.owed.save, m.ShowReceipt: reception.owed.show_receipt,
            m.UseMeteredLine: reception.owed.use_metered_line, m.GoOnOffline: reception.go_on_offline,
            m.SetLanguage: self._set_language,
            m.Quit: lambda _message: self._alone(),
        }  # fmt: skip

    # -- the thread ---------------------------------------------------------------------

    def _run(self) -> None:
        try:
            if self._take_lock():
                self._open_shop()
                self._loop()
        finally:
            self._close()
            self._ended.set()

    def _take_lock(self) -> bool:
        """False when the window is gone before another program let go of the spool."""
        told = False
        while not self._ending:
            try:
                self._lock.take(LOCK_PATIENCE_SECONDS)
                return True
            except SpoolLocked as error:
                if not told:
                    self._hub.problem(error)
                    told = True
        return False

    def _open_shop(self) -> None:
        root = self._workshop.spool_root
        remove_old(root, unix_ms(self._hub.clock.wall_iso()))
        titles = [note.title for note in undelivered(root)]
        self._hub.send(m.Ready(self._workshop.version, titles))
        self._reception.updates.ask()
        if titles:
            self._reception.owed.show()
            self._hub.inbox.later(SOON_SECONDS, self._send_owed)

    def _send_owed(self) -> None:
        if self._hub.state is _S.SIGNED_OUT and self._alone_since is None:
            self._reception.owed.start()

    def _loop(self) -> None:
        ticked = 0
        while not self._ending:
            job = self._hub.inbox.next(TICK_SECONDS)
            if job is not None:
                self._do(job)
            now = self._hub.clock.now_ms()
            if now - ticked >= TICK_SECONDS * 1000:
                ticked = now
                self._do(self._tick)

    def _do(self, job: Callable[[], None]) -> None:
        """A defect in one job must not end the recording of the exam."""
        try:
            job()
        except ForbiddenMove as move:
            _log.info("too late: %s", move)
        except SenimError as error:
            self._hub.problem(error)
        except Exception as error:  # noqa: BLE001 -- whatever it is, the exam goes on and the person hears of it
            _log.exception("a job of the engine failed")
            self._hub.problem(SenimError(repr(error)))

    def _handle(self, message: m.Message) -> None:
        handler = self._handlers.get(type(message))
        if handler is None:
            _log.warning("not for the recorder: %s", type(message).__name__)
        elif self._alone_since is None:
            handler(message)

    def _set_language(self, message: m.SetLanguage) -> None:
        self._hub.language = message.language

    def _tick(self) -> None:
        self._hall.tick()
        if self._alone_since is not None:
            waited = self._hub.clock.now_ms() - self._alone_since
            if self._lock.wanted() or waited > ALONE_MS or not self._owes():
                self._ending = True

    # -- without a window ---------------------------------------------------------------

    def _alone(self) -> None:
        if self._alone_since is not None:
            return
        self._alone_since = self._hub.clock.now_ms()
        sitting = self._hub.sitting
        if not self._lock.held:
            self._ending = True
        elif sitting is not None and self._hub.may(SessionEvent.WINDOW_LOST):
            self._hub.move(SessionEvent.WINDOW_LOST)
            # In this thread: nothing else may happen before the devices are released.
            sitting.break_off("window-lost")

    def _owes(self) -> bool:
        """Whether anything is still on its way."""
        sitting = self._hub.sitting
        if sitting is None or self._hub.state is _S.DELIVERED:
            return self._reception.busy and self._hub.state is not _S.DELIVERED
        if self._hub.state in (_S.HANDING_IN, _S.SEALED_OFFLINE):
            return True
        spool, uploader = sitting.spool, sitting.recording.uploader
        if uploader is None or spool.note.stage is Stage.OPENED:
            return False
        lines = uploader.held_n < len(spool.lines()) - 1
        return lines or bool(
            spool.table.answers(AnswerState.DISK) or spool.table.segments(SegmentState.LISTED, limit=1)
        )

    def _close(self) -> None:
        self._reception.owed.stop()
        self._hall.attaching.close()
        if self._hub.sitting is not None:
            self._hub.sitting.close()
        self._hub.calls.close()
        self._hub.hands.close()
        self._lock.release()
