"""Windows 10 and 11: the first start of a program that is seldom seen, and the pages of camera and microphone."""

from __future__ import annotations

from client.ui.drawings.parts import INNER, finished, path, row
from client.ui.drawings.sheet import MARGIN, Said, Sheet
from client.ui.drawings.words import FILE, own, shown

BLUE = "blue"


def camera(language: str, family: str = "sans-serif") -> str:
    return _page("camera", language, family)


def microphone(language: str, family: str = "sans-serif") -> str:
    return _page("microphone", language, family)


def _page(device: str, language: str, family: str) -> str:
    sheet = Sheet()
    y = path(sheet, 12, ("windows.settings", "windows.privacy", f"windows.{device}"), language)
    for number, switch in enumerate(("access", "apps", "desktop"), 1):
        y = row(sheet, y, shown(f"windows.{device}.{switch}", language), BLUE, number)
    return finished(sheet, y + 6, f"windows-{device}", language, family)


def start(language: str, family: str = "sans-serif") -> str:
    """SmartScreen's window as it comes up, and what *More info* opens in it."""
    sheet = Sheet()

    def white(y: float, words: Said, size: float = 13, bold: bool = False) -> float:
        return sheet.said(MARGIN, y, words, width=INNER - 20, size=size, bold=bold, tone="white", beside_tone="white")

    y = white(12, shown("windows.protected", language), 17, True) + 4
    for length in (INNER - 60, INNER - 150):
        sheet.box(MARGIN, y + 4, length, 6, fill="blue", line="line", radius=3)
        y += 14
    more = shown("windows.more", language)
    sheet.mark(MARGIN + 11, y + 15, 1)
    end = sheet.said(MARGIN + 30, y + 6, more, width=INNER - 60, bold=True, tone="white", beside_tone="white")
    y = end + 8
    sheet.box(MARGIN, y, INNER, 1, fill="white", line="", radius=0)
    y += 10
    app = shown("windows.app", language)
    y = white(y, Said(f"{app.shown} {FILE['windows']}")) + 2
    sheet.mark(MARGIN + 11, y + 11, 2)
    publisher = shown("windows.publisher", language)
    words = Said(f"{publisher.shown} {own('institution', language)}", publisher.beside)
    y = sheet.said(MARGIN + 30, y + 2, words, width=INNER - 60, bold=True, tone="white", beside_tone="white")
    y = sheet.text(MARGIN + 30, y, own("unknown", language), width=INNER - 60, size=12, tone="white") + 10
    pair = (shown("windows.run", language), shown("windows.dont_run", language))
    end = sheet.buttons(MARGIN, y, INNER, pair, ("", ""))
    sheet.mark(MARGIN + INNER / 2 - 6, y + 2, 3)
    return finished(sheet, end + 12, "windows-start", language, family, fill=BLUE, line=BLUE)
