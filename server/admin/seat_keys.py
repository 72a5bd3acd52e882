"""Seat keys, made ahead with the configuration key. A folder below seats/ that no seat uses yet is a spare."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import select

from evidence import keys
from evidence.signing import SigningKey
from server.admin.console import Console
from server.admin.errors import CommandFailed
from server.admin.institution_keys import recipients, verifying_key
from server.schema import seats

MOST_AT_ONCE = 10_000


def make(console: Console, configuration: SigningKey, count: int) -> list[str]:
    """Returns the new seats' names."""
    folder = console.settings.folder
    if not 1 <= count <= MOST_AT_ONCE:
        raise CommandFailed(f"between 1 and {MOST_AT_ONCE} seat keys can be made at once")
    if configuration.verifying != verifying_key(folder):
        raise CommandFailed("this is not the institution's configuration key")
    readers = recipients(folder)
    made = []
    for _ in range(count):
        seat = f"seat-{secrets.token_hex(5)}"
        line, sealed = keys.make_seat_key(seat, console.settings.name, configuration, readers, console.now())
        place = folder.seats / seat
        part = folder.seats / f".{seat}.part"
        part.mkdir(mode=0o700)
        (part / "identity.age").write_bytes(sealed)
        (part / "seat-key.txt").write_text(line + "\n", encoding="ascii")
        part.rename(place)
        made.append(seat)
    console.database.write(lambda connection: console.audit(connection, "keys-make", f"{count} seats"))
    return made


def spare(console: Console) -> list[str]:
    """Seats with a key and without a student, oldest first."""
    return [entry["seat"] for entry in listed(console) if entry["exam"] is None]


def listed(console: Console) -> list[dict[str, Any]]:
    """Every seat key, checked against the institution's verifying key."""
    folder = console.settings.folder
    query = select(seats.c.id, seats.c.exam)
    used = console.database.read(lambda connection: {row.id: row.exam for row in connection.execute(query)})
    verifying = verifying_key(folder)
    found = []
    for place in folder.seats.iterdir():
        if place.name.startswith("."):
            continue
        try:
            key = keys.read_seat_key(folder.seat_key_line(place.name).read_text().strip(), verifying)
        except (keys.KeysError, OSError) as error:
            raise CommandFailed(f"{place}: {error}") from error
        found.append({"seat": place.name, "made": key.made, "exam": used.get(place.name)})
    return sorted(found, key=lambda entry: (entry["made"], entry["seat"]))
