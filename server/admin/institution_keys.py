"""The institution's keys in its data folder: public ones are read, private ones opened with their passphrase."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evidence import age
from evidence.signing import SigningKey, VerifyingKey
from server.admin.errors import CommandFailed
from server.settings import DataFolder


def verifying_key(folder: DataFolder) -> VerifyingKey:
    return VerifyingKey.from_text(folder.verifying_key.read_text().strip())


def recipients(folder: DataFolder) -> list[age.Recipient]:
    """Who can open seat keys and reference pictures: the review identity and the escrow."""
    lines = folder.recipients.read_text(encoding="utf-8").splitlines()
    return [age.parse_recipient(line.strip()) for line in lines if line.strip() and not line.startswith("#")]


def open_configuration_key(folder: DataFolder, passphrase: str) -> SigningKey:
    """Raises ``CommandFailed`` for a wrong passphrase."""
    return SigningKey.from_text(_unseal(folder.configuration_key, [passphrase], "configuration"))


def open_review_identity(folder: DataFolder, passphrase: str) -> age.Identity:
    """Raises ``CommandFailed`` for a wrong passphrase."""
    return age.parse_identity(_unseal(folder.review_identity, [passphrase], "review"))


def _unseal(file: Path, passphrases: Sequence[str], what: str) -> str:
    try:
        return age.decrypt(file.read_bytes(), passphrases=passphrases).decode().strip()
    except OSError as error:
        raise CommandFailed(f"the {what} key cannot be read: {error}") from error
    except age.AgeError as error:
        raise CommandFailed(f"the {what} passphrase is wrong, or {file} is damaged") from error
