"""What ``evidence.verify`` says of each session's folder, worked out in the background and kept in the index.

A result belongs to one state of the folder and one key of the institution; when the ledger, the receipts or the
segments' folders change, it is worked out again. A change inside a file of the same name is found only by looking
again: whoever opens a session's page has results older than a day renewed.
"""

from __future__ import annotations

import json
import logging
import os
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from evidence.errors import EvidenceError
from evidence.report import Problem, Report
from evidence.signing import VerifyingKey
from evidence.verify import verify
from server.clock import Clock, after, iso
from server.database import Database
from server.schema import verifications
from server.store import LEDGER, RECEIPTS, SEGMENTS, Store

log = logging.getLogger(__name__)

KEPT = 2048  # in memory
FRESH_DAYS = 1
CHECKS = "1"  # to be raised when ``evidence.verify`` finds more than before: older results are worked out again


@dataclass(frozen=True)
class Verified:
    """``report`` without its coverage, which stands at the session. ``state``: of the folder it belongs to."""

    report: Report
    at: str
    state: str


class Verifications:
    """``want`` asks for a session to be verified; ``work`` does one; ``get`` says what is known. Thread-safe."""

    def __init__(self, database: Database, store: Store, verifying: VerifyingKey, clock: Clock) -> None:
        self._database = database
        self._store = store
        self._verifying = verifying
        self._clock = clock
        self._kept: OrderedDict[str, Verified | None] = OrderedDict()  # None: nothing stands in the index
        self._wanted: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()
        rows = database.read(_newest)
        self._older = len(rows) == KEPT  # whether the index holds what is not in memory
        for row in reversed(rows):
            self._keep(row.session, _verified(row))

    def get(self, session: str) -> Verified | None:
        """The newest result if the folder is still as it was then."""
        with self._lock:
            known, kept = session in self._kept, self._kept.get(session)
        if not known and self._older:
            kept = self._database.read(lambda connection: _of(connection, session))
            self._keep(session, kept)
        return kept if kept is not None and kept.state == self._state(session) else None

    def want(self, session: str) -> None:
        if self.get(session) is None:
            with self._lock:
                self._wanted[session] = None

    def renew(self, session: str) -> None:
        """Asks for it anew if the result is older than a day; until then the older one stands with its time."""
        kept = self.get(session)
        if kept is not None and after(kept.at, days=FRESH_DAYS) < iso(self._clock.now()):
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
        row = {"state": state, "report": _content(report), "verified_at": iso(self._clock.now())}
        self._database.write(lambda connection: _store(connection, session, row))
        self._keep(session, Verified(report, str(row["verified_at"]), state))
        return True

    def _keep(self, session: str, verified: Verified | None) -> None:
        with self._lock:
            self._kept[session] = verified
            self._kept.move_to_end(session)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
                self._older = True

    def _state(self, session: str) -> str:
        """Sizes and times of ledger and receipts, and times of the folders: a new, lost or renamed piece changes its
        folder's."""
        folder = str(self._store.path(session))
        found: list[object] = [CHECKS, self._verifying.text, _seen(f"{folder}/{LEDGER}"), _seen(f"{folder}/{RECEIPTS}")]
        try:
            with os.scandir(f"{folder}/{SEGMENTS}") as entries:
                found += sorted((entry.name, entry.stat().st_mtime_ns) for entry in entries)
        except FileNotFoundError:
            pass
        return json.dumps(found)


def _seen(path: str) -> tuple[int, int]:
    try:
        status = os.stat(path)  # noqa: PTH116 - many sessions at each look of a board
    except FileNotFoundError:
        return 0, 0
    return status.st_size, status.st_mtime_ns


def _content(report: Report) -> dict[str, Any]:
    content = report.to_json()
    del content["ok"], content["coverage"]
    return content


def _report(content: Mapping[str, Any]) -> Report:
    told = {name: [Problem(**entry) for entry in content[name]] for name in ("problems", "notices")}
    return Report(**{**content, **told})


def _verified(row: Row[Any]) -> Verified | None:
    try:
        return Verified(_report(row.report), row.verified_at, row.state)
    except (TypeError, KeyError):  # of another version of the program
        return None


def _newest(connection: Connection) -> list[Row[Any]]:
    return list(connection.execute(select(verifications).order_by(verifications.c.verified_at.desc()).limit(KEPT)))


def _of(connection: Connection, session: str) -> Verified | None:
    row = connection.execute(select(verifications).where(verifications.c.session == session)).first()
    return _verified(row) if row is not None else None


def _store(connection: Connection, session: str, row: Mapping[str, Any]) -> None:
    connection.execute(delete(verifications).where(verifications.c.session == session))
    connection.execute(insert(verifications).values(session=session, **row))
