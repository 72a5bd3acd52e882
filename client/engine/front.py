"""Which window is in front: application and title, for the sealed track alone.

X11 tells; other systems tell without special rights only on Windows. Where nobody tells, both are empty.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable

MOST_LETTERS = 200


def front_window() -> Callable[[], tuple[str, str]]:
    """A function that returns (application, title); it never raises."""
    if sys.platform == "linux":
        try:
            return _X11Front()
        except Exception:  # noqa: BLE001 -- no X server, no library: then nobody tells
            return _nobody
    if sys.platform == "win32":
        return _windows_front
    return _nobody


def _nobody() -> tuple[str, str]:
    return "", ""


class _X11Front:
    """Asks the root window's _NET_ACTIVE_WINDOW; one connection, used from one thread."""

    def __init__(self) -> None:
        from Xlib import display

        self._display = display.Display()
        self._root = self._display.screen().root
        self._active, self._name, self._utf8 = (
            self._display.intern_atom(name) for name in ("_NET_ACTIVE_WINDOW", "_NET_WM_NAME", "UTF8_STRING")
        )

    def __call__(self) -> tuple[str, str]:
        try:
            found = self._root.get_full_property(self._active, 0)
            if found is None or not found.value or not found.value[0]:
                return "", ""
            window = self._display.create_resource_object("window", found.value[0])
            named = window.get_full_property(self._name, self._utf8)
            title = named.value.decode("utf-8", "replace") if named is not None else str(window.get_wm_name() or "")
            kind = window.get_wm_class()
            return (str(kind[1]) if kind else "")[:MOST_LETTERS], title[:MOST_LETTERS]
        except Exception:  # noqa: BLE001 -- the window may be gone between two questions
            return "", ""


def _windows_front() -> tuple[str, str]:
    if sys.platform != "win32":
        return "", ""
    user = ctypes.windll.user32
    window = user.GetForegroundWindow()
    text = ctypes.create_unicode_buffer(MOST_LETTERS)
    user.GetWindowTextW(window, text, MOST_LETTERS)
    kind = ctypes.create_unicode_buffer(MOST_LETTERS)
    user.GetClassNameW(window, kind, MOST_LETTERS)
    return kind.value, text.value
