"""The guides say the same in three languages: sections, commands, tables and lists; what the students' guide calls a
button is one."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from client.ui.drawings.words import SYSTEMS

ROOT = Path(__file__).resolve().parent.parent
GUIDES = ("student", "it", "invigilator")
FENCE = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
PLACEHOLDER = re.compile(r"<[^>]+>|\b[A-ZА-ЯЁӘҒҚҢӨҰҮІ]{3,}\b(?![.=_])")  # DIR, ПАПКА, <session>; not a variable or file


def guide(name: str, language: str) -> str:
    return (ROOT / "docs" / "guides" / f"{name}.{language}.md").read_text(encoding="utf-8")


def plain(code: str) -> str:
    """Without what a guide may say in its own language: comments, quoted words, placeholders, the exam's language."""
    code = re.sub(r"\s+#\s.*$", "", code)
    code = re.sub(r'"[^"]*"', '"…"', code)
    code = re.sub(r"--language (kk|ru|en)", "--language …", code)
    return re.sub(r"\s+", " ", PLACEHOLDER.sub("…", code)).strip()


def blocks(text: str) -> list[str]:
    return [line for block in FENCE.findall(text) for line in map(plain, block.splitlines()) if line]


def inline(text: str) -> Counter[str]:
    return Counter(plain(code) for code in re.findall(r"`([^`\n]+)`", FENCE.sub("", text)))


def shape(text: str) -> list[tuple[str, int]]:
    """Section by section: the heading's level with its number, and how many rows, points and steps follow."""
    found = []
    for part in re.split(r"^(?=#+ )", FENCE.sub("", text), flags=re.MULTILINE)[1:]:
        head = re.match(r"(#+)(?: (\d+)\.)?", part)
        assert head is not None
        found.append((f"{head[1]} {head[2] or ''}", len(re.findall(r"^(?:\||- |\d+\. |!\[)", part, re.MULTILINE))))
    return found


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("name", GUIDES)
def test_the_languages_hold_the_same(name: str, language: str) -> None:
    english, other = guide(name, "en"), guide(name, language)
    assert shape(other) == shape(english)
    assert blocks(other) == blocks(english)
    assert inline(other) - inline(english) == inline(english) - inline(other) == Counter()


def test_differences_are_seen() -> None:
    text = "# A\n## 1. B\n- x\n```sh\nserve --data DIR  # why\n```\n`erase`\n"
    assert shape(text) == [("# ", 0), ("## 1", 1)]
    assert blocks(text) == blocks(text.replace("DIR", "ҚАЛТА").replace("why", "неге")) == ["serve --data …"]
    assert blocks(text) != blocks(text.replace("--data", "--date"))
    assert inline(text) != inline(text.replace("`erase`", "`export`"))


def emphasised(text: str) -> Iterator[str]:
    """What stands between quotation marks or in italics."""
    text = FENCE.sub("", re.sub(r"!\[[^\]\n]*\]", "", text))
    for groups in re.findall(r"“([^”\n]+)”|«([^»\n]+)»|(?<!\*)\*([^*\n]+)\*(?!\*)", text):
        yield next(filter(None, groups))


# What systems show that no drawing shows, and names that are no button.
ELSEWHERE = {
    "Senim", "root", "X11", "Xorg", "Uninstall Senim", "Uninstall", "Удалить", "Жою", "Өшіру",
    "Apps", "Installed apps", "Apps & features", "Приложения", "Установленные приложения", "Приложения и возможности",
    "Қолданбалар", "Орнатылған қолданбалар", "Қолданбалар мен мүмкіндіктер",
    "Privacy", "Конфиденциальность", "Құпиялылық",
    "Unknown publisher", "Неизвестный издатель", "Белгісіз жариялаушы",
    "Do you want to allow this app to make changes?", "Разрешить этому приложению вносить изменения?",
}  # fmt: skip


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_what_the_students_guide_calls_a_button_is_one(language: str) -> None:
    known = {word.rstrip(":") for columns in SYSTEMS.values() for word in columns} | ELSEWHERE
    for message in ET.parse(ROOT / f"client/ui/i18n/senim_{language}.ts").getroot().iter("message"):
        known |= {form.text or "" for form in message.iter("numerusform")} or {message.findtext("translation") or ""}
    named = list(emphasised(guide("student", language)))
    assert [words for words in named if words not in known] == []
    assert len(named) > 25
