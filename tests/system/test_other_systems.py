"""Windows and macOS against faked system calls: what is asked of them, and that every handle is given back."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pytest

from client.system.awake_mac import PowerAssertions, power_library
from client.system.awake_windows import PowerRequest, kernel
from client.system.core_foundation import CoreFoundation
from client.system.keep_awake import REASON, Refused
from client.system.priority import windows_give_way
from client.system.session import Session
from client.system.session_mac import MacSession
from client.system.session_windows import SessionInfo, WindowsSession, libraries
from client.system.thread_names import mac_namer, windows_namer


class Function:
    """One function of a library: takes ctypes' attributes, keeps its calls."""

    def __init__(self, does: Callable[..., Any] = lambda *_a: 1) -> None:
        self.restype: Any = None
        self.argtypes: Any = None
        self._does = does
        self.calls: list[tuple[Any, ...]] = []

    def __call__(self, *arguments: Any) -> Any:
        self.calls.append(arguments)
        return self._does(*arguments)


class Kernel:
    def __init__(self, handle: int | None = 77, allowed: int = 1) -> None:
        self.reasons: list[str] = []
        self.PowerCreateRequest = Function(self._create)
        self.PowerSetRequest = Function(lambda _handle, _kind: allowed)
        self.PowerClearRequest = Function()
        self.CloseHandle = Function()
        self.GetCurrentProcess = Function(lambda: -1)
        self.SetPriorityClass = Function()
        self.GetCurrentThread = Function(lambda: -2)
        self.SetThreadDescription = Function()
        self._handle = handle

    def _create(self, context: Any) -> int | None:
        self.reasons.append(context._obj.reason)
        assert (context._obj.version, context._obj.flags) == (0, 1)
        return self._handle


def test_windows_is_asked_to_keep_computer_and_screen_on() -> None:
    faked = Kernel()
    request = PowerRequest(faked)
    request.hold()
    assert faked.reasons == [REASON]
    assert faked.PowerSetRequest.calls == [(77, 1), (77, 0)]
    request.release()
    request.release()
    assert faked.PowerClearRequest.calls == [(77, 1), (77, 0)]
    assert faked.CloseHandle.calls == [(77,)]


@pytest.mark.parametrize("faked", [Kernel(handle=None), Kernel(handle=ctypes.c_void_p(-1).value), Kernel(allowed=0)])
def test_windows_that_refuses(faked: Kernel) -> None:
    request = PowerRequest(faked)
    with pytest.raises(Refused):
        request.hold()
    request.release()
    assert len(faked.CloseHandle.calls) == (1 if faked.PowerSetRequest.calls else 0)


def test_windows_puts_the_recorder_behind_the_window() -> None:
    faked = Kernel()
    windows_give_way(faked)
    assert faked.SetPriorityClass.calls == [(-1, 0x4000)]


def test_windows_and_mac_name_threads() -> None:
    faked = Kernel()
    windows_namer(faked)("capture-screen-1")
    assert faked.SetThreadDescription.calls == [(-2, "capture-screen-1")]
    windows_namer(object())("an older Windows")

    class Library:
        pthread_setname_np = Function()

    mac_namer(Library)("judge")
    assert Library.pthread_setname_np.calls == [(b"judge",)]


class Services:
    """wtsapi32: tells the session it was made with; ``open`` counts what was not freed."""

    def __init__(self, info: SessionInfo | None, size: int = 600) -> None:
        self.open = 0
        self._info, self._size = info, size
        self.WTSQuerySessionInformationW = Function(self._query)
        self.WTSFreeMemory = Function(self._free)

    def _query(self, _server: None, session: int, kind: int, told: Any, size: Any) -> int:
        assert (session, kind) == (0xFFFFFFFF, 25)
        if self._info is None:
            return 0
        told._obj.contents = self._info
        size._obj.value = self._size
        self.open += 1
        return 1

    def _free(self, _memory: Any) -> None:
        self.open -= 1


