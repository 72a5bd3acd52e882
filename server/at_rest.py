"""Encryption of what the database holds about persons: answers, papers, reference templates."""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_VERSION = b"\x01"
_NONCE_BYTES = 12


class AtRestError(Exception):
    """The bytes were not sealed under this key for this purpose."""


class AtRest:
    """AES-256-GCM under the institution's at-rest key. ``purpose`` binds a ciphertext to its row."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)
        self._key = key

    def derive(self, purpose: str) -> bytes:
        """32 bytes for ``purpose`` alone: HMAC-SHA256 as the one-block case of HKDF-Expand (RFC 5869)."""
        return hmac.digest(self._key, b"senim/derived/v1\n" + purpose.encode() + b"\x01", "sha256")

    def seal(self, purpose: str, content: bytes) -> bytes:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return _VERSION + nonce + self._cipher.encrypt(nonce, content, purpose.encode())

    def open(self, purpose: str, sealed: bytes) -> bytes:
        """Raises ``AtRestError`` if ``sealed`` was changed, or made for another purpose."""
        if sealed[:1] != _VERSION:
            raise AtRestError("unknown version")
        nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        try:
            return self._cipher.decrypt(nonce, body, purpose.encode())
        except (InvalidTag, ValueError) as error:
            raise AtRestError("not sealed under this key for this purpose") from error

    @staticmethod
    def generate(file: Path) -> None:
        """Writes a new key, readable by its owner only; never over an old one."""
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as stream:
            stream.write(secrets.token_bytes(32).hex() + "\n")

    @classmethod
    def load(cls, file: Path) -> AtRest:
        return cls(bytes.fromhex(file.read_text().strip()))


def answer_purpose(session: str, question: str, revision: int) -> str:
    return f"answer/{session}/{question}/{revision}"


def paper_purpose(exam: str) -> str:
    return f"paper/{exam}"


def template_purpose(student: str) -> str:
    return f"template/{student}"
