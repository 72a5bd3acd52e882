"""``institution.toml``: what an institution's packages carry, checked before anything is built.

The texts go through the client's own reading of ``institution.json``: what passes here, the client takes.
"""

from __future__ import annotations

import datetime
import json
import re
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from client.plain_text import has_unseen
from client.settings import BadConfiguration, InstitutionConfig
from client.signed_configuration import SIGNATURE, check_signature, fingerprint
from evidence.signing import payload_of
from installer.branding.logo import check_logo
from installer.errors import InstallerError

CONFIG = "institution.json"
_FIELDS = {"id", "maintainer", "expires", "name", "server", "verifying_key", "languages", "help", "logo", "pinned_ca",
           "rooms"}  # fmt: skip
_OF_THE_CLIENT = ("name", "server", "verifying_key", "languages", "help", "rooms")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,38}[a-z0-9]")
_MAINTAINER = re.compile(r"[^<>\"\\]{1,80} <[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,64}>")
_SECRETS = re.compile(r"ed25519-secret:|AGE-SECRET-KEY-|PRIVATE KEY|age-encryption\.org/v1", re.IGNORECASE)


@dataclass(frozen=True)
class Branding:
    """``files``: every file of the client's configuration by name, ``institution.json`` among them. ``config``: the
    same as the client reads it. ``expires``: ISO day or None."""

    id: str
    maintainer: str
    config: InstitutionConfig
    files: Mapping[str, bytes]
    expires: str | None

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.config.verifying_key)


def read_toml(file: Path, *, trial: bool = False) -> Branding:
    """Raises ``InstallerError`` with the field's name. ``trial`` allows an address on this machine itself."""
    try:
        text = file.read_text(encoding="utf-8")
        body = tomllib.loads(text)
    except (OSError, ValueError) as error:
        raise InstallerError(f"{file} cannot be read: {error}") from error
    if _SECRETS.search(text):
        raise InstallerError(f"{file} holds a private key. It must never leave the institution: take it out, and make "
                             "a new key if the file was given to anyone")  # fmt: skip
    unknown = sorted(set(body) - _FIELDS)
    if unknown:
        raise InstallerError(f"{file}: unknown field {ascii(unknown[0])[1:-1]}; known are {', '.join(sorted(_FIELDS))}")
    files = _files(file.parent, body)
    config = _as_the_client_reads(files)
    if config.server.startswith("http:") and not trial:
        raise InstallerError("server: plain http gives every password away; use https (--trial is for this machine)")
    return Branding(
        id=_matching(body, "id", _ID, "3 to 40 of a-z, 0-9 and -"),
        maintainer=_matching(body, "maintainer", _MAINTAINER, "like Sample IT <it@example.edu>"),
        config=config,
        files=files,
        expires=_day(body.get("expires")),
    )


def read_signed(folder: Path, toml: Branding, today: str) -> Branding:
    """The same with the signed files of ``folder`` (made by ``sign``, or by the server's command).
    Raises ``InstallerError`` where signature or content do not fit."""
    try:
        check_signature(folder / CONFIG, toml.config.verifying_key, today, required=True)
        line = (folder / SIGNATURE).read_text(encoding="ascii").strip()
    except BadConfiguration as error:
        raise InstallerError(str(error)) from error
    files = {name: (folder / name).read_bytes() for name in payload_of(line)["files"]}
    others = [name for name in toml.files if name != CONFIG and _lines(files.get(name)) != _lines(toml.files[name])]
    if others or _meaning(_load(folder / CONFIG)) != _meaning(toml.config):
        raise InstallerError(f"{folder} was signed for other settings than institution.toml has now: sign again")
    return Branding(toml.id, toml.maintainer, toml.config, {**files, SIGNATURE: line.encode() + b"\n"}, toml.expires)


def _lines(content: bytes | None) -> bytes | None:
    """Certificates are text: the server's command writes them with its own system's line ends."""
    return content if content is None else content.replace(b"\r\n", b"\n")


def _files(beside: Path, body: dict[str, Any]) -> dict[str, bytes]:
    content: dict[str, Any] = {name: body[name] for name in _OF_THE_CLIENT if name in body}
    files = {}
    if body.get("logo"):
        content["logo"] = "logo.png"
        files["logo.png"] = check_logo(_beside(beside, "logo", body["logo"]))
    if body.get("pinned_ca"):
        content["pinned_ca"] = "pinned-ca.pem"
        files["pinned-ca.pem"] = _certificates(_beside(beside, "pinned_ca", body["pinned_ca"]))
    files[CONFIG] = (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
    return files


def _as_the_client_reads(files: Mapping[str, bytes]) -> InstitutionConfig:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / CONFIG).write_bytes(files[CONFIG])
        return _load(Path(folder) / CONFIG)


def _load(file: Path) -> InstitutionConfig:
    try:
        return InstitutionConfig.load(file)
    except BadConfiguration as error:
        raise InstallerError(str(error)) from error


def _meaning(config: InstitutionConfig) -> tuple[object, ...]:
    """What the client makes of it: the server's own command signs the same in other bytes."""
    logo, ca = bool(config.logo), bool(config.pinned_ca)
    texts = dict(config.name), dict(config.help)
    return *texts, config.server, config.verifying_key, config.languages, config.rooms, logo, ca


def _beside(folder: Path, where: str, name: object) -> bytes:
    if not isinstance(name, str):
        raise InstallerError(f"{where}: must be a file's name")
    try:
        return (folder / name).read_bytes()
    except (OSError, ValueError) as error:
        raise InstallerError(f"{where}: {error}") from error


def _certificates(pem: bytes) -> bytes:
    from cryptography import x509

    if _SECRETS.search(pem.decode("ascii", "replace")):
        raise InstallerError("pinned_ca: holds a private key; only the CA's certificate belongs here")
    try:
        x509.load_pem_x509_certificates(pem)
    except ValueError as error:
        raise InstallerError(f"pinned_ca: no certificate in PEM: {error}") from error
    return pem


def _matching(body: dict[str, Any], name: str, pattern: re.Pattern[str], words: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not pattern.fullmatch(value) or has_unseen(value):
        raise InstallerError(f"{name}: must be {words}")
    return value


def _day(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
        raise InstallerError("expires: must be a day like 2027-09-01, without quotes")
    return value.isoformat()
