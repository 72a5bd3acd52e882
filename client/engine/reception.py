"""Before the exam: signing in, the list of exams, opening a seat, coming back after a crash."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable
from typing import Any

from client import messages as m
from client.engine.hall import Hall
from client.engine.hub import Hub, nothing
from client.engine.opening import Asked, Entered, open_seat
from client.engine.owed import Owed
from client.engine.policy import Policy
from client.engine.recording import Opened
from client.engine.returning import clock_again, consents_here, enter_offline, use_resume
from client.engine.signed_keys import check_keys
from client.engine.updates import Updates
from client.errors import SenimError
from client.session import SessionEvent, SessionState
from client.spool.folder import SessionSpool
from client.spool.note import SpoolDamaged, Stage, check_session_name
from client.upload.transport import Identified
from evidence.errors import EvidenceError
from evidence.signing import SigningKey

_log = logging.getLogger(__name__)
_E = SessionEvent
_Listed = tuple[str, list[dict[str, Any]], dict[str, tuple[str, str]]]  # the server's time, its exams, consents here


class Reception:
    def __init__(self, hub: Hub, hall: Hall) -> None:
        self._hub, self._hall = hub, hall
        self._titles: dict[str, str] = {}
        self.owed = Owed(hub)
        self.updates = Updates(hub)

    # -- signing in ---------------------------------------------------------------------

    def sign_in(self, message: m.SignIn) -> None:
        self._identify(lambda: self._hub.transport.sign_in(message.login, message.password), "SignIn")

    def sign_in_with_code(self, message: m.SignInWithCode) -> None:
        self._identify(lambda: self._hub.transport.sign_in_with_code(message.code), "SignInWithCode")

    def _identify(self, call: Callable[[], Identified], during: str) -> None:
        if not self._hub.may(_E.SIGNED_IN):
            return
        self._hub.calls.ask(call, self._signed_in, lambda error: self._hub.problem(error, during))

    def _signed_in(self, who: Identified) -> None:
        hub = self._hub
        hub.move(_E.SIGNED_IN)
        hub.login, hub.token = who.login, who.token
        hub.send(m.SignedIn(who.name, who.login))
        # Elsewhere than in this thread: what goes by a session's own token may be in the middle of a call.
        hub.calls.ask(self.owed.stop, lambda _ended: self._send_owed(), hub.problem)

    def _send_owed(self) -> None:
        if self._hub.state is SessionState.CHOOSING:
            self.owed.start(self._hub.login)

    def sign_out(self, _message: m.SignOut) -> None:
        hub = self._hub
        hub.move(_E.SIGNED_OUT)
        self._hall.leave()
        self.owed.stop()
        old, hub.transport = hub.transport, hub.workshop.transport()
        hub.login = hub.token = ""
        hub.calls.ask(old.sign_out, nothing, lambda error: _log.info("signing out: %r", error))
        self.updates.ask()

    def list_exams(self, _message: m.ListExams) -> None:
        if self._hub.may(_E.LEFT):
            self._hall.leave()
            self._hub.move(_E.LEFT)
        workshop, login, transport = self._hub.workshop, self._hub.login, self._hub.transport

        def call() -> _Listed:
            server_time, exams = transport.exams()
            return server_time, exams, consents_here(workshop, login)

        self._hub.calls.ask(call, self._show_exams, lambda error: self._hub.problem(error, "ListExams"))

    def _show_exams(self, answer: _Listed) -> None:
        server_time, exams, consents = answer
        known = {field.name for field in dataclasses.fields(m.ExamItem)} - {"consent_version", "consented_at"}
        try:
            items = [m.ExamItem(**{k: v for k, v in exam.items() if k in known}) for exam in exams]
        except TypeError as error:
            self._hub.problem(SenimError(str(error)), "ListExams")
            return
        for number, item in enumerate(items):
            version, at = consents.get(item.seat, ("", ""))
            items[number] = dataclasses.replace(item, consent_version=version, consented_at=at)
        self._titles = {item.seat: item.title for item in items}
        self._hub.send(m.Exams(items, server_time))

    # -- opening ------------------------------------------------------------------------

    def open_seat(self, message: m.OpenSeat) -> None:
        hub = self._hub
        hub.move(_E.OPEN_ASKED)
        title = self._titles.get(message.seat, message.seat)
        asked = Asked(
            message.seat, title, hub.login, message.consent_version, message.consented_at, message.takeover,
            message.straight_back,
        )  # fmt: skip
        transport, workshop = hub.transport, hub.workshop

        def call() -> Entered:
            self.owed.stop()
            return open_seat(workshop, transport, asked)

        hub.calls.ask(call, self._opened, self._not_opened)

    def _not_opened(self, error: SenimError) -> None:
        self._hub.move(_E.OPEN_REFUSED)
        self._hub.problem(error, "OpenSeat")
        self.owed.start(self._hub.login)

    def _opened(self, entered: Entered) -> None:
        hub = self._hub
        self._hall.enter(entered)
        if entered.done:
            self._hall.deliver_only()
            return
        secret = f"{entered.opened.key.text} {hub.token}"
        hub.send(m.SessionKeyCopy(entered.opened.spool.note.session, secret))
        if entered.straight_back:
            self._hall.go_on()
            return
        hub.move(_E.OPENED)

    # -- after a crash of both processes, without network ---------------------------------

    def go_on_offline(self, message: m.GoOnOffline) -> None:
        """Straight back to the questions; what needs the institution comes by itself once it can be reached."""
        hub = self._hub
        if not hub.may(_E.RESTORED_SITTING):
            return
        try:
            entered = enter_offline(hub.workshop, message.session)
        except (SenimError, EvidenceError, OSError, TypeError, IndexError) as error:
            hub.problem(error if isinstance(error, SenimError) else SpoolDamaged(repr(error)), "GoOnOffline")
            return
        hub.calls.ask(self.owed.stop, nothing, hub.problem)  # it may be waiting for a dead network
        hub.login = entered.opened.spool.note.login
        use_resume(hub.workshop, hub.transport, entered.opened.spool)
        self._hall.enter(entered)
        hub.send(m.SessionKeyCopy(entered.opened.spool.note.session, f"{entered.opened.key.text} "))
        self._hall.go_on()

    # -- after a crash of the recorder ----------------------------------------------------

    def restore(self, message: m.RestoreSession) -> None:
        """Go on where the recorder that died was, with the key the window kept."""
        hub = self._hub
        try:
            key_text, _, token = message.secret.partition(" ")
            entered = self._entered_again(check_session_name(message.session), SigningKey.from_text(key_text))
        except (SenimError, EvidenceError, OSError, TypeError) as error:
            hub.problem(error if isinstance(error, SenimError) else SpoolDamaged(repr(error)), "RestoreSession")
            hub.send(m.StateChanged(str(hub.state)))
            return
        hub.transport.use_token(token)
        hub.token, hub.login = token, entered.opened.spool.note.login
        use_resume(hub.workshop, hub.transport, entered.opened.spool)
        self._hall.enter(entered)
        self._hall.restore()
        hub.problem("recorder_restarted")

    def _entered_again(self, session: str, key: SigningKey) -> Entered:
        workshop = self._hub.workshop
        spool = SessionSpool.open(workshop.spool_root / session)
        note = spool.note
        seat_key, server_key = check_keys(workshop, note.seat_key, note.server_key, note.seat)
        opened = Opened(spool, key, seat_key, server_key, note.grant or None)
        clock = clock_again(note)
        done = note.stage in (Stage.ENDED, Stage.DELIVERED)
        return Entered(opened, Policy.from_json(note.policy), clock, None, True, done, note.ends, [])

    @property
    def busy(self) -> bool:
        """Whether something is still on its way to the institution."""
        delivering = self._hub.state in (SessionState.HANDING_IN, SessionState.SEALED_OFFLINE)
        return delivering or self.owed.running
