"""Keys the institution signs: one sealing key per seat, and the server's receipt key.

The configuration key signs both ahead of an exam; its public half is baked into the client.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evidence import age
from evidence.errors import EvidenceError
from evidence.signing import SigningError, SigningKey, VerifyingKey, read_line, sign_line


class KeysError(EvidenceError):
    """A key of the institution cannot be used."""


class UnsignedSeatKey(KeysError):
    """The institution's key did not sign this seat key."""


class UnsignedServerKey(KeysError):
    """The institution's key did not sign this server key."""


class SealedIdentityError(KeysError):
    """A seat's private half cannot be opened with the identities at hand."""


@dataclass(frozen=True)
class SeatKey:
    """The only recipient of one seat's segments. ``made`` is ISO 8601 UTC."""

    seat: str
    institution: str
    recipient: age.Recipient
    made: str


def make_seat_key(
    seat: str, institution_name: str, configuration: SigningKey, review: Sequence[age.Recipient], made: str
) -> tuple[str, bytes]:
    """A new seat key: its signed line, and its private half sealed to the ``review`` (and escrow) recipients."""
    identity = age.generate_identity()
    payload = {"seat": seat, "institution": institution_name, "recipient": identity.recipient.text, "made": made}
    return sign_line("seat-key", payload, configuration), seal_identity(identity, review)


def seal_identity(identity: age.Identity, readers: Sequence[age.Recipient]) -> bytes:
    """A private key that each of ``readers`` can open."""
    return age.encrypt(identity.text.encode() + b"\n", readers)


def read_seat_key(line: str, verifying: VerifyingKey) -> SeatKey:
    """Raises ``UnsignedSeatKey`` for a wrong signature and for a line that is not a seat key."""
    try:
        return parse_seat_key(read_line("seat-key", line, verifying))
    except (SigningError, KeysError) as error:
        raise UnsignedSeatKey(f"the institution did not sign this seat key: {error}") from error


def parse_seat_key(payload: dict[str, Any]) -> SeatKey:
    """The seat key in a payload; the signature is the caller's matter. Raises ``KeysError``."""
    seat, institution, made = (_text(payload, name) for name in ("seat", "institution", "made"))
    try:
        recipient = age.parse_recipient(_text(payload, "recipient"))
    except age.AgeError as error:
        raise KeysError(f"not a recipient: {error}") from error
    return SeatKey(seat, institution, recipient, made)


def make_server_key(server: VerifyingKey, name: str, configuration: SigningKey, made: str) -> str:
    """The signed line that says: receipts of the institution are signed by ``server``."""
    return sign_line("server-key", {"name": name, "key": server.text, "made": made}, configuration)


def read_server_key(line: str, verifying: VerifyingKey) -> VerifyingKey:
    """Raises ``UnsignedServerKey``."""
    try:
        return parse_server_key(read_line("server-key", line, verifying))
    except (SigningError, KeysError) as error:
        raise UnsignedServerKey(f"the institution did not sign this server key: {error}") from error


def parse_server_key(payload: dict[str, Any]) -> VerifyingKey:
    """The key in a payload; the signature is the caller's matter. Raises ``KeysError``, ``BadKey``."""
    return VerifyingKey.from_text(_text(payload, "key"))


def sign_configuration(
    files: Mapping[str, bytes], configuration: SigningKey, signed: str, expires: str | None = None
) -> str:
    """The signed line beside the client's configuration: the digest of every file of it. ``signed``, ``expires``: ISO
    days. ``client/signed_configuration.py`` reads it."""
    digests = {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}
    payload = {"type": "configuration", "signed": signed, "expires": expires, "files": digests}
    return sign_line("configuration", payload, configuration)


def open_seat_identity(sealed: bytes, identities: Sequence[age.Identity]) -> age.Identity:
    """The private half of a seat key; raises ``SealedIdentityError``."""
    try:
        return age.parse_identity(age.decrypt(sealed, identities).decode("ascii").strip())
    except (age.AgeError, UnicodeDecodeError) as error:
        raise SealedIdentityError(f"the seat's private key cannot be opened: {error}") from error


def _text(payload: dict[str, Any], name: str) -> str:
    value = payload.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= 4096:
        raise KeysError(f"{name} is missing or not a text")
    return value
