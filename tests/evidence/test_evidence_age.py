"""Our age files: round trips, refusals, keys."""

from __future__ import annotations

import os
import random

import pytest

from evidence import age, bech32
from evidence.age_format import armor, encode_base64, read_header, write_header

KINDS = ["hybrid", "x25519"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [0, 1, 65535, 65536, 65537, 131072])
def test_round_trip(kind: str, size: int) -> None:
    one, two = age.generate_identity(kind), age.generate_identity(kind)
    content = os.urandom(size)
    sealed = age.encrypt(content, [one.recipient, two.recipient])
    assert age.decrypt(sealed, [one]) == age.decrypt(armor(sealed), [two]) == content


@pytest.mark.parametrize("kind", KINDS)
def test_another_key_opens_nothing(kind: str) -> None:
    sealed = age.encrypt(b"secret", [age.generate_identity(kind).recipient])
    with pytest.raises(age.NoMatchingIdentity):
        age.decrypt(sealed, [age.generate_identity("hybrid"), age.generate_identity("x25519")], ["word"])
    with pytest.raises(age.NoMatchingIdentity):
        age.decrypt(sealed)


def test_passphrase() -> None:
    sealed = age.encrypt_with_passphrase(b"secret", "құпия", work_factor=10)
    assert age.decrypt(sealed, passphrases=["wrong", "құпия"]) == b"secret"
    with pytest.raises(age.NoMatchingIdentity):
        age.decrypt(sealed, passphrases=["wrong"])
    with pytest.raises(age.NoMatchingIdentity):
        age.decrypt(sealed, [age.generate_identity()])


def test_a_hostile_work_factor_is_refused_before_any_work() -> None:
    sealed = age.encrypt_with_passphrase(b"secret", "word", work_factor=10)
    with pytest.raises(age.HeaderError):
        age.decrypt(sealed.replace(b" 10\n", b" 30\n", 1), passphrases=["word"])
    with pytest.raises(age.AgeError):
        age.encrypt_with_passphrase(b"", "word", work_factor=21)


def test_recipients_of_both_kinds_do_not_go_together() -> None:
    both = [age.generate_identity(kind).recipient for kind in KINDS]
    with pytest.raises(age.MixedRecipients):
        age.encrypt(b"", both)
    with pytest.raises(age.AgeError):
        age.encrypt(b"", [])


@pytest.mark.parametrize("kind", KINDS)
def test_every_flipped_bit_is_seen(kind: str) -> None:
    identity = age.generate_identity(kind)
    sealed = age.encrypt(b"x" * 40, [identity.recipient])
    for place in range(len(sealed)):
        damaged = bytearray(sealed)
        damaged[place] ^= 1 << random.randrange(8)
        with pytest.raises(age.AgeError):
            age.decrypt(bytes(damaged), [identity])


def test_every_cut_is_seen_and_whole_chunks_are_told() -> None:
    identity = age.generate_identity("x25519")
    sealed = age.encrypt(b"a" * 65536 + b"b" * 100, [identity.recipient])
    for length in [*range(0, 300, 7), len(sealed) - 200, len(sealed) - 1]:
        with pytest.raises(age.AgeError):
            age.decrypt(sealed[:length], [identity])
    with pytest.raises(age.PayloadError) as caught:
        age.decrypt(sealed[:-1], [identity])
    assert caught.value.released == b"a" * 65536


def test_random_bytes_and_long_headers_raise_typed_errors() -> None:
    identity = age.generate_identity()
    noise = random.Random(1)
    start = b"age-encryption.org/v1\n"
    for size in [0, 1, 50, 5000]:
        for prefix in [b"", start, start + b"-> X25519 ", b"-----BEGIN AGE ENCRYPTED FILE-----\n"]:
            with pytest.raises(age.AgeError):
                age.decrypt(prefix + noise.randbytes(size), [identity], ["word"])
    with pytest.raises(age.HeaderError):
        age.decrypt(start + b"-> X\n\n" * 100_000, [identity])


@pytest.mark.parametrize("kind", KINDS)
def test_keys_as_text(kind: str) -> None:
    identity = age.generate_identity(kind)
    assert age.parse_identity(identity.text).recipient == identity.recipient
    assert age.parse_recipient(identity.recipient.text) == identity.recipient
    assert identity.recipient.text.startswith("age1pq1" if kind == "hybrid" else "age1")
    assert identity.text.startswith("AGE-SECRET-KEY-")
    assert identity.text not in repr(identity)
    assert hash(identity.recipient) == hash(age.parse_recipient(identity.recipient.text))


@pytest.mark.parametrize(
    "text",
    ["", "age1", "1", "age1qqqqqq", "hello", "ү" * 40, "age1pq1" + "q" * 50, "AGE-SECRET-KEY-1", "age\x7f1qqqqqqqqqq"],
)
def test_texts_that_are_no_keys(text: str) -> None:
    with pytest.raises(age.HeaderError):
        age.parse_recipient(text)
    with pytest.raises(age.HeaderError):
        age.parse_identity(text)


def test_a_typing_error_in_a_key_is_seen() -> None:
    identity = age.generate_identity("x25519")
    text = identity.recipient.text
    for place in range(5, len(text)):
        other = "q" if text[place] != "q" else "p"
        with pytest.raises(age.HeaderError):
            age.parse_recipient(text[:place] + other + text[place + 1 :])
    with pytest.raises(age.HeaderError):
        age.parse_recipient(identity.recipient.text.upper())
    with pytest.raises(age.HeaderError):
        age.parse_identity(identity.text.lower())
    with pytest.raises(age.HeaderError):
        age.parse_recipient(identity.text)


@pytest.mark.parametrize("size", range(40))
def test_bech32_round_trip(size: int) -> None:
    content = os.urandom(size)
    assert bech32.decode(bech32.encode("age", content)) == ("age", content)
    assert bech32.decode(bech32.encode("age", content).upper()) == ("age", content)


def test_bech32_of_the_standard() -> None:
    assert bech32.encode("a", b"") == "a12uel5l"
    for bad in ["A12UEL5L"[:-1], "a12ueL5l", "12uel5l", "x1b4n0q5v", "li1dgmt3", "a12uel5m"]:
        with pytest.raises(bech32.Bech32Error):
            bech32.decode(bad)


def test_a_header_is_written_as_it_is_read() -> None:
    from evidence.age_format import Stanza

    for size in [0, 1, 47, 48, 49, 96, 200]:
        written = write_header([Stanza((b"kind", b"argument"), os.urandom(size)), Stanza((b"other",), b"")])
        header = read_header(written + b" " + encode_base64(bytes(32)) + b"\n")
        assert write_header(header.stanzas) == header.authenticated == written
