"""``senim --running``: whether this installed program runs, for anybody of this computer. Looks, and changes nothing.

Packages ask before they replace or remove the program: an exam must not be interrupted.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

RUNS = 75  # EX_TEMPFAIL of sysexits.h, as for recordings that were not delivered
NAME = "senim"


@dataclass(frozen=True)
class Running:
    """One process. ``person`` is empty where the system does not tell whose it is."""

    pid: int
    program: str
    person: str


def running(folder: Path) -> list[Running]:
    """The processes whose program lies in ``folder``, without this one. One of our name whose place the system keeps
    to itself counts too: rather once too often asked to close it than an exam broken off."""
    folder, found = folder.resolve(), []
    for process in psutil.process_iter(["name", "exe"]):
        told = process.info
        name, program = told["name"] or "", Path(told["exe"] or "")
        if process.pid == os.getpid():
            continue
        if program.is_absolute():  # Windows has processes of its own whose place is a word ("Registry")
            ours = program.resolve().is_relative_to(folder)
        else:
            ours = name.lower().removesuffix(".exe") == NAME
        if ours and not _is_zombie(process):
            found.append(Running(process.pid, told["exe"] or name, _person(process)))
    return found


def _is_zombie(process: psutil.Process) -> bool:
    try:
        return bool(process.status() == psutil.STATUS_ZOMBIE)
    except (psutil.Error, OSError):
        return not process.is_running()


def _person(process: psutil.Process) -> str:
    """Asked of our own alone: Windows may look for the name at the domain, which may be out of reach (``OSError``)."""
    try:
        return process.username() or ""
    except (psutil.Error, OSError):
        return ""


def main(*, as_json: bool) -> int:
    """Print what is found; ``RUNS`` if there is any, else 0."""
    if not getattr(sys, "frozen", False):
        raise SystemExit("senim: --running is for an installed program; this one runs from its source")
    found = running(Path(sys.executable).resolve().parent)
    if as_json:
        sys.stdout.write(json.dumps([asdict(item) for item in found], ensure_ascii=False) + "\n")
    for item in found if not as_json else []:
        sys.stdout.write(f"running: {item.program}, process {item.pid}, {item.person or 'of somebody else'}\n")
    return RUNS if found else 0
