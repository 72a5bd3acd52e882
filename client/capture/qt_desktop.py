"""The screens Qt knows, and how other threads get something done in Qt's own.

Qt's objects live in the application's thread, whose event loop must run; the recording's threads leave
errands there.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QThread, Signal
from PySide6.QtGui import QGuiApplication, QScreen

from client.capture.source import ScreenInfo
from client.errors import ScreenMissing

_ANSWER_S = 2.0
_T = TypeVar("_T")


def qt_screens() -> list[ScreenInfo]:
    """All screens, the primary one first, sizes in their own pixels.

    Raises ``ScreenMissing`` without a running QGuiApplication or if it does not answer.
    """
    return in_application(lambda: described(QGuiApplication.screens()))


def described(screens: Sequence[QScreen]) -> list[ScreenInfo]:
    """The list for ``screens``."""
    found = []
    for number, (screen, name) in enumerate(zip(screens, names(screens), strict=True), 1):
        place, scale = screen.geometry(), float(screen.devicePixelRatio())
        x, y, width, height = (round(v * scale) for v in (place.x(), place.y(), place.width(), place.height()))
        found.append(ScreenInfo(f"screen-{number}", name, x, y, width, height, scale))
    return found


def names(screens: Sequence[QScreen]) -> list[str]:
    """A name for each by which it is known again: two of the same make differ by a digest of their serial
    numbers, those without one by their places."""
    plain = [_name(screen) for screen in screens]
    order = sorted(range(len(screens)), key=lambda n: (screens[n].geometry().x(), screens[n].geometry().y()))
    seen: dict[str, int] = {}
    result = list(plain)
    for number in order:
        seen[plain[number]] = count = seen.get(plain[number], 0) + 1
        if count > 1:
            result[number] = f"{plain[number]} ({count})"
    return result


def _name(screen: QScreen) -> str:
    words = screen.name() or f"{screen.manufacturer()} {screen.model()}".strip() or "screen"
    serial = screen.serialNumber()
    return f"{words} #{hashlib.sha256(serial.encode()).hexdigest()[:4]}" if serial else words


def screen_named(name: str, number: int) -> QScreen | None:
    """In the application's thread: the screen of that name; without a name the one of that number, from 1."""
    screens = list(QGuiApplication.screens())
    if not name:
        return screens[number - 1] if number <= len(screens) else None
    return next((s for s, known in zip(screens, names(screens), strict=True) if known == name), None)


class _Errands(QObject):
    """Runs what other threads ask for in the application's thread. One, for as long as the process lives:
    a QObject that another thread lets go of would be deleted under Qt's feet."""

    asked = Signal(object)

    def run(self, errand: Callable[[], object]) -> None:
        errand()


_errands: _Errands | None = None
_errands_lock = threading.Lock()


def leave_errand(errand: Callable[[], object]) -> None:
    """Have ``errand`` run in the application's thread, some time soon. Raises ``ScreenMissing`` if there is none."""
    global _errands
    thread = application().thread()
    with _errands_lock:
        if _errands is None:
            _errands = _Errands()
            _errands.moveToThread(thread)
            _errands.asked.connect(_errands.run, Qt.ConnectionType.QueuedConnection)
    _errands.asked.emit(errand)


def in_application(errand: Callable[[], _T]) -> _T:
    """What ``errand`` returns in the application's thread. Raises ``ScreenMissing`` if that takes over 2 s."""
    if QThread.currentThread() == application().thread():
        return errand()
    answer: list[_T] = []
    answered = threading.Event()

    def run() -> None:
        try:
            answer.append(errand())
        finally:
            answered.set()

    leave_errand(run)
    if not answered.wait(_ANSWER_S) or not answer:
        raise ScreenMissing("Qt does not answer")
    return answer[0]


def application() -> QGuiApplication:
    """Raises ``ScreenMissing`` if there is none."""
    found = QGuiApplication.instance()
    if not isinstance(found, QGuiApplication):
        raise ScreenMissing("no QGuiApplication")
    return found
