"""Watches the computer while an exam is recorded: keeps it awake, and tells what happens to clocks and session."""

from __future__ import annotations

import logging
import select
import socket
import threading
from collections.abc import Callable, Mapping
from typing import Any

from client.clock import Clock, iso
from client.system.absences import AWAY, LOCKED, SAVER, Absences, Sleep
from client.system.choose import keep_awake, session_probe
from client.system.keep_awake import KeepAwake, Refused
from client.system.session import NoProbe, Session, SessionProbe

_log = logging.getLogger(__name__)

LOOK_S = 1.0
# Corrections of a clock kept by a time server are smaller, or so slow that they add up over hours.
CLOCK_STEP_MS = 2000
_HELD_UP_MS = 50

# Sign of the session, its kind among the absences, the events that begin and end it.
_SIGNS = (
    ("away", AWAY, "session-away", "session-back"),
    ("locked", LOCKED, "screen-locked", "screen-unlocked"),
    ("saver", SAVER, "screen-saver-on", "screen-saver-off"),
    ("lid_closed", "lid-closed", "lid-closed", "lid-opened"),
)

Tell = Callable[[str, int, Mapping[str, Any]], None]


class SystemWatch:
    """One thread, a look a second, sooner when the system says that something changed.

    ``tell(event, session ms, data)`` is called from that thread: kept-awake {by}, suspended, resumed {ms},
    clock-changed {from, to, ms}, session-away, session-back {ms}, screen-locked, screen-unlocked {ms},
    screen-saver-on, screen-saver-off {ms}, lid-closed, lid-opened {ms}.
    """

    def __init__(
        self,
        clock: Clock,
        absences: Absences,
        tell: Tell,
        *,
        awake: Callable[[], KeepAwake] = keep_awake,
        probe: Callable[[], SessionProbe] = session_probe,
    ) -> None:
        self._clock, self._absences, self._tell = clock, absences, tell
        self._make_awake, self._make_probe = awake, probe
        self._before = Session()
        self._announced = self._sleep_told = False
        self._wall_offset_ms: int | None = None
        self._stopping = threading.Event()
        self._bell, self._rope = socket.socketpair()
        self._rope.setblocking(False)
        self._thread = threading.Thread(target=self._run, name="system-watch", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Let the computer sleep again; half a second at most."""
        self._stopping.set()
        try:
            self._rope.send(b".")
        except OSError:
            pass  # it has ended already
        if self._thread.is_alive():
            self._thread.join(0.5)

    def _run(self) -> None:
        awake, probe = self._make_awake(), self._opened()
        try:
            self._tell("kept-awake", self._clock.now_ms(), {"by": awake.hold()})
            while not self._stopping.is_set():
                self.look(probe)
                self._wait(probe)
        finally:
            awake.release()
            probe.close()
            self._bell.close()
            self._rope.close()

    def _opened(self) -> SessionProbe:
        try:
            return self._make_probe()
        except Refused as refused:
            _log.info("nobody tells of this session: %s", refused)
        except Exception:  # noqa: BLE001 -- a library's surprise must not cost the exam the other signs
            _log.exception("nobody tells of this session")
        return NoProbe()

    def _wait(self, probe: SessionProbe) -> None:
        select.select([self._bell, *probe.sources()], [], [], LOOK_S)

    # -- one look -----------------------------------------------------------------------

    def look(self, probe: SessionProbe) -> None:
        """Compare everything with the look before."""
        session = probe.look()
        self._look_at_sleep(session.going_to_sleep)
        self._look_at_wall()
        for sign, kind, began, ended in _SIGNS:
            now = getattr(session, sign)
            if now is not None and now != (getattr(self._before, sign) or False):
                self._turn(kind, began if now else ended, now)
        self._before = session

    def _turn(self, kind: str, event: str, on: bool) -> None:
        if on:
            self._absences.began(kind)
            self._tell(event, self._clock.now_ms(), {})
        else:
            self._tell(event, self._clock.now_ms(), {"ms": self._absences.ended(kind)})

    def _look_at_sleep(self, announced: bool) -> None:
        slept = self._absences.sleeps()
        for sleep in slept:
            self._tell_sleep(sleep)
        if announced and not self._announced and not slept:
            self._sleep_told = True
            self._tell("suspended", self._clock.now_ms(), {})
        elif self._sleep_told and not announced:
            self._sleep_told = False
            self._tell("resumed", self._clock.now_ms(), {"ms": 0})  # announced, and not done
        self._announced = announced

    def _tell_sleep(self, sleep: Sleep) -> None:
        if not self._sleep_told:
            self._tell("suspended", sleep.from_ms, {})
        self._sleep_told = False
        self._tell("resumed", sleep.to_ms, {"ms": sleep.asleep_ms})

    def _look_at_wall(self) -> None:
        """The wall clock against the session's: a step means that somebody, or a time server, set it."""
        before, wall, after = self._clock.now_ms(), self._clock.wall_ms(), self._clock.now_ms()
        if after - before > _HELD_UP_MS:
            return  # held up between two clocks
        offset, known = wall - after, self._wall_offset_ms
        if known is None:
            self._wall_offset_ms = offset
        elif abs(offset - known) > CLOCK_STEP_MS:
            self._wall_offset_ms = offset
            data = {"from": iso(after + known), "to": iso(wall), "ms": offset - known}
            self._tell("clock-changed", after, data)
