"""The Merkle tree of RFC 6962 over the segments' digests."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

_LEAF, _NODE = b"\x00", b"\x01"


def merkle_root(digests: Sequence[str]) -> str:
    """Hex root over hex SHA-256 digests, in order; of none: SHA-256 of nothing."""
    if not digests:
        return hashlib.sha256().hexdigest()
    level = [hashlib.sha256(_LEAF + bytes.fromhex(digest)).digest() for digest in digests]
    while len(level) > 1:
        # Pairing from the left and carrying an odd last node up gives the tree of RFC 6962.
        paired = [hashlib.sha256(_NODE + a + b).digest() for a, b in zip(level[::2], level[1::2], strict=False)]
        level = paired + level[len(level) & ~1 :]
    return level[0].hex()
