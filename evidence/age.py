"""Our reader and writer of age v1 files, in memory: a segment is a few hundred kilobytes.

X25519, hybrid post-quantum and passphrase (scrypt) recipients, binary files and text armor. Every error
derives from ``AgeError``; nothing unauthentic is ever returned.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Sequence

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from evidence.age_format import (
    AgeError,
    ArmorError,
    Header,
    HeaderError,
    HmacError,
    NoMatchingIdentity,
    PayloadError,
    Stanza,
    armor,
    dearmor,
    decode_base64,
    encode_base64,
    is_armored,
    read_header,
    write_header,
)
from evidence.age_keys import (
    FILE_KEY_BYTES,
    Identity,
    Recipient,
    check_stanza,
    derive,
    generate_identity,
    identity_from_secret,
    open_key,
    parse_identity,
    parse_recipient,
    seal_key,
)
from evidence.age_payload import open_payload, seal_payload

__all__ = [
    "AgeError",
    "ArmorError",
    "HeaderError",
    "HmacError",
    "Identity",
    "MixedRecipients",
    "NoMatchingIdentity",
    "PayloadError",
    "Recipient",
    "armor",
    "decrypt",
    "encrypt",
    "encrypt_with_passphrase",
    "generate_identity",
    "identity_from_secret",
    "parse_identity",
    "parse_recipient",
]

MAX_WORK_FACTOR = 20  # 2**20 means 1 GiB and about 4 s: a hostile file may not ask for more

_SCRYPT = b"scrypt"
_SCRYPT_LABEL = b"age-encryption.org/v1/scrypt"
_SCRYPT_SALT_BYTES = 16
_WORK_FACTOR = re.compile(rb"[1-9][0-9]?")


class MixedRecipients(AgeError):
    """Post-quantum and other recipients together: the file would be as weak as the weaker kind."""


def encrypt(plaintext: bytes, recipients: Sequence[Recipient]) -> bytes:
    """A binary age file that each of ``recipients`` can open. They are all hybrid or all X25519, as with
    the age tool; anything else raises ``MixedRecipients``, none raises ``AgeError``."""
    if not recipients:
        raise AgeError("no recipient")
    if len({recipient.post_quantum for recipient in recipients}) != 1:
        raise MixedRecipients("hybrid and other recipients do not go together")
    file_key = secrets.token_bytes(FILE_KEY_BYTES)
    return _write(file_key, [recipient.wrap(file_key) for recipient in recipients], plaintext)


def encrypt_with_passphrase(plaintext: bytes, passphrase: str, work_factor: int = 16) -> bytes:
    """A binary age file under ``passphrase``; 2**``work_factor`` is scrypt's cost (16: about 0.2 s)."""
    if not 1 <= work_factor <= MAX_WORK_FACTOR:
        raise AgeError(f"a work factor is 1 to {MAX_WORK_FACTOR}")
    file_key = secrets.token_bytes(FILE_KEY_BYTES)
    salt = secrets.token_bytes(_SCRYPT_SALT_BYTES)
    body = seal_key(_scrypt(passphrase, salt, work_factor), file_key)
    stanza = Stanza((_SCRYPT, encode_base64(salt), b"%d" % work_factor), body)
    return _write(file_key, [stanza], plaintext)


def decrypt(data: bytes, identities: Sequence[Identity] = (), passphrases: Sequence[str] = ()) -> bytes:
    """The plaintext of a binary or armored age file, opened by whichever identity or passphrase fits.

    Raises ``ArmorError``, ``HeaderError``, ``NoMatchingIdentity``, ``HmacError`` or ``PayloadError``.
    """
    if is_armored(data):
        data = dearmor(data)
    header = read_header(data)
    file_key = _file_key(header, identities, passphrases)
    if not hmac.compare_digest(_mac(file_key, header.authenticated), header.mac):
        raise HmacError("the header was changed")
    return open_payload(file_key, data[header.payload_offset :])


def _write(file_key: bytes, stanzas: Sequence[Stanza], plaintext: bytes) -> bytes:
    header = write_header(stanzas)
    mac = encode_base64(_mac(file_key, header))
    return b"".join([header, b" ", mac, b"\n", seal_payload(file_key, plaintext)])


def _mac(file_key: bytes, header: bytes) -> bytes:
    return hmac.digest(derive(file_key, b"", b"header"), header, "sha256")


def _file_key(header: Header, identities: Sequence[Identity], passphrases: Sequence[str]) -> bytes:
    kinds = [stanza.arguments[0] for stanza in header.stanzas]
    if _SCRYPT in kinds:
        if len(kinds) > 1:
            raise HeaderError("a passphrase stands beside other recipients")
        file_key = _try_passphrases(header.stanzas[0], passphrases)
    else:
        file_key = _try_identities(header.stanzas, identities)
    if file_key is None:
        raise NoMatchingIdentity("no identity or passphrase opens this file")
    return file_key


def _try_identities(stanzas: Sequence[Stanza], identities: Sequence[Identity]) -> bytes | None:
    for stanza in stanzas:
        check_stanza(stanza)
    for stanza in stanzas:
        for identity in identities:
            file_key = identity.unwrap(stanza)
            if file_key is not None:
                return file_key
    return None


def _try_passphrases(stanza: Stanza, passphrases: Sequence[str]) -> bytes | None:
    if len(stanza.arguments) != 3 or len(stanza.body) != FILE_KEY_BYTES + 16:
        raise HeaderError("malformed passphrase stanza")
    salt, factor = decode_base64(stanza.arguments[1]), stanza.arguments[2]
    if len(salt) != _SCRYPT_SALT_BYTES or not _WORK_FACTOR.fullmatch(factor):
        raise HeaderError("malformed passphrase stanza")
    if passphrases and int(factor) > MAX_WORK_FACTOR:
        raise HeaderError("the passphrase's work factor is too large")
    for passphrase in passphrases:
        file_key = open_key(_scrypt(passphrase, salt, int(factor)), stanza.body)
        if file_key is not None:
            return file_key
    return None


def _scrypt(passphrase: str, salt: bytes, work_factor: int) -> bytes:
    return Scrypt(_SCRYPT_LABEL + salt, 32, 2**work_factor, 8, 1).derive(passphrase.encode())
