"""The only place of the client that asks what time it is.

Session time counts milliseconds from the session's origin on a clock that runs on while the computer
sleeps and never jumps. Everything recorded is stamped with it. Wall time is noted beside it for
people; server time is derived from it once the server has answered.
"""

from __future__ import annotations

import ctypes
import sys
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

_TRIES = 8
_HELD_UP_NS = 5_000_000


class Clock(Protocol):
    """What the rest of the client may ask."""

    def now_ms(self) -> int:
        """Session time in whole milliseconds."""
        ...

    def now_ns(self) -> int:
        """Session time in nanoseconds, for stamps."""
        ...

    def asleep_ns(self) -> int:
        """How much of the session's time this computer slept, from an origin of its own: only differences count.

        Whoever finds a hole between two readings learns from it whether the computer slept or we were held up.
        """
        ...

    def wall_iso(self) -> str:
        """This computer's own idea of the time, ISO 8601 in UTC with milliseconds."""
        ...

    def wall_ms(self) -> int:
        """The same as Unix time in ms. It may jump; nothing is stamped with it alone."""
        ...

    def server_ms(self, at_ms: int | None = None) -> int:
        """Unix time in ms by the server's clock at session time ``at_ms`` (default: now)."""
        ...

    @property
    def proven(self) -> bool:
        """True once the server's time is known; until then server time is this computer's guess."""
        ...


@dataclass(frozen=True)
class Origin:
    """What a later process on the same computer needs to go on with the same session time.

    ``boot`` names the boot the raw clock belongs to: after a restart ``raw_ns`` means nothing and
    the origin is found again through ``unix_ms``.
    """

    raw_ns: int
    unix_ms: int
    boot: str


class SessionClock:
    """The real clock. One object per session; session time 0 is ``origin`` (default: now)."""

    def __init__(self, origin: Origin | None = None) -> None:
        self._lock = threading.Lock()
        self._offset_ms: int | None = None
        self._round_trip_ms = 0
        if origin is None:
            origin = Origin(raw_ns(), unix_now_ms(), boot_id())
        elif origin.boot != boot_id() or not origin.boot:
            passed_ms = unix_now_ms() - origin.unix_ms
            origin = Origin(raw_ns() - passed_ms * 1_000_000, origin.unix_ms, boot_id())
        self.origin = origin
        self._assumed_ms = origin.unix_ms

    def now_ns(self) -> int:
        return raw_ns() - self.origin.raw_ns

    def now_ms(self) -> int:
        return self.now_ns() // 1_000_000

    def asleep_ns(self) -> int:
        return asleep_ns()

    def wall_iso(self) -> str:
        return iso(self.wall_ms())

    def wall_ms(self) -> int:
        return unix_now_ms()

    @property
    def proven(self) -> bool:
        return self._offset_ms is not None

    def learn_server_time(self, server_unix_ms: int, asked_ms: int, answered_ms: int) -> None:
        """Note one answer of the server. ``asked_ms``/``answered_ms`` are session times around it.

        The answer with the shortest round trip is kept: its error is at most half of that.
        """
        round_trip = max(0, answered_ms - asked_ms)
        with self._lock:
            if self._offset_ms is None or round_trip <= self._round_trip_ms:
                self._offset_ms = server_unix_ms - (asked_ms + round_trip // 2)
                self._round_trip_ms = round_trip

    def assume_server_time(self, unix_ms: int) -> None:
        """The server's time at session time 0 as it was known once. It stays unproven: after a restart of the computer
        the session's own time was found again through a wall clock that anybody can set."""
        with self._lock:
            self._assumed_ms = unix_ms

    def server_ms(self, at_ms: int | None = None) -> int:
        session = self.now_ms() if at_ms is None else at_ms
        offset = self._offset_ms
        return session + (self._assumed_ms if offset is None else offset)


def unix_now_ms() -> int:
    """This computer's wall clock, Unix time in ms."""
    return time.time_ns() // 1_000_000


def asleep_ns() -> int:
    """Nanoseconds this computer slept since it was started.

    The difference of a clock that runs on in sleep and of one that stands still then. The second is read
    twice, before and after: a thread held up in between must not take that for sleep.
    """
    asleep = 0
    for _ in range(_TRIES):
        before, with_sleep, after = awake_ns(), raw_ns(), awake_ns()
        asleep = with_sleep - after
        if abs(after - before) < _HELD_UP_NS:
            break
    return asleep


def iso(unix_ms: int) -> str:
    """``2026-01-31T09:00:00.123Z`` for milliseconds since 1970."""
    seconds, rest = divmod(unix_ms, 1000)
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S") + f".{rest:03d}Z"


if sys.platform == "linux":

    def raw_ns() -> int:
        """Nanoseconds since boot, time asleep included."""
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME)

    def awake_ns() -> int:
        """The same without time asleep."""
        return time.clock_gettime_ns(time.CLOCK_MONOTONIC)

    def boot_id() -> str:
        """A word that changes with every start of the computer; "" if the system does not tell."""
        try:
            return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        except OSError:
            return ""

elif sys.platform == "darwin":
    _system = ctypes.CDLL("/usr/lib/libSystem.dylib")
    _system.mach_continuous_time.restype = ctypes.c_uint64
    _system.mach_absolute_time.restype = ctypes.c_uint64

    class _Timebase(ctypes.Structure):
        _fields_ = (("numer", ctypes.c_uint32), ("denom", ctypes.c_uint32))

    _timebase = _Timebase()
    _system.mach_timebase_info(ctypes.byref(_timebase))

    def raw_ns() -> int:
        """Nanoseconds since boot, time asleep included."""
        return int(_system.mach_continuous_time() * _timebase.numer // _timebase.denom)

    def awake_ns() -> int:
        """The same without time asleep."""
        return int(_system.mach_absolute_time() * _timebase.numer // _timebase.denom)

    def boot_id() -> str:
        """A word that changes with every start of the computer; "" if the system does not tell."""
        buffer = ctypes.create_string_buffer(64)
        size = ctypes.c_size_t(64)
        failed = _system.sysctlbyname(b"kern.bootsessionuuid", buffer, ctypes.byref(size), None, 0)
        return "" if failed else buffer.value.decode("ascii", "replace")

else:
    if sys.platform == "win32":
        _kernel: Any = ctypes.WinDLL("kernel32")
    else:
        _kernel = None

    def raw_ns() -> int:
        """Nanoseconds since boot (QueryPerformanceCounter on Windows, which counts sleep)."""
        return time.perf_counter_ns()

    def awake_ns() -> int:
        """The same without time asleep."""
        return raw_ns() - (windows_asleep_ns(_kernel) if _kernel is not None else 0)

    def boot_id() -> str:
        """Unknown here: a later process finds the session's origin again through wall time."""
        return ""


def windows_asleep_ns(kernel: Any) -> int:
    """Nanoseconds asleep since boot, in steps of 16 ms: ticks run on in sleep, this interrupt time does not."""
    kernel.GetTickCount64.restype = ctypes.c_uint64
    without = ctypes.c_uint64()
    kernel.QueryUnbiasedInterruptTime(ctypes.byref(without))  # hundreds of nanoseconds
    return int(kernel.GetTickCount64()) * 1_000_000 - without.value * 100
