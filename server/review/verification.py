"""What ``evidence.verify`` says of each session's folder, worked out in the background and kept in memory.

A result belongs to one state of the folder; when the ledger or the receipts grow, it is worked out again.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from dataclasses import dataclass

from evidence.errors import EvidenceError
from evidence.signing import VerifyingKey
from evidence.verify import Report, verify
from server.clock import Clock, iso
from server.store import LEDGER, RECEIPTS, Store

log = logging.getLogger(__name__)

KEPT = 512


@dataclass(frozen=True)
class Verified:
    report: Report
    at: str
    state: tuple[int, int]


class Verifications:
    """``want`` asks for a session to be verified; ``work`` does one; ``get`` says what is known."""

    def __init__(self, store: Store, verifying: VerifyingKey | None, clock: Clock) -> None:
        self._store = store
        self._verifying = verifying
        self._clock = clock
        self._kept: OrderedDict[str, Verified] = OrderedDict()
        self._wanted: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, session: str) -> Verified | None:
        """The newest result if the folder is still as it was then."""
        with self._lock:
            kept = self._kept.get(session)
        return kept if kept is not None and kept.state == self._state(session) else None

    def want(self, session: str) -> None:
        if self.get(session) is None:
            with self._lock:
                self._wanted[session] = None

    def work(self) -> bool:
        """Verifies one session that was asked for; False if none was."""
        with self._lock:
            if not self._wanted:
                return False
            session, _ = self._wanted.popitem(last=False)
        state = self._state(session)
        try:
            report = verify(self._store.path(session), self._verifying)
        except (EvidenceError, OSError):
            log.exception("session %s could not be verified", session)
            return True
        with self._lock:
            self._kept[session] = Verified(report, iso(self._clock.now()), state)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return True

    def _state(self, session: str) -> tuple[int, int]:
        folder = self._store.path(session)
        ledger, receipts = folder / LEDGER, folder / RECEIPTS
        return (
            ledger.stat().st_size if ledger.exists() else 0,
            receipts.stat().st_size if receipts.exists() else 0,
        )
