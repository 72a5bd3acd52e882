"""Making a data folder: its keys, its settings, its database, and the file that clients are given."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography import x509

from evidence import age, keys
from evidence.signing import SigningKey
from server import audit, migrate, settings
from server.admin.errors import CommandFailed
from server.admin.institution_keys import verifying_key
from server.at_rest import AtRest
from server.clock import Clock, iso
from server.database import Database
from server.plain_text import is_unseen
from server.settings import Settings

MIN_PASSPHRASE = 12
MOST_TEXT = 200  # letters of the name, and of a help line: the client's own limit
PINNED_CA = "pinned-ca.pem"


@dataclass(frozen=True)
class Passphrases:
    configuration: str
    review: str


def init(wanted: Settings, passphrases: Passphrases, escrow: str | None, clock: Clock) -> list[str]:
    """Makes everything, or nothing where a data folder is already. Returns what to tell the administrator."""
    folder = wanted.folder
    if folder.settings_file.exists():
        raise CommandFailed(f"{folder.root} is a data folder already")
    for name, passphrase in (("configuration", passphrases.configuration), ("review", passphrases.review)):
        if len(passphrase) < MIN_PASSPHRASE:
            raise CommandFailed(f"the {name} passphrase must have at least {MIN_PASSPHRASE} characters")
    _pinned_ca(wanted)  # before anything is made
    _check_texts(wanted)
    for path in (folder.root, folder.keys, folder.seats, folder.sessions, folder.pictures):
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    told = _make_keys(wanted, passphrases, escrow, iso(clock.now()))
    migrate.upgrade(wanted.database_url)
    write_client_configuration(wanted)
    settings.save(wanted)  # last: only now it is a data folder
    database = Database(wanted.database_url)
    try:
        database.write(
            lambda connection: audit.append(
                connection, at=iso(clock.now()), who="console", action="init", subject=wanted.name
            )
        )
    finally:
        database.close()
    return [*told, f"Give clients: {folder.client_configuration}"]


def _make_keys(wanted: Settings, passphrases: Passphrases, escrow: str | None, now: str) -> list[str]:
    folder = wanted.folder
    told = []
    configuration, server = SigningKey.generate(), SigningKey.generate()
    review = age.generate_identity()
    if escrow is None:
        escrow_identity = age.generate_identity()
        escrow = escrow_identity.recipient.text
        place = folder.escrow_identity
        _write(place, age.encrypt_with_passphrase(escrow_identity.text.encode() + b"\n", passphrases.configuration))
        told.append(
            f"{place} opens every recording if the review key is lost, and in wrong hands: split it among people "
            "(`keys split`), or move it to a place without a network."
        )
    try:
        recipients = [review.recipient.text, age.parse_recipient(escrow).text]
        age.encrypt(b"", [age.parse_recipient(text) for text in recipients])
    except age.MixedRecipients as error:
        raise CommandFailed("the escrow recipient must be post-quantum (age1pq1…), as the review key is") from error
    except age.AgeError as error:
        raise CommandFailed(f"the escrow recipient is not an age recipient: {error}") from error
    _write(
        folder.configuration_key,
        age.encrypt_with_passphrase(configuration.text.encode() + b"\n", passphrases.configuration),
    )
    _write(folder.review_identity, age.encrypt_with_passphrase(review.text.encode() + b"\n", passphrases.review))
    _write(folder.verifying_key, configuration.verifying.text.encode() + b"\n")
    _write(folder.server_key, server.text.encode() + b"\n")
    line = keys.make_server_key(server.verifying, wanted.name, configuration, now)
    _write(folder.server_key_line, line.encode() + b"\n")
    named = zip(("review", "escrow"), recipients, strict=True)
    _write(folder.recipients, "".join(f"# {name} {name} {now}\n{text}\n" for name, text in named).encode())
    AtRest.generate(folder.at_rest_key)
    told.append(f"Verifying key: {configuration.verifying.text} (fingerprint {configuration.verifying.fingerprint})")
    return told


def write_client_configuration(wanted: Settings, rooms: Sequence[Mapping[str, Any]] = ()) -> None:
    """``institution.json``: what is baked into the institution's installer. A CA of one's own lies beside it,
    under the name the configuration gives. ``rooms``: with their tokens, for the computers of rooms alone."""
    _check_texts(wanted)
    pem = _pinned_ca(wanted)
    if pem:
        (wanted.folder.client_configuration.parent / PINNED_CA).write_text(pem, encoding="ascii")
    verifying = verifying_key(wanted.folder).text
    content = {
        "name": wanted.name,
        "server": wanted.address,
        "verifying_key": verifying,
        "languages": list(settings.LANGUAGES),
        "help": wanted.help,
        "pinned_ca": PINNED_CA if pem else None,
        **({"rooms": list(rooms)} if rooms else {}),
    }
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    wanted.folder.client_configuration.write_text(text, encoding="utf-8")


def _check_texts(wanted: Settings) -> None:
    """Raises ``CommandFailed`` for what no client would start with."""
    if not wanted.name.strip():
        raise CommandFailed("the name is missing")
    for where, text in {"name": wanted.name, **{f"help {key}": text for key, text in wanted.help.items()}}.items():
        if len(text) > MOST_TEXT or any(map(is_unseen, text)):
            raise CommandFailed(f"{where}: at most {MOST_TEXT} letters, no line breaks or unseen signs")


def _pinned_ca(wanted: Settings) -> str | None:
    """The certificates of the CA that clients must see. Raises ``CommandFailed``."""
    if not wanted.pinned_ca:
        return None
    try:
        pem = Path(wanted.pinned_ca).read_text(encoding="ascii")
        x509.load_pem_x509_certificates(pem.encode())
    except (OSError, ValueError) as error:
        raise CommandFailed(f"{wanted.pinned_ca} is not a PEM file that can be read: {error}") from error
    return pem


def _write(file: Path, content: bytes) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
