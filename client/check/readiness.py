"""``senim --check``: will this computer do for an exam? The same checks as in the window, without one.

It signs in nowhere, records nothing and takes no picture along. Each item is ``ok``, ``warning`` or ``failed`` with
the code that the guide for IT explains.
"""

from __future__ import annotations

import dataclasses
import json
import platform
import sys
import threading
from dataclasses import dataclass
from typing import Any

from client.capture.settings import CaptureSettings
from client.capture.source import CAMERA, SOUND
from client.check.programs import disturbing_programs
from client.clock import SessionClock
from client.engine.check import SystemCheck
from client.engine.policy import SCREENS, Policy
from client.engine.sink import SpoolSink
from client.engine.workshop import Workshop
from client.messages import CheckView
from client.version import VERSION

LONGEST_S = 30.0  # devices that hang are told as what they were last seen to be
MINUTES = 180  # the disk is judged for an exam of this length
_OPEN = ("waiting", "running")


@dataclass(frozen=True)
class Readiness:
    """``items``: {"item", "state", "code", "values"}; ``ready`` when none failed."""

    items: list[dict[str, Any]]
    facts: dict[str, Any]

    @property
    def ready(self) -> bool:
        return all(item["state"] in ("ok", "warning") for item in self.items)

    def as_json(self) -> str:
        body = {"ready": self.ready, "items": self.items, **self.facts}
        return json.dumps(body, ensure_ascii=False)

    def lines(self) -> list[str]:
        """For a person: one line an item, the worst first."""
        order = {"failed": 0, "warning": 1}
        rows = sorted(self.items, key=lambda item: order.get(item["state"], 2))
        return [
            f"{row['state']:8} {row['item']:11} {row['code']} "
            + " ".join(f"{name}={value}" for name, value in row["values"].items())
            for row in rows
        ]


def look(workshop: Workshop, seconds: float = LONGEST_S) -> Readiness:
    """Try everything for at most ``seconds``, then let go of all devices."""
    clock = SessionClock()
    policy = Policy((SCREENS, CAMERA, SOUND), "", MINUTES, 0, rehearsal=True, simulated_microphone=True)
    place = workshop.data_dir
    existing = next(folder for folder in (place, *place.parents) if folder.exists())  # nothing is made by looking
    workshop = dataclasses.replace(workshop, data_dir=existing)
    sink = SpoolSink(lambda *_: None, lambda _level: None)
    capture = workshop.capture(clock, CaptureSettings(), sink)
    seen = _Seen()
    check = SystemCheck(workshop, workshop.transport(), policy, clock=clock, capture=capture, show=seen.show)
    try:
        check.start()
        seen.settled.wait(seconds)
    finally:
        check.stop()
        capture.close()
    items = [
        {"item": item.id, "state": "failed" if item.state in _OPEN else item.state,
         "code": item.code or f"{item.id.split('-')[0]}_no_answer", "values": dict(item.values)}
        for item in (seen.view.items if seen.view else [])
    ]  # fmt: skip
    found = disturbing_programs()
    items.append({"item": "programs", "state": "warning" if found else "ok",
                  "code": "programs_disturb" if found else "programs_ok",
                  "values": {"names": ", ".join(found)} if found else {}})  # fmt: skip
    return Readiness(items, facts())


def facts() -> dict[str, Any]:
    """Version and system; nothing that names a person."""
    system = {"system": platform.system(), "release": platform.release(), "machine": platform.machine()}
    return {"version": VERSION, **system}


def main(workshop: Workshop, *, as_json: bool) -> int:
    """Print the result; 0 when the computer is ready, else 1."""
    result = look(workshop)
    if as_json:
        sys.stdout.write(result.as_json() + "\n")
    else:
        sys.stdout.write("\n".join(result.lines()) + "\n")
        sys.stdout.write("This computer is ready.\n" if result.ready else "This computer is not ready yet.\n")
    return 0 if result.ready else 1


class _Seen:
    """The newest view, and whether every item has its answer."""

    def __init__(self) -> None:
        self.view: CheckView | None = None
        self.settled = threading.Event()

    def show(self, view: CheckView) -> None:
        self.view = view
        # Without a server nobody tells the time: that item would wait for ever.
        server_failed = any(item.id == "server" and item.state == "failed" for item in view.items)
        open_items = {item.id for item in view.items if item.state in _OPEN} - ({"clock"} if server_failed else set())
        if view.items and not open_items:
            self.settled.set()
