"""All drawings by name, and which of them helps with what the system check found, on the system this runs on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from client.ui.drawings import linux, macos, windows

Draw = Callable[[str, str], str]  # language, family of letters -> SVG

DRAWINGS: dict[str, Draw] = {
    "windows-start": windows.start, "windows-camera": windows.camera, "windows-microphone": windows.microphone,
    "macos-start": macos.start, "macos-ask": macos.ask, "macos-camera": macos.camera,
    "macos-microphone": macos.microphone, "macos-screen": macos.screen,
    "gnome-install": linux.install, "gnome-share": linux.gnome_share, "kde-share": linux.kde_share,
}  # fmt: skip

# Windows and macOS tell a program without the permission only that the device does not open, or hand it silence.
_CAMERA = ("camera_denied", "camera_busy", "camera_black")
_MICROPHONE = ("microphone_denied", "microphone_busy", "microphone_silent")
_SCREEN = ("screen_denied", "screen_not_shown", "screen_black")
FORBIDDEN = ("camera_denied", "microphone_denied", *_SCREEN)  # here nothing else can be the cause


def help_with(code: str, platform: str, environment: Mapping[str, str]) -> str:
    """The name of the drawing for a code of the check, "" where there is none. ``platform``: as ``sys.platform``;
    ``environment``: as ``os.environ``, which on Linux names the desktop."""
    if platform == "win32":
        return _by_device(code, "windows-camera", "windows-microphone", "")
    if platform == "darwin":
        return _by_device(code, "macos-camera", "macos-microphone", "macos-screen")
    if environment.get("XDG_SESSION_TYPE") != "wayland":
        return ""
    desktops = environment.get("XDG_CURRENT_DESKTOP", "").lower().split(":")
    return _by_device(code, "", "", "kde-share" if "kde" in desktops else "gnome-share")


def _by_device(code: str, camera: str, microphone: str, screen: str) -> str:
    for codes, drawing in ((_CAMERA, camera), (_MICROPHONE, microphone), (_SCREEN, screen)):
        if code in codes:
            return drawing
    return ""
