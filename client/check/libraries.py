"""Which libraries of the system are missing: a list with package names instead of a crash."""

from __future__ import annotations

import ctypes
import sys

MISSING = 69  # EX_UNAVAILABLE
# What the window, the question page and the sound need and the frozen folder does not carry; Debian's package names.
NEEDED = {
    "libGL.so.1": "libgl1", "libEGL.so.1": "libegl1", "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6", "libglib-2.0.so.0": "libglib2.0-0", "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0", "libxkbcommon-x11.so.0": "libxkbcommon-x11-0", "libX11.so.6": "libx11-6",
    "libxcb.so.1": "libxcb1", "libxcb-cursor.so.0": "libxcb-cursor0", "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1", "libXcomposite.so.1": "libxcomposite1", "libXdamage.so.1": "libxdamage1",
    "libXrandr.so.2": "libxrandr2", "libXtst.so.6": "libxtst6", "libxkbfile.so.1": "libxkbfile1",
    "libnss3.so": "libnss3", "libnspr4.so": "libnspr4", "libasound.so.2": "libasound2", "libpulse.so.0": "libpulse0",
}  # fmt: skip


def missing_libraries() -> dict[str, str]:
    """{library: Debian package} of those the loader does not find. Empty on other systems: their own installers
    bring everything."""
    if sys.platform != "linux":
        return {}
    return {library: package for library, package in NEEDED.items() if not _loads(library)}


def explain(error: ImportError) -> str:
    """Why the window cannot start, and the command that helps."""
    lacking = missing_libraries()
    if not lacking:
        return f"senim: the program's own folder is damaged, install it again: {error}"
    named = ", ".join(f"{library} ({package})" for library, package in lacking.items())
    return f"senim: the system lacks {named}.\nOn Debian and Ubuntu: apt-get install {' '.join(lacking.values())}"


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
