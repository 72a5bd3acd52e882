"""Hints about what the computer is: a virtual machine, used from afar, or shown to others. Hints, not proof.

Each has three values: yes with its evidence, no, and unknown, which is held against nobody. Only the names of a few
known programs are looked for; the list of what runs is neither kept nor sent.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

Hints = dict[str, tuple[str, str]]
YES, NO, UNKNOWN = "yes", "no", "unknown"

# Small letters, of process names; to be kept up to date.
REMOTE = ("teamviewer", "anydesk", "rustdesk", "x11vnc", "x0vncserver", "vino-server", "krfb", "xrdp-sesman",
          "gnome-remote-de", "parsecd", "nxserver", "dwagsvc", "screenconnect", "ultravnc", "winvnc",
          "tvnserver")  # fmt: skip
SHARING = ("obs", "obs64", "zoom", "zoom.us", "teams", "ms-teams", "discord", "skypeforlinux", "skype", "webex",
           "simplescreenrec")  # fmt: skip
MACHINES = ("vmware", "virtualbox", "innotek", "qemu", "kvm", "bochs", "xen", "parallels", "virtual machine",
            "hvm domu", "bhyve")  # fmt: skip


def look() -> Hints:
    """What this computer shows now. Takes some milliseconds; raises nothing."""
    names = running()
    return {
        "virtual_machine": machine(),
        "remote_desktop": _either(remote_session(os.environ), _named(names, REMOTE)),
        "screen_sharing": _named(names, SHARING),
    }


def machine(root: Path = Path("/")) -> tuple[str, str]:
    """By what the maker wrote into it; a hypervisor flag alone is no sign (Windows' own security sets it)."""
    if sys.platform != "linux":
        return UNKNOWN, ""
    said = []
    for name in ("sys_vendor", "product_name", "board_vendor"):
        try:
            said.append((root / "sys/class/dmi/id" / name).read_text("utf-8", "replace").strip())
        except OSError:
            continue
    for text in said:
        if any(word in text.lower() for word in MACHINES):
            return YES, text[:80]
    return (NO, "") if said else (UNKNOWN, "")


def remote_session(environment: Mapping[str, str], metrics: Callable[[int], int] | None = None) -> tuple[str, str]:
    """Whether this very session is used from afar. ``metrics``: GetSystemMetrics of Windows."""
    if sys.platform == "win32" and metrics is None:
        metrics = ctypes.WinDLL("user32").GetSystemMetrics
    if metrics is not None:
        return (YES, "remote session") if metrics(0x1000) else (NO, "")  # SM_REMOTESESSION
    if environment.get("XRDP_SESSION"):
        return YES, "xrdp"
    host = environment.get("DISPLAY", "").partition(":")[0]
    if host not in ("", "unix") and not host.startswith("/"):  # localhost: forwarded by ssh
        return YES, "the display is reached over a network"
    return (NO, "") if environment.get("DISPLAY") else (UNKNOWN, "")


def running(root: Path = Path("/proc")) -> set[str] | None:
    """Names of the processes that run, None where the system does not tell without a program of its own."""
    if sys.platform != "linux":
        return None
    found = set()
    try:
        for entry in root.iterdir():
            if entry.name.isdigit():
                try:
                    found.add((entry / "comm").read_text("utf-8", "replace").strip().lower())
                except OSError:
                    continue  # it ended meanwhile
    except OSError:
        return None
    return found


def _named(names: set[str] | None, known: Iterable[str]) -> tuple[str, str]:
    if names is None:
        return UNKNOWN, ""
    hit = sorted(names & set(known))
    return (YES, f"{hit[0]} is running") if hit else (NO, "")


def _either(first: tuple[str, str], second: tuple[str, str]) -> tuple[str, str]:
    """A yes of any; unknown unless both say no."""
    for answer in (first, second):
        if answer[0] == YES:
            return answer
    return (NO, "") if first[0] == second[0] == NO else (UNKNOWN, "")
