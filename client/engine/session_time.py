"""The session's time found again: after a restart of the program or the computer, and on another computer."""

from __future__ import annotations

from client.clock import Origin, SessionClock
from client.exam import unix_ms
from client.spool.folder import SessionSpool
from client.upload.transport import OpenedSession
from evidence.signing import payload_of


def clock_of(spool: SessionSpool, answer: OpenedSession) -> SessionClock:
    """Session time goes on where it was; after a restart or on another computer, by the server's time."""
    note = spool.note
    if not note.origin:
        lines = spool.lines()
        return _clock_elsewhere(answer, int(payload_of(lines[-1])["at"])) if lines else SessionClock()
    origin = Origin(**note.origin)
    clock = SessionClock(origin)
    if clock.origin != origin and note.server_unix_ms is not None:
        passed = unix_ms(answer.status.server_time) - note.server_unix_ms
        here = SessionClock()
        shifted = Origin(here.origin.raw_ns - passed * 1_000_000, origin.unix_ms, here.origin.boot)
        return SessionClock(shifted)
    return clock


def _clock_elsewhere(answer: OpenedSession, last_ms: int) -> SessionClock:
    """This computer never ran the session's clock. ``last_ms``: the last line's time, which has passed in any case."""
    passed, here = last_ms, SessionClock().origin
    if answer.resume is not None and answer.resume.origin is not None:
        passed = max(passed, unix_ms(answer.status.server_time) - unix_ms(answer.resume.origin))
    return SessionClock(Origin(here.raw_ns - passed * 1_000_000, here.unix_ms - passed, here.boot))


def learn_server_time(spool: SessionSpool, clock: SessionClock, server_time: str) -> None:
    now = clock.now_ms()
    clock.learn_server_time(unix_ms(server_time), now, now)
    if spool.note.server_unix_ms is None:
        spool.update(server_unix_ms=clock.server_ms(0))
