"""Programs that let somebody else see or steer this computer, by the names of their processes.

A hint for people who prepare a room: nothing is ended, nobody is judged by it.
"""

from __future__ import annotations

import psutil

from client.system.surroundings import names_of

# Remote control and virtual cameras that are common here; small letters, without ".exe".
_KNOWN = {
    "anydesk", "teamviewer", "teamviewerd", "teamviewer_desktop", "rustdesk", "ammyy", "aa_v3", "radmin", "rserver3",
    "vncserver", "x11vnc", "winvnc", "tvnserver", "vncserverui", "xrdp", "screensharingd", "parsecd", "sunshine",
    "supremo", "getscreen", "remoting_host", "quickassist", "msra", "obs", "obs64", "obs-studio", "manycam",
    "snapcamera", "droidcam", "xsplit",
}  # fmt: skip


def disturbing_programs() -> list[str]:
    """Their names, each once; empty also where the system does not tell."""
    try:
        return sorted(names_of(psutil.process_iter()) & _KNOWN)
    except (psutil.Error, OSError):
        return []
