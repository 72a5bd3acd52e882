"""Files pass both ways between us, Debian's ``age`` and the age author's ``age-encryption`` for JavaScript."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from evidence import age
from evidence.age_format import armor

Node = Callable[..., bytes]
Need = Callable[[str], None]

SIZES = [0, 1, 65535, 65536, 65537, 131072, 200_000]

NODE_OPEN = """
import * as age from 'age-encryption';
import fs from 'node:fs';
const d = new age.Decrypter();
d.addIdentity(process.argv[2]);
process.stdout.write(await d.decrypt(fs.readFileSync(0)));
"""
NODE_SEAL = """
import * as age from 'age-encryption';
import fs from 'node:fs';
const e = new age.Encrypter();
for (const r of process.argv.slice(2)) e.addRecipient(r);
process.stdout.write(await e.encrypt(fs.readFileSync(0)));
"""
NODE_KEY = """
import * as age from 'age-encryption';
const identity = await age.generateHybridIdentity();
process.stdout.write(identity + '\\n' + await age.identityToRecipient(identity));
"""

pytestmark = pytest.mark.peer


def debian_age(*arguments: str, stdin: bytes) -> bytes:
    program = shutil.which("age")
    if program is None:
        pytest.fail("Debian's age is absent: run setup/setup.sh")
    done = subprocess.run([program, *arguments], input=stdin, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.mark.parametrize("size", SIZES)
def test_x25519_with_debians_age_both_ways(size: int, tmp_path: Path) -> None:
    identity = age.generate_identity("x25519")
    key = tmp_path / "key.txt"
    key.write_text(identity.text + "\n")
    content = os.urandom(size)
    other = age.generate_identity("x25519").recipient
    ours = age.encrypt(content, [other, identity.recipient])
    assert debian_age("-d", "-i", str(key), stdin=ours) == content
    assert debian_age("-d", "-i", str(key), stdin=armor(ours)) == content
    assert age.decrypt(debian_age("-r", identity.recipient.text, stdin=content), [identity]) == content
    assert age.decrypt(debian_age("-a", "-r", identity.recipient.text, stdin=content), [identity]) == content


@pytest.mark.parametrize("size", [0, 65537, 200_000])
def test_hybrid_with_the_authors_javascript_both_ways(size: int, node: Node, need: Need) -> None:
    need("age-encryption")
    identity, content = age.generate_identity("hybrid"), os.urandom(size)
    ours = age.encrypt(content, [age.generate_identity().recipient, identity.recipient])
    assert node(NODE_OPEN, identity.text, stdin=ours) == content
    theirs = node(NODE_SEAL, identity.recipient.text, stdin=content)
    assert age.decrypt(theirs, [identity]) == content


def test_a_hybrid_key_made_there_is_read_the_same_here(node: Node, need: Need) -> None:
    need("age-encryption")
    secret, public = node(NODE_KEY).decode().split()
    assert age.parse_identity(secret).recipient.text == public
    assert age.parse_recipient(public).text == public
    assert age.parse_identity(secret).text == secret


def test_passphrases_with_the_authors_javascript(node: Node, need: Need) -> None:
    need("age-encryption")
    script = NODE_OPEN.replace("addIdentity", "addPassphrase")
    need("age-encryption")
    ours = age.encrypt_with_passphrase(b"kept", "қауіпсіз сөз", work_factor=12)
    assert node(script, "қауіпсіз сөз", stdin=ours) == b"kept"
    script = NODE_SEAL.replace("for (const r of process.argv.slice(2)) e.addRecipient(r)", "e.setPassphrase('pass')")
    assert age.decrypt(node(script, stdin=b"kept too"), passphrases=["wrong", "pass"]) == b"kept too"
