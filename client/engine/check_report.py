"""What a check tells the institution: each item's state with its code, the version, the system. No pictures, no sound,
nothing that names a person; a student's computer is named by a random word, a room's by its name on the network."""

from __future__ import annotations

import platform
from collections.abc import Iterable
from typing import Any

from client.messages import CheckItem
from client.system.programs import disturbing_programs
from client.version import VERSION

CHECK, REHEARSAL = "check", "rehearsal"
OPEN = ("waiting", "running")
_LONGEST_VALUE = 120  # as the server takes it


def told(items: Iterable[CheckItem]) -> list[dict[str, Any]]:
    """[{"item", "state", "code", "values"}] of a check that ended, the programs' hint among them. What was still open
    counts as failed."""
    found: list[dict[str, Any]] = [
        {"item": item.id, "state": "failed" if item.state in OPEN else item.state,
         "code": item.code or f"{item.id.split('-')[0]}_no_answer", "values": dict(item.values)}
        for item in items
    ]  # fmt: skip
    programs = disturbing_programs()
    found.append({"item": "programs", "state": "warning" if programs else "ok",
                  "code": "programs_disturb" if programs else "programs_ok",
                  "values": {"names": ", ".join(programs)[:_LONGEST_VALUE]} if programs else {}})  # fmt: skip
    return found


def facts() -> dict[str, Any]:
    """Version and system; nothing that names a person."""
    system = {"system": platform.system(), "release": platform.release(), "machine": platform.machine()}
    return {"version": VERSION, **system}


def body(how: str, machine: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    """The report as docs/PROTOCOL.md has it. ``how``: check or rehearsal."""
    known = facts()
    system = " ".join(str(known[name]) for name in ("system", "release", "machine"))[:_LONGEST_VALUE]
    return {"how": how, "machine": machine, "version": known["version"], "system": system, "items": items}
