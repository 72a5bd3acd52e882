"""The table of bad input holds: each item has a row, each test it names exists, each sentence is in every language."""

from __future__ import annotations

import ast
import json
import re
import xml.etree.ElementTree as ET
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ITEMS = (
    "wrong password", "expired or used code", "exam closed", "no camera", "camera taken by another program",
    "camera lost mid-exam and back again", "no microphone", "black screen picture", "server down at each step",
    "server restarted mid-exam", "network lost for half the exam", "window killed", "recorder killed", "both killed",
    "hostile Moodle XML: entity bomb, external entity", "hostile Moodle XML: script in text",
    "forged, replayed or foreign segment", "path in a stream name", "seat key that the institution did not sign",
    "second client with the same session",
    *(f"review site: {item}" for item in (
        "segments missing, damaged, foreign, or unreadable only while playing", "a session that is still uploading",
        "clock jumps, ten screens, exams of 2 seconds and 8 hours", "a wrong key, or none",
        "hostile window titles, names, answers and findings", "the right to watch is withdrawn while watching",
        "two reviewers decide at once",
    )),
    "reference picture without a face, with two, tiny, turned by EXIF, 50 MB, not an image",
    "camera at 160x120, at 4 pictures a second, upside down", "a photo or a phone shown to the camera",
    "the right person leaves after the check-in, or two people swap",
    "a template of another model version, an unreadable one, or none", "damaged or missing model file",
)  # fmt: skip
NODE = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
SENTENCE = re.compile(r"“([^”]+)”")
SITE = "review site: "  # its sentences stand in catalogues of their own, with the same keys in each language
OTHER_READERS = "hostile Moodle XML"  # an administrator's terminal, in English


def rows() -> dict[str, list[str]]:
    """Item -> its other cells."""
    text = (ROOT / "docs" / "bad_input.md").read_text(encoding="utf-8")
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in text.splitlines() if line[:2] == "| "]
    return {row[0].strip("| "): row[1:] for row in cells[1:]}


@cache
def names_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@cache
def translated(language: str) -> frozenset[str]:
    """The texts of the window that have a finished translation."""
    catalogue = ROOT / "client" / "ui" / "i18n" / f"senim_{language}.ts"
    found = set()
    for message in ET.parse(catalogue).getroot().iter("message"):
        translation = message.find("translation")
        if translation is not None and translation.text and translation.get("type") is None:
            found.add(message.findtext("source") or "")
    return frozenset(found)


def test_each_item_has_one_row_and_each_row_all_its_cells() -> None:
    found = rows()
    assert [item for item in ITEMS if item not in found] == []
    assert [item for item, cells in found.items() if len(cells) != 4 or not all(cells)] == []


@pytest.mark.parametrize("item", rows())
def test_each_named_test_exists(item: str) -> None:
    named = NODE.findall(rows()[item][-1])
    assert named
    assert [f"{file}::{test}" for file, test in named if test not in names_in(file)] == []


@pytest.mark.parametrize("item", rows())
def test_each_sentence_is_said_in_every_language(item: str) -> None:
    sentences = SENTENCE.findall(rows()[item][1])
    if item.startswith(SITE):
        said = json.loads((ROOT / "server" / "review" / "texts" / "en.json").read_text(encoding="utf-8")).values()
        assert sentences and [sentence for sentence in sentences if sentence not in said] == []
        return
    assert sentences or item.startswith(OTHER_READERS)
    for language in ("kk", "ru"):
        assert [sentence for sentence in sentences if sentence not in translated(language)] == []
