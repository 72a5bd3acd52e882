"""macOS 13 and later: a file that Apple does not know, the first questions, and the pages of the permissions."""

from __future__ import annotations

from client.ui.drawings.parts import INNER, blind_row, finished, path, row
from client.ui.drawings.sheet import MARGIN, WIDTH, Said, Sheet
from client.ui.drawings.words import PROGRAM, own, shown

ACCENT = "blue"
ALERT = 360  # pixels


def camera(language: str, family: str = "sans-serif") -> str:
    return _page("camera", language, family)


def microphone(language: str, family: str = "sans-serif") -> str:
    return _page("microphone", language, family)


def screen(language: str, family: str = "sans-serif") -> str:
    return _page("screen", language, family)


def _page(permission: str, language: str, family: str) -> str:
    sheet = Sheet()
    y = path(sheet, 12, ("macos.settings", "macos.privacy", f"macos.{permission}"), language)
    y = blind_row(sheet, y, 90)
    y = row(sheet, y, Said(PROGRAM), ACCENT, 1)
    if permission == "screen":
        pair = (shown("macos.later", language), shown("macos.reopen", language))
        y = _alert(sheet, y + 2, [shown("macos.until_quit", language)], pair, 2)
    return finished(sheet, y + 6, f"macos-{permission}", language, family)


def ask(language: str, family: str = "sans-serif") -> str:
    """What macOS asks by itself when Senim wants camera, microphone and screen for the first time."""
    sheet = Sheet()
    pair = (shown("macos.dont_allow", language), shown("macos.allow", language))
    y = _alert(sheet, 10, [shown("macos.ask_camera", language)], pair, 1)
    pair = (shown("macos.deny", language), shown("macos.open_settings", language))
    y = _alert(sheet, y + 2, [shown("macos.ask_screen", language)], pair, 2)
    return finished(sheet, y + 2, "macos-ask", language, family)


def start(language: str, family: str = "sans-serif") -> str:
    sheet = Sheet()
    said = [shown("macos.not_opened", language), shown("macos.not_verified", language)]
    pair = (shown("macos.bin", language), shown("macos.done", language))
    y = _alert(sheet, 10, said, pair, 1)
    y = sheet.text(WIDTH / 2, y, own("ask_institution", language), width=INNER, tone="teal", bold=True, middle=True)
    return finished(sheet, y + 8, "macos-start", language, family)


def _alert(sheet: Sheet, y: float, words: list[Said], pair: tuple[Said, Said], number: int) -> float:
    """A window that asks: what it says, and two buttons of which the marked one is meant."""
    width = ALERT
    left, top = (WIDTH - width) / 2, y
    y += 10
    for place, each in enumerate(words):
        y = sheet.said(WIDTH / 2, y, each, width=width - 28, bold=place == 0, middle=True) + 4
    top_of_buttons, y = y + 4, sheet.buttons(left + MARGIN, y + 4, width - 2 * MARGIN, pair, ("", ACCENT))
    sheet.mark(left + width - MARGIN - 2, top_of_buttons + 2, number)
    sheet.box(left, top, width, y - top + 12, under=True, radius=10)
    return y + 20
