"""``institution.json``, which every student's computer is given, and the configuration key's signature over it: an
installed program takes no other (``client/signed_configuration.py``)."""

from __future__ import annotations

import re
from pathlib import Path

from evidence import keys
from evidence.signing import SigningKey
from server.admin import rooms
from server.admin.console import Console
from server.admin.errors import CommandFailed
from server.admin.files import replace_file
from server.admin.institution import PINNED_CA, write_client_configuration
from server.admin.institution_keys import verifying_key

SIGNATURE = "institution.sig"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def write_signed(
    console: Console, configuration: SigningKey, expires: str | None = None, *, with_rooms: bool = False
) -> list[Path]:
    """The files anew from ``settings.toml``, and beside them the signed line. ``expires``: an ISO day after which the
    client refuses it; ``with_rooms``: for the computers of rooms, with the tokens they report with. Returns what
    students' computers need."""
    if configuration.verifying != verifying_key(console.settings.folder):
        raise CommandFailed("this is not the institution's configuration key")
    if expires is not None and not _DAY.fullmatch(expires):
        raise CommandFailed(f"{expires!r} is not a day: write 2027-09-01")
    write_client_configuration(console.settings, rooms.for_clients(console) if with_rooms else ())
    file = console.settings.folder.client_configuration
    files = [file, *([file.with_name(PINNED_CA)] if console.settings.pinned_ca else [])]
    content = {one.name: one.read_bytes() for one in files}
    line = keys.sign_configuration(content, configuration, console.now()[:10], expires)
    signature = file.with_name(SIGNATURE)
    replace_file(signature, line.encode("ascii") + b"\n")
    signature.chmod(0o644)
    details = {"files": sorted(content), "expires": expires, "rooms": with_rooms}
    console.database.write(lambda connection: console.audit(connection, "configuration-sign", file.name, details))
    return [*files, signature]
