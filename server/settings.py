"""The institution's data folder: where each thing lies, and the settings file at its root."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from server.breaks import MOST_MINUTES, BreakRule
from server.watching import unknown_rules

LANGUAGES = ("kk", "ru", "en")
SETTINGS_FILE = "settings.toml"


class SettingsError(Exception):
    """The data folder or its settings cannot be used; the text says why."""


@dataclass(frozen=True)
class DataFolder:
    """Paths below the data folder. Nothing here touches the disk."""

    root: Path

    @property
    def settings_file(self) -> Path:
        return self.root / SETTINGS_FILE

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def configuration_key(self) -> Path:
        """Institution's configuration key, sealed by passphrase; never read by a serving process."""
        return self.keys / "configuration.key.age"

    @property
    def verifying_key(self) -> Path:
        return self.keys / "configuration.pub"

    @property
    def server_key(self) -> Path:
        return self.keys / "server.key"

    @property
    def server_key_line(self) -> Path:
        return self.keys / "server-key.txt"

    @property
    def at_rest_key(self) -> Path:
        return self.keys / "at-rest.key"

    @property
    def escrow_identity(self) -> Path:
        """Where ``init`` leaves the escrow key, to be taken away."""
        return self.root / "escrow.identity.age"

    @property
    def review_identity(self) -> Path:
        """age identity of the review process, sealed by passphrase."""
        return self.keys / "review.identity.age"

    @property
    def recipients(self) -> Path:
        """Who can open a seat's private half: one age recipient a line, review first, then escrow."""
        return self.keys / "recipients.txt"

    @property
    def seats(self) -> Path:
        return self.root / "seats"

    def seat_key_line(self, seat: str) -> Path:
        return self.seats / seat / "seat-key.txt"

    def seat_identity(self, seat: str) -> Path:
        """The seat's private half, sealed to the recipients."""
        return self.seats / seat / "identity.age"

    @property
    def sessions(self) -> Path:
        return self.root / "sessions"

    @property
    def pictures(self) -> Path:
        return self.root / "pictures"

    def picture(self, student: str) -> Path:
        """The student's reference picture (JPEG or PNG bytes), sealed to the recipients."""
        return self.pictures / f"{student}.age"

    @property
    def client_configuration(self) -> Path:
        return self.root / "institution.json"

    @property
    def database_file(self) -> Path:
        return self.root / "senim.db"


@dataclass(frozen=True)
class Settings:
    """What an administrator may change in ``settings.toml``. Every field has its default here and nowhere else."""

    folder: DataFolder
    name: str  # the institution, as students see it
    address: str = "http://127.0.0.1:8600"  # where clients reach ingest
    review_address: str = "http://127.0.0.1:8601"  # where staff reach the review site
    ingest_host: str = "127.0.0.1"
    ingest_port: int = 8600
    review_host: str = "127.0.0.1"
    review_port: int = 8601
    database: str = ""  # SQLAlchemy address; empty: senim.db in the data folder
    help: dict[str, str] = field(default_factory=lambda: dict.fromkeys(LANGUAGES, ""))
    pinned_ca: str | None = None  # PEM file of the CA that clients must see
    token_hours: int = 12
    sign_in_tries: int = 8  # wrong passwords per login and per address within ...
    sign_in_minutes: int = 5  # ... this many minutes
    active_seconds: int = 30  # a session counts as in use this long after the last word of its machine
    grace_seconds: int = 60  # answers made in time may arrive this late
    give_back_stopped: bool = True  # time in which a student's program stood still is added to the exam ...
    give_back_network: bool = False  # ... and time without network, in which one can work
    give_back_most_minutes: int = 15  # at most so much of both
    live_pictures: bool = True  # whether the board may show the newest pictures of running sessions
    breaks_granted: int = 0  # breaks that a student may take without asking ...
    break_minutes: int = 10  # ... each of so many minutes
    breaks_on_request: bool = True  # more may be asked for; a person allows or refuses
    break_stops_clock: bool = False  # the exam's clock stands still in a break, for break_minutes at most
    files_mb: int = 500  # attached files of one session, removed and replaced ones included, as they are sent
    appeal_days: int = 5  # days after the outcome in which a student may appeal
    identity_accept: float = -0.05
    identity_distance: float = 0.60
    identity_reject: float = 0.10
    watching_off: list[str] = field(default_factory=list)  # rules of server.watching.RULES that stay off in all exams
    identity_automatic_match: str = "measured"  # may software alone say "match": on, off, measured
    identity_model: str = ""  # ONNX file of the institution's own face model; empty: dlib's descriptor
    identity_model_sha256: str = ""
    identity_model_kind: str = "sface"  # or arcface
    # A folder on another disk that mirrors the seat keys; empty: none. Backups hold no seat keys.
    seat_key_copy: str = ""
    answers_days: int = 0  # answers are due for erasure this long after the hand-in; 0: no period was set
    pictures_days: int = 0  # reference picture and face template, after the student's last exam; 0: no period was set
    checkpoint_folder: str = ""  # where ``serve`` puts the day's signed checkpoint file; empty: nowhere
    checkpoint_copies: int = 30  # how many dated copies of it are kept there
    readiness_days: int = 120  # how long the result of a computer's check is kept

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{self.folder.database_file}"

    @property
    def files_most_bytes(self) -> int:
        """Sealed bytes of one session's attached files."""
        return max(0, self.files_mb) * 1024 * 1024

    @property
    def break_rule(self) -> BreakRule:
        minutes = min(max(1, self.break_minutes), MOST_MINUTES)
        return BreakRule(max(0, self.breaks_granted), minutes, self.breaks_on_request, self.break_stops_clock)


