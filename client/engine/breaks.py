"""Breaks of one sitting: the student's wishes go to the institution, its word comes back with every status.

While one runs, recording goes on, the camera's rules are quiet, and the ledger says when it began and ended. Once its
minutes are over the rules speak again; the student says when the exam goes on.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from client import messages as m
from client.clock import iso
from client.engine.hub import Hub
from client.errors import SenimError
from client.exam import unix_ms
from client.session import SessionState
from client.upload.transport import NetworkDown, Refused, Status

_log = logging.getLogger(__name__)

KEPT = "break"
AGAIN_SECONDS = 5.0


@dataclass(frozen=True)
class Held:
    """The break of now. ``state``: asked, allowed, running; ``until`` ISO UTC, "" before it runs. ``noted``: the ledger
    has its beginning; ``up``: ... and that its time is over; ``back``: the student is back, the institution may not
    know yet."""

    id: str
    state: str
    minutes: int
    stops_clock: bool
    until: str = ""
    noted: bool = False
    up: bool = False
    back: bool = False

    @property
    def running(self) -> bool:
        return self.state == "running" and not self.back


class Breaks:
    """All methods in the engine's thread."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self.forget()

    def forget(self) -> None:
        """Another sitting begins."""
        self._rule: dict[str, Any] = {}
        self._held: Held | None = None
        self._shown: m.BreakView | None = None

    def remember(self) -> None:
        """What this computer knew when the recorder died: a break goes on without the network, too."""
        sitting = self._hub.open_sitting()
        kept = None if sitting.entered.done else sitting.spool.table.kept(KEPT)
        self._held = Held(**json.loads(kept)) if kept else None

    def learn(self, told: Mapping[str, Any] | None) -> None:
        """``told``: the status block's ``breaks``; None from a server that does not know of any."""
        if told is None or self._hub.state is not SessionState.SITTING:
            return
        try:
            self._rule = {name: told[name] for name in ("left", "on_request", "minutes", "stops_clock")}
            new = _held_of(told["current"])
        except (KeyError, TypeError, ValueError) as error:
            _log.warning("what the server says of breaks cannot be read: %r", error)
            return
        old = self._held
        if new is not None and old is not None and new.id == old.id:
            new = replace(new, noted=old.noted, up=old.up, back=old.back)
        elif old is not None and old.noted and not old.back:
            self._hub.open_sitting().recording.event("break-over", id=old.id)  # ended elsewhere
        self._take(new)
        self.tick()

    def wish(self, message: m.BreakWish) -> None:
        """ask, begin, end, withdraw."""
        if self._hub.state is not SessionState.SITTING:
            return
        if message.wish == "end":
            self._come_back()
        else:
            self._ask(message.wish)

    def tick(self) -> None:
        """What follows from the time: quiet rules, a clock that stands, the ledger's lines, what the student sees."""
        sitting, held = self._hub.sitting, self._held
        if sitting is None or self._hub.state is not SessionState.SITTING:
            return
        left = _seconds_left(held, sitting.clock.server_ms())
        if held is not None and held.running:
            if not held.noted:
                clock = "stops" if held.stops_clock else "runs"
                sitting.recording.event("break-began", id=held.id, minutes=held.minutes, clock=clock)
                held = replace(held, noted=True)
            if left <= 0 and not held.up:
                sitting.recording.event("break-time-up", id=held.id)
                held = replace(held, up=True)
            self._take(held)
        runs = held is not None and held.running
        sitting.rest(runs and left > 0)
        sitting.exam_clock.stands_until = held.until if held is not None and runs and held.stops_clock else ""
        self._show(left)

    # -- the student's wishes -----------------------------------------------------------

    def _ask(self, wish: str) -> None:
        session, transport = self._hub.open_sitting().spool.note.session, self._hub.transport

        def failed(error: SenimError) -> None:
            if isinstance(error, NetworkDown):
                self._hub.problem("break_offline", "BreakWish")
            else:
                self._hub.problem(error, "BreakWish")

        self._hub.calls.ask(lambda: transport.wish_break(session, wish), self._answered, failed)

    def _come_back(self) -> None:
        """The exam goes on at once, with or without the network."""
        sitting, held = self._hub.open_sitting(), self._held
        if held is None or not held.running:
            return
        sitting.recording.event("break-over", id=held.id)
        if held.stops_clock:
            unused = max(0, unix_ms(held.until) - sitting.clock.server_ms())
            ends = sitting.exam_clock.ends
            sitting.exam_clock.learn(iso(unix_ms(ends) - unused) if ends else None)
        self._take(replace(held, back=True))
        self.tick()
        self._tell_back(held.id)

    def _tell_back(self, identifier: str) -> None:
        sitting = self._hub.sitting
        if sitting is None or self._held is None or self._held.id != identifier:
            return
        session, transport = sitting.spool.note.session, self._hub.transport

        def failed(error: SenimError) -> None:
            if isinstance(error, Refused) and not error.passing:
                self._hub.problem(error, "BreakWish")
                return
            self._hub.inbox.later(AGAIN_SECONDS, lambda: self._tell_back(identifier))

        self._hub.calls.ask(lambda: transport.wish_break(session, "end"), self._answered, failed)

    def _answered(self, status: Status) -> None:
        sitting = self._hub.sitting
        if sitting is not None:
            self.learn(status.breaks)
            sitting.exam_clock.learn(status.ends)

    # -- what is held -------------------------------------------------------------------

    def _take(self, held: Held | None) -> None:
        if held == self._held:
            return
        self._held = held
        kept = b"" if held is None else json.dumps(asdict(held)).encode()
        self._hub.open_sitting().spool.table.keep(KEPT, kept)

    def _show(self, left: float) -> None:
        held = self._held if self._held is not None and not self._held.back else None
        minutes, stops = int(self._rule.get("minutes", 0)), self._rule.get("stops_clock") is True
        view = m.BreakView(
            held.state if held else "", held.minutes if held else minutes, held.stops_clock if held else stops,
            int(self._rule.get("left", 0)), self._rule.get("on_request") is True, held.until if held else "", 0.0,
        )  # fmt: skip
        if self._shown is None or replace(self._shown, seconds_left=0.0) != view:
            self._shown = replace(view, seconds_left=round(left, 1))
            self._hub.send(self._shown)


def _held_of(current: Mapping[str, Any] | None) -> Held | None:
    """Raises ``KeyError``, ``TypeError``, ``ValueError`` for what is none."""
    if current is None:
        return None
    until = current["until"]
    if until is not None:
        unix_ms(until)
    state = str(current["state"])
    if state not in ("asked", "allowed", "running") or (state == "running") != (until is not None):
        raise ValueError(state)
    return Held(str(current["id"]), state, int(current["minutes"]), current["stops_clock"] is True, until or "")


def _seconds_left(held: Held | None, server_ms: int) -> float:
    """Of a break that runs; below 0 once its time is over."""
    return (unix_ms(held.until) - server_ms) / 1000 if held is not None and held.running else 0.0
