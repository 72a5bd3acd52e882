"""Starts the window: prepares Qt and the closed world of the questions, then shows the first page."""

from __future__ import annotations

import os
import sys
from collections.abc import MutableMapping, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication

from client import place
from client.settings import Settings
from client.ui.bridge import RecorderBridge
from client.ui.cannot_start import BAD_SETTINGS, NO_PLACE, cannot_start_box
from client.ui.languages import Languages
from client.ui.question_web import register_scheme
from client.ui.theme import theme
from client.ui.window import MainWindow

ROOT_REFUSED = 77

# Doors into the question's page that a person could open from outside the program.
DEBUGGING = ("QTWEBENGINE_REMOTE_DEBUGGING", "QTWEBENGINE_CHROMIUM_FLAGS", "QTWEBENGINE_DISABLE_SANDBOX",
             "QTWEBENGINEPROCESS_PATH", "QT_WEBENGINE_DISABLE_WAYLAND_WORKAROUND")  # fmt: skip

# Compiled shaders that Qt and graphics drivers would keep in the person's ~/.cache: nothing of an exam stays outside
# our own folders, and a window of widgets has hardly any to keep.
NO_TRACES = {"QT_DISABLE_SHADER_DISK_CACHE": "1", "MESA_SHADER_CACHE_DISABLE": "true", "__GL_SHADER_DISK_CACHE": "0"}


def clean_environment(environ: MutableMapping[str, str]) -> None:
    """Remove what would open the question's page to debuggers or weaken it; leave nothing in the person's folders."""
    for name in DEBUGGING:
        environ.pop(name, None)
    environ.update(NO_TRACES)


def running_as_root() -> bool:
    if sys.platform == "win32":
        return False
    return os.geteuid() == 0


def prepare(*, allow_root: bool = False, environ: MutableMapping[str, str] | None = None) -> int:
    """Everything that must happen before the QApplication is made. Returns 0 or an exit code.

    As root Chromium cannot keep its sandbox; that is accepted for the demo and the tests alone, and said.
    """
    environ = os.environ if environ is None else environ
    clean_environment(environ)
    if running_as_root():
        if not allow_root:
            sys.stderr.write("Senim does not run as root. Start it as an ordinary user.\n")
            return ROOT_REFUSED
        environ["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
        sys.stderr.write("Senim runs as root: the sandbox of the question page is off (demo and tests only).\n")
    if QApplication.instance() is None:
        register_scheme()
        QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    return 0


def run(settings: Settings, argv_for_recorder: Sequence[str], *, allow_root: bool = False) -> int:
    """Show the window until it is closed. ``argv_for_recorder``: the whole command that starts the recorder."""
    refused = prepare(allow_root=allow_root)
    if refused:
        return refused
    app = QApplication([sys.argv[0] or "senim"])
    app.setApplicationName("senim")
    app.setApplicationDisplayName("Senim")
    app.setDesktopFileName("senim")
    theme.apply(app, settings.appearance)
    fault = place.fault(settings.data_dir)
    if fault:
        sys.stderr.write(f"senim: {fault}\n")
        cannot_start_box(NO_PLACE, fault).exec()
        return place.NO_PLACE
    bridge = RecorderBridge(argv_for_recorder)
    window = MainWindow(settings, bridge, Languages(app))
    bridge.start()
    window.showMaximized()
    code = app.exec()
    bridge.quit()
    put_away(window)
    return code


def tell_bad_settings(fault: str) -> None:
    """In a window, where nobody reads a command line."""
    app = QApplication.instance() or QApplication(["senim"])
    app.setApplicationName("senim")
    cannot_start_box(BAD_SETTINGS, fault).exec()


def put_away(window: MainWindow) -> None:
    """Delete the window while Qt still runs: a web page must go before its profile does."""
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
