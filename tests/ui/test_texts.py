"""Every code has a sentence, every sentence three languages, and the catalogues are in step with the sources."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from client import messages as m
from client.ui.check_texts import CheckTexts
from client.ui.languages import CATALOGUES, Languages, Words, clock_digits, fill
from client.ui.problems import ProblemTexts

ROOT = Path(__file__).resolve().parents[2]
LETTERS = "әғқңөұүі"  # һ is in few words; that it works is tested with names and answers
NOT_TRANSLATED = re.compile(
    r"\{\w+\}|%n|QR|Senim|Wi-Fi|Wayland|Caps Lock|F1|UTC|d MMMM yyyy|yyyy 'ж\.' d MMMM|d MMMM yyyy 'г\.'"
)


def protocol_codes() -> list[str]:
    text = (ROOT / "docs" / "PROTOCOL.md").read_text(encoding="utf-8")
    part = text.split("## Problems")[1].split("\n## ")[0].split("client translates:")[1]
    return re.findall(r"`([a-z_]+)`", re.sub(r"\([^)]*\)", "", part.split("\n\n")[0]))


def listed(text: str | None, after: str, before: str) -> list[str]:
    """Code words of a docstring's paragraph."""
    assert text is not None
    part = text.split(after)[1].split(before)[0]
    return [word for word in re.findall(r"\b[a-z]+_[a-z_]+\b", re.sub(r"\([^)]*\)", "", part))]


def own_codes() -> list[str]:
    return listed(m.Problem.__doc__, "of our own:", "Values:")


def check_codes() -> list[str]:
    return listed(m.CheckItem.__doc__, "Codes:", "zzz")


def client_error_codes() -> list[str]:
    """The ``code`` of every typed error in the client."""
    codes = set()
    for file in (ROOT / "client").rglob("*.py"):
        if "ui" not in file.relative_to(ROOT / "client").parts:
            codes |= set(
                re.findall(r'^    code(?:: ClassVar\[str\])? = "([a-z_]+)"', file.read_text(encoding="utf-8"), re.M)
            )
    return sorted(codes - {"bad_configuration", "release_older"})  # told on the terminal or in the log alone


def test_lists_are_found() -> None:
    assert len(protocol_codes()) > 20
    assert len(own_codes()) > 20
    assert len(check_codes()) > 25
    assert "camera_busy" in client_error_codes()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_code_has_a_sentence(languages: Languages, language: str) -> None:
    languages.use(language)
    texts, check = ProblemTexts(), CheckTexts()
    unknown = texts.sentence("no_such_code").what
    for code in [*protocol_codes(), *own_codes(), *client_error_codes()]:
        sentence = texts.sentence(code, {})
        assert texts.knows(code), code
        assert sentence.what
        assert sentence.what != unknown
        assert sentence.tone in ("info", "amber", "red")
        assert sentence.remedy or sentence.tone == "info", code
    for code in check_codes():
        assert check.knows(code), code
        assert check.text(code, {}).what


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_unknown_codes_are_named(languages: Languages, language: str) -> None:
    languages.use(language)
    texts = ProblemTexts()
    assert texts.sentence("no_such_code").remedy
    assert "no_such_code" in texts.code_line("no_such_code")
    assert "no_such_code" in CheckTexts().text("no_such_code", {}).what


def test_languages_differ(languages: Languages) -> None:
    seen = {}
    for language in ("kk", "ru", "en"):
        languages.use(language)
        seen[language] = {code: ProblemTexts().sentence(code).what for code in protocol_codes()}
    for code in protocol_codes():
        assert len({seen[language][code] for language in seen}) == 3, code


def test_hostile_values_stay_text() -> None:
    assert fill("free: {free_gb}", {"free_gb": "{0.__class__}<b>"}) == "free: {0.__class__}<b>"
    assert fill("free: {free_gb}", {}) == "free: …"
    assert fill("{free_gb.__class__} {", {"free_gb": "1"}) == "{free_gb.__class__} {"


