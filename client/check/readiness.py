"""``senim --check``: will this computer do for an exam? The same checks as in the window, without one.

It records nothing and takes no picture along; what it found goes to the institution only from a computer room that the
configuration names, or with a student's login. Each item is ``ok``, ``warning`` or ``failed`` with
the code that the guide for IT explains.
"""

from __future__ import annotations

import dataclasses
import json
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from client.capture.settings import CaptureSettings
from client.capture.source import CAMERA, SOUND
from client.check import sending
from client.check.sending import Student
from client.clock import SessionClock
from client.engine.check import SystemCheck
from client.engine.check_report import OPEN, facts, told
from client.engine.policy import SCREENS, Policy
from client.engine.sink import SpoolSink
from client.engine.workshop import Workshop
from client.errors import SenimError
from client.messages import CheckView
from client.release import Update
from client.settings import InstitutionConfig
from client.upload.transport import Transport, word_of

LONGEST_S = 30.0  # devices that hang are told as what they were last seen to be
READY = "This computer is ready.\n"
NOT_READY = "This computer is not ready yet. What each code asks for stands in the guide for IT, section 11.\n"
MINUTES = 180  # the disk is judged for an exam of this length


class CheckWords(Protocol):
    """Sentences in the language of who asks."""

    def of(self, item: str, code: str, values: Mapping[str, str]) -> list[str]: ...

    def verdict(self, ready: bool) -> str: ...


@dataclass(frozen=True)
class Readiness:
    """``items``: {"item", "state", "code", "values"}; ``ready`` when none failed."""

    items: list[dict[str, Any]]
    facts: dict[str, Any]

    @property
    def ready(self) -> bool:
        return all(item["state"] in ("ok", "warning") for item in self.items)

    def as_json(self, more: Mapping[str, Any]) -> str:
        body = {"ready": self.ready, "items": self.items, **self.facts, **more}
        return json.dumps(body, ensure_ascii=False)

    def lines(self, words: CheckWords | None = None) -> list[str]:
        """For a person: one line an item, the worst first; with ``words`` what is wrong and what to do below it."""
        order = {"failed": 0, "warning": 1}
        lines = []
        for row in sorted(self.items, key=lambda item: order.get(item["state"], 2)):
            values = " ".join(f"{name}={value}" for name, value in row["values"].items())
            lines.append(f"{row['state']:8} {row['item']:11} {row['code']} {values}")
            if words is not None and row["state"] in order:
                lines += [f"         {line}" for line in words.of(row["item"], row["code"], row["values"])]
        return lines


def look(workshop: Workshop, seconds: float = LONGEST_S, transport: Transport | None = None) -> Readiness:
    """Try everything for at most ``seconds``, then let go of all devices. The uplink is measured if ``transport`` is
    signed in."""
    clock = SessionClock()
    policy = Policy((SCREENS, CAMERA, SOUND), "", MINUTES, 0, rehearsal=True, simulated_microphone=True)
    place = workshop.data_dir
    existing = next(folder for folder in (place, *place.parents) if folder.exists())  # nothing is made by looking
    workshop = dataclasses.replace(workshop, data_dir=existing)
    sink = SpoolSink(lambda *_: None, lambda _level: None)
    capture = workshop.capture(clock, CaptureSettings(), sink)
    seen = _Seen()
    institution = transport or workshop.transport()
    check = SystemCheck(workshop, institution, policy, clock=clock, capture=capture, show=seen.show)
    try:
        check.start()
        seen.settled.wait(seconds)
    finally:
        check.stop()
        capture.close()
    items = told(seen.view.items if seen.view else [])
    return Readiness(items, facts())


@dataclass(frozen=True)
class Told:
    """What became of it beyond this computer. ``sent_to``: room or login, "" if it was not sent; ``not_sent`` and
    ``update_problem``: the word for why, or ""."""

    sent_to: str = ""
    not_sent: str = ""
    update: Update | None = None
    update_problem: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "sent_to": self.sent_to, "not_sent": self.not_sent,
            "update": dataclasses.asdict(self.update) if self.update else None, "update_problem": self.update_problem,
        }  # fmt: skip

    def lines(self) -> list[str]:
        lines = []
        if self.sent_to:
            lines.append(f"Sent to the institution as {self.sent_to}: the lines above, version and system, no picture.")
        elif self.not_sent:
            lines.append(f"Not sent to the institution: {self.not_sent}")
        if self.update is not None:
            where = f"from {self.update.where}" if self.update.where else "the institution installs it"
            back = " (the institution goes back to it)" if self.update.back else ""
            lines.append(f"Version {self.update.version} is there{back}: {where}")
            lines += [f"  {package.file}  sha256 {package.sha256}" for package in self.update.packages]
        elif self.update_problem:
            lines.append(f"No word about versions: {self.update_problem}")
        return lines


def check_and_tell(workshop: Workshop, config: InstitutionConfig, student: Student | None) -> tuple[Readiness, Told]:
    """Look, and send what was found if this computer is of a room or ``student`` gave a login."""
    transport, who, problem = workshop.transport(), None, ""
    try:
        who = sending.sender(config, transport, workshop.data_dir, student)
    except (SenimError, OSError) as error:
        problem = word_of(error) if isinstance(error, SenimError) else "disk_full"
    result = look(workshop, transport=transport)
    update, update_problem = sending.look_for_update(transport, config, workshop.version)
    if who is not None:
        problem = sending.send(transport, who, result.items)
    sent_to = who.name if who is not None and not problem else ""
    return result, Told(sent_to, problem, update, update_problem)


def main(
    workshop: Workshop, config: InstitutionConfig, student: Student | None, *, as_json: bool,
    words: Callable[[], CheckWords | None] = lambda: None,
) -> int:  # fmt: skip
    """Print the result; 0 when the computer is ready, else 1. ``words`` is asked when all was looked at; without
    them only the codes are told."""
    result, beyond = check_and_tell(workshop, config, student)
    if as_json:
        sys.stdout.write(result.as_json(beyond.as_json()) + "\n")
    else:
        said = words()
        sys.stdout.write("\n".join([*result.lines(said), *beyond.lines()]) + "\n")
        plain = READY if result.ready else NOT_READY
        sys.stdout.write(said.verdict(result.ready) + "\n" if said is not None else plain)
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
        open_items = {item.id for item in view.items if item.state in OPEN} - ({"clock"} if server_failed else set())
        if view.items and not open_items:
            self.settled.set()
