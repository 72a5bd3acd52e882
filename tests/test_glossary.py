"""The glossary is true: its words are used, and the words it rejects do not come back."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GLOSSARY = ROOT / "docs" / "glossary.md"
LANGUAGES = ("kk", "ru", "en")


def table(heading: str) -> list[list[str]]:
    """The cells of the rows of the first table after ``heading``."""
    text = GLOSSARY.read_text(encoding="utf-8").partition(heading)[2]
    rows = re.findall(r"^\|(.*)\|$", text.partition("\n\n|")[2].partition("\n\n")[0], re.MULTILINE)
    return [[cell.strip() for cell in row.split("|")] for row in rows if not row.startswith("---")][1:]


TERMS = table("# Glossary")
REJECTED = [(row[0], word.strip()) for row in table("## Words we do not use") for word in row[1].split(",")]


@cache
def texts(language: str) -> dict[str, str]:
    """Where a text lies -> the text: the window's catalogue, the review site's, the guides."""
    found = {}
    for message in ET.parse(ROOT / f"client/ui/i18n/senim_{language}.ts").getroot().iter("message"):
        forms = [form.text or "" for form in message.iter("numerusform")] or [message.findtext("translation") or ""]
        found[f"window: {message.findtext('source')}"] = " ".join(forms)
    for key, entry in json.loads((ROOT / f"server/review/texts/{language}.json").read_text(encoding="utf-8")).items():
        found[f"review: {key}"] = entry if isinstance(entry, str) else " ".join(entry.values())
    for guide in (ROOT / "docs" / "guides").glob(f"*.{language}.md"):
        for number, line in enumerate(guide.read_text(encoding="utf-8").splitlines(), start=1):
            found[f"{guide.name}:{number}"] = line
    return found


def pattern(word: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(word.rstrip('…'))}" + (r"\w*" if word.endswith("…") else r"\b"), re.IGNORECASE)


def test_the_tables_are_read() -> None:
    assert len(TERMS) > 20 and all(len(row) == 5 and all(row) for row in TERMS)
    assert {language for language, _ in REJECTED} == set(LANGUAGES)
    assert pattern("мекеме…").search("Мекеменің кілті") and not pattern("хабар").search("хабарлама")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_term_is_used(language: str) -> None:
    place = 1 + LANGUAGES.index(language)
    said = "\n".join(texts(language).values()).lower()
    assert [row[place] for row in TERMS if row[place] not in said] == []


@pytest.mark.parametrize(("language", "word"), REJECTED)
def test_a_rejected_word_does_not_come_back(language: str, word: str) -> None:
    wanted = pattern(word)
    assert [place for place, text in texts(language).items() if wanted.search(text)] == []
