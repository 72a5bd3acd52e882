"""Who can open seat keys and reference pictures: the review keys and the escrow, by name.

``keys/recipients.txt`` is a recipients' file as the age tool reads it: before each recipient stands a comment
``# ROLE NAME SINCE``. A file of the first version has two bare lines: the review key, then the escrow.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evidence import age
from server.admin.errors import CommandFailed
from server.admin.files import replace_file
from server.settings import DataFolder

REVIEW, ESCROW = "review", "escrow"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,30}")


@dataclass(frozen=True)
class Holder:
    """``role``: "review" or "escrow". ``since``: the stored time at which it was made; "" in a file of the first
    version."""

    role: str
    name: str
    recipient: age.Recipient
    since: str

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.recipient)


def fingerprint(recipient: age.Recipient) -> str:
    """The first 16 hex digits of the SHA-256 of the recipient's text, in groups of four."""
    digits = hashlib.sha256(recipient.text.encode()).hexdigest()[:16]
    return " ".join(digits[start : start + 4] for start in range(0, 16, 4))


def check_name(name: str) -> str:
    """Raises ``CommandFailed``."""
    if not _NAME.fullmatch(name):
        raise CommandFailed(f"{name!r} is no name for a key: small letters, digits and - only")
    return name


def read(folder: DataFolder) -> list[Holder]:
    """Raises ``CommandFailed`` if the file cannot be used."""
    found: list[Holder] = []
    words: list[str] = []
    try:
        for line in folder.recipients.read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                words = line[1:].split()
            elif line.strip():
                role, name, since = words if len(words) == 3 else _first_version(len(found))
                found.append(Holder(role, name, age.parse_recipient(line.strip()), since))
                words = []
    except (OSError, age.AgeError) as error:
        raise CommandFailed(f"{folder.recipients} cannot be used: {error}") from error
    return found


def _first_version(place: int) -> tuple[str, str, str]:
    role = REVIEW if place == 0 else ESCROW
    return role, role, ""


def write(folder: DataFolder, holders: Sequence[Holder]) -> None:
    text = "".join(f"# {one.role} {one.name} {one.since or '-'}\n{one.recipient.text}\n" for one in holders)
    replace_file(folder.recipients, text.encode("ascii"))


def find(holders: Sequence[Holder], name: str) -> Holder:
    """Raises ``CommandFailed`` with the names there are."""
    for one in holders:
        if one.name == name:
            return one
    raise CommandFailed(f"there is no key {name!r}; there are {', '.join(one.name for one in holders)}")


def escrow_of(holders: Sequence[Holder]) -> Holder:
    """Raises ``CommandFailed``."""
    for one in holders:
        if one.role == ESCROW:
            return one
    raise CommandFailed("there is no escrow key")


# ---- the review keys whose private half lies on this machine, each under its passphrase


def review_file(folder: DataFolder, name: str) -> Path:
    return folder.review_identity if name == REVIEW else folder.keys / f"review-{name}.identity.age"


def review_files(folder: DataFolder) -> dict[str, Path]:
    """All that lie here, by name; also those that open nothing any more."""
    files = [folder.review_identity, *sorted(folder.keys.glob("review-*.identity.age"))]
    names = {file: file.name.removesuffix(".identity.age").removeprefix("review-") for file in files}
    return {names[file]: file for file in files if file.exists()}


def serving_name(folder: DataFolder, wanted: str | None) -> str:
    """The review key to serve with: the wanted one, else "review", else the only one there is."""
    if wanted is not None:
        return wanted
    here = review_files(folder)
    if REVIEW in here or not here:
        return REVIEW
    if len(here) > 1:
        raise CommandFailed(f"there are several review keys: say which with --review-key: {', '.join(here)}")
    return next(iter(here))


def open_review(folder: DataFolder, name: str, passphrase: str) -> age.Identity:
    """Raises ``CommandFailed`` for a wrong passphrase, and for a key that was taken out."""
    file = review_file(folder, name)
    if not file.exists():
        here = ", ".join(review_files(folder)) or "none"
        raise CommandFailed(f"the review key {name!r} does not lie on this machine; there: {here}")
    identity = open_identity(file, passphrase, f"review key {name!r}")
    if identity.recipient not in [one.recipient for one in read(folder)]:
        raise CommandFailed(f"the review key {name!r} was taken out and opens nothing any more")
    return identity


def open_identity(file: Path, passphrase: str, what: str) -> age.Identity:
    """An age identity under a passphrase. Raises ``CommandFailed``."""
    try:
        text = age.decrypt(file.read_bytes(), passphrases=[passphrase]).decode("utf-8").strip()
        return age.parse_identity(text)
    except OSError as error:
        raise CommandFailed(f"{file} cannot be read: {error}") from error
    except (age.AgeError, UnicodeDecodeError) as error:
        raise CommandFailed(f"{what}: the passphrase is wrong, or {file} is damaged") from error
