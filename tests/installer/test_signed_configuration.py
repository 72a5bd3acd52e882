"""The signature beside institution.json: what it covers, and every way it can be wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from institution_sample import TODAY

from client import main as start
from client.settings import BadConfiguration, InstitutionConfig
from client.signed_configuration import SIGNATURE, Signed, check_signature, fingerprint
from evidence.signing import SigningKey, sign_line
from installer.branding.sign import write_signed


def check(file: Path, key: SigningKey, today: str = TODAY, *, required: bool = True) -> Signed | None:
    return check_signature(file, key.verifying.text, today, required=required)


def test_a_signed_configuration_is_taken(signed: Path, key: SigningKey) -> None:
    assert check(signed, key) == Signed(TODAY, "2027-09-01")
    config = InstitutionConfig.load(signed)
    assert config.logo == signed.with_name("logo.png")
    assert config.name_in("en") == 'The "Sample" University'
    assert len(fingerprint(key.verifying.text)) == 19


@pytest.mark.parametrize("name", ["institution.json", "logo.png"])
def test_one_changed_byte_is_named(signed: Path, key: SigningKey, name: str) -> None:
    file = signed.with_name(name)
    content = bytearray(file.read_bytes())
    content[-2] ^= 1
    file.write_bytes(content)
    with pytest.raises(BadConfiguration, match=f"{name}: was changed"):
        check(signed, key)


def test_a_signed_file_that_is_gone_is_named(signed: Path, key: SigningKey) -> None:
    signed.with_name("logo.png").unlink()
    with pytest.raises(BadConfiguration, match=r"logo\.png: signed, and cannot be read"):
        check(signed, key)


def test_another_key_is_refused(signed: Path) -> None:
    with pytest.raises(BadConfiguration, match="not signed by the key"):
        check(signed, SigningKey(bytes(32)))


def test_a_signature_ends_with_its_day(signed: Path, key: SigningKey) -> None:
    assert check(signed, key, "2027-09-01") is not None
    with pytest.raises(BadConfiguration, match="ended on 2027-09-01, and this computer's date is 2027-09-02"):
        check(signed, key, "2027-09-02")


def test_without_an_end_it_holds(tmp_path: Path, key: SigningKey) -> None:
    write_signed(tmp_path, {"institution.json": b"{}"}, key, TODAY, None)
    assert check(tmp_path / "institution.json", key, "2099-01-01") == Signed(TODAY, "")


def test_a_missing_signature_is_refused_where_one_is_required(signed: Path, key: SigningKey) -> None:
    signed.with_name(SIGNATURE).unlink()
    assert check(signed, key, required=False) is None
    with pytest.raises(BadConfiguration, match="takes signed settings only"):
        check(signed, key)


PAYLOADS = {
    "another type": {"type": "receipt", "signed": TODAY, "files": {"institution.json": "0"}},
    "no files": {"type": "configuration", "signed": TODAY},
    "not this file": {"type": "configuration", "signed": TODAY, "files": {"logo.png": "0"}},
    "a way out": {"type": "configuration", "signed": TODAY, "files": {"institution.json": "0", "../x": "0"}},
    "a number": {"type": "configuration", "signed": TODAY, "files": {"institution.json": 1}},
}


@pytest.mark.parametrize("name", sorted(PAYLOADS))
def test_a_payload_that_covers_nothing_is_refused(signed: Path, key: SigningKey, name: str) -> None:
    signed.with_name(SIGNATURE).write_text(sign_line("configuration", PAYLOADS[name], key), encoding="ascii")
    with pytest.raises(BadConfiguration, match=r"does not cover institution\.json"):
        check(signed, key)


@pytest.mark.parametrize("day", ["tomorrow", 20270901, "2027-09-01T00:00"])
def test_days_that_are_none_are_refused(signed: Path, key: SigningKey, day: object) -> None:
    write_signed(signed.parent, {"institution.json": b"{}"}, key, TODAY, day)
    with pytest.raises(BadConfiguration, match="when it ends"):
        check(signed, key)


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"{}", b"x" * 300_000, b"{}\tAAAA"],
    ids=["empty", "not ascii", "no tab", "too long", "short"],
)
def test_noise_in_place_of_a_signature_is_refused(signed: Path, key: SigningKey, content: bytes) -> None:
    signed.with_name(SIGNATURE).write_bytes(content)
    with pytest.raises(BadConfiguration, match=SIGNATURE):
        check(signed, key)


def test_the_program_knows_fingerprint_and_day(signed: Path, tmp_path: Path, key: SigningKey) -> None:
    settings = start.load_settings(signed, tmp_path / "data", "kk")
    assert (settings.fingerprint, settings.signed) == (key.verifying.fingerprint, TODAY)
    signed.with_name(SIGNATURE).unlink()
    assert start.load_settings(signed, tmp_path / "data", None).signed == ""


def test_an_installed_program_insists(signed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start.sys, "frozen", True, raising=False)
    monkeypatch.setattr(start, "find_config", lambda environ, beside: signed)
    assert start.load_settings(None, tmp_path, None).signed == TODAY
    signed.with_name(SIGNATURE).unlink()
    with pytest.raises(BadConfiguration, match="takes signed settings only"):
        start.load_settings(None, tmp_path, None)


HOSTILE = {
    "line break": "Sample\nUniversity",
    "right-to-left override": "Sample \u202eytisrevinU",
    "right-to-left mark": "Sample\u200f",
    "isolate": "\u2066Sample",
    "null": "Sample\x00",
    "escape": "Sample\x1b[2J",
    "zero width": "Sam\u200bple",
    "too long": "S" * 201,
}


@pytest.mark.parametrize("field", ["name", "help"])
@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_text_that_is_not_what_it_looks_like_is_refused(tmp_path: Path, key: SigningKey, field: str, kind: str) -> None:
    body = {"name": "Sample", "server": "https://exam.example.edu", "verifying_key": key.verifying.text}
    body[field] = HOSTILE[kind]
    (tmp_path / "institution.json").write_text(json.dumps(body), encoding="utf-8")
    with pytest.raises(BadConfiguration, match=field):
        InstitutionConfig.load(tmp_path / "institution.json")
