"""Computer rooms and the token by which their computers report whether they are ready.

The token derives from the institution's at-rest key and the room's id, so that nothing secret lies in the database. It
stands in the rooms' packages, readable by whoever sits at such a computer: it proves that a report comes from a package
of the institution, not from which computer. So it opens the uplink's probe and the report of the room's own computers,
both bounded in size, rate and number, and nothing else; what is reported is a hint for people.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, select

from evidence.signing import encode_base64url
from server.at_rest import AtRest
from server.schema import rooms

MOST_ROOMS = 500
MOST_MACHINES = 500  # in one room
_TOKEN = re.compile(r"room-([0-9a-f]{16})-[A-Za-z0-9_-]{43}")
_MACHINE = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}")
_RANGE = re.compile(r"([^{}]*)\{(\d{1,4})\.\.(\d{1,4})\}([^{}]*)")


class BadMachines(ValueError):
    """Names of computers that cannot be used; the text says why."""


@dataclass(frozen=True)
class Room:
    """``machines``: names of its computers, in small letters."""

    id: str
    name: str
    machines: tuple[str, ...]

    @classmethod
    def of(cls, row: RowMapping) -> Room:
        return cls(row["id"], row["name"], tuple(row["machines"]))


def all_rooms(connection: Connection) -> list[Room]:
    return [Room.of(row) for row in connection.execute(select(rooms).order_by(rooms.c.name)).mappings()]


def token(at_rest: AtRest, room: str) -> str:
    """``room``: its id."""
    return f"room-{room}-{encode_base64url(at_rest.derive(f'room/{room}'))}"


def by_token(connection: Connection, at_rest: AtRest, given: str) -> Room | None:
    """The room whose token ``given`` is."""
    match = _TOKEN.fullmatch(given)
    if match is None or not hmac.compare_digest(token(at_rest, match[1]).encode(), given.encode()):
        return None
    row = connection.execute(select(rooms).where(rooms.c.id == match[1])).mappings().first()
    return Room.of(row) if row is not None else None


def expand(names: Sequence[str]) -> list[str]:
    """``k204-{01..20}`` is twenty names; each once, in order. Raises ``BadMachines``."""
    found: dict[str, None] = {}
    for name in (entry.strip().lower() for entry in names if entry.strip()):
        match = _RANGE.fullmatch(name)
        numbers = [""]
        if match is not None:
            first, last = int(match[2]), int(match[3])
            if not 0 <= last - first < MOST_MACHINES:
                raise BadMachines(f"{name}: the range must rise, by fewer than {MOST_MACHINES}")
            numbers = [str(number).zfill(len(match[2])) for number in range(first, last + 1)]
        for number in numbers:
            one = f"{match[1]}{number}{match[4]}" if match is not None else name
            if not _MACHINE.fullmatch(one):
                raise BadMachines(f"{one!r} is not a computer's name: a-z, 0-9, dots and hyphens")
            found[one] = None
    if not 0 < len(found) <= MOST_MACHINES:
        raise BadMachines(f"a room has 1 to {MOST_MACHINES} computers")
    return list(found)