def test_catalogues_are_in_step() -> None:
    done = subprocess.run(
        [sys.executable, str(CATALOGUES / "update.py"), "--check"], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_no_english_is_left(language: str) -> None:
    for message in ET.parse(CATALOGUES / f"senim_{language}.ts").getroot().iter("message"):
        forms = [f.text or "" for f in message.iter("numerusform")] or [message.findtext("translation") or ""]
        for form in forms:
            assert not re.search("[A-Za-z]", NOT_TRANSLATED.sub("", form)), form


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_placeholders_survive(language: str) -> None:
    for message in ET.parse(CATALOGUES / f"senim_{language}.ts").getroot().iter("message"):
        source = message.findtext("source") or ""
        wanted = sorted(re.findall(r"\{\w+\}", source))
        for form in [f.text or "" for f in message.iter("numerusform")] or [message.findtext("translation") or source]:
            assert sorted(re.findall(r"\{\w+\}", form)) == wanted, form


def test_kazakh_letters_are_all_used() -> None:
    text = (CATALOGUES / "senim_kk.ts").read_text(encoding="utf-8")
    assert {letter for letter in LETTERS if letter not in text.lower()} == set()
    for word in ("емтихан", "проктор", "журнал", "жазба", "түбіртек", "апелляция"):
        assert word in text.lower()


def test_qt_speaks_the_language_too(languages: Languages) -> None:
    languages.use("kk")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Бас тарту"
    languages.use("en")


def test_times_show_their_zone(languages: Languages) -> None:
    words = Words()
    languages.use("kk")
    assert words.when("2026-11-22T20:30:00.000Z") == "2026 ж. 23 қараша, 01:30 (UTC+5)"
    languages.use("ru")
    assert words.window("2026-11-22T04:00:00Z", "2026-11-22T06:30:00Z") == "22 ноября 2026 г., 09:00–11:30 (UTC+5)"
    languages.use("en")
    assert words.window("2026-11-22T04:00:00Z", "2026-11-23T06:30:00Z") == (
        "22 November 2026, 09:00 – 23 November 2026, 11:30 (UTC+5)"
    )
    assert words.when("nonsense") == "nonsense"


def test_numbers(languages: Languages) -> None:
    languages.use("ru")
    words = Words()
    assert words.percent(0.9981) == "99,8 %"
    assert "1,4" in ProblemTexts().sentence("disk_low", {"free_gb": "1.4"}).what
    assert words.percent(0.99999) == "99,99 %"  # never rounded up to a hundred
    assert words.percent(1.0) == "100 %"
    assert [words.duration(s) for s in (0, 21, 130)] == ["около 1 с", "около 21 с", "около 2 мин"]
    assert clock_digits(3599.9) == "0:59:59"
    assert clock_digits(-5) == "0:00:00"
    languages.use("en")


def test_plural_forms(languages: Languages, qapp: QApplication) -> None:
    languages.use("ru")
    forms = [QCoreApplication.translate("ExamCard", "%n minute(s)", "", n) for n in (1, 3, 5, 21, 112)]
    assert forms == ["1 минута", "3 минуты", "5 минут", "21 минута", "112 минут"]
    languages.use("en")
    assert QCoreApplication.translate("ExamCard", "%n minute(s)", "", 1) == "1 minute"


def test_a_catalogue_written_anew_does_not_change_a_running_window(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "senim_ru.qm"
    copy.write_bytes((CATALOGUES / "senim_ru.qm").read_bytes())
    monkeypatch.setattr("client.ui.languages.CATALOGUES", tmp_path)
    words = Languages(qapp)
    words.use("ru")
    with copy.open("r+b") as file:
        file.write(b"\0" * copy.stat().st_size)
    assert QCoreApplication.translate("CheckPage", "Is everything ready?") == "Всё ли готово?"
    for translator in words._translators:
        qapp.removeTranslator(translator)
