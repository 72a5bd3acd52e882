"""The ledger's lines on their way home: tiny, before everything else, so that the history is fixed early."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from client.clock import Clock
from client.spool.folder import SessionSpool
from client.upload.transport import Refused, Status, Transport
from evidence.receipt import Head, read_receipt
from evidence.signing import SigningError, VerifyingKey, line_digest, payload_of

LINES_EVERY_MS = 2000
LINES_AT_ONCE = 200
LINE_BYTES_AT_ONCE = 192 * 1024
# Head receipts kept in the folder: one a minute shows the history well enough.
RECEIPT_EVERY_MS = 60_000


@dataclass(frozen=True)
class Sent:
    """``whole``: the server took the whole batch. ``all_held``: it holds every line there is."""

    status: Status
    whole: bool
    all_held: bool


class History:
    """``lines`` gives the ledger's lines so far. ``held_n``: the last line the server is known to hold."""

    def __init__(
        self,
        transport: Transport,
        spool: SessionSpool,
        clock: Clock,
        server_key: VerifyingKey,
        lines: Callable[[], list[str]],
        held_n: int,
    ) -> None:
        self._transport, self._spool, self._clock, self._server_key = transport, spool, clock, server_key
        self.lines, self.held_n, self._session = lines, held_n, spool.note.session
        self._sent_ms = self._receipt_ms = -(10**9)

    @property
    def head(self) -> Head:
        lines = self.lines()
        return Head(len(lines) - 1, line_digest("ledger", lines[-1]))

    @property
    def all_held(self) -> bool:
        return self.held_n == len(self.lines()) - 1

    def send(self, *, at_once: bool, ended: bool) -> Sent | None:
        """One batch, if it is due. ``at_once``: without waiting for company; ``ended``: the last line is there."""
        lines, now = self.lines(), self._clock.now_ms()
        waiting = len(lines) - 1 - self.held_n
        if waiting <= 0 or not (at_once or now - self._sent_ms >= LINES_EVERY_MS):
            return None
        batch = _some(lines[self.held_n + 1 :])
        try:
            taken = self._transport.post_lines(self._session, batch)
        except Refused as error:
            if error.word != "already_handed_in" or not ended:
                raise
            self.held_n = len(lines) - 1  # the receipt was on its way when this program ended: fetch it
            return None
        last = self.held_n + len(batch)
        self._check_receipt(taken.receipt, taken.head, lines, ended)
        self.held_n = min(taken.head.n, len(lines) - 1)
        all_held = self.held_n >= len(lines) - 1
        if all_held:
            self._sent_ms = now
        return Sent(taken.status, self.held_n >= last, all_held)

    def _check_receipt(self, receipt: str, head: Head, lines: list[str], ended: bool) -> None:
        """The server's signature over a head that is ours. Raises ``Refused`` when it is another's."""
        try:
            payload = read_receipt(receipt, self._server_key)
        except SigningError as error:
            raise Refused("server_answer", 200, {}) from error
        named = payload["head"]
        ours = head.n < len(lines) and (head.n < 0 or line_digest("ledger", lines[head.n]) == head.digest)
        if payload["session"] != self._session or (named["n"], named["digest"]) != (head.n, head.digest) or not ours:
            raise Refused("ledger_conflict", 409, {})
        if self._clock.now_ms() - self._receipt_ms >= RECEIPT_EVERY_MS or (head.n == len(lines) - 1 and ended):
            self._receipt_ms = self._clock.now_ms()
            self._spool.add_receipt(receipt)


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
