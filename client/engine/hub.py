"""What all parts of the engine share: the way to the window, the state, the inbox, the institution."""

from __future__ import annotations

import logging

from client import messages as m
from client.clock import SessionClock
from client.engine.inbox import Calls, Inbox
from client.engine.sitting import Sitting
from client.engine.workshop import Workshop
from client.errors import SenimError
from client.pipe import Outlet
from client.session import MOVES, SessionEvent, SessionState, advance
from client.upload.transport import Refused, Transport, word_of

_log = logging.getLogger(__name__)


class Hub:
    """Only the engine's thread touches it, except ``outlet.send`` and ``inbox.put``."""

    def __init__(self, workshop: Workshop, outlet: Outlet) -> None:
        self.workshop, self.outlet = workshop, outlet
        self.clock = SessionClock()
        self.inbox = Inbox(self.clock)
        self.calls = Calls(self.inbox, "engine-calls")
        self.hands = Calls(self.inbox, "engine-hands")  # devices and disk: never behind a dead network
        self.transport: Transport = workshop.transport()
        self.state = SessionState.SIGNED_OUT
        self.language = "en"
        self.login = ""
        self.token = ""
        self.metered = False  # the student pays for data: recordings wait
        self.sitting: Sitting | None = None

    def send(self, message: m.Message) -> None:
        self.outlet.send(message)

    def move(self, event: SessionEvent) -> None:
        """Raises ``ForbiddenMove``; tells the window the new state."""
        self.state = advance(self.state, event)
        _log.info("%s -> %s", event, self.state)
        self.send(m.StateChanged(str(self.state)))

    def open_sitting(self) -> Sitting:
        """The present one. Raises ``SenimError`` when a message came too late for it."""
        if self.sitting is None:
            raise SenimError("no session is open")
        return self.sitting

    def may(self, event: SessionEvent) -> bool:
        return (self.state, event) in MOVES

    def problem(self, error: SenimError | str, during: str = "", **values: str) -> None:
        """Tell the person; the log keeps the cause."""
        if isinstance(error, str):
            self.send(m.Problem(error, during, values))
            return
        word = word_of(error)
        _log.warning("%s during %s: %r (cause %r)", word, during or "the exam", error, error.__cause__)
        given = {**error.values, **values}
        if word in ("server_unreachable", "server_certificate"):
            given["server"] = self.workshop.server
        if isinstance(error, Refused):
            if error.retry_after is not None:
                given["seconds"] = str(round(error.retry_after))
            given |= {k: str(v) for k, v in error.fields.items() if k in ("opens", "closes", "ends") and v}
        self.send(m.Problem(word, during, given))


def nothing(_result: object) -> None:
    """For calls whose answer changes nothing."""
