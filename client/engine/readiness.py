"""In a rehearsal the system check's result goes to the institution, so that somebody can help before the exam."""

from __future__ import annotations

import logging

from client.engine.check_report import OPEN, REHEARSAL, body, told
from client.engine.hub import Hub, nothing
from client.errors import SenimError
from client.machine import machine_name
from client.messages import CheckView

_log = logging.getLogger(__name__)

EVERY_MS = 15_000  # a loose plug must not become a stream of reports


class ReadinessTeller:
    """Tells once the check has settled, and again when what it found is another. Of an exam it tells nothing."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self.forget()

    def forget(self) -> None:
        self._told: tuple[tuple[str, str, str], ...] = ()
        self._ready: bool | None = None
        self._at_ms = -EVERY_MS

    def seen(self, view: CheckView) -> None:
        """Each view of the check, in the engine's thread."""
        sitting = self._hub.sitting
        if sitting is None or not sitting.policy.rehearsal or any(item.state in OPEN for item in view.items):
            return
        found = tuple((item.id, item.state, item.code) for item in view.items)
        now = self._hub.clock.now_ms()
        # That the computer is ready now is told at once: the student goes on, and the check ends.
        at_once = view.passed and self._ready is False
        if found == self._told or (now - self._at_ms < EVERY_MS and not at_once):
            return
        self._told, self._ready, self._at_ms = found, view.passed, now
        transport, machine = self._hub.transport, machine_name(self._hub.workshop.data_dir)

        def call() -> None:
            transport.report(body(REHEARSAL, machine, told(view.items)))

        self._hub.calls.ask(call, nothing, self._not_told)

    def _not_told(self, error: SenimError) -> None:
        """It is for the institution's sake; the student is not bothered with it. The next view tries again, later."""
        _log.warning("the check's result was not taken: %r", error)
        self._told = ()
