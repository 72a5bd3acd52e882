"""Paper, answers and unsealed lines on the student's disk: encrypted under a key of this session alone.

The key lies in a file only this user may read and is destroyed with the closing receipt. It keeps what
is on the disk from backups, other users and later finders; it does not hide anything from the student.
"""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from client.errors import SenimError

_NONCE_BYTES = 12


class VaultClosed(SenimError):
    """The local key is gone or does not fit: what it locked cannot be read here any more."""

    code = "key_lost"


class Vault:
    """Opens with the key file's content; makes it when there is none and ``create`` is set."""

    def __init__(self, key_file: Path, create: bool = False) -> None:
        self._file = key_file
        if create and not key_file.exists():
            _write_private(key_file, os.urandom(32))
        try:
            self._cipher = ChaCha20Poly1305(key_file.read_bytes())
        except (OSError, ValueError) as error:
            raise VaultClosed(str(error)) from error

    def lock(self, name: str, content: bytes) -> bytes:
        """``content`` encrypted; ``name`` says what it is and must be the same at ``unlock``."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, content, name.encode())

    def unlock(self, name: str, locked: bytes) -> bytes:
        """Raises ``VaultClosed`` for another key, another name or changed bytes."""
        try:
            return self._cipher.decrypt(locked[:_NONCE_BYTES], locked[_NONCE_BYTES:], name.encode())
        except (InvalidTag, ValueError) as error:
            raise VaultClosed(name) from error

    def destroy(self) -> None:
        """Overwrite and remove the key file: nothing that was locked can be read again."""
        try:
            size = self._file.stat().st_size
            with self._file.open("r+b") as file:
                file.write(os.urandom(size))
                file.flush()
                os.fsync(file.fileno())
            self._file.unlink()
        except FileNotFoundError:
            pass


def _write_private(path: Path, content: bytes) -> None:
    """The whole content or no file: a short key would lock things for ever."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise
