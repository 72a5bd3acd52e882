"""Keys, signed lines and what they refuse."""

from __future__ import annotations

import json

import pytest

from evidence import signing
from evidence.signing import BadKey, BadSignature, MalformedLine, SigningKey, VerifyingKey

KEY = SigningKey.generate()


def test_keys_as_text() -> None:
    assert SigningKey.from_text(KEY.text).verifying == KEY.verifying == VerifyingKey.from_text(KEY.verifying.text)
    assert KEY.text.startswith("ed25519-secret:") and KEY.verifying.text.startswith("ed25519:")
    assert KEY.text not in repr(KEY)
    groups = KEY.verifying.fingerprint.split(" ")
    assert [len(part) for part in groups] == [4, 4, 4, 4] and int("".join(groups), 16) >= 0
    assert len({KEY.verifying, VerifyingKey.from_text(KEY.verifying.text)}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ed25519:",
        "ed25519:AAAA",
        "ed25519:" + "A" * 44,
        "rsa:" + "A" * 43,
        "ed25519:" + "A" * 42 + "B",
        "ed25519:ү",
    ],
)
def test_texts_that_are_no_keys(text: str) -> None:
    with pytest.raises(BadKey):
        VerifyingKey.from_text(text)
    with pytest.raises(BadKey):
        SigningKey.from_text(text.replace("ed25519:", "ed25519-secret:"))


def test_a_signature_holds_for_one_kind_only() -> None:
    signature = KEY.sign("receipt", b"content")
    KEY.verifying.verify("receipt", b"content", signature)
    for kind, content, key in [
        ("grant", b"content", KEY),
        ("receipt", b"other", KEY),
        ("receipt", b"content", SigningKey.generate()),
    ]:
        with pytest.raises(BadSignature):
            key.verifying.verify(kind, content, signature)
    with pytest.raises(BadSignature):
        KEY.verifying.verify("receipt", b"content", b"short")
    with pytest.raises(ValueError):
        KEY.sign("Not a kind\n", b"")


def test_a_line_is_read_as_it_was_written() -> None:
    payload = {"b": 1, "a": "Әбдірахман\n\t", "c": [1.5, None, True, {"d": {}}]}
    line = signing.sign_line("ledger", payload, KEY)
    assert line.startswith('{"b":1,"a":"\\u04d8') and "\n" not in line and line.isascii()
    assert signing.read_line("ledger", line, KEY.verifying) == signing.payload_of(line) == payload
    assert list(signing.payload_of(line)) == ["b", "a", "c"]
    content = line.partition("\t")[0].encode()
    assert signing.payload_bytes(line) == content
    assert signing.line_digest("ledger", line) == signing.digest("ledger", content) != signing.digest("grant", content)


def test_every_changed_character_is_seen() -> None:
    line = signing.sign_line("ledger", {"n": 1, "text": "exam"}, KEY)
    for place in range(len(line)):
        for other in ("A", "b", "\t", "_", "\x00", "ү"):
            if other != line[place]:
                with pytest.raises(signing.SigningError):
                    signing.read_line("ledger", line[:place] + other + line[place + 1 :], KEY.verifying)


HOSTILE = {
    "empty": b"",
    "no object": b"[1]",
    "no json": b"{",
    "duplicate": b'{"a":1,"a":2}',
    "duplicate inside": b'{"a":{"b":1,"b":1}}',
    "nan": b'{"a":NaN}',
    "infinity": b'{"a":-Infinity}',
    "overflow": b'{"a":1e999}',
    "digits": b'{"a":' + b"1" * 5000 + b"}",
    "surrogate": b'{"a":"\\ud800"}',
    "surrogate key": b'{"\\udc00":1}',
    "deep": b'{"a":' + b"[" * 17 + b"]" * 17 + b"}",
    "very deep": b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "huge": b'{"a":"' + b"x" * 300_000 + b'"}',
    "not ascii": '{"a":"ү"}'.encode(),
    "not utf-8": b'{"a":"\xff"}',
    "control": b'{"a":\x0b1}',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_payloads_are_refused_even_well_signed(name: str) -> None:
    content = HOSTILE[name]
    line = content.decode("latin-1") + "\t" + signing.encode_base64url(KEY.sign("ledger", content))
    with pytest.raises(MalformedLine):
        signing.read_line("ledger", line, KEY.verifying)
    with pytest.raises(MalformedLine):
        signing.payload_of(line)


@pytest.mark.parametrize(
    "line", ["", "\t", "{}", "{}\t", "{}\tAAAA", "{}\t" + "A" * 87, "{}\t\t" + "A" * 86, "{}\n\t" + "A" * 86]
)
def test_texts_that_are_no_signed_lines(line: str) -> None:
    with pytest.raises(MalformedLine):
        signing.read_line("ledger", line, KEY.verifying)


def test_what_json_cannot_say_is_not_signed() -> None:
    with pytest.raises(ValueError):
        signing.sign_line("ledger", {"a": float("nan")}, KEY)
    assert json.loads(signing.canonical_json({"b": 1, "a": 2}, sort_keys=True)) == {"a": 2, "b": 1}
    assert signing.canonical_json({"b": 1, "a": "ү"}, sort_keys=True) == b'{"a":"\\u04af","b":1}'
