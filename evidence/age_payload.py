"""The payload of age v1 files: 64 KiB chunks under counting nonces, the last one marked (STREAM)."""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from evidence.age_format import HeaderError, PayloadError
from evidence.age_keys import derive

CHUNK_BYTES = 64 * 1024
_SEALED_CHUNK_BYTES = CHUNK_BYTES + 16
_NONCE_BYTES = 16


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def seal_payload(file_key: bytes, plaintext: bytes) -> bytes:
    """Nonce and sealed chunks."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    cipher = ChaCha20Poly1305(derive(file_key, nonce, b"payload"))
    count = max(1, -(-len(plaintext) // CHUNK_BYTES))
    view = memoryview(plaintext)
    chunks = [
        cipher.encrypt(_nonce(i, i == count - 1), view[i * CHUNK_BYTES : (i + 1) * CHUNK_BYTES], None)
        for i in range(count)
    ]
    return b"".join([nonce, *chunks])


def open_payload(file_key: bytes, payload: bytes) -> bytes:
    """The plaintext; raises ``HeaderError`` without a nonce, ``PayloadError`` on any damage."""
    if len(payload) < _NONCE_BYTES:
        raise HeaderError("the payload's nonce is missing")
    cipher = ChaCha20Poly1305(derive(file_key, payload[:_NONCE_BYTES], b"payload"))
    view = memoryview(payload)[_NONCE_BYTES:]
    released: list[bytes] = []
    count = max(1, -(-len(view) // _SEALED_CHUNK_BYTES))
    for i in range(count):
        chunk, last = view[i * _SEALED_CHUNK_BYTES : (i + 1) * _SEALED_CHUNK_BYTES], i == count - 1
        plain = _open_chunk(cipher, i, last, chunk)
        if plain is None:
            # A whole chunk with the other mark is authentic too: the damage lies after it.
            rest = _open_chunk(cipher, i, not last, chunk) if len(chunk) == _SEALED_CHUNK_BYTES else None
            raise PayloadError("the payload was changed or cut", b"".join([*released, rest or b""]))
        if last and not plain and i:
            raise PayloadError("an empty last chunk", b"".join(released))
        released.append(plain)
    return b"".join(released)


def _open_chunk(cipher: ChaCha20Poly1305, number: int, last: bool, chunk: memoryview) -> bytes | None:
    if len(chunk) < 16:
        return None
    try:
        return cipher.decrypt(_nonce(number, last), chunk, None)
    except InvalidTag:
        return None
