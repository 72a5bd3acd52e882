"""Drawings of the systems' permission pages: in the check page where they help, in the guides as they are drawn now."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QFont, QFontMetricsF

from client import messages as m
from client.ui.check_texts import CheckTexts
from client.ui.drawings import linux, macos, parts, update, windows
from client.ui.drawings.catalogue import DRAWINGS, FORBIDDEN, help_with
from client.ui.drawings.sheet import WIDTH, Said
from client.ui.drawings.words import LANGUAGES, OWN, SAYS, SYSTEMS, says, shown
from client.ui.pages.check import CheckLine
from client.ui.permission_help import PermissionHelp

ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"
WAYLAND = {"XDG_SESSION_TYPE": "wayland", "XDG_CURRENT_DESKTOP": "ubuntu:GNOME"}
PLASMA = {**WAYLAND, "XDG_CURRENT_DESKTOP": "KDE"}
LARGEST = 60_000  # bytes


def test_the_pictures_of_the_guides_are_drawn_as_the_script_draws_now(tmp_path: Path) -> None:
    assert update.differing(update.FOLDER) == [], "run python -m client.ui.drawings.update"
    for name, svg in update.files().items():
        (tmp_path / name).write_text(svg, encoding="utf-8")
    (tmp_path / "windows-camera-kk.svg").write_text("an older drawing", encoding="utf-8")
    (tmp_path / "macos-ask-ru.svg").unlink()
    (tmp_path / "of-none.svg").write_text("", encoding="utf-8")
    assert update.differing(tmp_path) == ["macos-ask-ru.svg", "of-none.svg", "windows-camera-kk.svg"]


def pictures(guide: str) -> list[tuple[str, str]]:
    """(alternative text, file) of each picture of a guide."""
    return re.findall(r"!\[([^\]\n]*)\]\(([^)\s]+)\)", (ROOT / "docs" / "guides" / guide).read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_drawing_stands_in_the_students_guide_and_says_what_it_shows(language: str) -> None:
    shown = {Path(file).name: alternative for alternative, file in pictures(f"student.{language}.md")}
    for name in DRAWINGS:
        assert shown.get(f"{name}-{language}.svg") == says(name, language), name


def test_pictures_of_the_guides_are_there_small_and_have_words() -> None:
    seen = 0
    for guide in sorted((ROOT / "docs" / "guides").glob("*.md")):
        for alternative, file in pictures(guide.name):
            picture = (guide.parent / file).resolve()
            assert picture.is_file(), f"{guide.name}: {file}"
            assert len(alternative.strip()) > 10, f"{guide.name}: {file} has no words for who does not see it"
            assert picture.suffix != ".svg" or picture.stat().st_size < LARGEST
            seen += 1
    assert seen >= 3 * len(DRAWINGS)


def test_every_word_stands_in_three_languages_and_on_a_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    for key, columns in {**SYSTEMS, **OWN, **SAYS}.items():
        assert len(columns) == len(LANGUAGES) and all(columns), key
    assert set(SAYS) == set(DRAWINGS)
    used = set()

    def noted(key: str, language: str) -> Said:
        used.add(key)
        return shown(key, language)

    for module in (linux, macos, parts, windows):
        monkeypatch.setattr(module, "shown", noted)
    for draw in DRAWINGS.values():
        draw("kk", "sans-serif")
    assert set(SYSTEMS) - used == set()


def test_who_reads_kazakh_finds_the_words_of_a_system_without_it() -> None:
    assert shown("macos.reopen", "kk") == Said("Завершить и открыть снова", "Жабу және қайта ашу")
    assert shown("gnome.share", "kk") == Said("Бөлісу", "Дать доступ")
    assert shown("windows.camera", "kk") == Said("Камера")  # the same word twice says nothing more
    assert shown("windows.run", "ru") == Said("Выполнить в любом случае")


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("family", ["Inter", "DejaVu Sans"])  # the window's, and one of the broadest a reader may have
def test_no_word_runs_out_of_its_box(family: str) -> None:
    long, texts = [], 0
    for name, svg in update.files().items():
        root = ET.fromstring(svg)
        sides = ("x", "y", "width", "height")
        boxes = [tuple(float(box.get(side, "0")) for side in sides) for box in root.iter(f"{SVG}rect")]
        for text in root.iter(f"{SVG}text"):
            if (text.text or "").isdigit():
                continue  # a mark sits on an edge on purpose
            x, y = float(text.get("x", "")), float(text.get("y", ""))
            font = QFont(family)
            font.setPixelSize(round(float(text.get("font-size", ""))))
            font.setBold(text.get("font-weight") == "bold")
            wide = QFontMetricsF(font).horizontalAdvance(text.text or "")
            left = x - wide / 2 if text.get("text-anchor") == "middle" else x
            around = [box for box in boxes if box[0] <= x <= box[0] + box[2] and box[1] <= y <= box[1] + box[3]]
            first, _, width, _ = min(around, key=lambda box: box[2], default=(0.0, 0.0, float(WIDTH), 0.0))
            if left < first or left + wide > first + width:
                long.append(f"{name}: {text.text}")
            texts += 1
    assert long == []
    assert texts > 200


@pytest.mark.parametrize(
    ("code", "platform", "environment", "drawing"),
    [
        ("camera_denied", "win32", {}, "windows-camera"),
        ("camera_busy", "win32", {}, "windows-camera"),
        ("microphone_silent", "win32", {}, "windows-microphone"),
        ("screen_black", "win32", {}, ""),
        ("camera_busy", "darwin", {}, "macos-camera"),
        ("microphone_silent", "darwin", {}, "macos-microphone"),
        ("screen_denied", "darwin", {}, "macos-screen"),
        ("screen_denied", "linux", WAYLAND, "gnome-share"),
        ("screen_denied", "linux", PLASMA, "kde-share"),
        ("screen_denied", "linux", {"XDG_SESSION_TYPE": "x11"}, ""),
        ("camera_denied", "linux", WAYLAND, ""),
        ("camera_missing", "darwin", {}, ""),
        ("", "win32", {}, ""),
    ],
)
def test_which_drawing_helps_with_what(code: str, platform: str, environment: dict[str, str], drawing: str) -> None:
    assert help_with(code, platform, environment) == drawing
    assert not drawing or drawing in DRAWINGS


@pytest.mark.usefixtures("languages")
def test_codes_that_open_a_drawing_are_codes_of_the_check() -> None:
    codes = [code for code in (*FORBIDDEN, "camera_busy", "camera_black", "microphone_busy", "microphone_silent")]
    assert all(CheckTexts().knows(code) for code in codes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_that_fails_shows_where_it_is_allowed_and_hides_it_again(
    qtbot: Any, languages: Any, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(PermissionHelp, "platform", "darwin")
    languages.use(language)
    line = CheckLine(m.CheckItem("screen-1", "running", "", {}))
    qtbot.addWidget(line)
    line.resize(380, 1200)  # as high as the page can scroll
    line.show()
    assert not line.permission.isVisible()
    line.show_item(m.CheckItem("screen-1", "failed", "screen_denied", {}))
    assert line.permission.isVisible()
    drawing = line.permission.drawing
    assert drawing.accessibleName() == says("macos-screen", language)
    qtbot.waitUntil(lambda: drawing.height() >= drawing.heightForWidth(drawing.width()) > 100, timeout=5000)
    blank = drawing.grab().toImage()
    tones = {blank.pixelColor(x, y).name() for x in range(0, blank.width(), 3) for y in range(0, blank.height(), 3)}
    assert "#0a5fb4" in tones, "the switch is drawn"
    line.show_item(m.CheckItem("screen-1", "ok", "screen_ok", {"width": "1", "height": "1"}))
    assert not line.permission.isVisible()


def test_the_window_shows_it_in_the_check(make_window: Callable[..., Any], walk: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(PermissionHelp, "platform", "win32")
    window = make_window()
    way = walk(window)
    way.to_check()
    lines = window.check._lines
    way.wait(lambda: "camera" in lines and lines["camera"].permission.isVisible())
    assert lines["camera"].item.code == "camera_busy"
    assert lines["camera"].permission.sentence.text().startswith("If that does not help")
    assert not lines["uplink"].permission.isVisible()
