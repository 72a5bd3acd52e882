"""Which window is in front: application, title, and whether it is the exam's. No keys, no addresses, no content.

One interface, three systems. Where a system does not tell, all is empty and ``ours`` is None.
"""

from __future__ import annotations

import ctypes
import re
import sys
from collections.abc import Callable
from typing import Any, NamedTuple

from client.plain_text import whole
from client.system.core_foundation import framework
from client.system.keep_awake import Refused

MOST_LETTERS = 200
# Browsers name a page without a title by its address: addresses are not for us, not even for the track.
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S*|www\.\S+|(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?/\S*", re.IGNORECASE)


class Front(NamedTuple):
    """``ours``: it belongs to the exam; None: the system does not tell."""

    app: str = ""
    title: str = ""
    ours: bool | None = None


Asked = Callable[[], Front]


def told(app: str, title: str, ours: bool | None) -> Front:
    """Cut to a sensible length, without addresses; whatever a program calls itself can be written down."""
    return Front(whole(app[:MOST_LETTERS]), _ADDRESS.sub("…", whole(title[:MOST_LETTERS])), ours)


def nobody_tells() -> Front:
    """No system, no right, or nothing in front."""
    return Front()


def front_window(own_pid: int) -> Asked:
    """A function that tells and never raises; called from one thread. ``own_pid``: the process of our window."""
    try:
        if sys.platform == "win32":
            return WindowsFront(ctypes.WinDLL("user32"), ctypes.WinDLL("kernel32"), own_pid)
        if sys.platform == "darwin":
            return MacFront(framework("CoreGraphics"), framework("CoreFoundation"), own_pid)
        return X11Front(own_pid)
    except (Refused, OSError):
        return nobody_tells


class X11Front:
    """Asks the root window's _NET_ACTIVE_WINDOW (EWMH); one connection. Qt gives its windows a _NET_WM_PID; one
    without is another program's."""

    def __init__(self, own_pid: int, display: Any = None) -> None:
        """``display``: of python-xlib, by default the environment's. Raises ``Refused``."""
        self._own_pid = own_pid
        try:
            if display is None:
                from Xlib import display as displays

                display = displays.Display()
            self._display, self._root = display, display.screen().root
            self._active, self._name, self._utf8, self._pid = (
                display.intern_atom(name)
                for name in ("_NET_ACTIVE_WINDOW", "_NET_WM_NAME", "UTF8_STRING", "_NET_WM_PID")
            )
        except Exception as error:  # python-xlib's errors have no common root, and without a server nobody tells
            raise Refused(repr(error)) from error

    def __call__(self) -> Front:
        try:
            found = self._root.get_full_property(self._active, 0)
            if found is None or not found.value or not found.value[0]:
                return Front()
            window = self._display.create_resource_object("window", found.value[0])
            named = window.get_full_property(self._name, self._utf8)
            title = named.value.decode("utf-8", "replace") if named is not None else str(window.get_wm_name() or "")
            kind = window.get_wm_class()
            pid = window.get_full_property(self._pid, 0)
            ours = pid is not None and bool(pid.value) and int(pid.value[0]) == self._own_pid
            return told(str(kind[1]) if kind else "", title, ours)
        except Exception:  # noqa: BLE001 -- the window may be gone between two questions
            return Front()


class WindowsFront:
    """The foreground window, its title and its process's file name."""

    _QUERY = 0x1000  # PROCESS_QUERY_LIMITED_INFORMATION

    def __init__(self, user: Any, kernel: Any, own_pid: int) -> None:
        self._user, self._kernel, self._own_pid = user, kernel, own_pid
        user.GetForegroundWindow.restype = ctypes.c_void_p
        user.GetWindowTextW.argtypes = (ctypes.c_void_p, ctypes.c_wchar_p, ctypes.c_int)
        user.GetWindowThreadProcessId.argtypes = (ctypes.c_void_p, ctypes.POINTER(ctypes.c_uint32))
        kernel.OpenProcess.restype = ctypes.c_void_p
        kernel.OpenProcess.argtypes = (ctypes.c_uint32, ctypes.c_int, ctypes.c_uint32)
        kernel.CloseHandle.argtypes = (ctypes.c_void_p,)
        kernel.QueryFullProcessImageNameW.argtypes = (
            ctypes.c_void_p, ctypes.c_uint32, ctypes.c_wchar_p, ctypes.POINTER(ctypes.c_uint32),
        )  # fmt: skip

    def __call__(self) -> Front:
        window = self._user.GetForegroundWindow()
        if not window:
            return Front()
        text = ctypes.create_unicode_buffer(MOST_LETTERS)
        self._user.GetWindowTextW(window, text, MOST_LETTERS)
        pid = ctypes.c_uint32(0)
        self._user.GetWindowThreadProcessId(window, ctypes.byref(pid))
        return told(self._program(pid.value), text.value, pid.value == self._own_pid if pid.value else None)

    def _program(self, pid: int) -> str:
        handle = self._kernel.OpenProcess(self._QUERY, 0, pid)
        if not handle:
            return ""
        try:
            path, size = ctypes.create_unicode_buffer(1024), ctypes.c_uint32(1024)
            if not self._kernel.QueryFullProcessImageNameW(handle, 0, path, ctypes.byref(size)):
                return ""
            return path.value.replace("/", "\\").rsplit("\\", 1)[-1][:MOST_LETTERS]
        finally:
            self._kernel.CloseHandle(handle)


class MacFront:
    """The first window of the ordinary layer, of those on the screen, front to back. Titles come only with the
    right to record the screen, which the exam has asked for anyway."""

    _ON_SCREEN, _NUMBER, _UTF8 = 1 | 16, 9, 0x08000100  # kCGWindowList..., kCFNumberIntType, kCFStringEncodingUTF8

    def __init__(self, graphics: Any, foundation: Any, own_pid: int) -> None:
        self._graphics, self._cf, self._own_pid = graphics, foundation, own_pid
        pointer = ctypes.c_void_p
        graphics.CGWindowListCopyWindowInfo.restype = pointer
        graphics.CGWindowListCopyWindowInfo.argtypes = (ctypes.c_uint32, ctypes.c_uint32)
        for name, takes in (
            ("CFArrayGetCount", (pointer,)), ("CFArrayGetValueAtIndex", (pointer, ctypes.c_long)),
            ("CFDictionaryGetValue", (pointer, pointer)), ("CFRelease", (pointer,)),
            ("CFStringCreateWithCString", (pointer, ctypes.c_char_p, ctypes.c_uint32)),
            ("CFNumberGetValue", (pointer, ctypes.c_long, pointer)),
            ("CFStringGetCString", (pointer, ctypes.c_char_p, ctypes.c_long, ctypes.c_uint32)),
        ):  # fmt: skip
            getattr(foundation, name).argtypes = takes
        foundation.CFArrayGetCount.restype = ctypes.c_long
        for name in ("CFArrayGetValueAtIndex", "CFDictionaryGetValue", "CFStringCreateWithCString"):
            getattr(foundation, name).restype = pointer
        names = ("kCGWindowLayer", "kCGWindowOwnerPID", "kCGWindowOwnerName", "kCGWindowName")
        self._keys = {name: foundation.CFStringCreateWithCString(None, name.encode(), self._UTF8) for name in names}

    def __call__(self) -> Front:
        windows = self._graphics.CGWindowListCopyWindowInfo(self._ON_SCREEN, 0)
        if not windows:
            return Front()
        try:
            for index in range(self._cf.CFArrayGetCount(windows)):
                window = self._cf.CFArrayGetValueAtIndex(windows, index)
                if self._number(window, "kCGWindowLayer") == 0:
                    pid = self._number(window, "kCGWindowOwnerPID")
                    app, title = self._text(window, "kCGWindowOwnerName"), self._text(window, "kCGWindowName")
                    return told(app, title, None if pid is None else pid == self._own_pid)
            return Front()
        finally:
            self._cf.CFRelease(windows)

    def _number(self, window: int, name: str) -> int | None:
        held, value = self._cf.CFDictionaryGetValue(window, self._keys[name]), ctypes.c_int(0)
        read = held and self._cf.CFNumberGetValue(held, self._NUMBER, ctypes.byref(value))
        return value.value if read else None

    def _text(self, window: int, name: str) -> str:
        held, text = self._cf.CFDictionaryGetValue(window, self._keys[name]), ctypes.create_string_buffer(1024)
        read = held and self._cf.CFStringGetCString(held, text, 1024, self._UTF8)
        return text.value.decode("utf-8", "replace")[:MOST_LETTERS] if read else ""
