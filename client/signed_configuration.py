"""The signature beside ``institution.json``: what IT packaged is what the program starts with.

``institution.sig`` is one signed line of kind ``configuration`` (payload, tab, signature) by the key that
``institution.json`` names as ``verifying_key``. Its payload lists the SHA-256 of every file of the configuration::

    {"type": "configuration", "signed": "2026-11-23", "expires": "2027-09-01" or null,
     "files": {"institution.json": "<hex>", "logo.png": "<hex>"}}

The signature shows a change of single files. Whoever may replace all of them can also put another key there: that
is what the fingerprint in the window ("About Senim") and in the institution's records is compared for.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from client.settings import BadConfiguration
from evidence.errors import EvidenceError
from evidence.signing import VerifyingKey, payload_of, read_line

KIND = "configuration"
SIGNATURE = "institution.sig"
MAX_BYTES = 1_000_000  # of one file; the largest honest one is a logo of some 10 kB
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FILE = re.compile(r"[a-z0-9][a-z0-9.-]{0,63}")


@dataclass(frozen=True)
class Signed:
    """``signed``, ``expires``: days as ISO text, ``expires`` empty when the signature does not end."""

    signed: str
    expires: str


def fingerprint(verifying_key: str) -> str:
    """Sixteen hexadecimal digits in groups, to compare by eye."""
    return VerifyingKey.from_text(verifying_key).fingerprint


def check_signature(config: Path, verifying_key: str, today: str, *, required: bool) -> Signed | None:
    """What the signature beside ``config`` says; None when there is none and none is ``required``.

    ``today``: this computer's day, ISO. Raises ``BadConfiguration``.
    """
    file = config.with_name(SIGNATURE)
    try:
        line = file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        if required:
            raise BadConfiguration(SIGNATURE, "missing: an installed program takes signed settings only") from None
        return None
    except (OSError, ValueError) as error:
        raise BadConfiguration(SIGNATURE, f"cannot be read: {error}") from error
    payload = _verified(line, verifying_key)
    for name, digest in _files(payload, config.name).items():
        _check_file(config.with_name(name), digest)
    signed, expires = _days(payload)
    if expires and today > expires:
        raise BadConfiguration(
            SIGNATURE,
            f"the signature ended on {expires}, and this computer's date is {today}: "
            "set the date right or ask the institution for a new installation",
        )
    return Signed(signed, expires)


def _verified(line: str, verifying_key: str) -> dict[str, Any]:
    try:
        payload_of(line)
        return read_line(KIND, line, VerifyingKey.from_text(verifying_key))
    except EvidenceError as error:
        raise BadConfiguration(
            SIGNATURE, f"not signed by the key that institution.json names ({error}): ask IT for the whole folder again"
        ) from error


def _files(payload: dict[str, Any], config: str) -> dict[str, str]:
    files = payload.get("files")
    plain = isinstance(files, dict) and all(_FILE.fullmatch(n) and isinstance(d, str) for n, d in files.items())
    if payload.get("type") != KIND or not isinstance(files, dict) or not plain or config not in files:
        raise BadConfiguration(SIGNATURE, f"does not cover {config}")
    return files


def _check_file(file: Path, digest: str) -> None:
    try:
        content = file.read_bytes() if file.stat().st_size <= MAX_BYTES else b""
    except OSError as error:
        raise BadConfiguration(file.name, f"signed, and cannot be read: {error}") from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise BadConfiguration(file.name, "was changed after it was signed: ask IT for the whole folder again")


def _days(payload: dict[str, Any]) -> tuple[str, str]:
    signed, expires = payload.get("signed"), payload.get("expires")
    if not isinstance(signed, str) or not _DAY.fullmatch(signed):
        raise BadConfiguration(SIGNATURE, "does not say when it was made")
    if expires is not None and not (isinstance(expires, str) and _DAY.fullmatch(expires)):
        raise BadConfiguration(SIGNATURE, "does not say plainly when it ends")
    return signed, expires or ""
