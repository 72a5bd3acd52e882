"""Which of the systems' ways this computer has: to be kept awake, to tell of the student's session."""

from __future__ import annotations

import sys

from client.system.keep_awake import KeepAwake
from client.system.session import SessionProbe


def keep_awake() -> KeepAwake:
    """What this computer offers."""
    if sys.platform == "win32":
        from client.system.awake_windows import PowerRequest, kernel

        return KeepAwake([lambda: PowerRequest(kernel())])
    if sys.platform == "darwin":
        from client.system.awake_mac import PowerAssertions, power_library
        from client.system.core_foundation import CoreFoundation

        return KeepAwake([lambda: PowerAssertions(power_library(), CoreFoundation.load())])
    from client.system.awake_linux import LoginInhibitor, ScreenSaverInhibitor, XServerTimer

    return KeepAwake([LoginInhibitor, ScreenSaverInhibitor, XServerTimer])


def session_probe() -> SessionProbe:
    """What this computer offers; may take a second or two."""
    if sys.platform == "win32":
        from client.system.session_windows import WindowsSession, libraries

        return WindowsSession(*libraries())
    if sys.platform == "darwin":
        from client.system.core_foundation import CoreFoundation, framework
        from client.system.session_mac import MacSession

        return MacSession(framework("CoreGraphics"), CoreFoundation.load())
    from client.system.session_linux import LinuxSession

    return LinuxSession()
