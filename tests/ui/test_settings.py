"""institution.json is checked field by field; choices are kept, bounded, and survive damage."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from client.settings import BadConfiguration, InstitutionConfig, Settings, choices, config_places, find_config

GOOD: dict[str, Any] = {
    "name": {"kk": "Орталық университеті", "en": "Central University"}, "server": "https://exam.example.kz/",
    "verifying_key": "ed25519:" + "A" * 43, "languages": ["kk", "ru"], "help": "+7 700", "pinned_ca": "ca.pem",
}  # fmt: skip


def write(folder: Path, **changes: Any) -> Path:
    file = folder / "institution.json"
    body = {key: value for key, value in {**GOOD, **changes}.items() if value != "absent"}
    file.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    return file


def test_good(tmp_path: Path) -> None:
    config = InstitutionConfig.load(write(tmp_path))
    assert config.server == "https://exam.example.kz"
    assert config.name_in("kk") == "Орталық университеті"
    assert config.name_in("ru") == "Орталық университеті"  # the first there is
    assert config.help_in("ru") == "+7 700"
    assert config.pinned_ca == tmp_path / "ca.pem"


def test_loopback_may_be_plain(tmp_path: Path) -> None:
    assert InstitutionConfig.load(write(tmp_path, server="http://127.0.0.1:8600")).server == "http://127.0.0.1:8600"


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"server": "http://exam.example.kz"}, "server"), ({"server": "ftp://x"}, "server"), ({"server": 5}, "server"),
        ({"server": "https://user@x.kz"}, "server"), ({"server": "absent"}, "server"),
        ({"verifying_key": "ed25519:short"}, "verifying_key"), ({"verifying_key": "absent"}, "verifying_key"),
        ({"verifying_key": "ed25519-secret:" + "A" * 43}, "verifying_key"), ({"name": ""}, "name"),
        ({"name": {"de": "x"}}, "name"), ({"languages": ["de"]}, "languages"), ({"languages": []}, "languages"),
        ({"help": 5}, "help"), ({"pinned_ca": 5}, "pinned_ca"), ({"unknown": 1}, "unknown"),
    ],
)  # fmt: skip
def test_bad(tmp_path: Path, changes: dict[str, Any], where: str) -> None:
    with pytest.raises(BadConfiguration) as caught:
        InstitutionConfig.load(write(tmp_path, **changes))
    assert caught.value.where == where


@pytest.mark.parametrize("text", ["", "[]", "{", "\x00"])
def test_not_json(tmp_path: Path, text: str) -> None:
    file = tmp_path / "institution.json"
    file.write_text(text)
    with pytest.raises(BadConfiguration):
        InstitutionConfig.load(file)


def test_choices_are_kept(tmp_path: Path) -> None:
    settings = (
        Settings.load(write(tmp_path), tmp_path / "data").with_choice("language", "ru").with_choice("text_size", 22)
    )
    settings.save()
    again = Settings.load(tmp_path / "institution.json", tmp_path / "data")
    assert (again.language, again.text_size) == ("ru", 22)


@pytest.mark.parametrize("text", ["", "[]", '{"text_size": 900}', '{"text_size": "big"}', '{"language": "de"}',
                                  '{"camera_picture": 1}', '{"config": null}'])  # fmt: skip
def test_damaged_choices_fall_back(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.json").write_text(text)
    settings = Settings.load(write(tmp_path), tmp_path)
    assert (settings.text_size, settings.language, settings.camera_picture) == (17, "", True)
    assert settings.config.server.startswith("https")


@pytest.mark.parametrize(
    ("name", "value"), [("text_size", 14), ("text_size", True), ("data_dir", "x"), ("language", "de")]
)
def test_choice_out_of_bounds(tmp_path: Path, name: str, value: Any) -> None:
    with pytest.raises(ValueError, match=name):
        Settings.load(write(tmp_path), tmp_path).with_choice(name, value)


def test_start_language(tmp_path: Path) -> None:
    settings = Settings.load(write(tmp_path), tmp_path)
    assert settings.start_language("ru_RU") == "ru"
    assert settings.start_language("en_US") == "kk"  # the institution does not offer English here
    assert settings.with_choice("language", "kk").start_language("ru-RU") == "kk"


def test_each_choice_says_what_it_is() -> None:
    assert all(choice.metadata["sentence"].endswith(".") for choice in choices())


def test_find_config(tmp_path: Path) -> None:
    assert config_places({}, tmp_path)[-1] == tmp_path / "institution.json"
    with pytest.raises(BadConfiguration, match="not found"):
        find_config({}, tmp_path)
    assert find_config({}, write(tmp_path).parent) == tmp_path / "institution.json"
