"""The window in front: on a real X server, and on Windows and macOS against faked system calls."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from client.system.front import Front, MacFront, WindowsFront, X11Front, nobody_tells, told
from client.system.keep_awake import Refused
from simulation.screen import Screen

OWN = 4711


class Call:
    """One function of a library: takes ctypes' attributes."""

    restype: Any = None
    argtypes: Any = None

    def __init__(self, does: Callable[..., Any] = lambda *_a: 1) -> None:
        self._does = does

    def __call__(self, *arguments: Any) -> Any:
        return self._does(*arguments)


def test_nobody_tells() -> None:
    assert nobody_tells() == Front("", "", None)


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("https://example.org/q?name=x - Chromium", "… - Chromium"),
        ("example.org/tests/42 — Mozilla Firefox", "… — Mozilla Firefox"),
        ("мысал.қаз/сынақ — Firefox", "… — Firefox"),
        ("www.example.org - Opera", "… - Opera"),
        ("file:///home/s/notes.pdf", "…"),
        ("localhost.example:8080/a", "…"),
        ("notes.md - code", "notes.md - code"),
        ("Есеп 1.5/2, 3.4.2026 - Writer", "Есеп 1.5/2, 3.4.2026 - Writer"),
        ("x" * 500, "x" * 200),
        ("Емтихан \ud83d", "Емтихан \ufffd"),  # Windows cuts a title in the middle of a letter of two halves
        ("\ud83d\ude00", "😀"),
    ],
)
def test_no_address_is_in_a_title(title: str, kept: str) -> None:
    assert told("browser", title, False) == Front("browser", kept, False)


def test_without_an_x_server_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":987")
    with pytest.raises(Refused):
        X11Front(OWN)


@pytest.mark.display
def test_on_x11_with_a_window_manager(monkeypatch: pytest.MonkeyPatch) -> None:
    from Xlib import X, Xatom, display

    def show(connection: Any, title: str, pid: int | None) -> Any:
        screen = connection.screen()
        window = screen.root.create_window(10, 10, 80, 60, 0, screen.root_depth)
        window.set_wm_class("program", "Program")
        name, utf8 = (connection.intern_atom(atom) for atom in ("_NET_WM_NAME", "UTF8_STRING"))
        window.change_property(name, utf8, 8, title.encode())
        if pid is not None:
            window.change_property(connection.intern_atom("_NET_WM_PID"), Xatom.CARDINAL, 32, [pid], X.PropModeReplace)
        window.map()
        connection.sync()
        return window

    def until(front: X11Front, title: str) -> Front:
        """The first answer with this title: a window that goes may give the front to another for a moment."""
        for _ in range(200):
            if (found := front()).title == title:
                return found
            time.sleep(0.05)
        return front()

    with Screen("320x240") as screen:
        monkeypatch.setenv("DISPLAY", screen.env["DISPLAY"])
        front, connection = X11Front(OWN), display.Display()
        assert front() == Front()
        show(connection, "Емтихан", OWN)
        assert until(front, "Емтихан") == Front("Program", "Емтихан", True)
        other = show(connection, "Search", OWN + 1)
        assert until(front, "Search") == Front("Program", "Search", False)
        other.destroy()
        untitled = show(connection, "example.org/tests/42 - browser", OWN + 1)
        assert until(front, "… - browser") == Front("Program", "… - browser", False)
        untitled.destroy()
        show(connection, "unnamed process", None)
        assert until(front, "unnamed process").ours is False
        connection.close()
    assert front() == Front()  # the server is gone


def windows(window: int | None = 5, pid: int = OWN, handle: int | None = 9) -> WindowsFront:
    closed: list[int] = []

    def text(_window: int, buffer: Any, _most: int) -> int:
        buffer.value = "Exam"
        return 4

    def process(_window: int, out: Any) -> int:
        out._obj.value = pid
        return 1

    def path(_handle: int, _flags: int, buffer: Any, _size: Any) -> int:
        buffer.value = "C:\\Program Files\\Senim\\senim.exe"
        return 1

    user = SimpleNamespace(GetForegroundWindow=Call(lambda: window), GetWindowTextW=Call(text),
                           GetWindowThreadProcessId=Call(process))  # fmt: skip
    kernel = SimpleNamespace(OpenProcess=Call(lambda *_a: handle), CloseHandle=Call(closed.append),
                             QueryFullProcessImageNameW=Call(path))  # fmt: skip
    front = WindowsFront(user, kernel, OWN)
    assert closed == []
    return front


def test_on_windows() -> None:
    assert windows()() == Front("senim.exe", "Exam", True)
    assert windows(pid=12)() == Front("senim.exe", "Exam", False)
    assert windows(handle=None)() == Front("", "Exam", True)  # a process that may not be asked
    assert windows(window=None)() == Front()


class Foundation:
    """CoreFoundation with Python's objects behind numbers."""

    def __init__(self, listed: list[dict[str, Any]]) -> None:
        self._held: list[Any] = [None, listed]
        self.released: list[int] = []
        self.CFArrayGetCount = Call(lambda array: len(self._held[array]))
        self.CFArrayGetValueAtIndex = Call(lambda array, index: self._keep(self._held[array][index]))
        self.CFDictionaryGetValue = Call(self._get)
        self.CFRelease = Call(self.released.append)
        self.CFStringCreateWithCString = Call(lambda _a, text, _e: self._keep(text.decode()))
        self.CFNumberGetValue = Call(self._number)
        self.CFStringGetCString = Call(self._string)

    def _keep(self, value: Any) -> int:
        self._held.append(value)
        return len(self._held) - 1

    def _get(self, window: int, key: int) -> int | None:
        value = self._held[window].get(self._held[key])
        return None if value is None else self._keep(value)

    def _number(self, held: int, _kind: int, out: Any) -> int:
        out._obj.value = self._held[held]
        return 1

    def _string(self, held: int, buffer: Any, _size: int, _encoding: int) -> int:
        buffer.value = self._held[held].encode()
        return 1


def on_a_mac(listed: list[dict[str, Any]] | None) -> tuple[Front, list[int]]:
    foundation = Foundation(listed or [])
    graphics = SimpleNamespace(CGWindowListCopyWindowInfo=Call(lambda *_a: None if listed is None else 1))
    return MacFront(graphics, foundation, OWN)(), foundation.released


def test_on_a_mac_the_first_window_of_the_ordinary_layer_is_in_front() -> None:
    menu = {"kCGWindowLayer": 25, "kCGWindowOwnerPID": 1, "kCGWindowOwnerName": "Window Server"}
    safari = {"kCGWindowLayer": 0, "kCGWindowOwnerPID": 12, "kCGWindowOwnerName": "Safari", "kCGWindowName": "Поиск"}
    ours = {"kCGWindowLayer": 0, "kCGWindowOwnerPID": OWN, "kCGWindowOwnerName": "Senim"}
    assert on_a_mac([menu, safari, ours]) == (Front("Safari", "Поиск", False), [1])
    assert on_a_mac([menu, ours, safari]) == (Front("Senim", "", True), [1])
    assert on_a_mac([menu]) == (Front(), [1])
    assert on_a_mac(None) == (Front(), [])
