"""Hostile text in every field of institution.toml: refused with the field's name, or taken as it is and broken out of
nothing; and no refusal steers the terminal that shows it."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from institution_sample import PIXEL

import client.plain_text
import server.plain_text
from evidence.signing import SigningKey
from installer.branding import institution
from installer.branding.institution import Branding, read_toml
from installer.errors import InstallerError
from installer.linux import deb
from installer.windows import msi, nsis

UNSEEN = {
    "line break": "a\nDepends: evil", "carriage return": "a\r!define evil", "line separator": "a\u2028b",
    "right-to-left override": "a\u202eb", "right-to-left mark": "a\u200fb", "Arabic letter mark": "a\u061cb",
    "soft hyphen": "a\u00adb", "vowel separator": "a\u180eb", "tag": "a\U000e0041b", "private": "a\ue000b",
    "isolate": "\u2067a", "null": "a\0b", "tab": "a\tb", "escape": "a\x1b[2Jb", "zero width": "a\u200bb",
    "byte order": "\ufeffa",
}  # fmt: skip
QUOTES = {
    "quotes": "\"a\" 'b' `c`", "markup": "<a b=\"c\">&d;</a>]]>",
    "variables": "$0 ${NSISDIR} $(X) %PATH% @NAME@ @OUTPUT@ @PAYLOAD@ @VERSION@ @SIGN@",
    "backslashes": "\\\" \\n \\", "only a quote": '"', "a comment": "a # b ; c -- d",
}  # fmt: skip
TAKEN = {"name", "name in Kazakh", "help", "help in Russian", "a room's name"}
HARMLESS = {("maintainer", "variables"), ("maintainer", "a comment")}  # it stands in the package's facts alone
TOKEN = "room-" + "0" * 16 + "-" + "A" * 43
Put = Callable[[dict[str, Any], str], None]


def _room(body: dict[str, Any], **changes: object) -> None:
    body["rooms"] = [{"name": "204", "token": TOKEN, "machines": ["k204-01"], **changes}]


FIELDS: dict[str, Put] = {
    "id": lambda body, text: body.update(id=text),
    "maintainer": lambda body, text: body.update(maintainer=f"{text} <it@example.edu>"),
    "expires": lambda body, text: body.update(expires=text),
    "name": lambda body, text: body.update(name=text),
    "name in Kazakh": lambda body, text: body.update(name={"kk": text, "en": "Sample"}),
    "name in a language of that name": lambda body, text: body.update(name={text: "Sample"}),
    "server": lambda body, text: body.update(server=f"https://exam.example.edu/{text}"),
    "verifying_key": lambda body, text: body.update(verifying_key=body["verifying_key"] + text),
    "languages": lambda body, text: body.update(languages=["kk", text]),
    "help": lambda body, text: body.update(help=text),
    "help in Russian": lambda body, text: body.update(help={"ru": text}),
    "logo": lambda body, text: body.update(logo=text),
    "pinned_ca": lambda body, text: body.update(pinned_ca=text),
    "a room's name": lambda body, text: _room(body, name=text),
    "a room's token": lambda body, text: _room(body, token=TOKEN + text),
    "a room's machine": lambda body, text: _room(body, machines=[text]),
    "a field of that name": lambda body, text: body.update({text: "x"}),
}  # fmt: skip


def word(field: str) -> str:
    """The word that a refusal of ``field`` must hold."""
    named = {"a field of that name": "unknown field"} | {name: "rooms" for name in FIELDS if "room" in name}
    return named.get(field, field.partition(" ")[0])


def written(folder: Path, key: SigningKey, field: str = "", text: str = "") -> Path:
    body: dict[str, Any] = {
        "id": "sample-university", "maintainer": "Sample IT <it@example.edu>", "name": "Sample",
        "server": "https://exam.example.edu", "verifying_key": key.verifying.text, "languages": ["kk", "ru"],
        "help": "100", "logo": "logo.png",
    }  # fmt: skip
    (folder / "logo.png").write_bytes(PIXEL)
    if field:
        FIELDS[field](body, text)
    file = folder / "institution.toml"
    file.write_text("".join(f"{_quoted(name)} = {_toml(value)}\n" for name, value in body.items()), encoding="utf-8")
    return file


def _toml(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_quoted(name)} = {_toml(one)}" for name, one in value.items()) + "}"
    return _quoted(value)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")  # so far JSON and TOML escape alike


def in_the_script(branding: Branding, folder: Path) -> str:
    """The institution's name as NSIS will show it."""
    script = nsis.recipe(branding, "0.1.0", folder, folder / "out.exe")
    (line,) = (line for line in script.splitlines() if line.startswith('Name "Senim – '))
    text = line.removeprefix('Name "Senim – ').removesuffix('"')
    return text.replace('$\\"', '"').replace("$\\`", "`").replace("$$", "$")


def shape(branding: Branding, folder: Path) -> tuple[object, ...]:
    """What no text may change: the lines of the package's facts, the recipe's lines, the tags of the XML."""
    control = deb.control_text(branding, "0.1.0", 1)
    fields = [line.partition(":")[0] for line in control.splitlines() if not line.startswith(" ")]
    (folder / "payload").mkdir(exist_ok=True)
    (folder / "payload" / "senim.exe").write_bytes(b"")
    tree = ET.fromstring(msi.wxs(branding, "0.1.0", folder / "payload"))
    script = nsis.recipe(branding, "0.1.0", folder / "payload", folder / "out.exe")
    return fields, len(control.splitlines()), len(script.splitlines()), [element.tag for element in tree.iter()]


def test_both_ends_refuse_the_same_signs() -> None:
    """The server must not give out what its clients would refuse; neither may know the other's code."""
    signs = [chr(number) for number in range(0x110000)]
    refused = [sign for sign in signs if client.plain_text.is_unseen(sign)]
    assert refused == [sign for sign in signs if server.plain_text.is_unseen(sign)]
    assert "\u202e" in refused
    assert "ү" not in refused


def test_no_field_is_forgotten() -> None:
    assert {word(field) for field in FIELDS} - {"unknown field"} == institution._FIELDS


@pytest.mark.parametrize("field", sorted(FIELDS))
@pytest.mark.parametrize("kind", sorted(UNSEEN))
def test_what_cannot_be_seen_is_refused_everywhere(tmp_path: Path, key: SigningKey, field: str, kind: str) -> None:
    with pytest.raises(InstallerError) as refused:
        read_toml(written(tmp_path, key, field, UNSEEN[kind]))
    assert word(field) in str(refused.value)
    assert str(refused.value).isprintable(), ascii(str(refused.value))


@pytest.mark.parametrize("field", sorted(FIELDS))
@pytest.mark.parametrize("kind", sorted(QUOTES))
def test_quotes_break_out_of_nothing(tmp_path: Path, key: SigningKey, field: str, kind: str) -> None:
    plain = shape(read_toml(written(tmp_path, key)), tmp_path)
    file = written(tmp_path, key, field, QUOTES[kind])
    if field not in TAKEN and (field, kind) not in HARMLESS:
        with pytest.raises(InstallerError, match=word(field)):
            read_toml(file)
        return
    branding = read_toml(file)
    assert shape(branding, tmp_path) == plain
    assert in_the_script(branding, tmp_path) == branding.config.name_in("ru")
    config = branding.config
    texts = {
        branding.maintainer.partition(" <")[0],
        *config.name.values(),
        *config.help.values(),
        *(room.name for room in config.rooms),
    }
    assert QUOTES[kind] in texts, "the client reads what was written"
