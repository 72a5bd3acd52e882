"""Where a computer's administrator says that the institution's settings lie: policy on Windows, profile on macOS."""

from __future__ import annotations

import plistlib
import sys
from pathlib import Path

POLICY_KEY = r"Software\Policies\Senim"
POLICY_VALUE = "ConfigFolder"
PROFILE = Path("/Library/Managed Preferences/org.senim.client.plist")


def managed_folder() -> Path | None:
    """The folder of ``institution.json`` by policy, or None. Linux has ``/etc/senim`` and needs no more."""
    value = _policy() if sys.platform == "win32" else _profile(PROFILE) if sys.platform == "darwin" else ""
    return Path(value) if value else None


def _policy() -> str:
    """The machine's policy alone: what a user may write in the registry is not asked."""
    if sys.platform != "win32":
        return ""
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, POLICY_KEY) as key:
            value, kind = winreg.QueryValueEx(key, POLICY_VALUE)
    except OSError:
        return ""
    return str(value) if kind == winreg.REG_SZ else ""


def _profile(file: Path) -> str:
    """A value of a managed-preferences file; anything else than a text is none."""
    try:
        value = plistlib.loads(file.read_bytes()).get(POLICY_VALUE)
    except (OSError, plistlib.InvalidFileException, ValueError, AttributeError):
        return ""
    return value if isinstance(value, str) else ""
