"""Hints about what the computer is: a virtual machine, used from afar, or shown to others. Hints, not proof.

Each has three values: yes with its evidence (names and settings, which need no translation), no, and unknown, which is
held against nobody. Only the names of a few known programs are looked for; the list of what runs is neither kept nor
sent.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import psutil

from client.system.maker import makers

Hints = dict[str, tuple[str, str]]
YES, NO, UNKNOWN = "yes", "no", "unknown"

# Small letters, of process names; to be kept up to date.
REMOTE = ("teamviewer", "anydesk", "rustdesk", "x11vnc", "x0vncserver", "vino-server", "krfb", "xrdp-sesman",
          "gnome-remote-de", "parsecd", "nxserver", "dwagsvc", "screenconnect", "ultravnc", "winvnc", "tvnserver",
          "quickassist", "msra", "radmin", "rserver3", "ammyy", "aa_v3", "supremo", "getscreen", "remoting_host",
          "sunshine", "screensharingd")  # fmt: skip
SHARING = ("obs", "obs64", "zoom", "zoom.us", "teams", "ms-teams", "msteams", "discord", "skypeforlinux", "skype",
           "webex", "ciscocollabhost", "simplescreenrec")  # fmt: skip
MACHINES = ("vmware", "virtualbox", "innotek", "qemu", "kvm", "bochs", "xen", "parallels", "virtual machine",
            "hvm domu", "bhyve")  # fmt: skip


def look(root: Path = Path("/"), environment: Mapping[str, str] | None = None) -> Hints:
    """What this computer shows now. Takes some milliseconds; raises nothing. ``root``: where /proc and /sys lie."""
    names = running(root / "proc")
    session = remote_session(os.environ if environment is None else environment)
    return {
        "virtual_machine": machine(makers(root)),
        "remote_desktop": _either(session, _named(names, REMOTE)),
        "screen_sharing": _named(names, SHARING),
    }


def machine(said: Sequence[str]) -> tuple[str, str]:
    """By what the maker wrote into it; a hypervisor flag alone is no sign (Windows' own security sets it)."""
    for text in said:
        if any(word in text.lower() for word in MACHINES):
            return YES, text[:80]
    return (NO, "") if said else (UNKNOWN, "")


def remote_session(environment: Mapping[str, str], metrics: Callable[[int], int] | None = None) -> tuple[str, str]:
    """Whether this very session is used from afar. ``metrics``: GetSystemMetrics of Windows."""
    if sys.platform == "win32" and metrics is None:
        metrics = ctypes.WinDLL("user32").GetSystemMetrics
    if metrics is not None:
        return (YES, "SM_REMOTESESSION") if metrics(0x1000) else (NO, "")  # SM_REMOTESESSION
    if environment.get("XRDP_SESSION"):
        return YES, "XRDP_SESSION"
    display = environment.get("DISPLAY", "")
    host = display.partition(":")[0]
    if host not in ("", "unix") and not host.startswith("/"):  # localhost: forwarded by ssh
        return YES, f"DISPLAY={display}"[:80]
    return (NO, "") if display else (UNKNOWN, "")


def running(root: Path = Path("/proc")) -> set[str] | None:
    """Names of the processes that run, in small letters; None where the system does not tell."""
    if sys.platform != "linux":
        try:
            return names_of(psutil.process_iter())
        except (psutil.Error, OSError):
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


def names_of(processes: Iterable[psutil.Process]) -> set[str]:
    """Without ".exe". psutil keeps what it knows of a process, so that asking again costs little."""
    found = set()
    for process in processes:
        try:
            found.add(process.name().lower().removesuffix(".exe"))
        except (psutil.Error, OSError):
            continue  # it ended meanwhile, or is somebody else's
    return found


def _named(names: set[str] | None, known: Iterable[str]) -> tuple[str, str]:
    if names is None:
        return UNKNOWN, ""
    hit = sorted(names & set(known))
    return (YES, ", ".join(hit)) if hit else (NO, "")


def _either(first: tuple[str, str], second: tuple[str, str]) -> tuple[str, str]:
    """A yes of any; unknown unless both say no."""
    evidence = [answer[1] for answer in (first, second) if answer[0] == YES]
    if evidence:
        return YES, ", ".join(evidence)
    return (NO, "") if first[0] == second[0] == NO else (UNKNOWN, "")
