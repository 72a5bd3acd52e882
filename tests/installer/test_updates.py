"""What the client makes of a notice of another version, and the rooms in its configuration."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from institution_sample import TODAY

from client.release import ReleaseOlder, read_update, system_name
from client.settings import BadConfiguration, InstitutionConfig
from evidence.packages import ForeignRelease, Package, PackagesError, Release, UnsignedRelease, sign_release
from evidence.signing import SigningKey, sign_line

SERVER = "https://exam.example.edu"
TOKEN = "room-" + "0" * 16 + "-" + "A" * 43


def notice(key: SigningKey, version: str, where: str = "", replaces: tuple[str, ...] = ()) -> str:
    packages = (Package("linux", f"senim-x_{version}_amd64.deb", "0" * 64),)
    return sign_release(Release(version, TODAY, replaces, where, packages), key)


def test_a_newer_version_is_told_with_its_place(key: SigningKey) -> None:
    found = read_update(notice(key, "0.2.0", "/senim/"), key.verifying, "0.1.0", SERVER, "linux")
    assert found is not None
    assert (found.version, found.where, found.back) == ("0.2.0", SERVER + "/senim/", False)
    assert found.packages[0].file == "senim-x_0.2.0_amd64.deb"
    assert read_update(notice(key, "0.2.0"), key.verifying, "0.2.0", SERVER, "linux") is None, "it is this one"
    assert read_update(notice(key, "0.2.0"), key.verifying, "0.1.0", SERVER, "macos") is None, "none for this system"
    assert read_update(None, key.verifying, "0.1.0", SERVER) is None
    assert [system_name(name) for name in ("win32", "darwin", "linux")] == ["windows", "macos", "linux"]


def test_an_older_version_only_as_signed(key: SigningKey) -> None:
    with pytest.raises(ReleaseOlder):
        read_update(notice(key, "0.2.0"), key.verifying, "0.3.0", SERVER, "linux")
    with pytest.raises(ReleaseOlder):  # signed to replace another one: an old notice shown again
        read_update(notice(key, "0.2.0", "", ("0.3.0",)), key.verifying, "0.4.0", SERVER, "linux")
    found = read_update(notice(key, "0.2.0", "", ("0.3.0",)), key.verifying, "0.3.0", SERVER, "linux")
    assert found is not None and found.back


def test_a_forged_foreign_or_broken_notice_is_refused(key: SigningKey) -> None:
    other = SigningKey(bytes(32))
    wrong: list[tuple[str, type[PackagesError], str]] = [
        (notice(other, "0.2.0"), ForeignRelease, "release_foreign"),
        (notice(key, "0.2.0").replace("0.2.0", "0.9.0"), UnsignedRelease, "release_unsigned"),
        ("nonsense", PackagesError, "release_malformed"),
        (sign_line("release", {"institution": key.verifying.text}, key), PackagesError, "release_malformed"),
    ]
    for line, kind, code in wrong:
        with pytest.raises(kind) as refused:
            read_update(line, key.verifying, "0.1.0", SERVER)
        assert refused.value.code == code


@pytest.mark.parametrize(
    ("room", "why"),
    [
        ({"token": "room-1"}, "not a room's token"), ({"token": "ed25519:" + "A" * 43}, "not a room's token"),
        ({"name": "a\u202eb"}, "name"), ({"name": ""}, "name"), ({"name": "x" * 200}, "name"),
        ({"machines": []}, "machines"), ({"machines": ["*"]}, "machine's name"), ({"machines": "k1"}, "machines"),
        ({"machines": ["K1"]}, "small letters"), ({"more": 1}, "each room has"),
        ({"machines": ["a", "a"]}, "two rooms"),
    ],
    ids=str,
)  # fmt: skip
def test_rooms_that_cannot_be_used_are_named(signed: Path, room: dict[str, Any], why: str) -> None:
    body = json.loads(signed.read_text(encoding="utf-8"))
    body["rooms"] = [{"name": "204", "token": TOKEN, "machines": ["k204-01"]} | room]
    signed.write_text(json.dumps(body), encoding="utf-8")
    with pytest.raises(BadConfiguration, match=why) as refused:
        InstitutionConfig.load(signed)
    assert refused.value.where == "rooms"
