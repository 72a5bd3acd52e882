"""Reports on whether a computer will do for an exam: taken in within bounds, kept for a while.

Everything in a report comes from a client and is hostile text; only the fields named here are kept, and no pictures.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from server.clock import after
from server.plain_text import is_unseen
from server.schema import readiness

MOST_BYTES = 16 * 1024  # of a report's body
MOST_ITEMS = 24
MOST_VALUES = 8
MOST_VALUE = 120  # letters
MOST_COMPUTERS = 3  # of one student: the newest are kept
HOW = ("check", "rehearsal")
STATES = ("ok", "warning", "failed")
_WORD = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_MACHINE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


class BadReport(ValueError):
    """Not a report; the text says why."""


@dataclass(frozen=True)
class Report:
    """``items``: [{"item", "state", "code", "values": {name: text}}]."""

    how: str
    machine: str
    version: str
    system: str
    items: tuple[Mapping[str, Any], ...]

    @property
    def ready(self) -> bool:
        return all(item["state"] != "failed" for item in self.items)

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Report:
        """Raises ``BadReport``."""
        how, machine, items = body.get("how"), body.get("machine"), body.get("items")
        if how not in HOW:
            raise BadReport(f"how is one of {', '.join(HOW)}")
        if not isinstance(machine, str) or not _MACHINE.fullmatch(machine):
            raise BadReport("machine is a name of letters, digits, dots and hyphens, 80 at most")
        if not isinstance(items, list) or not 0 < len(items) <= MOST_ITEMS:
            raise BadReport(f"items: 1 to {MOST_ITEMS}")
        return cls(
            how, machine, _plain(body.get("version"), 40), _plain(body.get("system"), 120),
            tuple(_item(one) for one in items),
        )  # fmt: skip


def _item(body: object) -> dict[str, Any]:
    if not isinstance(body, dict) or body.get("state") not in STATES:
        raise BadReport(f"an item's state is one of {', '.join(STATES)}")
    item, code, values = body.get("item"), body.get("code"), body.get("values", {})
    if not all(isinstance(word, str) and _WORD.fullmatch(word) for word in (item, code)):
        raise BadReport("item and code are words of a-z, 0-9 and hyphens")
    if not isinstance(values, dict) or len(values) > MOST_VALUES or not all(map(_WORD.fullmatch, values)):
        raise BadReport(f"values: at most {MOST_VALUES} texts by name")
    kept = {name: _plain(value, MOST_VALUE) for name, value in values.items()}
    return {"item": item, "state": body["state"], "code": code, "values": kept}


def _plain(value: object, most: int) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise BadReport(f"a text is missing, or longer than {most}")
    return "".join(" " if is_unseen(sign) else sign for sign in value)


def keep(
    connection: Connection, now: str, report: Report, *, student: str | None = None, room: str | None = None
) -> None:
    """Takes the place of the last report of that computer; a student's oldest computer beyond the third goes."""
    owner = readiness.c.student == student if room is None else readiness.c.room == room
    values = {
        "how": report.how, "ready": report.ready, "version": report.version, "system": report.system,
        "items": list(report.items), "at": now,
    }  # fmt: skip
    here = owner & (readiness.c.machine == report.machine)
    if not connection.execute(update(readiness).where(here).values(**values)).rowcount:
        row = {"id": secrets.token_hex(8), "student": student, "room": room, "machine": report.machine}
        connection.execute(insert(readiness).values(**row, **values))
    if room is None:
        _keep_newest(connection, owner)


def _keep_newest(connection: Connection, owner: ColumnElement[bool]) -> None:
    newest = select(readiness.c.id).where(owner).order_by(readiness.c.at.desc(), readiness.c.id).limit(MOST_COMPUTERS)
    kept = list(connection.execute(newest).scalars())
    connection.execute(delete(readiness).where(owner, readiness.c.id.not_in(kept)))


def oldest_kept(now: str, days: int) -> str:
    """Reports before this moment are past their period."""
    return after(now, days=-days)


def forget(connection: Connection, now: str, days: int) -> int:
    """Deletes what is past its period; how many."""
    return connection.execute(delete(readiness).where(readiness.c.at < oldest_kept(now, days))).rowcount
