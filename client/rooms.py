"""Computer rooms in the institution's configuration: what a computer that belongs to one reports itself with.

``institution.json`` of such computers says ``"rooms": [{"name": "204", "token": "room-…", "machines": ["k204-01"]}]``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

MOST_ROOMS, MOST_MACHINES = 500, 500
_TOKEN = re.compile(r"room-[0-9a-f]{16}-[A-Za-z0-9_-]{43}")
_MACHINE = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}")
_LONGEST_NAME = 120


@dataclass(frozen=True)
class Room:
    """``token`` opens the report of the room's computers and nothing else. ``machines``: in small letters."""

    name: str
    token: str
    machines: tuple[str, ...]


def read_rooms(value: object) -> tuple[Room, ...]:
    """Raises ``ValueError`` with what is wrong."""
    if not isinstance(value, list) or len(value) > MOST_ROOMS:
        raise ValueError(f"must be a list of at most {MOST_ROOMS} rooms")
    rooms = tuple(_room(entry) for entry in value)
    names = [name for room in rooms for name in room.machines]
    if len(set(names)) != len(names):
        raise ValueError("a computer stands in two rooms")
    return rooms


def _room(entry: object) -> Room:
    if not isinstance(entry, dict) or set(entry) != {"name", "token", "machines"}:
        raise ValueError("each room has a name, a token and machines (`python -m server rooms show` prints them)")
    name, token, machines = entry["name"], entry["token"], entry["machines"]
    if not isinstance(name, str) or not 0 < len(name) <= _LONGEST_NAME or not name.isprintable():
        raise ValueError(f"a room's name has 1 to {_LONGEST_NAME} letters")
    if not isinstance(token, str) or not _TOKEN.fullmatch(token):
        raise ValueError(f"{name}: not a room's token")
    if not isinstance(machines, list) or not 0 < len(machines) <= MOST_MACHINES:
        raise ValueError(f"{name}: 1 to {MOST_MACHINES} machines")
    if not all(isinstance(one, str) and _MACHINE.fullmatch(one) for one in machines):
        raise ValueError(f"{name}: a machine's name has small letters, digits, dots and hyphens")
    return Room(name, token, tuple(machines))


def room_of(rooms: Sequence[Room], host: str) -> tuple[Room, str] | None:
    """The room of the computer that calls itself ``host``, and its name there; the domain may be left out."""
    whole = host.strip().lower()
    for name in (whole, whole.partition(".")[0]):
        for room in rooms:
            if name in room.machines:
                return room, name
    return None
