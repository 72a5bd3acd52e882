"""age recipients and identities: X25519, and the hybrid of ML-KEM-768 and X25519 (``age1pq1...``)."""

from __future__ import annotations

import hashlib
import secrets
from abc import ABC, abstractmethod
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from evidence import bech32
from evidence.age_format import HeaderError, Stanza, decode_base64, encode_base64

FILE_KEY_BYTES = 16
_WRAPPED_KEY_BYTES = FILE_KEY_BYTES + 16
_ZERO_NONCE = bytes(12)  # each wrapping key is used once

_X25519 = b"X25519"
_X25519_INFO = b"age-encryption.org/v1/X25519"
_X25519_PREFIX, _X25519_SECRET_PREFIX = "age", "age-secret-key-"

_HYBRID = b"mlkem768x25519"
_HYBRID_INFO = b"age-encryption.org/mlkem768x25519"
_HYBRID_PREFIX, _HYBRID_SECRET_PREFIX = "age1pq", "age-secret-key-pq-"
_MLKEM_PUBLIC_BYTES, _MLKEM_CIPHERTEXT_BYTES = 1184, 1088
_ENCAPSULATION_BYTES = _MLKEM_CIPHERTEXT_BYTES + 32
_SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)


class Recipient(ABC):
    """A public key one can seal to; equal when the text is equal."""

    post_quantum: bool

    @property
    @abstractmethod
    def text(self) -> str:
        """``age1...`` or ``age1pq1...``."""

    @abstractmethod
    def wrap(self, file_key: bytes) -> Stanza:
        """The stanza that gives ``file_key`` to this recipient's owner."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Recipient) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"<Recipient {self.text[:24]}>"


class Identity(ABC):
    """A private key. Its ``repr`` never shows the secret; ``text`` does."""

    @property
    @abstractmethod
    def text(self) -> str:
        """``AGE-SECRET-KEY-1...`` or ``AGE-SECRET-KEY-PQ-1...``: keep it secret."""

    @property
    @abstractmethod
    def recipient(self) -> Recipient:
        """The public half."""

    @property
    @abstractmethod
    def secret(self) -> bytes:
        """The 32 bytes everything else follows from; ``identity_from_secret`` is the way back."""

    @abstractmethod
    def unwrap(self, stanza: Stanza) -> bytes | None:
        """The file key, or None if the stanza is not for this identity; raises ``HeaderError``."""

    def __repr__(self) -> str:
        return f"<Identity of {self.recipient!r}>"


class X25519Recipient(Recipient):
    post_quantum = False

    def __init__(self, public: bytes) -> None:
        self._public = public

    @property
    def text(self) -> str:
        return bech32.encode(_X25519_PREFIX, self._public)

    def wrap(self, file_key: bytes) -> Stanza:
        ephemeral = X25519PrivateKey.generate()
        share = ephemeral.public_key().public_bytes_raw()
        try:
            secret = ephemeral.exchange(X25519PublicKey.from_public_bytes(self._public))
        except ValueError:
            raise HeaderError("the recipient is a point of low order") from None
        key = derive(secret, share + self._public, _X25519_INFO)
        return Stanza((_X25519, encode_base64(share)), seal_key(key, file_key))


class X25519Identity(Identity):
    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._key = X25519PrivateKey.from_private_bytes(secret)
        self._public = self._key.public_key().public_bytes_raw()

    @property
    def text(self) -> str:
        return bech32.encode(_X25519_SECRET_PREFIX, self._secret).upper()

    @property
    def recipient(self) -> Recipient:
        return X25519Recipient(self._public)

    @property
    def secret(self) -> bytes:
        return self._secret

    def unwrap(self, stanza: Stanza) -> bytes | None:
        if stanza.arguments[0] != _X25519:
            return None
        share = decode_base64(stanza.arguments[1])
        try:
            secret = self._key.exchange(X25519PublicKey.from_public_bytes(share))
        except ValueError:
            raise HeaderError("a share of low order") from None
        return open_key(derive(secret, share + self._public, _X25519_INFO), stanza.body)


class HybridRecipient(Recipient):
    post_quantum = True

    def __init__(self, public: bytes) -> None:
        self._public = public
        try:
            self._key = hpke.MLKEM768X25519PublicKey(
                MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC_BYTES]),
                X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC_BYTES:]),
            )
        except ValueError:
            raise HeaderError("not a hybrid public key") from None

    @property
    def text(self) -> str:
        return bech32.encode(_HYBRID_PREFIX, self._public)

    def wrap(self, file_key: bytes) -> Stanza:
        sealed = _SUITE.encrypt(file_key, self._key, _HYBRID_INFO)
        arguments = (_HYBRID, encode_base64(sealed[:_ENCAPSULATION_BYTES]))
        return Stanza(arguments, sealed[_ENCAPSULATION_BYTES:])


class HybridIdentity(Identity):
    """A 32-byte X-Wing seed; SHAKE-256 spreads it into the ML-KEM seed (64) and the X25519 key (32)."""

    def __init__(self, seed: bytes) -> None:
        self._seed = seed
        spread = hashlib.shake_256(seed).digest(96)
        mlkem = MLKEM768PrivateKey.from_seed_bytes(spread[:64])
        self._x25519 = x25519 = X25519PrivateKey.from_private_bytes(spread[64:])
        self._key = hpke.MLKEM768X25519PrivateKey(mlkem, x25519)
        self._public = mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()

    @property
    def text(self) -> str:
        return bech32.encode(_HYBRID_SECRET_PREFIX, self._seed).upper()

    @property
    def recipient(self) -> Recipient:
        return HybridRecipient(self._public)

    @property
    def secret(self) -> bytes:
        return self._seed

    def unwrap(self, stanza: Stanza) -> bytes | None:
        if stanza.arguments[0] != _HYBRID:
            return None
        encapsulated = decode_base64(stanza.arguments[1])
        try:  # HPKE would only say "does not fit"; a low-order share is a malformed file
            self._x25519.exchange(X25519PublicKey.from_public_bytes(encapsulated[_MLKEM_CIPHERTEXT_BYTES:]))
        except ValueError:
            raise HeaderError("a share of low order") from None
        try:
            return _SUITE.decrypt(encapsulated + stanza.body, self._key, _HYBRID_INFO)
        except InvalidTag:
            return None


def check_stanza(stanza: Stanza) -> None:
    """Shape of the two kinds known here, whoever they are for; raises ``HeaderError``. Other kinds pass."""
    sizes = {_X25519: 32, _HYBRID: _ENCAPSULATION_BYTES}
    expected = sizes.get(stanza.arguments[0])
    if expected is None:
        return
    if len(stanza.arguments) != 2 or len(decode_base64(stanza.arguments[1])) != expected:
        raise HeaderError("wrong stanza arguments")
    if len(stanza.body) != _WRAPPED_KEY_BYTES:
        raise HeaderError("wrong length of the wrapped key")


def parse_recipient(text: str) -> Recipient:
    """Read ``age1...`` or ``age1pq1...``; raises ``HeaderError``."""
    prefix, content = _decode(text)
    if text != text.lower():
        raise HeaderError("a recipient is written in lower case")
    if prefix == _X25519_PREFIX and len(content) == 32:
        return X25519Recipient(content)
    if prefix == _HYBRID_PREFIX and len(content) == _MLKEM_PUBLIC_BYTES + 32:
        return HybridRecipient(content)
    raise HeaderError("not a known kind of recipient")


def parse_identity(text: str) -> Identity:
    """Read ``AGE-SECRET-KEY-1...`` or ``AGE-SECRET-KEY-PQ-1...``; raises ``HeaderError``."""
    prefix, content = _decode(text)
    if len(content) == 32 and text == text.upper():
        if prefix == _X25519_SECRET_PREFIX:
            return X25519Identity(content)
        if prefix == _HYBRID_SECRET_PREFIX:
            return HybridIdentity(content)
    raise HeaderError("not a known kind of identity")


def identity_from_secret(secret: bytes) -> Identity:
    """The hybrid identity with these 32 bytes; raises ``HeaderError``."""
    if len(secret) != 32:
        raise HeaderError("an identity's secret has 32 bytes")
    return HybridIdentity(secret)


def generate_identity(kind: Literal["hybrid", "x25519"] = "hybrid") -> Identity:
    """A new private key."""
    return HybridIdentity(secrets.token_bytes(32)) if kind == "hybrid" else X25519Identity(secrets.token_bytes(32))


def _decode(text: str) -> tuple[str, bytes]:
    try:
        return bech32.decode(text)
    except bech32.Bech32Error as error:
        raise HeaderError(f"not an age key: {error}") from None


def derive(secret: bytes, salt: bytes, info: bytes) -> bytes:
    """HKDF-SHA-256, 32 bytes."""
    return HKDF(hashes.SHA256(), 32, salt, info).derive(secret)


def seal_key(key: bytes, file_key: bytes) -> bytes:
    """``file_key`` under a key that is never used again."""
    return ChaCha20Poly1305(key).encrypt(_ZERO_NONCE, file_key, None)


def open_key(key: bytes, body: bytes) -> bytes | None:
    """The opposite of ``seal_key``; None if ``key`` does not fit."""
    try:
        return ChaCha20Poly1305(key).decrypt(_ZERO_NONCE, body, None)
    except InvalidTag:
        return None
