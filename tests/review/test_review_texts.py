"""The catalogues: the same sentences in three languages, with the same names in them, and no language mixed in."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from server.review import texts
from server.review.texts import Texts, load, plural
from server.settings import LANGUAGES

ROOM = Path(texts.__file__).parent
FORMS = {"en": {"one", "other"}, "ru": {"one", "few", "many"}, "kk": {"other"}}
# Written the same everywhere: names of things, codes, one letter of a unit.
SAME = {
    "player.screen_number", "verdict.by", "flags.decided", "messages.by", "proof.gap", "export.button",
}  # fmt: skip


def _sentences(entry: texts.Entry) -> list[str]:
    return [entry] if isinstance(entry, str) else list(entry.values())


def _names(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_sentence(language: str) -> None:
    entries, english = load(language), load("en")
    assert set(entries) == set(english)
    for key, entry in entries.items():
        assert isinstance(entry, str) == isinstance(english[key], str), key
        if not isinstance(entry, str):
            assert set(entry) == FORMS[language], key
        for sentence in _sentences(entry):
            assert sentence.strip(), key
            assert _names(sentence) == _names(_sentences(english[key])[-1]), key


def test_no_language_is_left_in_another() -> None:
    catalogues = {language: load(language) for language in LANGUAGES}
    for key in catalogues["en"]:
        english = " ".join(_sentences(catalogues["en"][key]))
        assert not re.search("[а-яёәғқңөұүһі]", english, re.I), key
        russian = " ".join(_sentences(catalogues["ru"][key]))
        assert not re.search("[әғқңөұүһі]", russian, re.I), key
        for language in ("ru", "kk"):
            if re.search("[a-z]{4,}", re.sub(r"\{\w+\}", "", english), re.I) and key not in SAME:
                other = " ".join(_sentences(catalogues[language][key]))
                assert re.search("[а-яёәғқңөұүһі]", other, re.I), (language, key)


def test_pages_use_only_sentences_that_exist() -> None:
    keys = set(load("en"))
    for file in [*ROOM.glob("templates/*.html"), *ROOM.glob("*.py")]:
        source = file.read_text(encoding="utf-8")
        for key in re.findall(r"""\bt\(\s*["']([\w.-]+)["']\s*[,)]""", source):
            assert key in keys, (file.name, key)
        for prefix in re.findall(r"""\bt(?:\.get)?\(\s*["']([\w.-]+\.)["'] ~""", source):
            assert any(key.startswith(prefix) for key in keys), (file.name, prefix)
    scripts = " ".join(file.read_text() for file in ROOM.glob("static/**/*.js"))
    for word in re.findall(r"\bwords\.(\w+)", scripts):
        assert f"player.{word}" in keys, word


def test_each_entry_of_the_audit_chain_has_its_words() -> None:
    server = ROOM.parent
    ways = (r"audit\(\w+, (?:caller, )?", r"audit\.append\([\s\S]{0,160}?action=", r"_deed\w*\(request, ")
    written = re.compile("|".join(f'{way}"([a-z-]+)"' for way in ways))
    found = {
        name for file in server.rglob("*.py") for match in written.findall(file.read_text(encoding="utf-8"))
        for name in match if name
    }  # fmt: skip
    assert {"paused", "sign-in", "schedule", "session-open", "exported-for-student"} <= found and len(found) > 40
    assert [name for name in sorted(found) if f"watched.{name}" not in load("en")] == []


def test_no_page_calls_anybody_names() -> None:
    for language in LANGUAGES:
        for key, entry in load(language).items():
            for sentence in _sentences(entry):
                assert not re.search(
                    "cheat|suspect|violator|нарушител|подозрева|списыва|алаяқ|күдікті", sentence, re.I
                ), key


def test_plural_forms() -> None:
    assert [plural("ru", n) for n in (1, 2, 5, 11, 12, 21, 22, 25, 111)] == [
        "one", "few", "many", "many", "many", "one", "few", "many", "many",
    ]  # fmt: skip
    assert [plural("kk", n) for n in (0, 1, 5)] == ["other"] * 3
    assert Texts("ru")("sessions.flags_open", n=3) == "3 момента"
    assert Texts("kk")("sessions.flags_open", n=1) == "1 сәт"


def test_numbers_and_times_by_language() -> None:
    kazakh, english = Texts("kk"), Texts("en")
    assert kazakh.percent(0.9999) == "99,99\u00a0%"
    assert kazakh.percent(0.9981) == "99,8\u00a0%"
    assert english.percent(1.0) == "100\u00a0%"
    assert kazakh.date_time("2026-11-20T20:30:00.000Z") == "2026 ж. 21 қараша, 01:30"
    assert english.clock("2026-11-20T20:30:05.000Z") == "01:30:05"
    assert english.duration(3725) == "1:02:05"