_SECTIONS: dict[str, tuple[str, ...]] = {
    "institution": ("name", "address", "review_address", "pinned_ca"),
    "serve": ("ingest_host", "ingest_port", "review_host", "review_port", "database"),
    "rules": (
        "token_hours", "sign_in_tries", "sign_in_minutes", "active_seconds", "grace_seconds",
        "appeal_days", "files_mb", "live_pictures", "identity_accept", "identity_distance", "identity_reject",
        "watching_off",
        "identity_automatic_match", "identity_model", "identity_model_sha256", "identity_model_kind",
        "give_back_stopped", "give_back_network", "give_back_most_minutes",
        "breaks_granted", "break_minutes", "breaks_on_request", "break_stops_clock",
    ),
    "keeping": (
        "seat_key_copy", "answers_days", "pictures_days", "checkpoint_folder", "checkpoint_copies", "readiness_days",
    ),
}  # fmt: skip


def load(root: Path) -> Settings:
    """Reads ``settings.toml`` of a data folder. Raises ``SettingsError``."""
    folder = DataFolder(root.absolute())
    try:
        raw = tomllib.loads(folder.settings_file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SettingsError(f"{root} is not a data folder yet: run `python -m server --data {root} init`") from None
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{folder.settings_file}: {error}") from error
    values: dict[str, Any] = {}
    for section, body in raw.items():
        if section == "help":
            values["help"] = {language: str(body.get(language, "")) for language in LANGUAGES}
            continue
        known = _SECTIONS.get(section)
        if known is None or not isinstance(body, dict) or set(body) - set(known):
            raise SettingsError(f"{folder.settings_file}: unknown setting in [{section}]")
        values |= body
    if not values.get("name"):
        raise SettingsError(f"{folder.settings_file}: [institution] name is missing")
    defaults = Settings(folder=folder, name="")
    for name, value in values.items():
        if not _fits(value, getattr(defaults, name)):
            raise SettingsError(f"{folder.settings_file}: {name} has the wrong kind of value")
    if wrong := unknown_rules(values.get("watching_off", [])):
        raise SettingsError(f"{folder.settings_file}: watching_off names no rule with {wrong[0]!r}")
    return Settings(folder=folder, **values)


def _fits(value: object, default: object) -> bool:
    if isinstance(default, float):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, str if default is None else type(default))


def save(settings: Settings) -> None:
    """Writes ``settings.toml`` with every setting, so that the file shows what can be changed."""
    lines = []
    for section, names in _SECTIONS.items():
        lines.append(f"[{section}]")
        for name in names:
            value = getattr(settings, name)
            if value is not None:
                lines.append(f"{name} = {json.dumps(value, ensure_ascii=False)}")
        lines.append("")
    lines.append("[help]")
    lines += [f"{language} = {json.dumps(text, ensure_ascii=False)}" for language, text in settings.help.items()]
    settings.folder.settings_file.write_text("\n".join(lines) + "\n", encoding="utf-8")
