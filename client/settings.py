"""What the institution configured and what this person chose, as one frozen object handed down.

``institution.json`` comes with the installation and is never written by the program::

    {"name": "…" or {"kk": "…", "ru": "…", "en": "…"}, "server": "https://…", "verifying_key": "ed25519:…",
     "languages": ["kk", "ru", "en"], "help": "…" or {"kk": …}, "pinned_ca": "ca.pem" or null,
     "logo": "logo.png" or null, "rooms": [{"name", "token", "machines": [names]}] (of computer rooms alone)}

A signature may lie beside it (``client/signed_configuration.py``); an installed program insists on one.

``settings.json`` in the data folder holds the person's choices. Each choice is declared once, on its field of
``Settings``: type, default, bounds and one sentence; validation and documentation read that declaration.
"""

from __future__ import annotations

import base64
import dataclasses
import json
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from client.managed_settings import managed_folder
from client.plain_text import has_unseen
from client.rooms import Room, read_rooms

LANGUAGES = ("kk", "ru", "en")
FIELDS = frozenset({"name", "server", "verifying_key", "languages", "help", "pinned_ca", "logo", "rooms"})
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_KEY = re.compile(r"ed25519:([A-Za-z0-9_-]{43})")
# Letters of any script (a name may be in Kazakh), but nothing that breaks a line, a quote or a recipe of a package.
_ADDRESS = re.compile(r"https?://(\[[0-9A-Fa-f:.]+\]|[\w.-]+)(:[0-9]{1,5})?(/[\w./~%-]*)?")
_LONGEST_TEXT = 200


class BadConfiguration(Exception):
    """``institution.json`` cannot be used. ``where`` names the field, ``code`` is the stable word for it."""

    code = "bad_configuration"

    def __init__(self, where: str, text: str) -> None:
        super().__init__(f"{where}: {text}")
        self.where = where


@dataclass(frozen=True)
class InstitutionConfig:
    """The institution's part. ``pinned_ca``: a file with the only certificate authority to trust, or None;
    ``logo``: a PNG or None."""

    name: Mapping[str, str]
    server: str
    verifying_key: str
    languages: tuple[str, ...] = LANGUAGES
    help: Mapping[str, str] = field(default_factory=dict)
    pinned_ca: Path | None = None
    logo: Path | None = None
    rooms: tuple[Room, ...] = ()

    def name_in(self, language: str) -> str:
        return _in_language(self.name, language)

    def help_in(self, language: str) -> str:
        return _in_language(self.help, language)

    @classmethod
    def load(cls, file: Path) -> InstitutionConfig:
        """Read ``institution.json``. Raises ``BadConfiguration``."""
        try:
            body = json.loads(file.read_text(encoding="utf-8-sig"))
        except (OSError, ValueError) as error:
            raise BadConfiguration(str(file), str(error)) from error
        if not isinstance(body, dict):
            raise BadConfiguration(str(file), "not a JSON object")
        unknown = set(body) - FIELDS
        if unknown:
            raise BadConfiguration(ascii(sorted(unknown)[0])[1:-1], "unknown field")
        return cls(
            name=_texts("name", body.get("name"), required=True),
            server=check_server(body.get("server")),
            verifying_key=check_verifying_key(body.get("verifying_key")),
            languages=_languages(body.get("languages", list(LANGUAGES))),
            help=_texts("help", body.get("help", ""), required=False),
            pinned_ca=_file_beside(file, "pinned_ca", body.get("pinned_ca")),
            logo=_file_beside(file, "logo", body.get("logo")),
            rooms=_rooms(body.get("rooms", [])),
        )


def _choice(
    default: Any, sentence: str, *, low: int | None = None, high: int | None = None, options: tuple[str, ...] = ()
) -> Any:
    return field(default=default, metadata={"sentence": sentence, "low": low, "high": high, "options": options})


