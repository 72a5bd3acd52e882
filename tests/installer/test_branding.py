"""institution.toml: what is taken, and every refusal in words."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from institution_sample import PIXEL, TODAY, png

from client.rooms import room_of
from client.settings import InstitutionConfig
from client.signed_configuration import SIGNATURE, check_signature
from evidence import age
from evidence.signing import SigningKey
from installer.branding.institution import read_signed, read_toml
from installer.branding.logo import check_logo
from installer.errors import InstallerError
from installer.package import KeyAtHand, package, sign

Write = Callable[..., Path]

GOOD = """\
id = "sample-university"
maintainer = "Sample University IT <it@example.edu>"
name = { kk = "Үлгі «университеті»", ru = "Университет \\"Пример\\" & Ко", en = "Sample $University'" }
server = "https://exam.example.edu/"
verifying_key = "OURS"
languages = ["kk", "ru"]
help = "Help line: 100"
logo = "picture.png"
expires = 2027-09-01
"""


@pytest.fixture
def write(tmp_path: Path, key: SigningKey) -> Write:
    (tmp_path / "picture.png").write_bytes(PIXEL)

    def make(old: str = "", new: str = "") -> Path:
        assert old in GOOD, "the sample has another line now"
        file = tmp_path / "institution.toml"
        file.write_text(GOOD.replace(old, new, 1).replace("OURS", key.verifying.text), encoding="utf-8")
        return file

    return make


@pytest.fixture
def sealed(tmp_path: Path, key: SigningKey) -> KeyAtHand:
    (tmp_path / "key.age").write_bytes(age.encrypt_with_passphrase(key.text.encode(), "a long passphrase"))
    (tmp_path / "passphrase").write_text("a long passphrase\n", encoding="utf-8")
    return KeyAtHand(tmp_path / "key.age", tmp_path / "passphrase")


def test_all_is_read_as_the_client_will(write: Write, key: SigningKey) -> None:
    branding = read_toml(write())
    assert branding.config.server == "https://exam.example.edu"
    assert branding.config.languages == ("kk", "ru")
    assert branding.config.name_in("ru") == 'Университет "Пример" & Ко'
    assert branding.fingerprint == key.verifying.fingerprint
    assert sorted(branding.files) == ["institution.json", "logo.png"]
    assert branding.expires == "2027-09-01"


REFUSALS = {
    "plain http": ("https://exam", "http://exam", "use https"),
    "http to this machine": ("https://exam.example.edu/", "http://127.0.0.1:8600", "plain http"),
    "no address": ("https://exam.example.edu/", "exam", "not an address"),
    "a password in the address": ("https://exam", "https://me:secret@exam", "not an address"),
    "an address with a second line": ("edu/", "edu/\\nPre-Depends: evil", "not an address"),
    "an address that turns around": ("edu/", "edu\\u202e/", "not an address"),
    "an address with a quote": ("edu/", "edu/'$0", "not an address"),
    "an address with a space": ("edu/", "edu/ x", "not an address"),
    "half an IPv6 address": ("exam.example.edu/", "[", "not an address"),
    "no such port": ("edu/", "edu:99999/", "not an address"),
    "a key with a second line": ("OURS", "OURS\\nevil", "not of the form ed25519"),
    "a language with a second line": ('"kk", "ru"', '"kk\\n"', "languages"),
    "a logo that leaves the folder": ("picture.png", "../\\u202egnp", "logo:"),
    "private signing key": ("OURS", "ed25519-secret:" + "A" * 43, "holds a private key"),
    "private age key": ("Help line", "AGE-SECRET-KEY-1QQQ", "holds a private key"),
    "PEM key": ("Help line", "-----BEGIN PRIVATE KEY-----", "holds a private key"),
    "unknown key kind": ("OURS", "rsa:" + "A" * 43, "not of the form ed25519"),
    "short key": ("OURS", "ed25519:AAAA", "not of the form ed25519"),
    "unknown field": ("languages", "langauges", "unknown field langauges"),
    "unknown language": ('"kk", "ru"', '"kk", "de"', "languages"),
    "no name": ('name = { kk = "Үлгі «университеті»"', 'name = { kk = ""', "name"),
    "line break": ("Sample $", "Sample\\n$", "name: at most"),
    "right-to-left": ("Sample $", "Sample \\u202e$", "name: at most"),
    "zero width in the help line": ("Help line", "Help\\u200bline", "help: at most"),
    "id that leaves the folder": ("sample-university", "../../etc", "id: must be"),
    "maintainer with a second line": ("IT <it", "IT\\nDepends: evil <it", "maintainer: must be"),
    "maintainer with a mark": ("IT <it", "IT\\u200f <it", "maintainer: must be"),
    "expires as text": ("2027-09-01", '"2027-09-01"', "without quotes"),
    "no such logo": ("picture.png", "nothing.png", "logo:"),
    "a logo that is none": ("picture.png", "institution.toml", "must be a PNG"),
    "a number": ('"picture.png"', "1", "must be a file's name"),
    "no toml": ("server =", "server", "cannot be read"),
}


@pytest.mark.parametrize("name", sorted(REFUSALS))
def test_refused_in_words(write: Write, name: str) -> None:
    old, new, words = REFUSALS[name]
    file = write(old, new)
    if name == "no name":
        file.write_text(file.read_text(encoding="utf-8").replace('ru = "Университет \\"Пример\\" & Ко", ', "")
                        .replace("en = \"Sample $University'\"", 'en = ""'), encoding="utf-8")  # fmt: skip
    with pytest.raises(InstallerError, match=words):
        read_toml(file)


def test_a_trial_may_talk_to_this_machine(write: Write) -> None:
    file = write("https://exam.example.edu/", "http://127.0.0.1:8600")
    assert read_toml(file, trial=True).config.server == "http://127.0.0.1:8600"


def test_a_ca_with_its_key_is_refused(write: Write, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("-----BEGIN EC PRIVATE KEY-----", encoding="ascii")
    with pytest.raises(InstallerError, match="pinned_ca: holds a private key"):
        read_toml(write('logo = "picture.png"', 'pinned_ca = "ca.pem"'))
    (tmp_path / "ca.pem").write_text("no certificate", encoding="ascii")
    with pytest.raises(InstallerError, match="no certificate"):
        read_toml(write('logo = "picture.png"', 'pinned_ca = "ca.pem"'))


LOGOS = {
    "svg": (b"<svg onload='evil()'/>", "must be a PNG"),
    "cut": (PIXEL[:-6], "damaged"),
    "a changed byte": (PIXEL[:26] + b"\xff" + PIXEL[27:], "damaged"),
    "too large a picture": (png(100_000, 1), "at most 2048 pixels"),
    "no size": (png(0, 1), "at most 2048 pixels"),
    "too many bytes": (PIXEL + bytes(200_001), "at most 200 kB"),
    "only a start": (PIXEL[:8], "damaged"),
}


@pytest.mark.parametrize("name", sorted(LOGOS))
def test_logos_that_are_refused(name: str) -> None:
    content, words = LOGOS[name]
    with pytest.raises(InstallerError, match=words):
        check_logo(content)


def test_signing_makes_what_the_client_takes(write: Write, sealed: KeyAtHand, tmp_path: Path, key: SigningKey) -> None:
    folder = tmp_path / "signed"
    sign(write(), sealed, folder, TODAY)
    config = folder / "institution.json"
    assert check_signature(config, key.verifying.text, TODAY, required=True) is not None
    assert InstitutionConfig.load(config).name_in("kk") == "Үлгі «университеті»"
    branding = read_signed(folder, read_toml(write()), TODAY)
    assert sorted(branding.files) == ["institution.json", SIGNATURE, "logo.png"]


def test_a_foreign_key_signs_nothing(write: Write, sealed: KeyAtHand, tmp_path: Path) -> None:
    other = SigningKey(bytes(32))
    sealed.file.write_bytes(age.encrypt_with_passphrase(other.text.encode(), "a long passphrase"))
    with pytest.raises(InstallerError, match="is not the verifying_key"):
        sign(write(), sealed, tmp_path / "signed", TODAY)
    assert not (tmp_path / "signed").exists()


def test_a_wrong_passphrase_is_said(write: Write, sealed: KeyAtHand, tmp_path: Path) -> None:
    assert sealed.passphrase_file is not None
    sealed.passphrase_file.write_text("another passphrase", encoding="utf-8")
    with pytest.raises(InstallerError, match="wrong passphrase"):
        sign(write(), sealed, tmp_path / "signed", TODAY)


def test_a_passphrase_that_nobody_can_be_asked_for_is_said(
    write: Write, sealed: KeyAtHand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Path(os.devnull).open(encoding="ascii") as nobody:
        monkeypatch.setattr("sys.stdin", nobody)
        with pytest.raises(InstallerError, match="--passphrase-file"):
            sign(write(), KeyAtHand(sealed.file, None), tmp_path / "signed", TODAY)


def test_a_day_that_is_over_signs_nothing(write: Write, sealed: KeyAtHand, tmp_path: Path) -> None:
    with pytest.raises(InstallerError, match="is over already"):
        sign(write(), sealed, tmp_path / "signed", "2027-09-02")


def test_what_was_signed_for_other_settings_is_refused(write: Write, sealed: KeyAtHand, tmp_path: Path) -> None:
    folder = tmp_path / "signed"
    sign(write(), sealed, folder, TODAY)
    with pytest.raises(InstallerError, match="sign again"):
        read_signed(folder, read_toml(write("100", "200")), TODAY)
    with pytest.raises(InstallerError, match="ended on"):
        read_signed(folder, read_toml(write()), "2027-09-02")


def test_a_logo_that_was_changed_after_signing_is_not_left_out(write: Write, sealed: KeyAtHand, tmp_path: Path) -> None:
    folder = tmp_path / "signed"
    sign(write(), sealed, folder, TODAY)
    (tmp_path / "picture.png").write_bytes(png(2, 2))
    with pytest.raises(InstallerError, match="sign again"):
        read_signed(folder, read_toml(write()), TODAY)


def test_a_build_without_its_facts_is_said(write: Write, tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()
    with pytest.raises(InstallerError, match=r"build\.json is missing .* archive holds both"):
        package(write(), tmp_path / "build", tmp_path, TODAY)


def test_without_a_build_or_a_key_nothing_is_made(write: Write, tmp_path: Path) -> None:
    with pytest.raises(InstallerError, match="python -m installer freeze"):
        package(write(), tmp_path / "none", tmp_path, TODAY)
    (tmp_path / "build").mkdir()
    (tmp_path / "build.json").write_text("{}", encoding="ascii")
    with pytest.raises(InstallerError, match="--key"):
        package(write(), tmp_path / "build", tmp_path, TODAY)


TOKEN = "room-" + "0" * 16 + "-" + "A" * 43
ROOMS = f"""
[[rooms]]
name = "204 сынып"
token = "{TOKEN}"
machines = ["k204-01", "k204-02"]
"""


def test_rooms_go_through_packaging_into_the_client(
    write: Write,
    sealed: KeyAtHand,
    tmp_path: Path,
) -> None:
    file = write()
    file.write_text(file.read_text(encoding="utf-8") + ROOMS, encoding="utf-8")
    sign(file, sealed, tmp_path / "signed", TODAY)
    assert read_signed(tmp_path / "signed", read_toml(file), TODAY).config.rooms[0].name == "204 сынып"
    config = InstitutionConfig.load(tmp_path / "signed" / "institution.json")
    found = room_of(config.rooms, "K204-02.campus.example.edu")
    assert found is not None and (found[0].token, found[1]) == (TOKEN, "k204-02")
    assert room_of(config.rooms, "home-pc") is None and room_of((), "k204-02") is None
    file.write_text(file.read_text(encoding="utf-8").replace("k204-02", "k204-03"), encoding="utf-8")
    with pytest.raises(InstallerError, match="sign again"):
        read_signed(tmp_path / "signed", read_toml(file), TODAY)