class User:
    def __init__(self, running: int | None) -> None:
        self._running = running
        self.SystemParametersInfoW = Function(self._tell)

    def _tell(self, what: int, _zero: int, place: Any, _flags: int) -> int:
        assert what == 0x72
        if self._running is None:
            return 0
        place._obj.value = self._running
        return 1


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        (SessionInfo(1, 0, 2, 0, 1), Session(away=False, locked=False, saver=True)),
        (SessionInfo(1, 0, 2, 0, 0), Session(away=False, locked=True, saver=True)),
        (SessionInfo(1, 0, 2, 4, 0), Session(away=True, locked=True, saver=True)),
        (SessionInfo(1, 0, 2, 0, -1), Session(away=False, locked=None, saver=True)),
        (SessionInfo(9, 0, 2, 0, 0), Session(saver=True)),  # a level we do not know
        (None, Session(saver=True)),
    ],
)
def test_windows_tells_lock_and_user_switch(info: SessionInfo | None, expected: Session) -> None:
    services = Services(info)
    probe = WindowsSession(services, User(1))
    assert probe.look() == expected
    assert services.open == 0
    assert probe.sources() == ()
    probe.close()


def test_windows_that_tells_too_little() -> None:
    services = Services(SessionInfo(1, 0, 2, 0, 0), size=4)
    assert WindowsSession(services, User(None)).look() == Session()
    assert services.open == 0


def test_the_session_lies_where_windows_puts_it() -> None:
    assert (SessionInfo.session.offset, SessionInfo.state.offset, SessionInfo.flags.offset) == (8, 12, 16)


class Foundation:
    """CoreFoundation with numbers for objects; ``alive`` are those not released."""

    def __init__(self) -> None:
        self.alive: dict[int, Any] = {}
        self._next = 100
        self.CFStringCreateWithCString = Function(lambda _a, text, _e: self.made(text.decode()))
        self.CFDictionaryGetValue = Function(lambda where, key: self.alive[where].get(self.alive[key]))
        self.CFBooleanGetValue = Function(lambda value: value == 501)
        self.CFRelease = Function(self.alive.pop)

    def made(self, what: Any) -> int:
        self._next += 1
        self.alive[self._next] = what
        return self._next


class Power:
    """IOKit; ``fails``: kinds of assertion it does not give."""

    def __init__(self, foundation: Foundation, fails: set[str]) -> None:
        self.held: dict[int, str] = {}
        self._foundation, self._fails = foundation, fails
        self.IOPMAssertionCreateWithName = Function(self._create)
        self.IOPMAssertionRelease = Function(self.held.pop)

    def _create(self, kind: int, level: int, reason: int, place: Any) -> int:
        words = self._foundation.alive
        assert (level, words[reason]) == (255, REASON)
        if words[kind] in self._fails:
            return -536870206
        place._obj.value = len(self.held) + 1
        self.held[place._obj.value] = words[kind]
        return 0


def test_a_mac_is_asked_to_keep_computer_and_screen_on() -> None:
    foundation = Foundation()
    power = Power(foundation, set())
    assertions = PowerAssertions(power, CoreFoundation(foundation))
    assertions.hold()
    assert sorted(power.held.values()) == ["PreventUserIdleDisplaySleep", "PreventUserIdleSystemSleep"]
    assertions.release()
    assertions.release()
    assert power.held == {} and foundation.alive == {}


def test_a_mac_that_refuses() -> None:
    foundation = Foundation()
    kinds = {"PreventUserIdleSystemSleep", "PreventUserIdleDisplaySleep"}
    with pytest.raises(Refused):
        PowerAssertions(Power(foundation, kinds), CoreFoundation(foundation)).hold()
    half = PowerAssertions(Power(foundation, {"PreventUserIdleSystemSleep"}), CoreFoundation(foundation))
    half.hold()
    half.release()
    assert foundation.alive == {}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"kCGSSessionOnConsoleKey": 501}, Session(away=False, locked=False)),
        ({"kCGSSessionOnConsoleKey": 501, "CGSSessionScreenIsLocked": 501}, Session(away=False, locked=True)),
        ({"kCGSSessionOnConsoleKey": 502}, Session(away=True, locked=False)),
        (None, Session()),
    ],
)
def test_a_mac_tells_lock_and_user_switch(told: dict[str, int] | None, expected: Session) -> None:
    foundation = Foundation()

    class Graphics:
        CGSessionCopyCurrentDictionary = Function(lambda: None if told is None else foundation.made(told))

    probe = MacSession(Graphics, CoreFoundation(foundation))
    assert probe.look() == expected
    assert foundation.alive == {}
    assert probe.sources() == ()
    probe.close()


def test_elsewhere_their_libraries_are_refused() -> None:
    for load in (kernel, libraries, power_library, CoreFoundation.load):
        with pytest.raises(Refused):
            load()
