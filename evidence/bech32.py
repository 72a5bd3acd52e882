"""Bech32 (BIP 173) without its length limit: the text form of age keys."""

from __future__ import annotations

from evidence.errors import EvidenceError

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM_LENGTH = 6


class Bech32Error(EvidenceError):
    """The text is not well-formed Bech32."""


def encode(prefix: str, content: bytes) -> str:
    """Lower-case Bech32 of ``content`` under ``prefix`` (itself lower case)."""
    values = _regroup(content, 8, 5)
    if len(content) * 8 % 5:
        spare = 5 - len(content) * 8 % 5
        values.append((content[-1] << spare) & 31)
    checksum = _polymod([*_expand(prefix), *values, *([0] * _CHECKSUM_LENGTH)]) ^ 1
    values += [checksum >> 5 * (5 - i) & 31 for i in range(_CHECKSUM_LENGTH)]
    return prefix + "1" + "".join(_ALPHABET[v] for v in values)


def decode(text: str) -> tuple[str, bytes]:
    """Prefix (lower case) and content; raises ``Bech32Error``. All lower or all upper case is accepted."""
    if text not in (text.lower(), text.upper()):
        raise Bech32Error("mixed case")
    prefix, mark, rest = text.lower().rpartition("1")
    if not mark or not prefix or len(rest) < _CHECKSUM_LENGTH:
        raise Bech32Error("no separator, prefix or checksum")
    if any(not 33 <= ord(c) <= 126 for c in prefix):
        raise Bech32Error("a character outside the prefix's alphabet")
    try:
        values = [_ALPHABET.index(c) for c in rest]
    except ValueError:
        raise Bech32Error("a character outside the alphabet") from None
    if _polymod([*_expand(prefix), *values]) != 1:
        raise Bech32Error("wrong checksum")
    values = values[:-_CHECKSUM_LENGTH]
    spare = len(values) * 5 % 8
    if spare >= 5 or (values and values[-1] & ((1 << spare) - 1)):
        raise Bech32Error("wrong padding")
    return prefix, bytes(_regroup(bytes(values), 5, 8))


def _expand(prefix: str) -> list[int]:
    return [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for i, generator in enumerate(_GENERATOR):
            if top >> i & 1:
                check ^= generator
    return check


def _regroup(values: bytes, width: int, into: int) -> list[int]:
    """Whole groups of ``into`` bits; bits that do not fill the last group are left out."""
    pending = bits = 0
    groups = []
    for value in values:
        pending = (pending << width | value) & 0xFFFF
        bits += width
        while bits >= into:
            bits -= into
            groups.append(pending >> bits & ((1 << into) - 1))
    return groups
