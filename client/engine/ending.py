"""Handing in: seal, deliver, confirm; or wait for the network and go on by itself."""

from __future__ import annotations

from client.engine.hub import Hub
from client.engine.receipt import receipt_view
from client.engine.views import Views
from client.errors import SenimError
from client.exam import unix_ms
from client.session import SessionEvent
from evidence.receipt import short_code

_E = SessionEvent


class Ending:
    def __init__(self, hub: Hub, views: Views) -> None:
        self._hub, self._views = hub, views

    def start(self, reason: str) -> None:
        """``reason``: "hand-in" or "time-up", as the ledger says it. Nothing when the state forbids it."""
        if not self._hub.may(_E.HAND_IN_STARTED):
            return
        sitting = self._hub.open_sitting()
        self._hub.move(_E.HAND_IN_STARTED)
        self._views.hand_in("sealing")
        self._hub.hands.ask(lambda: sitting.finish(reason), self._sealed, self._not_sealed)

    def _sealed(self, complete: bool) -> None:
        if not complete:
            self._hub.problem("disk_full", "HandIn")
        self.deliver()

    def _not_sealed(self, error: SenimError) -> None:
        self._hub.problem(error, "HandIn")
        self.deliver()

    def deliver(self) -> None:
        """Everything is sealed: bring it home, now if there is a network."""
        sitting = self._hub.open_sitting()
        sitting.recording.deliver()
        if sitting.recording.uploader is not None:
            sitting.recording.uploader.tell_again()
            sitting.recording.uploader.hurry()
        self._views.begin_hand_in()
        if not sitting.online and self._hub.may(_E.NETWORK_LOST):
            self.wait_for_network()

    def wait_for_network(self) -> None:
        """The student may leave: the code stands for the sealed ledger, and delivery goes on by itself."""
        self._hub.move(_E.NETWORK_LOST)
        lines = self._hub.open_sitting().spool.lines()
        self._views.hand_in("waiting_for_network", short_code(lines[-1]) if lines else "")

    def delivered(self, receipt: str) -> None:
        sitting = self._hub.open_sitting()
        sitting.spool.delivered(receipt, unix_ms(sitting.clock.wall_iso()))
        self._views.hand_in("done")
        self.show_receipt(receipt)
        if self._hub.may(_E.RECEIPT_CAME):
            self._hub.move(_E.RECEIPT_CAME)

    def show_receipt(self, receipt: str) -> None:
        sitting = self._hub.open_sitting()
        self._hub.send(receipt_view(sitting.spool, receipt, self._hub.language, sitting.policy.kept_days))
