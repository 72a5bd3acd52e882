"""The public age test kit: every one of its vectors gets the right decision, with the right class of error."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections import defaultdict
from collections.abc import Callable

import pytest

from evidence import age

VECTORS = 143
OUTCOMES = {
    age.HeaderError: "header failure",
    age.NoMatchingIdentity: "no match",
    age.HmacError: "HMAC failure",
    age.ArmorError: "armor failure",
    age.PayloadError: "payload failure",
}
DUMP = """
import * as kit from 'cctv-age';
const all = {};
for (const [name, bytes] of Object.entries(kit)) all[name] = Buffer.from(bytes).toString('base64');
process.stdout.write(JSON.stringify(all));
"""


@pytest.fixture(scope="module")
def vectors(node: Callable[..., bytes], need: Callable[[str], None]) -> dict[str, bytes]:
    need("cctv-age")
    return {name: base64.b64decode(text) for name, text in json.loads(node(DUMP)).items()}


def decide(data: bytes, fields: dict[str, list[str]]) -> tuple[str, bytes]:
    try:
        identities = [age.parse_identity(text) for text in fields["identity"]]
        return "success", age.decrypt(data, identities, fields["passphrase"])
    except age.PayloadError as error:
        return "payload failure", error.released
    except age.AgeError as error:
        return OUTCOMES[type(error)], b""


@pytest.mark.peer
def test_every_vector_gets_the_right_decision(vectors: dict[str, bytes]) -> None:
    assert len(vectors) == VECTORS
    wrong = []
    for name, vector in vectors.items():
        head, _, data = vector.partition(b"\n\n")
        fields: dict[str, list[str]] = defaultdict(list)
        for line in head.decode().split("\n"):
            key, _, value = line.partition(": ")
            fields[key].append(value)
        if fields["compressed"]:
            data = zlib.decompress(data)
        outcome, plaintext = decide(data, fields)
        expected = fields["expect"][0]
        if outcome != expected:
            wrong.append((name, expected, outcome))
        elif fields["payload"] and hashlib.sha256(plaintext).hexdigest() != fields["payload"][0]:
            wrong.append((name, expected, f"other plaintext, {len(plaintext)} bytes"))
    assert not wrong, wrong