@dataclass(frozen=True)
class Settings:
    """Everything the client is configured with. Immutable: ``with_choice`` gives a changed copy.

    ``fingerprint``: of the institution's verifying key; ``signed``: the day its configuration was signed or "".
    """

    config: InstitutionConfig
    data_dir: Path
    config_file: Path | None = None
    fingerprint: str = ""
    signed: str = ""
    language: str = _choice("", "The language of the window; empty follows the system.", options=("", *LANGUAGES))
    text_size: int = _choice(17, "The size of the exam's text in pixels.", low=15, high=32)
    appearance: str = _choice("system", "Light or dark colours.", options=("system", "light", "dark"))
    metered: bool = _choice(False, "Recordings wait: what goes over this line has to be paid for.")
    camera_picture: bool = _choice(True, "Show the small picture of the own camera during the exam.")

    @classmethod
    def load(cls, config_file: Path, data_dir: Path) -> Settings:
        """The institution's file must be right; a damaged choice falls back to its default."""
        settings = cls(InstitutionConfig.load(config_file), data_dir, config_file)
        try:
            body = json.loads(cls._file(data_dir).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return settings
        if isinstance(body, dict):
            for choice in choices():
                if choice.name in body and _allowed(choice, body[choice.name]):
                    settings = dataclasses.replace(settings, **{choice.name: body[choice.name]})
        return settings

    def with_choice(self, name: str, value: str | int | bool) -> Settings:
        """A copy with one choice changed. Raises ``ValueError`` for an unknown name or a value out of bounds."""
        choice = next((c for c in choices() if c.name == name), None)
        if choice is None or not _allowed(choice, value):
            raise ValueError(f"{name} = {value!r}")
        return dataclasses.replace(self, **{name: value})  # type: ignore[arg-type]  # checked just above

    def save(self) -> None:
        """Write the person's choices beside their data, whole or not at all."""
        self.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = self._file(self.data_dir)
        part = file.with_suffix(".part")
        part.write_text(json.dumps({c.name: getattr(self, c.name) for c in choices()}, indent=1), encoding="utf-8")
        part.replace(file)

    def start_language(self, system: str) -> str:
        """The chosen language, else the system's ("kk_KZ"), else the institution's first."""
        for wanted in (self.language, system.replace("-", "_").split("_")[0]):
            if wanted in self.config.languages:
                return wanted
        return self.config.languages[0]

    @staticmethod
    def _file(data_dir: Path) -> Path:
        return data_dir / "settings.json"


def choices() -> list[dataclasses.Field[Any]]:
    """The declarations: fields of ``Settings`` that a person may change."""
    return [f for f in dataclasses.fields(Settings) if "sentence" in f.metadata]


def check_server(value: object) -> str:
    """``https://`` anywhere, ``http://`` to this machine only. Returns the address without a closing slash."""
    if not isinstance(value, str):
        raise BadConfiguration("server", "missing")
    try:
        parts = urlsplit(value)
        whole = _ADDRESS.fullmatch(value) is not None and bool(parts.hostname) and parts.port != 0
    except ValueError:  # no such port, no such IPv6 address
        whole = False
    if not whole:
        raise BadConfiguration("server", f"not an address: {value!r}")
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        raise BadConfiguration("server", "plain http is only for this machine itself; use https")
    return value.rstrip("/")


def check_verifying_key(value: object) -> str:
    """The public half of the institution's configuration key. A private key here is refused by name."""
    if not isinstance(value, str):
        raise BadConfiguration("verifying_key", "missing")
    if "secret" in value.lower():
        raise BadConfiguration("verifying_key", "this is a private key; it must never leave the institution")
    match = _KEY.fullmatch(value)
    if match is None or len(base64.urlsafe_b64decode(match[1] + "=")) != 32:
        raise BadConfiguration("verifying_key", "not of the form ed25519:<43 letters>")
    return value


def default_data_dir(environ: Mapping[str, str]) -> Path:
    """Where a person's data lies on this system. The caller passes the environment. Raises ``BadConfiguration``."""
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or _home() / "AppData" / "Local") / "Senim"
    if sys.platform == "darwin":
        return _home() / "Library" / "Application Support" / "Senim"
    return Path(environ.get("XDG_DATA_HOME") or _home() / ".local" / "share") / "senim"


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError as error:  # an account without a line in the system's list
        raise BadConfiguration("--data", "this account has no home folder; name a place for its data") from error


def config_places(environ: Mapping[str, str], beside: Path) -> list[Path]:
    """Where ``institution.json`` may lie, first found wins: policy, the system's place, then ``beside``, the folder
    of the executable."""
    if sys.platform == "win32":
        managed = Path(environ.get("PROGRAMDATA") or "C:/ProgramData") / "Senim"
    elif sys.platform == "darwin":
        managed = Path("/Library/Application Support/Senim")
    else:
        managed = Path("/etc/senim")
    by_policy = managed_folder()
    folders = [*([by_policy] if by_policy else []), managed, beside]
    return [folder / "institution.json" for folder in folders]


def find_config(environ: Mapping[str, str], beside: Path) -> Path:
    """The first existing ``institution.json``. Raises ``BadConfiguration`` naming the places looked at."""
    places = config_places(environ, beside)
    for place in places:
        if place.is_file():
            return place
    raise BadConfiguration("institution.json", "not found in " + os.pathsep.join(str(p.parent) for p in places))


def _allowed(choice: dataclasses.Field[Any], value: object) -> bool:
    if type(value) is not type(choice.default):
        return False
    if isinstance(value, int) and not isinstance(value, bool):
        low, high = choice.metadata["low"], choice.metadata["high"]
        return (low is None or value >= low) and (high is None or value <= high)
    return not choice.metadata["options"] or value in choice.metadata["options"]


def _texts(where: str, value: object, *, required: bool) -> dict[str, str]:
    if isinstance(value, str):
        value = dict.fromkeys(LANGUAGES, value) if value else {}
    if not isinstance(value, dict) or not all(k in LANGUAGES and isinstance(v, str) for k, v in value.items()):
        raise BadConfiguration(where, "must be a text or {language: text}")
    if required and not any(text.strip() for text in value.values()):
        raise BadConfiguration(where, "missing")
    if any(has_unseen(text) or len(text) > _LONGEST_TEXT for text in value.values()):
        raise BadConfiguration(where, f"at most {_LONGEST_TEXT} letters, no line breaks or unseen signs")
    return {str(k): str(v) for k, v in value.items()}


def _rooms(value: object) -> tuple[Room, ...]:
    try:
        return read_rooms(value)
    except ValueError as error:
        raise BadConfiguration("rooms", str(error)) from error


def _file_beside(file: Path, where: str, value: object) -> Path | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise BadConfiguration(where, "must be a file name or null")
    return file.parent / value


def _languages(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(v in LANGUAGES for v in value):
        raise BadConfiguration("languages", f"must be a list out of {', '.join(LANGUAGES)}")
    return tuple(dict.fromkeys(value))


def _in_language(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or next((texts[code] for code in LANGUAGES if texts.get(code)), "")
