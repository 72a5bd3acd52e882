"""The contract of sources for screens through Qt, in a process whose main thread runs Qt. Prints what held."""

from __future__ import annotations

import sys
import threading

import pytest
from PySide6.QtCore import QMetaObject, Qt
from PySide6.QtGui import QGuiApplication

from client.capture.choose import QtScreens
from client.capture.qt_screen import QtScreen
from client.clock import SessionClock
from client.errors import ScreenRemoved

from .fakes import wait_for
from .test_contract import Rig, first_reading, test_pictures_come_with_their_time_and_size


def the_same_contract() -> None:
    test_pictures_come_with_their_time_and_size(Rig(QtScreen("screen-1", SessionClock()), None, None))


def screens_by_name() -> None:
    (screen,) = QtScreens().screens()
    assert (screen.stream, screen.width, screen.height, screen.scale) == ("screen-1", 1280, 720, 1.0)
    source = QtScreens().source(screen, SessionClock())
    source.start()
    assert first_reading(source).width == 1280
    source.stop()


def no_such_screen() -> None:
    source = QtScreen("screen-2", SessionClock(), "another")
    source.start()
    with pytest.raises(ScreenRemoved):
        wait_for(lambda: source.read(0.1), 5)
    source.stop()


def let_go_at_once() -> None:
    """A source that is stopped before it began, again and again, leaves nothing behind that fails later."""
    source = QtScreen("screen-1", SessionClock())
    for _ in range(5):
        source.start()
        source.stop()
    source.start()
    assert first_reading(source)
    source.stop()


def check(application: QGuiApplication) -> None:
    try:
        for claim in (the_same_contract, screens_by_name, no_such_screen, let_go_at_once):
            claim()
            print(claim.__name__, flush=True)
    finally:  # a claim that fails is printed by threading, and its name is missing
        QMetaObject.invokeMethod(application, "quit", Qt.ConnectionType.QueuedConnection)


def main() -> None:
    application = QGuiApplication(sys.argv)
    checker = threading.Thread(target=check, args=(application,))
    checker.start()
    application.exec()
    checker.join()


if __name__ == "__main__":
    main()
