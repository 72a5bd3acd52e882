"""Seat keys, server keys, sealed segments, receipts, commitments, the Merkle tree."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from evidence import age, keys, receipt, seal
from evidence.ledger import check_commitment, commitment, merkle_root
from evidence.signing import MalformedLine, SigningError, SigningKey, line_digest, sign_line

MADE = "2026-01-31T09:00:00.000Z"
CONFIGURATION, SERVER = SigningKey.generate(), SigningKey.generate()
REVIEW, ESCROW = age.generate_identity(), age.generate_identity()
LINE, SEALED = keys.make_seat_key("орын 1", "Университет", CONFIGURATION, [REVIEW.recipient, ESCROW.recipient], MADE)


def test_a_seat_key_is_read_and_opened_by_review_and_escrow() -> None:
    seat = keys.read_seat_key(LINE, CONFIGURATION.verifying)
    assert (seat.seat, seat.institution, seat.made) == ("орын 1", "Университет", MADE)
    for owner in (REVIEW, ESCROW):
        assert keys.open_seat_identity(SEALED, [owner]).recipient == seat.recipient
    with pytest.raises(keys.SealedIdentityError):
        keys.open_seat_identity(SEALED, [age.generate_identity()])
    with pytest.raises(keys.SealedIdentityError):
        keys.open_seat_identity(age.encrypt(b"\xff no key", [REVIEW.recipient]), [REVIEW])


@pytest.mark.parametrize(
    "line",
    [
        LINE.replace('"made":"2026', '"made":"2027'),
        sign_line("server-key", {"seat": "s"}, CONFIGURATION),
        sign_line("seat-key", {"seat": "s"}, CONFIGURATION),
        sign_line("seat-key", {"seat": "s", "institution": "i", "recipient": "age1x", "made": MADE}, CONFIGURATION),
        sign_line(
            "seat-key", {"seat": 1, "institution": "i", "recipient": REVIEW.recipient.text, "made": MADE}, CONFIGURATION
        ),
        "",
        "\x00" * 500,
    ],
    # Names of their own: the lines hold signatures of keys that every run makes anew.
    ids=["later-date", "other-kind", "short", "no-recipient", "seat-a-number", "empty", "zeros"],
)
def test_a_seat_key_the_institution_did_not_sign_is_refused(line: str) -> None:
    with pytest.raises(keys.UnsignedSeatKey):
        keys.read_seat_key(line, CONFIGURATION.verifying)


def test_another_institutions_keys_are_refused() -> None:
    stranger = SigningKey.generate()
    with pytest.raises(keys.UnsignedSeatKey):
        keys.read_seat_key(LINE, stranger.verifying)
    line = keys.make_server_key(SERVER.verifying, "server", CONFIGURATION, MADE)
    assert keys.read_server_key(line, CONFIGURATION.verifying) == SERVER.verifying
    for bad, key in [
        (line, stranger),
        (LINE, CONFIGURATION),
        (sign_line("server-key", {"key": "x"}, CONFIGURATION), CONFIGURATION),
    ]:
        with pytest.raises(keys.UnsignedServerKey):
            keys.read_server_key(bad, key.verifying)


HEADER = seal.SegmentHeader("s1", "screen-1", 2, 41, 4, "video/mp4")


def test_a_segment_is_sealed_and_opened() -> None:
    identity = age.generate_identity()
    for body in (b"init", b"init" + b"\n" * 100_000):
        assert seal.unseal(seal.seal(HEADER, body, identity.recipient), identity) == (HEADER, body)
    with pytest.raises(seal.SealError):
        seal.unseal(seal.seal(HEADER, b"init", identity.recipient), age.generate_identity())
    with pytest.raises(seal.SealError):
        seal.seal(HEADER, b"ini", identity.recipient)


@pytest.mark.parametrize(
    "plaintext",
    [
        b"",
        b"no header",
        b"{}\nbody",
        b"x" * 10_000 + b"\n",
        b'{"session":"s","stream":"../up","part":0,"index":0}\n',
        b'{"session":"s","stream":"camera","part":-1,"index":0}\n',
        b'{"session":"s","stream":"camera","part":0,"index":true}\n',
        b'{"session":"s","stream":"camera","part":0,"index":0,"init":9}\nbody',
        b'{"session":"s","stream":7,"part":0,"index":0}\n',
        b'{"session":null,"stream":"camera","part":0,"index":0}\n',
        b'{"session":"s","stream":"camera","part":0,"index":0,"index":1}\n',
        b"\xff\xfe\n",
    ],
)
def test_foreign_content_inside_a_sealed_file(plaintext: bytes) -> None:
    identity = age.generate_identity()
    with pytest.raises(seal.SealError):
        seal.unseal(age.encrypt(plaintext, [identity.recipient]), identity)


@pytest.mark.parametrize(
    "name", ["", "..", "a/b", "a\\b", "/etc", "Screen", "1a", "a" * 33, "a b", "a\n", "con", "com1", "ү", "a.b"]
)
def test_names_that_could_become_paths_are_refused(name: str) -> None:
    with pytest.raises(seal.BadName):
        seal.check_stream_name(name)
    with pytest.raises(seal.BadName):
        seal.seal(seal.SegmentHeader("s", name, 0, 0), b"", REVIEW.recipient)


HEAD = receipt.Head(7, "ab" * 32)


def closing(**changes: Any) -> str:
    arguments: dict[str, Any] = {
        "session": "s1", "begin_digest": "cd" * 32, "session_key": SERVER.verifying, "head": HEAD,
        "coverage": {"camera": 0.99}, "answers_digest": None, "opened": MADE, "closed": MADE, "key": SERVER,
    }  # fmt: skip
    return receipt.make_closing_receipt(**(arguments | changes))


def test_receipts() -> None:
    head = receipt.read_receipt(receipt.make_head_receipt("s1", HEAD, MADE, SERVER), SERVER.verifying)
    assert head == {"type": "head", "session": "s1", "head": {"n": 7, "digest": "ab" * 32}, "at": MADE}
    line = closing()
    assert receipt.read_receipt(line, SERVER.verifying)["coverage"] == {"camera": 0.99}
    assert (
        receipt.read_receipt(closing(session_key=SERVER.verifying.text), SERVER.verifying)["key"]
        == SERVER.verifying.text
    )
    code = receipt.short_code(line)
    number = int(line_digest("receipt", line), 16) >> 196
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    expected = "".join(letters[number >> (5 * i) & 31] for i in reversed(range(12)))
    assert code == f"{expected[:4]}-{expected[4:8]}-{expected[8:]}"
    assert receipt.short_code(closing(session="s2")) != code


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"type": "other", "session": "s", "at": MADE, "head": {"n": 0, "digest": ""}},
        {"type": "head", "session": "s", "at": MADE, "head": {"n": True, "digest": ""}},
        {"type": "head", "session": "s", "at": 7, "head": {"n": 0, "digest": ""}},
        {"type": "closing", "session": "s", "at": MADE, "head": {"n": 0, "digest": ""}},
        {
            "type": "closing",
            "session": "s",
            "at": MADE,
            "head": {"n": 0, "digest": ""},
            "begin": "",
            "key": "",
            "opened": "",
            "coverage": {"a": "b"},
        },
    ],
)
def test_signed_things_that_are_no_receipts(payload: dict[str, Any]) -> None:
    with pytest.raises(MalformedLine):
        receipt.read_receipt(sign_line("receipt", payload, SERVER), SERVER.verifying)
    with pytest.raises(SigningError):
        receipt.read_grant(sign_line("grant", payload, SERVER), SERVER.verifying)


def test_a_receipt_is_no_grant() -> None:
    grant = receipt.make_grant("s", SERVER.verifying, CONFIGURATION.verifying, HEAD, "crash", MADE, SERVER)
    assert receipt.read_grant(grant, SERVER.verifying)["head"] == HEAD.to_json()
    with pytest.raises(SigningError):
        receipt.read_receipt(grant, SERVER.verifying)


def test_commitments() -> None:
    content = json.dumps({"outcome": "match"}).encode()
    salt, mark = commitment(content)
    assert len(salt) == 32 and check_commitment(salt, content, mark)
    assert not check_commitment(salt, content + b" ", mark)
    assert not check_commitment(bytes(32), content, mark)
    assert not check_commitment(salt[:31], salt[31:] + content, mark)
    assert commitment(content)[1] != mark


def reference_root(leaves: list[bytes]) -> bytes:
    """The recursive definition of RFC 6962."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\1" + reference_root(leaves[:split]) + reference_root(leaves[split:])).digest()


@pytest.mark.parametrize("count", [*range(20), 100])
def test_merkle_root_is_that_of_the_rfc(count: int) -> None:
    leaves = [hashlib.sha256(bytes([i])).digest() for i in range(count)]
    assert merkle_root([leaf.hex() for leaf in leaves]) == reference_root(leaves).hex()
