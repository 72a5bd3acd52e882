"""What this computer says of itself: texts its maker wrote into it. Three systems; none asks for rights."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

_DMI = ("sys_vendor", "product_name", "board_vendor")
BIOS_KEY = r"HARDWARE\DESCRIPTION\System\BIOS"
BIOS_VALUES = ("SystemManufacturer", "SystemProductName", "BaseBoardManufacturer")
# The kernel's own word that it runs as a guest: "virtual machine" is a name that is looked for.
GUEST, GUEST_WORDS = b"kern.hv_vmm_present", "kern.hv_vmm_present: virtual machine"


def makers(root: Path = Path("/")) -> list[str]:
    """Empty where the system tells nothing. ``root``: where Linux's /sys lies."""
    if sys.platform == "win32":
        import winreg

        return of_the_registry(lambda name: _registry_value(winreg, name))
    if sys.platform == "darwin":
        return of_the_kernel(ctypes.CDLL(None))
    return of_dmi(root)


def of_dmi(root: Path) -> list[str]:
    said = []
    for name in _DMI:
        try:
            said.append((root / "sys/class/dmi/id" / name).read_text("utf-8", "replace").strip())
        except OSError:
            continue
    return said


def of_the_registry(value: Callable[[str], object]) -> list[str]:
    """``value`` reads one value of ``BIOS_KEY`` and may raise ``OSError``."""
    said = []
    for name in BIOS_VALUES:
        try:
            said.append(str(value(name)).strip())
        except OSError:
            continue
    return said


def of_the_kernel(libc: Any) -> list[str]:
    """macOS 11 and later say whether a hypervisor is below them."""
    present, size = ctypes.c_int(0), ctypes.c_size_t(ctypes.sizeof(ctypes.c_int))
    try:
        refused = libc.sysctlbyname(GUEST, ctypes.byref(present), ctypes.byref(size), None, ctypes.c_size_t(0))
    except (AttributeError, OSError):
        return []
    if refused:
        return []
    return [GUEST_WORDS if present.value else "a computer of its own"]


def _registry_value(winreg: Any, name: str) -> object:
    with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, BIOS_KEY) as key:
        return winreg.QueryValueEx(key, name)[0]
