"""Computer rooms as an administrator keeps them."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from server import rooms as rules
from server.admin.console import Console
from server.admin.errors import CommandFailed
from server.rooms import BadMachines, Room, all_rooms
from server.schema import readiness, rooms

MOST_NAME = 120


def set_room(console: Console, name: str, machines: Sequence[str]) -> Room:
    """Makes the room, or gives it other computers: its token stays. Raises ``CommandFailed``."""
    name = name.strip()
    if not 0 < len(name) <= MOST_NAME or not name.isprintable():
        raise CommandFailed(f"a room's name has 1 to {MOST_NAME} letters")
    try:
        names = rules.expand(machines)
    except BadMachines as error:
        raise CommandFailed(str(error)) from error

    def work(connection: Connection) -> Room:
        found = connection.execute(select(rooms.c.id).where(rooms.c.name == name)).scalar()
        _check_only_here(all_rooms(connection), name, names)
        if found is None:
            if connection.execute(select(func.count()).select_from(rooms)).scalar_one() >= rules.MOST_ROOMS:
                raise CommandFailed(f"there are {rules.MOST_ROOMS} rooms already")
            found = secrets.token_hex(8)
            row = {"id": found, "name": name, "machines": names, "made_at": console.now()}
            connection.execute(insert(rooms).values(**row))
        else:
            connection.execute(update(rooms).where(rooms.c.id == found).values(machines=names))
            gone = (readiness.c.room == found) & readiness.c.machine.not_in(names)
            connection.execute(delete(readiness).where(gone))
        console.audit(connection, "room", f"room/{found}", {"name": name, "computers": len(names)})
        return Room(found, name, tuple(names))

    return console.database.write(work)


def _check_only_here(there: Sequence[Room], name: str, machines: Sequence[str]) -> None:
    """A computer stands in one room: it reports as that room's."""
    for room in there:
        both = sorted(set(room.machines) & set(machines)) if room.name != name else []
        if both:
            raise CommandFailed(f"{both[0]} is in room {room.name} already: give that room its other computers first")


def remove(console: Console, name: str) -> None:
    """With its reports; its token opens nothing any more. Raises ``CommandFailed``."""

    def work(connection: Connection) -> None:
        found = connection.execute(select(rooms.c.id).where(rooms.c.name == name)).scalar()
        if found is None:
            raise CommandFailed(f"there is no room {name!r}")
        connection.execute(delete(readiness).where(readiness.c.room == found))
        connection.execute(delete(rooms).where(rooms.c.id == found))
        console.audit(connection, "room-remove", f"room/{found}", {"name": name})

    console.database.write(work)


def listed(console: Console) -> list[dict[str, Any]]:
    """Name, number of computers and when each was made; no token."""
    made = console.database.read(lambda c: dict(c.execute(select(rooms.c.id, rooms.c.made_at)).all()))
    found = console.database.read(all_rooms)
    return [{"room": one.name, "computers": len(one.machines), "made": made[one.id]} for one in found]


def for_clients(console: Console) -> list[dict[str, Any]]:
    """[{"name", "token", "machines"}] as the rooms' computers read it from their configuration. Raises
    ``CommandFailed`` where two rooms have one computer, as earlier versions let them: no client would start with it."""
    there = console.database.read(all_rooms)
    for place, room in enumerate(there):
        _check_only_here(there[:place], room.name, room.machines)
    return [
        {"name": one.name, "token": rules.token(console.at_rest, one.id), "machines": list(one.machines)}
        for one in there
    ]


def as_toml(entries: Sequence[dict[str, Any]]) -> str:
    """For institution.toml of the rooms' packages."""
    lines = []
    for entry in entries:
        lines += ["[[rooms]]", *(f"{key} = {json.dumps(entry[key], ensure_ascii=False)}" for key in entry), ""]
    return "\n".join(lines)
